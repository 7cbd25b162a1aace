// What numbers does a packed column hold?

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT_OF = new Uint8Array(128);
for (let place = 0; place < DIGITS.length; place += 1) DIGIT_OF[DIGITS.charCodeAt(place)] = place;

// Differences as base-64 variable-length quantities, as in source maps; a large page has columns by the hundred thousand.
function unpack(text) {
  const numbers = [];
  let value = 0, unit = 1, total = 0;
  for (let place = 0; place < text.length; place += 1) {
    const digit = DIGIT_OF[text.charCodeAt(place)];
    value += (digit & 31) * unit;
    unit *= 32;
    if (digit < 32) {
      const half = Math.floor(value / 2);
      total += value % 2 ? -half : half;
      numbers.push(total);
      value = 0;
      unit = 1;
    }
  }
  return numbers;
}
