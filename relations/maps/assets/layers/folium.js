// How do the layers live on anyone's Leaflet map?

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function shapesOf(worldview) {
  shapesOf.cache = shapesOf.cache || new Map();
  if (!shapesOf.cache.has(worldview)) {
    shapesOf.cache.set(worldview, decodeTopology(readJson("relations-geometry-" + worldview)));
  }
  return shapesOf.cache.get(worldview);
}

// A layer of choropleth or arcs: a Leaflet layer with a canvas, a tip, and events `relations:choose`.
function foliumLayer(kind, options) {
  const model = readModel(readJson(options.data)), at = options.at === null ? model.at.length - 1 : options.at;
  const source = () => ({ colours: model.legend.themes[options.theme], shapes: shapesOf(options.worldview) });
  const make = kind === "arcs" ? makeArcsSheet : makeCountriesSheet;
  const sheet = make({ model, source, pane: "overlayPane" });
  const look = { at, focus: options.focus, limit: options.limit };
  if (kind === "arcs") sheet.look = { ...sheet.look, arcs: chooseArcs(model, look), focus: options.focus, labels: options.labels };
  else sheet.look = { ...sheet.look, paints: paintCountries(model, look) };
  sheet.getBounds = () => boundsOf(model, options.focus);
  sheet.on("add", () => wireTip(sheet, kind, model, at, options.focus));
  return sheet;
}

function boundsOf(model, focus) {
  const ends = model.pairs.filter((pair) => !focus || pair.a.code === focus || pair.b.code === focus)
    .flatMap((pair) => [pair.a, pair.b]).filter((country) => country.lon !== null);
  return L.latLngBounds(ends.map((country) => [country.lat, country.lon]));
}

function wireTip(sheet, kind, model, at, focus) {
  const map = sheet._map, tip = document.createElement("div");
  tip.className = "relations-tip";
  tip.hidden = true;
  map.getContainer().appendChild(tip);
  const show = (event) => {
    const words = kind === "arcs" ? arcWords(model, sheet.arcAt(event.containerPoint, 7), at)
      : countryWords(model, sheet.countryAt(event.containerPoint), at, focus);
    tip.hidden = !words;
    if (words) writeTip(tip, words, event.containerPoint, map.getSize());
  };
  const hide = () => { tip.hidden = true; };
  map.on("mousemove", show);
  map.on("mouseout", hide);
  sheet.once("remove", () => {
    map.off("mousemove", show);
    map.off("mouseout", hide);
    tip.remove();
  });
}

// Title and line of a tip; text only.
function arcWords(model, arc, at) {
  if (!arc) return null;
  const { from, to, pair, heads } = arc, reading = pair[heads ? (from === pair.a ? "ab" : "ba") : "both"][at];
  return [from.name + (heads ? " \u2192 " : " and ") + to.name, signed(reading.score) + ", " + readingWords(model, reading),
    "likely " + signed(reading.low) + " to " + signed(reading.high) + ", " + counted(reading.count, "event")];
}

function countryWords(model, code, at, focus) {
  const country = model.byCode.get(code);
  if (!country) return null;
  if (code === focus) return [country.name, "the focus"];
  const pairs = country.pairs.filter((pair) => pair.both[at]
    && (!focus || pair.a.code === focus || pair.b.code === focus));
  if (!pairs.length) return [country.name, "no data"];
  if (pairs.length === 1) {
    const reading = pairs[0].both[at];
    return [focus ? country.name : pairs[0].a.name + " and " + pairs[0].b.name,
      signed(reading.score) + ", " + readingWords(model, reading)];
  }
  const mean = weightedMean(pairs.map((pair) => pair.both[at]));
  return [country.name, signed(mean) + ", " + wordOf(model, mean) + ", mean of " + counted(pairs.length, "relation")];
}

function writeTip(tip, words, point, size) {
  tip.replaceChildren(...words.map((word, place) => {
    const line = document.createElement(place ? "span" : "b");
    line.textContent = word;
    return line;
  }));
  const right = point.x > size.x - tip.offsetWidth - 24, below = point.y < tip.offsetHeight + 24;
  tip.style.left = (right ? point.x - tip.offsetWidth - 14 : point.x + 14) + "px";
  tip.style.top = (below ? point.y + 16 : point.y - tip.offsetHeight - 12) + "px";
}
