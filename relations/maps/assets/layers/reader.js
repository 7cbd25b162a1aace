// What does a reader learn by pointing at a map and by clicking on it?

const EVENTS_IN_POPUP = 3;
const PAIRS_IN_POPUP = 6;
const PAIRS_IN_LIST = 60;

// One reader a map, however many layers it has: one tip, one popup, one legend.
function readerOf(map) {
  map._relationsReader = map._relationsReader || makeReader(map);
  return map._relationsReader;
}

function makeReader(map) {
  const sheets = new Set(), tip = L.DomUtil.create("div", "relations-tip"), legend = makeLegend();
  let popup = null;
  tip.hidden = true;
  const hide = () => { tip.hidden = true; };
  const point = (event) => {
    const found = foundAt(sheets, event.containerPoint, 7), lines = found && tipWords(found);
    tip.hidden = !lines;
    map.getContainer().classList.toggle("relations-pointing", Boolean(lines) && found.sheet.relations.options.popup);
    if (lines) writeTip(tip, lines, event.containerPoint, map.getSize());
  };
  const show = (sheet, place, content) => {
    hide();
    const { theme } = sheet.relations.options, maxHeight = Math.max(120, map.getSize().y - 140);
    popup = L.popup({ maxWidth: 300, maxHeight, className: "relations-popup relations-" + theme });
    return popup.setLatLng(place).setContent(content).openOn(map);
  };
  const list = makeList(map, sheets, show);
  const click = (event) => {
    const found = foundAt(sheets, event.containerPoint, L.Browser.mobile ? 14 : 7);
    const content = found && found.sheet.relations.options.popup && popupContent(found);
    if (content) show(found.sheet, event.latlng, content);
  };
  const hooks = { mousemove: point, mouseout: hide, click };
  return {
    take(sheet) {
      layOnSea(map, sheet);
      if (!sheets.size) map.on(hooks).getContainer().append(tip, list);
      sheets.add(sheet);
      drawLegendOf(legend, map, sheets);
    },
    leave(sheet) {
      sheets.delete(sheet);
      drawLegendOf(legend, map, sheets);
      if (sheets.size) return;
      map.off(hooks).getContainer().classList.remove("relations-pointing");
      tip.remove();
      list.remove();
    },
    // What was said of another day is no longer what the map shows.
    close() {
      hide();
      if (popup) popup.remove();
    },
  };
}

// The way of the keyboard to what a click says: a button that is seen when it has the focus, a list, then one pair.
function makeList(map, sheets, show) {
  const button = textElement("button", words("layers.list"), "relations-read");
  button.type = "button";
  const enter = (popup) => {
    const box = popup.getElement();
    box.tabIndex = -1;
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      popup.remove();
      button.focus();
    });
    (box.querySelector(".leaflet-popup-content button") || box).focus();
  };
  button.addEventListener("click", () => {
    const sheet = [...sheets].reverse().find(({ relations }) => relations.at >= 0 && relations.options.popup);
    if (sheet) enter(show(sheet, map.getCenter(), pairList(sheet, (pair) => enter(show(sheet, placeOf(sheet, pair), pairContent(sheet, pair))))));
  });
  L.DomEvent.disableClickPropagation(button);
  return button;
}

function pairContent(sheet, pair) {
  return popupContent({ sheet, arc: { pair, from: pair.a, to: pair.b, heads: false } });
}

// The end of a pair that is not the focus, or any that is drawn.
function placeOf({ relations: { options } }, pair) {
  const end = [pair.b, pair.a].find(({ code, lon }) => code !== options.focus && lon !== null) || pair.a;
  return [end.lat || 0, end.lon || 0];
}

function pairList({ relations: { model, at, options } }, choose) {
  const box = document.createElement("div"), focus = model.byCode.get(options.focus);
  const strength = ({ both }) => Math.abs(both[at].score) * Math.log2(1 + both[at].count);
  const pairs = (focus ? focus.pairs : model.pairs).filter(({ both }) => both[at]).sort((one, two) => strength(two) - strength(one));
  box.append(textElement("h3", focus ? words("legend.relation", { name: focus.name }) : capital(words("legend.tone"))), textElement("p", longDay(model.at[at]), "relations-day"));
  for (const pair of pairs.slice(0, PAIRS_IN_LIST)) {
    const row = textElement("button", "", "relations-row");
    row.type = "button";
    row.append(textElement("span", focus ? other(pair, focus).name : pairName(pair)), textElement("b", signed(pair.both[at].score)));
    row.addEventListener("click", () => choose(pair));
    box.append(row);
  }
  if (pairs.length > PAIRS_IN_LIST) box.append(textElement("p", words("more.rows", { n: pairs.length - PAIRS_IN_LIST })));
  return box;
}

// Without tiles the sea has the theme's colour; Leaflet's own grey would swallow the land without data.
function layOnSea(map, { relations: { kind, model, options } }) {
  let tiled = false;
  map.eachLayer((layer) => { tiled = tiled || layer instanceof L.GridLayer; });
  if (kind === "countries" && !tiled) map.getContainer().style.background = coloursOf(model, options.theme, options.colours).sea;
}

// The arc under a point, else the country; of several layers the one added last.
function foundAt(sheets, point, reach) {
  const last = [...sheets].reverse().filter((sheet) => sheet.relations.at >= 0);
  for (const sheet of last.filter(({ relations }) => relations.kind === "arcs")) {
    const arc = sheet.arcAt(point, reach);
    if (arc) return { sheet, arc };
  }
  for (const sheet of last.filter(({ relations }) => relations.kind === "countries")) {
    const country = sheet.relations.model.byCode.get(sheet.countryAt(point));
    if (country) return { sheet, country };
  }
  return null;
}

function tipWords({ sheet, arc, country }) {
  const { model, at, options } = sheet.relations;
  return arc ? arcWords(model, arc, at) : countryWords(model, country.code, at, options.focus);
}

// Title and lines of a tip; text only.
function arcWords(model, arc, at) {
  if (!arc) return null;
  const { from, to, pair, heads } = arc, reading = pair[heads ? (from === pair.a ? "ab" : "ba") : "both"][at];
  return [words(heads ? "way" : "pair", { from: from.name, to: to.name, a: from.name, b: to.name }), scoreLine(model, reading), intervalLine(reading)];
}

function scoreLine(model, reading) {
  return words("tip.score", { score: signed(reading.score), word: readingText(model, reading) });
}

function intervalLine(reading) {
  return words("tip.likely", { low: signed(reading.low), high: signed(reading.high), events: words("count.events", { n: reading.count }) });
}

function countryWords(model, code, at, focus) {
  const country = model.byCode.get(code);
  if (!country) return null;
  if (country.code === focus) return [country.name, words("tip.focus")];
  const pairs = pairsOf(country, at, focus);
  if (!pairs.length) return [country.name, words("tip.noData")];
  if (pairs.length === 1) {
    const [pair] = pairs;
    return [focus ? country.name : pairName(pair), scoreLine(model, pair.both[at])];
  }
  const mean = weightedMean(pairs.map((pair) => pair.both[at]));
  return [country.name, words("tip.mean", { score: signed(mean), word: wordOf(model, mean), relations: words("count.relations", { n: pairs.length }) })];
}

// Relations of a country on a day, the strongest first.
function pairsOf(country, at, focus) {
  const strength = ({ both }) => Math.abs(both[at].score) * Math.log2(1 + both[at].count);
  return country.pairs.filter((pair) => pair.both[at] && (!focus || other(pair, country).code === focus))
    .sort((one, two) => strength(two) - strength(one) || (one.key < two.key ? -1 : 1));
}

function writeTip(tip, lines, point, size) {
  tip.replaceChildren(...lines.map((line, place) => textElement(place ? "span" : "b", line)));
  const right = point.x > size.x - tip.offsetWidth - 24, below = point.y < tip.offsetHeight + 24;
  tip.style.left = (right ? point.x - tip.offsetWidth - 14 : point.x + 14) + "px";
  tip.style.top = (below ? point.y + 16 : point.y - tip.offsetHeight - 12) + "px";
}

// Text of strangers enters the page here, as text.
function textElement(name, text, className = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function popupContent({ sheet, arc, country }) {
  const { model, at, options } = sheet.relations, box = document.createElement("div");
  const pairs = arc ? [arc.pair] : pairsOf(country, at, options.focus), lines = tipWords({ sheet, arc, country });
  if (country && options.focus && pairs.length === 1) lines[0] = pairName(pairs[0]);
  box.append(...lines.map((line, place) => textElement(place ? "p" : "h3", line)));
  if (country && (country.code === options.focus || pairs.length > 1)) {
    box.append(textElement("p", longDay(model.at[at]), "relations-day"), relationsList(model, country, at));
  } else if (pairs.length === 1) {
    if (country) box.append(textElement("p", intervalLine(pairs[0].both[at])));
    box.append(textElement("p", longDay(model.at[at]), "relations-day"), ...heaviestOf(model, pairs[0], at).map((event) => eventElement(pairs[0], event)));
  }
  return box;
}

function relationsList(model, country, at) {
  const list = document.createElement("ul"), pairs = pairsOf(country, at, null);
  for (const pair of pairs.slice(0, PAIRS_IN_POPUP)) {
    const row = document.createElement("li"), reading = pair.both[at];
    row.append(textElement("span", other(pair, country).name), textElement("span", readingText(model, reading)),
      textElement("b", signed(reading.score)));
    list.append(row);
  }
  if (pairs.length > PAIRS_IN_POPUP) list.append(textElement("li", words("more.rows", { n: pairs.length - PAIRS_IN_POPUP })));
  return list;
}

function heaviestOf(model, pair, at) {
  const weight = (event) => event.mass * decayBetween(model, model.at[at] - event.day);
  return pair.events.filter((event) => event.day <= model.at[at] && event.sentence)
    .sort((one, two) => weight(two) - weight(one) || one.index - two.index).slice(0, EVENTS_IN_POPUP);
}

function eventElement(pair, event) {
  const box = document.createElement("div"), [source, target] = ends(pair, event);
  box.className = "relations-event";
  const from = textElement("p", "", "relations-from");
  from.append(sourceElement(event), event.title && event.publisher ? " \u00b7 " : "", textElement("span", event.publisher));
  box.append(textElement("p", eventDay(event.day, event.precision) + "  " + words("way", { from: source.name, to: target.name }), "relations-from"),
    textElement("p", event.sentence), from);
  return box;
}

// A link when the address is a web address, else the title as text.
function sourceElement(event) {
  if (!/^https?:\/\/[^\s]+$/i.test(event.url)) return textElement("span", event.title);
  const link = textElement("a", event.title || event.url);
  link.href = event.url;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function makeLegend() {
  const legend = L.control({ position: "bottomright" });
  legend.onAdd = () => {
    legend.box = L.DomUtil.create("div", "relations-legend");
    legend.box.setAttribute("role", "img");
    return legend.box;
  };
  return legend;
}

// The scale stands on the map while a layer that asks for it does.
function drawLegendOf(legend, map, sheets) {
  const asking = [...sheets].find((sheet) => sheet.relations.options.legend);
  if (!asking) {
    legend.remove();
    return;
  }
  const { model, options } = asking.relations, { words: names, breaks } = model.legend, colours = coloursOf(model, options.theme, options.colours);
  const focus = model.byCode.get(options.focus), kinds = new Set([...sheets].map(({ relations }) => relations.kind));
  const shades = kinds.has("countries") ? colours.fill : colours.line;
  if (!legend.box || !legend._map) legend.addTo(map);
  legend.box.className = "relations-legend relations-" + options.theme + " leaflet-control";
  legend.box.setAttribute("aria-label", words("legend.scale", { low: names[0], high: names[6] }));
  const bar = textElement("div", "", "relations-bar");
  shades.forEach((shade, place) => {
    const part = document.createElement("span");
    part.style.background = shade;
    if (place < breaks.length) part.append(textElement("i", axisNumber(breaks[place])));
    bar.append(part);
  });
  const named = textElement("div", "", "relations-words");
  named.append(...[names[0], names[3], names[6]].map((word) => textElement("span", word)));
  const parts = [textElement("b", focus ? words("legend.relation", { name: focus.name }) : capital(words("legend.tone"))), named, bar];
  if (kinds.has("countries")) parts.push(keysElement(colours));
  legend.box.replaceChildren(...parts);
}

// What stripes mean: no data, thin evidence, contested.
function keysElement({ land, hatch, fill }) {
  const keys = textElement("div", "", "relations-keys");
  const striped = (slope, stripe, width, ground, period) => "repeating-linear-gradient(" + slope + "deg, " + stripe + " 0 "
    + width + "px, " + ground + " " + width + "px " + period + "px)";
  for (const [word, background] of [[words("legend.noData"), striped(45, hatch, 1, land, 4)], [words("legend.thin"), striped(135, fill[1], 2, land, 4.5)],
    [words("legend.contested"), striped(135, fill[1], 4, fill[5], 8)]]) {
    const key = textElement("span", word), swatch = document.createElement("i");
    swatch.style.background = background;
    key.prepend(swatch);
    keys.append(key);
  }
  return keys;
}
