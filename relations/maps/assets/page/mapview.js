// What does the map show, and where does it look?

function makeMapView(page, map) {
  const { model, state } = page;
  const source = () => ({ colours: model.legend.themes[page.theme()], shapes: shapesOf(state.now.world) });
  map.createPane("relations-arcs").style.zIndex = "420";
  const countries = makeCountriesSheet({ model, source, pane: "overlayPane" }).addTo(map);
  const arcs = makeArcsSheet({ model, source, pane: "relations-arcs", onEdges: (edges) => drawEdges(page, map, edges) }).addTo(map);
  map.getPane("relations-arcs").style.pointerEvents = "none";
  const view = { map, countries, arcs, hovered: null };
  map.on("mousemove", (event) => hoverMap(page, view, event.containerPoint));
  map.on("mouseout", () => showHover(page, view, {}));
  map.on("click", (event) => clickMap(page, view, event));
  map.on("movestart zoomstart", () => showHover(page, view, {}));
  return view;
}

function arcLook(page) {
  const now = page.state.now, filtered = filterCount(now.filter) > 0;
  return {
    at: now.at, before: now.mode === "change" ? now.before : null, focus: now.focus, pair: now.pair, phone: page.phone(),
    limit: now.filter.limit, passes: filtered ? (pair) => passes(pair, now.filter, now.at) : null,
  };
}

function drawMap(page, fade) {
  const { model, state, view } = page, now = state.now;
  if (!model.at.length) return;
  if (fade && !page.still()) fadeOut(view.countries.canvas());
  const look = arcLook(page), pair = model.byKey.get(now.pair), arcs = chooseArcs(model, look);
  view.look = { paints: paintCountries(model, look), arcs };
  view.countries.show({
    paints: view.look.paints, dim: Boolean(pair), keep: pair ? [pair.a.code, pair.b.code] : [],
    outlined: pair ? [pair.a.code, pair.b.code].filter((code) => code !== now.focus) : [],
  });
  const chips = page.printing || oneArticle(model) || (!page.phone() && !pair && arcs.length <= 8) ? "all" : "few";
  view.arcs.show({ arcs, focus: now.focus, selected: Boolean(pair), chips, hovered: null });
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
  const chosen = chooseArcs(model, { ...arcLook(page), pair: null, before: null }), focus = model.byCode.get(now.focus);
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

function nearFocus(focus, arcs) {
  const ends = [...new Set(arcs.map((arc) => (arc.from === focus ? arc.to : arc.from)))]
    .map((country) => [country.lat, shortWay(focus.lon, country.lon)]);
  const near = ends.filter((end) => Math.abs(end[1] - focus.lon) <= 60).slice(0, 7);
  const points = [[focus.lat, focus.lon], ...near];
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

function drawEdges(page, map, edges) {
  const size = map.getSize();
  page.parts.edges.replaceChildren(...edges.slice(0, 8).map(({ country, x, y, side }) => {
    const text = side === "left" ? "\u2190 " + country.name : country.name + { right: " \u2192", top: " \u2191", bottom: " \u2193" }[side];
    const button = element("button", {
      type: "button", text, "aria-label": "Show " + country.name + " on the map", tabindex: "-1",
      onclick: () => map.panTo([country.lat, country.lon], { animate: false }),
    });
    const style = side === "left" ? { left: "6px" } : side === "right" ? { right: "6px" }
      : { left: clamp(x - 40, 6, size.x - 120) + "px" };
    const top = side === "top" ? 4 : side === "bottom" ? size.y - 26 : clamp(y - 26, 4, size.y - 28);
    return painted(button, { ...style, top: top + "px" });
  }));
}

function hoverMap(page, view, point) {
  const arc = view.arcs.arcAt(point, 7), code = arc ? null : view.countries.countryAt(point);
  showHover(page, view, { arc, code, point });
}

function showHover(page, view, { arc, code, point }) {
  const { model, state } = page, now = state.now, key = arc ? arc.pair.key : code || null;
  view.map.getContainer().classList.toggle("pointing", Boolean(key && (arc || model.byCode.get(code)?.pairs.length)));
  const words = arc ? hoverArc(page, arc) : code ? hoverCountry(page, code) : null;
  page.tip.hidden = !words;
  if (words) writeTip(page.tip, words, point, view.map.getSize());
  if (view.hovered === key) return;
  view.hovered = key;
  view.arcs.show({ hovered: arc ? arc.pair.key : null });
  outlineCountry(page, arc ? null : code);
  markRow(page, arc ? arc.pair.key : code && now.focus ? pairKey(code, now.focus) : null);
}

function hoverArc(page, arc) {
  const { model, state } = page;
  if (!arc.change) return arcWords(model, arc, state.now.at);
  return [arc.pair.a.name + " and " + arc.pair.b.name, signed(arc.change.change) + " since " + shortDay(model.at[state.now.before]),
    "margin of error " + arc.change.margin.toFixed(1)];
}

function hoverCountry(page, code) {
  const { model, state } = page, now = state.now, country = model.byCode.get(code);
  const pair = now.focus && code !== now.focus ? model.byKey.get(pairKey(code, now.focus)) : null;
  if (now.mode !== "change" || !pair || !pair.both[now.at]) return countryWords(model, code, now.at, now.focus);
  const change = changeOf(model, pair, now.before, now.at);
  return [country.name, change.fresh ? "new since then" : change.moved ? signed(change.change) + " points" : "no clear change"];
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
  if (arc) return openPair(page, arc.pair.key, arc.heads && !arc.change ? (arc.from === arc.pair.a ? "ab" : "ba") : "both");
  const code = view.countries.countryAt(event.containerPoint), country = page.model.byCode.get(code);
  if (!country) return undefined;
  if (touch) return page.state.set({ preview: code, pair: null });
  if (country.pairs.length || code === page.state.now.focus) return chooseFocus(page, code);
  return say(page, country.name + ": no data");
}
