// How do the layers live on anyone's Leaflet map?

/**
 * @typedef {{data: string, worldview: string, theme: string, colours: string, focus: ?string, at: ?number, limit: number,
 *   labels: boolean, popup: boolean, legend: boolean}} LayerOptions
 */

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

// Countries lie under other people's lines and markers, arcs over their shapes, whichever is switched on last.
const PANES = { countries: ["relations-countries", 390], arcs: ["relations-arcs", 450] };

/**
 * A layer of countries or arcs. Beside Leaflet's own methods it has `days`, the days of its snapshots since 1970, and
 * `showDay(day)`, which draws the newest snapshot that is not after that day.
 * @param {"countries" | "arcs"} kind
 * @param {LayerOptions} options
 */
function foliumLayer(kind, options) {
  const model = readModel(readJson(options.data)), [pane, height] = PANES[kind];
  const source = () => ({ colours: coloursOf(model, options.theme, options.colours), shapes: shapesOf(options.worldview) });
  const sheet = (kind === "arcs" ? makeArcsSheet : makeCountriesSheet)({ model, source, pane });
  const newest = model.at.length - 1;
  sheet.relations = { kind, model, options, at: options.at === null ? newest : options.at };
  sheet.days = model.at;
  sheet.getBounds = () => boundsOf(model, options.focus);
  sheet.beforeAdd = (map) => makePane(map, pane, height);
  sheet.showDay = (day) => showSnapshot(sheet, snapshotOn(model, day));
  sheet.on("add", () => readerOf(sheet._map).take(sheet));
  sheet.on("remove", () => readerOf(sheet._map).leave(sheet));
  return showSnapshot(sheet, sheet.relations.at);
}

function makePane(map, name, height) {
  if (map.getPane(name)) return;
  const pane = map.createPane(name);
  pane.style.zIndex = height;
  pane.style.pointerEvents = "none";
}

// Place of the newest snapshot that is not after a day, -1 when there is none.
function snapshotOn(model, day) {
  return model.at.filter((at) => at <= day).length - 1;
}

function showSnapshot(sheet, at) {
  const { kind, model, options } = sheet.relations;
  sheet.relations.at = at;
  const look = { at, focus: options.focus, limit: options.limit };
  if (kind === "arcs") {
    return sheet.show({ arcs: at < 0 ? [] : chooseArcs(model, look), focus: options.focus, labels: options.labels });
  }
  return sheet.show({ paints: at < 0 ? new Map() : paintCountries(model, look) });
}

function boundsOf(model, focus) {
  const ends = model.pairs.filter((pair) => !focus || pair.a.code === focus || pair.b.code === focus)
    .flatMap((pair) => [pair.a, pair.b]).filter((country) => country.lon !== null);
  return L.latLngBounds(ends.map((country) => [country.lat, country.lon]));
}
