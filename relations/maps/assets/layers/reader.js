// What does a reader learn by pointing at a map and by clicking on it?

const EVENTS_IN_POPUP = 3;
const PAIRS_IN_POPUP = 6;

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
    const found = foundAt(sheets, event.containerPoint, 7), words = found && tipWords(found);
    tip.hidden = !words;
    map.getContainer().classList.toggle("relations-pointing", Boolean(words) && found.sheet.relations.options.popup);
    if (words) writeTip(tip, words, event.containerPoint, map.getSize());
  };
  const click = (event) => {
    const found = foundAt(sheets, event.containerPoint, L.Browser.mobile ? 14 : 7);
    const content = found && found.sheet.relations.options.popup && popupContent(found);
    if (!content) return;
    hide();
    const { theme } = found.sheet.relations.options, maxHeight = Math.max(120, map.getSize().y - 140);
    popup = L.popup({ maxWidth: 300, maxHeight, className: "relations-popup relations-" + theme });
    popup.setLatLng(event.latlng).setContent(content).openOn(map);
  };
  const hooks = { mousemove: point, mouseout: hide, click };
  return {
    take(sheet) {
      layOnSea(map, sheet);
      if (!sheets.size) map.on(hooks).getContainer().appendChild(tip);
      sheets.add(sheet);
      drawLegendOf(legend, map, sheets);
    },
    leave(sheet) {
      sheets.delete(sheet);
      drawLegendOf(legend, map, sheets);
      if (sheets.size) return;
      map.off(hooks).getContainer().classList.remove("relations-pointing");
      tip.remove();
    },
    // What was said of another day is no longer what the map shows.
    close() {
      hide();
      if (popup) popup.remove();
    },
  };
}

// Without tiles the sea has the theme's colour; Leaflet's own grey would swallow the land without data.
function layOnSea(map, { relations: { kind, model, options } }) {
  let tiled = false;
  map.eachLayer((layer) => { tiled = tiled || layer instanceof L.GridLayer; });
  if (kind === "countries" && !tiled) map.getContainer().style.background = model.legend.themes[options.theme].sea;
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
  return [from.name + (heads ? " \u2192 " : " and ") + to.name, scoreLine(model, reading), intervalLine(reading)];
}

function scoreLine(model, reading) {
  return signed(reading.score) + ", " + readingWords(model, reading);
}

function intervalLine(reading) {
  return "likely " + signed(reading.low) + " to " + signed(reading.high) + ", " + counted(reading.count, "event");
}

function countryWords(model, code, at, focus) {
  const country = model.byCode.get(code);
  if (!country) return null;
  if (country.code === focus) return [country.name, "the focus"];
  const pairs = pairsOf(country, at, focus);
  if (!pairs.length) return [country.name, "no data"];
  if (pairs.length === 1) {
    const [pair] = pairs;
    return [focus ? country.name : pair.a.name + " and " + pair.b.name, scoreLine(model, pair.both[at])];
  }
  const mean = weightedMean(pairs.map((pair) => pair.both[at]));
  return [country.name, signed(mean) + ", " + wordOf(model, mean) + ", mean of " + counted(pairs.length, "relation")];
}

// Relations of a country on a day, the strongest first.
function pairsOf(country, at, focus) {
  const strength = ({ both }) => Math.abs(both[at].score) * Math.log2(1 + both[at].count);
  return country.pairs.filter((pair) => pair.both[at] && (!focus || other(pair, country).code === focus))
    .sort((one, two) => strength(two) - strength(one) || (one.key < two.key ? -1 : 1));
}

function writeTip(tip, words, point, size) {
  tip.replaceChildren(...words.map((word, place) => textElement(place ? "span" : "b", word)));
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
  const pairs = arc ? [arc.pair] : pairsOf(country, at, options.focus), words = tipWords({ sheet, arc, country });
  if (country && options.focus && pairs.length === 1) words[0] = pairs[0].a.name + " and " + pairs[0].b.name;
  box.append(...words.map((word, place) => textElement(place ? "p" : "h3", word)));
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
    row.append(textElement("span", other(pair, country).name), textElement("span", readingWords(model, reading)),
      textElement("b", signed(reading.score)));
    list.append(row);
  }
  if (pairs.length > PAIRS_IN_POPUP) list.append(textElement("li", "and " + (pairs.length - PAIRS_IN_POPUP) + " more"));
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
  box.append(textElement("p", eventDay(event.day, event.precision) + "  " + source.name + " \u2192 " + target.name, "relations-from"),
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
  const { model, options } = asking.relations, { words, breaks, themes } = model.legend, colours = themes[options.theme];
  const focus = model.byCode.get(options.focus), kinds = new Set([...sheets].map(({ relations }) => relations.kind));
  const shades = kinds.has("countries") ? colours.fill : colours.line;
  if (!legend.box || !legend._map) legend.addTo(map);
  legend.box.className = "relations-legend relations-" + options.theme + " leaflet-control";
  legend.box.setAttribute("aria-label", "Scale from \u221210, " + words[0] + ", to +10, " + words[6]);
  const bar = textElement("div", "", "relations-bar");
  shades.forEach((shade, place) => {
    const part = document.createElement("span");
    part.style.background = shade;
    if (place < breaks.length) part.append(textElement("i", axisNumber(breaks[place])));
    bar.append(part);
  });
  const named = textElement("div", "", "relations-words");
  named.append(...[words[0], words[3], words[6]].map((word) => textElement("span", word)));
  const parts = [textElement("b", focus ? "Relation with " + focus.name : "Tone of reported events"), named, bar];
  if (kinds.has("countries")) parts.push(keysElement(colours));
  legend.box.replaceChildren(...parts);
}

// What stripes mean: no data, thin evidence, contested.
function keysElement({ land, hatch, fill }) {
  const keys = textElement("div", "", "relations-keys");
  const striped = (slope, stripe, width, ground, period) => "repeating-linear-gradient(" + slope + "deg, " + stripe + " 0 "
    + width + "px, " + ground + " " + width + "px " + period + "px)";
  for (const [word, background] of [["no data", striped(45, hatch, 1, land, 4)], ["thin evidence", striped(135, fill[1], 2, land, 4.5)],
    ["contested", striped(135, fill[1], 4, fill[5], 8)]]) {
    const key = textElement("span", word), swatch = document.createElement("i");
    swatch.style.background = background;
    key.prepend(swatch);
    keys.append(key);
  }
  return keys;
}
