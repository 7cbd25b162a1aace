// How does a text get its names, numbers and dates? The texts themselves stand in lang/, one table a language.

const MINUS = "\u2212";

/**
 * A text of the table, with the values put in. Of two forms, parted by `|`, the first is for n = 1.
 * @param {string} key
 * @param {Object<string, string | number>} [values]
 */
function words(key, values = {}) {
  const forms = (TEXTS[key] || key).split("|"), form = forms.length !== 2 || values.n === 1 ? forms[0] : forms[1];
  return form.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? grouped(values[name]) : values[name]));
}

/** A list of the table: names of months, words of scores. */
function listOf(key) {
  return TEXTS[key].split("|");
}

function decimal(value, digits) {
  return value.toFixed(digits).replace(".", TEXTS["number.decimal"]);
}

function signed(value, digits = 1) {
  const size = Math.abs(value).toFixed(digits), text = decimal(Math.abs(value), digits);
  if (Number(size) === 0) return text;
  return (value < 0 ? MINUS : "+") + text;
}

function axisNumber(value) {
  const text = String(Math.abs(value)).replace(".", TEXTS["number.decimal"]);
  return value < 0 ? MINUS + text : value > 0 ? "+" + text : "0";
}

function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, TEXTS["number.group"]);
}

// Days are whole days since 1970, so that no time zone can move a date.
function dateOf(day) {
  return new Date(day * 86400000);
}

function isoDay(day) {
  return dateOf(day).toISOString().slice(0, 10);
}

function monthName(date, kind = "month.names") {
  return listOf(kind)[date.getUTCMonth()];
}

function dayWith(day, kind) {
  const date = dateOf(day);
  return words("day", { day: String(date.getUTCDate()), month: monthName(date, kind), year: String(date.getUTCFullYear()) });
}

function shortDay(day) {
  return dayWith(day, "month.short");
}

function longDay(day) {
  return dayWith(day, "month.names");
}

function shortMonth(day) {
  const date = dateOf(day);
  return words("month", { month: monthName(date, "month.short"), year: String(date.getUTCFullYear()) });
}

// 0 a day, 1 a month, 2 a year: the precision the text gave.
function eventDay(day, precision) {
  const date = dateOf(day);
  if (precision === 2) return String(date.getUTCFullYear());
  return precision === 1 ? shortMonth(day) : shortDay(day);
}

function monthSpan(first, last) {
  const a = dateOf(first), b = dateOf(last), year = String(b.getUTCFullYear());
  if (a.getUTCFullYear() !== b.getUTCFullYear()) return words("span", { first: shortMonth(first), last: shortMonth(last) });
  if (a.getUTCMonth() === b.getUTCMonth()) return words("month", { month: monthName(b), year });
  return words("span.year", { first: monthName(a), last: monthName(b), year });
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
