// Which rows of a long list are in the document? Only those in sight and a screen's part around them.

const SPARE_ROWS = 14;

/**
 * Rows that come and go as their scroller moves; a list of 20,000 costs what a list of 60 does.
 * @param {{page: object, scroller: HTMLElement, box: HTMLElement, count: number, height: number,
 *   make: (place: number) => HTMLElement, spacer: () => HTMLElement}} roll
 */
function rollRows(roll) {
  const rows = new Map(), before = roll.spacer(), after = roll.spacer();
  roll.draw = () => {
    const seen = roll.box.getBoundingClientRect(), sight = roll.scroller.getBoundingClientRect();
    const above = Math.max(0, sight.top - seen.top);
    const first = clamp(Math.floor(above / roll.height) - SPARE_ROWS, 0, Math.max(0, roll.count - 1));
    const last = clamp(Math.ceil((above + Math.max(sight.height, 300)) / roll.height) + SPARE_ROWS, first, roll.count);
    if (first === roll.first && last === roll.last) return;
    Object.assign(roll, { first, last });
    for (const place of rows.keys()) if (place < first || place >= last) rows.delete(place);
    for (let place = first; place < last; place += 1) if (!rows.has(place)) rows.set(place, roll.make(place));
    putRows(roll, rows, before, after);
  };
  roll.reach = (place) => {
    const top = place * roll.height, at = roll.box.offsetTop - roll.scroller.scrollTop;
    if (at + top < 60) roll.scroller.scrollTop += at + top - 60;
    else if (at + top + roll.height > roll.scroller.clientHeight) roll.scroller.scrollTop += at + top + roll.height - roll.scroller.clientHeight;
    roll.draw();
    return rows.get(place);
  };
  roll.page.rolls.push(roll);
  return roll;
}

// Rows that stay keep their element, so that the focus stays on it.
function putRows(roll, rows, before, after) {
  const wanted = [];
  for (let place = roll.first; place < roll.last; place += 1) wanted.push(rows.get(place));
  for (const [spacer, count] of [[before, roll.first], [after, roll.count - roll.last]]) {
    painted(spacer, { height: count * roll.height + "px" });
  }
  const all = [roll.first ? before : null, ...wanted, roll.last < roll.count ? after : null].filter(Boolean), kept = new Set(all);
  for (const child of [...roll.box.children]) if (!kept.has(child)) child.remove();
  all.forEach((child, place) => { if (roll.box.children[place] !== child) roll.box.insertBefore(child, roll.box.children[place] || null); });
}

/** Draws what a scroller now shows; lists that left the document are forgotten. */
function rollOn(page) {
  page.rolls = page.rolls.filter((roll) => roll.box.isConnected);
  for (const roll of page.rolls) roll.draw();
}

/** Steps of the arrow keys from one row to the next, across several lists of one panel. */
function stepRow(page, event, roll, place) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const rolls = page.rolls.filter((one) => one.scroller === roll.scroller && one.box.isConnected && one.count);
  let which = rolls.indexOf(roll), next = place + step;
  if (next < 0 || next >= roll.count) {
    which += step;
    if (!rolls[which]) return;
    next = step > 0 ? 0 : rolls[which].count - 1;
  }
  const row = rolls[which].reach(next), target = row && (row.matches("button, tr") ? row : row.querySelector("button"));
  if (target) target.focus();
}
