// How is a number or a date written?

const MINUS = "\u2212";
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

function signed(value, digits = 1) {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? MINUS : "+") + text;
}

function axisNumber(value) {
  return value < 0 ? MINUS + Math.abs(value) : value > 0 ? "+" + value : "0";
}

function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function counted(count, noun, plural = noun + "s") {
  return grouped(count) + " " + (count === 1 ? noun : plural);
}

// Days are whole days since 1970, so that no time zone can move a date.
function dateOf(day) {
  return new Date(day * 86400000);
}

function isoDay(day) {
  return dateOf(day).toISOString().slice(0, 10);
}

function shortDay(day) {
  const date = dateOf(day);
  return date.getUTCDate() + " " + MONTHS[date.getUTCMonth()].slice(0, 3) + " " + date.getUTCFullYear();
}

function longDay(day) {
  const date = dateOf(day);
  return date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + " " + date.getUTCFullYear();
}

function shortMonth(day) {
  const date = dateOf(day);
  return MONTHS[date.getUTCMonth()].slice(0, 3) + " " + date.getUTCFullYear();
}

// 0 a day, 1 a month, 2 a year: the precision the text gave.
function eventDay(day, precision) {
  const date = dateOf(day);
  if (precision === 2) return String(date.getUTCFullYear());
  return precision === 1 ? shortMonth(day) : shortDay(day);
}

function monthSpan(first, last) {
  const a = dateOf(first), b = dateOf(last);
  const month = (d) => MONTHS[d.getUTCMonth()];
  if (a.getUTCFullYear() !== b.getUTCFullYear()) return shortMonth(first) + "\u2013" + shortMonth(last);
  if (a.getUTCMonth() === b.getUTCMonth()) return month(b) + " " + b.getUTCFullYear();
  return month(a) + "\u2013" + month(b) + " " + b.getUTCFullYear();
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
