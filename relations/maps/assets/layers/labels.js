// Where do names and numbers stand, so that they cover neither arcs nor one another?

const FACE = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';
const LABEL_SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];

// Each end once per place on the canvas, strongest first.
function endPlaces(shapes, focus) {
  const places = new Map();
  for (const { arc, start, end } of shapes) {
    for (const [country, [x, y]] of [[arc.from, start], [arc.to, end]]) {
      const key = country.code + Math.round(x);
      if (!places.has(key)) places.set(key, { country, x, y, focus: country.code === focus, faint: arc.faint });
      else if (!arc.faint) places.get(key).faint = false;
    }
  }
  return [...places.values()].sort((a, b) => b.focus - a.focus);
}

function drawEnds(pen, places, colours) {
  for (const { x, y, focus } of [...places].reverse()) {
    pen.beginPath();
    pen.arc(x, y, focus ? 4.6 : 2.7, 0, 2 * Math.PI);
    pen.lineWidth = focus ? 2 : 1.6;
    pen.fillStyle = focus ? colours.focus : colours.ink;
    pen.strokeStyle = focus ? colours.ink : colours.casing;
    if (!focus) pen.stroke();
    pen.fill();
    if (focus) pen.stroke();
  }
}

// Chips on the strongest pair, the selected pair, and on all arcs when there are few.
function drawChips(pen, shapes, colours, look) {
  const all = look.chips === "all", taken = [], roomy = shapes.filter(isRoomy);
  const first = roomy.length ? roomy[0].arc.pair : null;
  for (const { arc, middle } of shapes) {
    if (look.chips === "none" || arc.faint || !(all || arc.selected || (arc.pair === first && !look.selected))) continue;
    const text = signed(arc.change ? arc.change.change : arc.score);
    pen.font = "600 12px " + FACE;
    const width = pen.measureText(text).width + 12, spot = chipSpot(arc, middle, width, taken);
    taken.push(spot);
    pen.beginPath();
    pen.roundRect(spot.left, spot.top, width, 18, 9);
    pen.fillStyle = colours.casing;
    pen.fill();
    pen.strokeStyle = colours[arc.change ? "changeLine" : "line"][arc.class];
    pen.lineWidth = 1.2;
    pen.stroke();
    pen.fillStyle = colours.ink;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(text, spot.left + width / 2, spot.top + 9.5);
  }
  return taken;
}

// Too short an arc would vanish under its own chip.
function isRoomy({ start, end }) {
  return Math.hypot(end[0] - start[0], end[1] - start[1]) > 140;
}

function chipSpot(arc, middle, width, taken) {
  const spot = { left: middle[0] - width / 2, top: middle[1] - 9, right: middle[0] + width / 2, bottom: middle[1] + 9 };
  for (let tries = 0; tries < 4 && taken.some((one) => overlaps(one, spot)); tries += 1) {
    spot.top += 20;
    spot.bottom += 20;
  }
  return spot;
}

function overlaps(a, b) {
  return a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom + 1 && b.top < a.bottom + 1;
}

// Eight positions are tried; the one that crosses fewest arcs wins, none if all collide.
function drawLabels(pen, { places, shapes, frame, colours, taken, look }) {
  const dots = places.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }));
  const lines = shapes.filter(({ arc }) => !arc.faint).map(({ line }) => line);
  for (const place of places) {
    if (place.faint && !place.focus) continue;
    if (!within(place, frame)) continue;
    pen.font = (place.focus ? "700 14px " : "600 12px ") + FACE;
    const width = pen.measureText(place.country.name).width;
    const box = bestBox(place, width, { dots, lines, taken, frame });
    if (!box) continue;
    taken.push(box);
    writeLabel(pen, place.country.name, box, colours);
  }
}

function within({ x, y }, { view }) {
  return x > view.left && x < view.left + view.width && y > view.top && y < view.top + view.height;
}

function bestBox(place, width, { dots, lines, taken, frame }) {
  const height = place.focus ? 18 : 15, gap = place.focus ? 10 : 8, { view } = frame;
  let best = null;
  LABEL_SIDES.forEach(([sx, sy], order) => {
    const left = sx > 0 ? place.x + gap : sx < 0 ? place.x - gap - width : place.x - width / 2;
    const top = place.y + sy * (height / 2 + (sx ? 5 : gap - 1)) - height / 2;
    const box = { left, top, right: left + width, bottom: top + height };
    const outside = left < view.left + 2 || box.right > view.left + view.width - 2 || top < view.top + 2
      || box.bottom > view.top + view.height - 2;
    if (outside || taken.some((one) => overlaps(one, box)) || dots.some((dot) => overlaps(dot, box))) return;
    const cost = crossings(box, lines) * 10 + order;
    if (!best || cost < best.cost) best = { ...box, cost };
  });
  return best;
}

function crossings(box, lines) {
  return lines.filter((line) => line.some(([x, y]) => x > box.left - 2 && x < box.right + 2 && y > box.top && y < box.bottom))
    .length;
}

function writeLabel(pen, text, box, colours) {
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 3.4;
  pen.strokeStyle = colours.casing;
  pen.fillStyle = colours.ink;
  const y = (box.top + box.bottom) / 2 + 0.5;
  pen.strokeText(text, box.left, y);
  pen.fillText(text, box.left, y);
}

// Ends outside the view: where their arc leaves it, in pixels of the container.
function edgeNames(shapes, places, frame) {
  const { view } = frame, inside = new Set(places.filter((place) => within(place, frame)).map(({ country }) => country.code));
  const edges = new Map();
  for (const { arc, line } of shapes) {
    if (arc.faint) continue;
    for (const [country, points] of [[arc.to, line], [arc.from, [...line].reverse()]]) {
      if (inside.has(country.code) || edges.has(country.code)) continue;
      const exit = exitOf(points, frame);
      if (exit) edges.set(country.code, { country, x: exit[0] - view.left, y: exit[1] - view.top, side: exit[2] });
    }
  }
  return [...edges.values()];
}

// The last point of a line inside the view, and the side through which it then leaves.
function exitOf(points, frame) {
  const { view } = frame;
  for (let place = points.length - 1; place > 0; place -= 1) {
    const [x, y] = points[place - 1];
    if (!within({ x, y }, frame)) continue;
    const [nx, ny] = points[place];
    const side = nx >= view.left + view.width ? "right" : nx <= view.left ? "left" : ny <= view.top ? "top" : "bottom";
    return place === points.length - 1 && within({ x: nx, y: ny }, frame) ? null : [x, y, side];
  }
  return null;
}
