// How does a text of the page get its names and numbers? The texts themselves stand in lang/, one table a language.

/**
 * A text of the table, with the values put in. Of two forms, parted by `|`, the first is for n = 1.
 * @param {string} key
 * @param {Object<string, string | number>} [values]
 */
function words(key, values = {}) {
  const forms = (TEXTS[key] || key).split("|"), form = forms.length !== 2 || values.n === 1 ? forms[0] : forms[1];
  return form.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? grouped(values[name]) : values[name]));
}

function namesJoined(names) {
  if (names.length < 2) return names.join("");
  return words("and", { first: names.slice(0, -1).join(", "), last: names[names.length - 1] });
}

function possessive(name) {
  return words(/s$/.test(name) ? "possessive.s" : "possessive", { name });
}

function pairName(pair) {
  return words("pair", { a: pair.a.name, b: pair.b.name });
}

function pairShort(pair) {
  return words("pair.short", { a: pair.a.name, b: pair.b.name });
}

function stateText(reading) {
  return reading.state === "ok" ? "" : words("reading." + reading.state);
}

/** The reading in words: "tense", "neutral, thin evidence", "contested". */
function readingText(model, reading) {
  if (reading.state === "contested") return words("reading.contested");
  const word = wordOf(model, reading.score), state = stateText(reading);
  return state ? words("reading.with", { word, state }) : word;
}

/** How long ago, roughly: days, months or years. */
function ageText(days) {
  if (days < 60) return words("days", { n: days });
  if (days < 730) return words("months", { n: Math.round(days / 30.44) });
  return words("years", { n: Math.round(days / 365.25) });
}
