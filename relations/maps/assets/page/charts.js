// How is a score with its interval drawn on an axis?

// -10..+10 as a part of a width with a margin for the dot.
function axisAt(score, width, margin = 6) {
  return margin + ((clamp(score, -10, 10) + 10) / 20) * (width - 2 * margin);
}

function guides(width, height) {
  return [-5, 0, 5].map((score) => drawing("line", {
    class: score ? "bar-guide" : "bar-guide zero", x1: axisAt(score, width), x2: axisAt(score, width), y1: 0, y2: height,
  }));
}

function chart(width, height, children, label) {
  return drawing("svg", {
    viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": label ? undefined : "true",
    role: label ? "img" : undefined, "aria-label": label,
  }, children);
}

function intervalBar(model, reading, width, height) {
  const middle = height / 2, colour = ink("line", classOf(model, reading.score));
  const bar = painted(drawing("rect", {
    x: axisAt(reading.low, width), width: Math.max(1, axisAt(reading.high, width) - axisAt(reading.low, width)),
    y: middle - 2, height: 4,
  }), { fill: colour, opacity: "0.38" });
  const dot = drawing("circle", { cx: axisAt(reading.score, width), cy: middle, r: isThin(reading) ? 4.2 : 4.6 });
  painted(dot, isThin(reading) ? { fill: "var(--page)", stroke: colour, "stroke-width": "1.6" } : { fill: colour });
  return chart(width, height, [...guides(width, height), bar, dot]);
}

function changeBar(model, change, width, height) {
  const middle = height / 2, colour = ink("changeLine", changeClassOf(model, change));
  const from = axisAt(change.before, width), to = axisAt(change.after, width), way = Math.sign(to - from) || 1;
  const head = `M${to} ${middle}l${-7 * way} -4.4v8.8z`;
  return chart(width, height, [...guides(width, height),
    painted(drawing("line", { x1: from + 3.4 * way, x2: to - 5 * way, y1: middle, y2: middle }), { stroke: colour, "stroke-width": "3" }),
    painted(drawing("path", { d: head }), { fill: colour }),
    painted(drawing("circle", { cx: from, cy: middle, r: 3.2 }), { fill: "var(--page)", stroke: colour, "stroke-width": "1.6" })]);
}

// The seven classes true to scale, with the interval and the dot.
function ruler(model, reading, width) {
  const edges = [-10, ...model.legend.breaks, 10], at = (score) => ((score + 10) / 20) * width;
  const parts = model.legend.words.map((_, index) => painted(drawing("rect", {
    x: at(edges[index]), width: at(edges[index + 1]) - at(edges[index]) - (index < 6 ? 1 : 0), y: 5, height: 7,
  }), { fill: ink("fill", index) }));
  const stroke = { stroke: "var(--ink)", "stroke-width": "1.4" };
  const whisker = (x, top, bottom) => painted(drawing("line", { x1: x, x2: x, y1: top, y2: bottom }), stroke);
  const low = at(reading.low), high = at(reading.high);
  const dot = painted(drawing("circle", { cx: at(reading.score), cy: 8.5, r: 6 }),
    { fill: ink("line", classOf(model, reading.score)), stroke: "var(--page)", "stroke-width": "1.4" });
  const names = model.legend.words, marks = [[0, "start", words("list.axisLow", { word: names[0] })], [width / 2, "middle", names[3]],
    [width, "end", words("list.axisHigh", { word: names[6] })]].map(([x, anchor, text]) => drawing("text", { x, y: 30, "text-anchor": anchor, text }));
  return chart(width, 36, [...parts, painted(drawing("line", { x1: low, x2: high, y1: 8.5, y2: 8.5 }), stroke),
    whisker(low + 0.7, 1, 16), whisker(high - 0.7, 1, 16), dot, ...marks]);
}

// A line over true time with its band; `small` is the table's, without axes.
function sparkline(model, readings, at, width, height, small) {
  const inset = small ? 4 : 30, foot = small ? 0 : 22, span = Math.max(1, model.at[model.at.length - 1] - model.at[0]);
  const x = (index) => inset + ((model.at[index] - model.at[0]) / span) * (width - inset - (small ? 5 : 9)) + (model.at.length === 1 ? 40 : 0);
  const y = (score) => 6 + ((10 - clamp(score, -10, 10)) / 20) * (height - foot - 12);
  const points = readings.map((reading, index) => (reading ? { reading, x: x(index), y: y(reading.score), index } : null)).filter(Boolean);
  const line = painted(drawing("polyline", { points: points.map((p) => p.x + "," + p.y).join(" ") }),
    { fill: "none", stroke: "var(--ink2)", "stroke-width": small ? "1.4" : "1.6" });
  const zero = painted(drawing("line", { x1: inset, x2: width - 4, y1: y(0), y2: y(0) }), { stroke: small ? "var(--rule)" : "var(--ink3)" });
  const shown = points.find((point) => point.index === at);
  const dot = (point, r) => painted(drawing("circle", { cx: point.x, cy: point.y, r }), {
    fill: ink("line", classOf(model, point.reading.score)), stroke: "var(--page)", "stroke-width": small ? "0" : "1",
  });
  if (small) return chart(width, height, [zero, line, shown && dot(shown, 2.8)]);
  const band = painted(drawing("polygon", {
    points: [...points.map((p) => p.x + "," + y(p.reading.low)), ...[...points].reverse().map((p) => p.x + "," + y(p.reading.high))].join(" "),
  }), { fill: "var(--ink3)", opacity: "0.2" });
  return chart(width, height, [...sparkAxes(model, x, y, width, height), zero, band, line, ...points.map((point) => dot(point, 3)),
    shown && dot(shown, 5), shown && painted(drawing("text", {
      x: Math.min(shown.x, width - 2), y: shown.reading.score > -7 ? shown.y + 19 : shown.y - 9, "text-anchor": shown.x > width - 30 ? "end" : "middle",
      text: signed(shown.reading.score),
    }), { "font-weight": "700", fill: "var(--ink)" })]);
}

function sparkAxes(model, x, y, width, height) {
  const marks = [10, 0, -10].map((score) => drawing("text", { x: 24, y: y(score) + 4, "text-anchor": "end", text: axisNumber(score) }));
  const rules = [10, -10, 5, -5].map((score) => painted(drawing("line", { x1: 30, x2: width - 4, y1: y(score), y2: y(score) }),
    { stroke: "var(--rule2)" }));
  return [...rules, ...marks, ...yearMarks(model, (day) => x(0) + ((day - model.at[0]) / Math.max(1, model.at[model.at.length - 1] - model.at[0]))
    * (x(model.at.length - 1) - x(0)), height - 18, height - 4, 26)];
}

// A tick where each year begins and its name in the middle of it, where there is room.
function yearMarks(model, place, top, base, room, brief = false) {
  const first = model.at[0], last = model.at[model.at.length - 1], marks = [];
  const start = (year) => Date.UTC(year, 0, 1) / 86400000;
  for (let year = dateOf(first).getUTCFullYear(); year <= dateOf(last).getUTCFullYear(); year += 1) {
    const from = place(Math.max(first, start(year))), to = place(Math.min(last, start(year + 1)));
    if (start(year) >= first) {
      marks.push(painted(drawing("line", { x1: from, x2: from, y1: top, y2: top + 6 }), { stroke: "var(--rule)" }));
    }
    if (to - from > room) {
      marks.push(drawing("text", { x: (from + to) / 2, y: base, "text-anchor": "middle", text: brief ? "\u2019" + String(year).slice(2) : year }));
    }
  }
  return marks;
}

// Points gained to the right of a line and lost to its left, scaled to the largest; `part` says where the line stands.
function pointsBar(value, largest, width, height, part, thick) {
  const middle = width * part, reach = largest ? (Math.abs(value) / largest) * (value < 0 ? middle : width - middle) : 0;
  return chart(width, height, [
    painted(drawing("rect", { x: value < 0 ? middle - reach : middle, y: (height - thick) / 2, width: Math.max(reach, 1), height: thick }),
      { fill: ink("line", value < 0 ? 1 : 5) }),
    painted(drawing("line", { x1: middle, x2: middle, y1: 0, y2: height }), { stroke: "var(--ink3)" })]);
}
