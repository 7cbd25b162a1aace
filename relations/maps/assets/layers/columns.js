// What numbers does a packed column hold?

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT_OF = Object.fromEntries([...DIGITS].map((character, place) => [character, place]));

// Differences as base-64 variable-length quantities, as in source maps.
function unpack(text) {
  const numbers = [];
  let value = 0, unit = 1, total = 0;
  for (const character of text) {
    const digit = DIGIT_OF[character];
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
