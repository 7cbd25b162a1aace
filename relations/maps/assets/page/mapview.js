// What does the map show, and where does it look?

function makeMapView(page, map) {
  const { model, state } = page;
  const source = () => ({ colours: coloursOf(model, page.theme(), page.state.now.colours), shapes: shapesOf(state.now.world) });
  map.createPane("relations-arcs").style.zIndex = "420";
  const countries = makeCountriesSheet({ model, source, pane: "overlayPane" });
  const arcs = makeArcsSheet({ model, source, pane: "relations-arcs", onEdges: (edges) => drawEdges(page, map, edges), controls: () => controlBoxes(page, map) });
  map.getPane("relations-arcs").style.pointerEvents = "none";
  const view = { map, countries, arcs, hovered: null };
  map.on("mousemove", (event) => hoverMap(page, view, event.containerPoint));
  map.on("mouseout", () => showHover(page, view, {}));
  map.on("click", (event) => clickMap(page, view, event));
  map.on("movestart zoomstart", () => showHover(page, view, {}));
  return view;
}

function arcLook(page) {
  const { model, state } = page, now = state.now;
  return {
    at: now.at, before: now.mode === "change" ? now.before : null, focus: now.focus, pair: now.pair, phone: page.phone(),
    limit: now.filter.limit, passes: filterCount(now.filter) ? (pair) => passes(model, pair, now) : null,
    sideOf: (pair) => sideOf(pair, now), everyPair: oneArticle(model) && now.filter.way === "both",
  };
}

const MANY_PAIRS = 2000, CANDIDATES = 300;

// Of very many pairs only the strongest can get an arc: ranking the others would cost more than drawing.
function candidates(page, look) {
  const { model } = page, pairs = look.focus && !look.everyPair ? model.byCode.get(look.focus).pairs : model.pairs;
  if (pairs.length < MANY_PAIRS || look.before !== null || look.limit > CANDIDATES) return look;
  const strength = new Float64Array(pairs.length);
  pairs.forEach((pair, place) => {
    const reading = pair.both[look.at], firm = reading && Math.abs(reading.score) >= 1 && !isThin(reading) && (!look.passes || look.passes(pair));
    if (firm) strength[place] = Math.abs(reading.score) * Math.log2(1 + reading.count);
  });
  const edge = strength.slice().sort()[pairs.length - CANDIDATES];
  if (!edge) return look;
  const strong = new Set(pairs.filter((_, place) => strength[place] >= edge));
  return { ...look, passes: (pair) => strong.has(pair) };
}

function drawMap(page, fade) {
  const { model, state, view } = page, now = state.now;
  if (!model.at.length) return;
  if (fade && !page.still()) fadeOut(view.countries.canvas());
  const look = arcLook(page), pair = model.byKey.get(now.pair), arcs = turnedArcs(page, chooseArcs(model, candidates(page, look)));
  view.look = { paints: paintsOf(page, look), arcs };
  view.countries.show({
    paints: view.look.paints, dim: Boolean(pair), keep: pair ? [pair.a.code, pair.b.code] : [],
    outlined: pair ? [pair.a.code, pair.b.code].filter((code) => code !== now.focus) : [],
  });
  const chips = page.printing || oneArticle(model) || (!page.phone() && !pair && arcs.length <= 8) ? "all" : "few";
  view.arcs.show({ arcs, focus: now.focus, selected: Boolean(pair), chips, hovered: null });
}

// One direction only: every country has the colour of how the focus acts towards it, or the reverse.
function paintsOf(page, look) {
  const { model, state } = page, now = state.now, focus = model.byCode.get(now.focus);
  if (!focus || now.filter.way === "both") return paintCountries(model, look);
  const paints = new Map([[focus.code, { kind: "focus" }]]);
  for (const pair of shownPairs(model, now)) {
    if (now.mode === "change") {
      paints.set(other(pair, focus).code, { kind: "plain", class: changeClassOf(model, shownChange(model, pair, now)), change: true });
      continue;
    }
    const reading = readingOf(pair, now), kind = reading.state === "contested" ? "contested" : isThin(reading) ? "thin" : "plain";
    paints.set(other(pair, focus).code, { kind, class: classOf(model, reading.score) });
  }
  return paints;
}

// The arcs of one direction, each with a head.
function turnedArcs(page, arcs) {
  const { model, state } = page, now = state.now;
  if (!now.focus || now.filter.way === "both") return arcs;
  const met = new Set();
  return arcs.filter(({ pair }) => !met.has(pair) && met.add(pair) && readingOf(pair, now)).map((arc) => {
    const side = sideOf(arc.pair, now), reading = readingOf(arc.pair, now);
    const [from, to] = side === "ab" ? [arc.pair.a, arc.pair.b] : [arc.pair.b, arc.pair.a];
    if (arc.change) return { ...arc, from, to, heads: true, count: reading.count };
    return { ...arc, from, to, heads: true, score: reading.score, count: reading.count, class: classOf(model, reading.score), thin: isThin(reading) };
  });
}

// The former picture lies on top and fades: nothing flies, nothing loops.
function fadeOut(canvas) {
  if (!canvas || !canvas.width) return;
  const ghost = canvas.cloneNode();
  ghost.getContext("2d").drawImage(canvas, 0, 0);
  ghost.className = "relations-sheet ghost";
  L.DomUtil.setPosition(ghost, L.DomUtil.getPosition(canvas));
  canvas.after(ghost);
  window.requestAnimationFrame(() => window.requestAnimationFrame(() => ghost.classList.add("gone")));
  window.setTimeout(() => ghost.remove(), 260);
}

// The focus and its strongest pairs near by; farther ends only while the box grows little.
function fitView(page) {
  const { model, state, view } = page, { map } = view, now = state.now;
  const chosen = chooseArcs(model, candidates(page, { ...arcLook(page), pair: null, before: null })), focus = model.byCode.get(now.focus);
  const pair = model.byKey.get(now.pair);
  let points = chosen.flatMap((arc) => [[arc.from.lat, arc.from.lon], [arc.to.lat, arc.to.lon]]);
  if (pair && page.phone()) points = [[pair.a.lat, pair.a.lon], [pair.b.lat, shortWay(pair.a.lon, pair.b.lon)]];
  else if (focus && focus.lon !== null) points = nearFocus(focus, chosen);
  const size = map.getSize();
  page.fitted = size.x > 0;
  if (!points.length || !size.x) {
    map.fitBounds([[-42, -120], [66, 140]], { animate: false });
    return;
  }
  map.fitBounds(L.latLngBounds(points), {
    animate: false, maxZoom: 4.2, paddingTopLeft: [size.x * 0.13, 34], paddingBottomRight: [size.x * 0.1, Math.min(70, size.y * 0.16)],
  });
}

// A focus whose pairs are far away sees farther: the reach grows until half of its ends are in it.
function nearFocus(focus, arcs) {
  const ends = [...new Set(arcs.flatMap((arc) => [arc.from, arc.to]).filter((end) => end !== focus))]
    .map((country) => [country.lat, shortWay(focus.lon, country.lon)]);
  const within = (reach) => ends.filter((end) => Math.abs(end[1] - focus.lon) <= reach);
  const reach = [60, 90, 120].find((degrees) => within(degrees).length * 2 >= ends.length) || 150;
  const near = within(reach).slice(0, 7), points = [[focus.lat, focus.lon], ...near];
  for (const end of ends) {
    if (near.includes(end)) continue;
    if (near.length < 2 || boxSize([...points, end]) < boxSize(points) * 1.12) points.push(end);
  }
  return points;
}

function boxSize(points) {
  const xs = points.map((point) => worldX(point[1])), ys = points.map((point) => worldY(point[0]));
  return (Math.max(...xs) - Math.min(...xs) + 1) * (Math.max(...ys) - Math.min(...ys) + 1);
}

// Where the zoom buttons lie on the map: no name goes under them.
function controlBoxes(page, map) {
  const box = page.parts.zoom.getBoundingClientRect(), frame = map.getContainer().getBoundingClientRect();
  if (!box.width) return [];
  return [{ left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top }];
}

const EDGE_NAMES = 10;

// Names of ends outside the view stand at the frame; two that would cover each other are moved apart, or left out.
function drawEdges(page, map, edges) {
  const size = map.getSize(), taken = controlBoxes(page, map);
  page.parts.edges.replaceChildren();
  for (const { country, x, y, side } of edges.slice(0, EDGE_NAMES)) {
    const text = side === "left" ? "\u2190 " + country.name : country.name + { right: " \u2192", top: " \u2191", bottom: " \u2193" }[side];
    const button = element("button", {
      type: "button", text, "aria-label": words("edge.show", { name: country.name }), tabindex: "-1",
      onclick: () => map.panTo([country.lat, country.lon], { animate: false }),
    });
    page.parts.edges.append(button);
    const width = button.offsetWidth, height = button.offsetHeight;
    const left = side === "left" ? 6 : side === "right" ? size.x - width - 6 : clamp(x - width / 2, 6, size.x - width - 6);
    const top = side === "top" ? 4 : side === "bottom" ? size.y - height - 4 : clamp(y - height - 4, 4, size.y - height - 4);
    const box = freeEdge(taken, { left, top, right: left + width, bottom: top + height }, size, side);
    if (!box) {
      button.remove();
      continue;
    }
    taken.push(box);
    painted(button, { left: box.left + "px", top: box.top + "px" });
  }
}

// The nearest free place along the same side.
function freeEdge(taken, box, size, side) {
  const upright = side === "left" || side === "right", step = upright ? 20 : 30;
  for (let tries = 0; tries < 9; tries += 1) {
    const shift = Math.ceil(tries / 2) * step * (tries % 2 ? 1 : -1);
    const moved = upright ? { ...box, top: box.top + shift, bottom: box.bottom + shift } : { ...box, left: box.left + shift, right: box.right + shift };
    if (moved.top < 2 || moved.bottom > size.y - 2 || moved.left < 2 || moved.right > size.x - 2) continue;
    if (!taken.some((one) => overlaps(one, moved))) return moved;
  }
  return null;
}

function hoverMap(page, view, point) {
  const arc = view.arcs.arcAt(point, 7), code = arc ? null : view.countries.countryAt(point);
  showHover(page, view, { arc, code, point });
}

function showHover(page, view, { arc, code, point }) {
  const { model, state } = page, now = state.now, key = arc ? arc.pair.key : code || null;
  view.map.getContainer().classList.toggle("pointing", Boolean(key && (arc || model.byCode.get(code)?.pairs.length)));
  showTip(page, arc ? arcTip(page, arc) : code ? countryTip(page, code) : null, point);
  if (view.hovered === key) return;
  view.hovered = key;
  view.arcs.show({ hovered: arc ? arc.pair.key : null });
  outlineCountry(page, arc ? null : code);
  markRow(page, arc ? arc.pair.key : code && now.focus ? pairKey(code, now.focus) : null);
}

function pairKey(one, two) {
  return one < two ? one + "-" + two : two + "-" + one;
}

function outlineCountry(page, code) {
  const { model, state, view } = page, pair = model.byKey.get(state.now.pair);
  const kept = pair ? [pair.a.code, pair.b.code].filter((one) => one !== state.now.focus) : [];
  view.countries.show({ outlined: code ? [...kept, code] : kept });
}

function markRow(page, key) {
  for (const row of page.parts["rail-body"].querySelectorAll(".row")) row.classList.toggle("hovered", Boolean(key) && row.dataset.key === key);
}

function clickMap(page, view, event) {
  const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
  const arc = view.arcs.arcAt(event.containerPoint, touch ? 14 : 7);
  if (arc) return openPair(page, arc.pair.key, arc.heads ? (arc.from === arc.pair.a ? "ab" : "ba") : "both");
  const code = view.countries.countryAt(event.containerPoint), country = page.model.byCode.get(code);
  if (!country) return undefined;
  if (touch) return page.state.set({ preview: code, pair: null });
  if (country.pairs.length || code === page.state.now.focus) return chooseFocus(page, code);
  return say(page, words("search.noData", { name: country.name }));
}
