// What do the colours mean?

function drawLegend(page) {
  const { model, state, parts } = page, now = state.now, change = now.mode === "change", focus = model.byCode.get(now.focus), { legend } = model;
  parts["legend-title"].textContent = parts["legend-title"].title = legendTitle(focus, now);
  const note = change ? words("legend.span", { before: shortDay(model.at[now.before]), after: shortDay(model.at[now.at]) }) : words("legend.tone");
  parts["legend-note"].textContent = filterCount(now.filter) ? words("legend.filtered", { text: note }) : note;
  const breaks = change ? legend.changeBreaks.map(axisNumber) : [-10, ...legend.breaks, 10].map(axisNumber);
  const names = change ? ["worse", "noChange", "better"].map((name) => words("legend." + name)) : [0, 3, 6].map((place) => legend.words[place]);
  parts.scale.replaceChildren(
    element("div", { class: "names" }, names.map((text) => element("span", { text }))),
    element("div", { class: "swatches" }, legend.words.map((_, index) =>
      painted(element("i"), { background: ink(change ? "changeFill" : "fill", index) }))),
    element("div", { class: "breaks" }, breakMarks(breaks, change)));
  parts.keys.replaceChildren(...keysOf(focus, change));
}

function legendTitle(focus, now) {
  if (!focus) return words(now.mode === "change" ? "legend.meanChange" : "legend.mean");
  const key = now.filter.way !== "both" ? now.filter.way : now.mode === "change" ? "change" : "relation";
  return words("legend." + key, { name: focus.name });
}

// The first and last mark are set flush with the scale's ends, the others on their class's edge.
function breakMarks(breaks, change) {
  const marks = breaks.map((text, place) => painted(element("span", { text }),
    { left: ((change ? place + 1 : place) / 7) * 100 + "%" }));
  return change ? [element("span"), ...marks, element("span")] : marks;
}

function keysOf(focus, change) {
  const key = (drawn, text, name) => element("li", { class: name }, [drawn, text]);
  const line = key(arcKey(false), words(change ? "legend.moved" : "legend.same"), "arc-key");
  const keys = [key(swatch("none", 3), words("legend.noData"))];
  if (focus) keys.push(key(swatch("focus", 3), focus.name));
  if (change) return [...keys, line, key(null, words("legend.wider"), "arc-key bare")];
  keys.push(key(swatch("contested", 3), words("legend.contested")), key(swatch("thin", 0), words("legend.thin")));
  keys.push(key(disputedKey(), words("legend.disputed"), "far-key"));
  const acts = key(arcKey(true), words("legend.acts"), "arc-key");
  return focus ? [...keys, acts, line] : [...keys, line, acts];
}

function arcKey(headed) {
  const shape = headed ? [drawing("path", { d: "M0 5 23 3.4v3.2z" }), drawing("path", { d: "M22 0.5 32 5 22 9.5z" })]
    : [drawing("path", { d: "M0 3.6h32v2.8H0z" })];
  const made = drawing("svg", { width: 32, height: 10, viewBox: "0 0 32 10", "aria-hidden": "true" }, shape);
  return painted(made, { fill: "var(--ink2)" });
}

function disputedKey() {
  const line = painted(drawing("path", { d: "M0 5h32", "stroke-dasharray": "3 3" }), { stroke: "var(--ink2)", "stroke-width": "1.4", fill: "none" });
  return drawing("svg", { width: 32, height: 10, viewBox: "0 0 32 10", "aria-hidden": "true" }, [line]);
}

// A small sample of a country's fill; stripes as lines, since patterns need ids.
function swatch(kind, index, change = false) {
  const ground = kind === "focus" ? "var(--focus)" : kind === "none" || kind === "thin" ? "var(--land)"
    : kind === "contested" ? ink("fill", 5) : ink(change ? "changeFill" : "fill", index);
  const rect = painted(drawing("rect", { width: 24, height: 11, rx: 2 }), { fill: ground });
  if (kind === "focus") painted(rect, { stroke: "var(--ink)", "stroke-width": "2" });
  const stripes = { none: ["var(--hatch)", 1.2, 4, -1], thin: [ink("fill", index), 2, 4, 1], contested: [ink("fill", 1), 4, 9, 1] }[kind];
  const children = [rect];
  if (stripes) children.push(stripeLines(...stripes));
  return drawing("svg", { width: 24, height: 11, viewBox: "0 0 24 11", "aria-hidden": "true", class: "swatch", overflow: "hidden" },
    children);
}

function stripeLines(colour, width, step, slope) {
  let path = "";
  for (let x = -12; x < 36; x += step) path += slope > 0 ? `M${x} 11.5 ${x + 12} -0.5` : `M${x} -0.5 ${x + 12} 11.5`;
  return painted(drawing("path", { d: path }), { stroke: colour, "stroke-width": String(width), fill: "none" });
}
