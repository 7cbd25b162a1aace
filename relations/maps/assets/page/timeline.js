// When are we, and when else can we be?

function makeTimeline(page) {
  const { model, state, parts } = page, track = parts.track;
  const timer = { id: 0 };
  track.setAttribute("role", "slider");
  track.setAttribute("tabindex", "0");
  track.setAttribute("aria-label", words("page.snapshot"));
  track.setAttribute("aria-valuemin", "0");
  track.setAttribute("aria-valuemax", String(Math.max(0, model.at.length - 1)));
  const stop = () => {
    window.clearInterval(timer.id);
    timer.id = 0;
    page.playing = false;
    drawPlay(page);
  };
  const step = () => {
    const next = state.now.at + 1;
    if (next >= model.at.length) return stop();
    moveTo(page, next);
    if (next === model.at.length - 1) stop();
    return undefined;
  };
  parts.play.addEventListener("click", () => {
    if (timer.id) return stop();
    if (page.still()) return moveTo(page, (state.now.at + 1) % model.at.length);
    if (state.now.at === model.at.length - 1) moveTo(page, 0);
    timer.id = window.setInterval(step, 900);
    page.playing = true;
    drawPlay(page);
    return undefined;
  });
  const seek = (event) => moveTo(page, nearestSnapshot(page, event.clientX - track.getBoundingClientRect().left, event.shiftKey));
  track.addEventListener("pointerdown", (event) => {
    stop();
    track.setPointerCapture(event.pointerId);
    seek(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) seek(event);
  });
  track.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      event.preventDefault();
      stop();
      moveTo(page, clamp(state.now.at + steps[event.key], 0, model.at.length - 1));
    } else if (event.key === " ") {
      event.preventDefault();
      parts.play.click();
    }
  });
  new ResizeObserver(() => drawTimeline(page)).observe(track);
  return { stop };
}

function moveTo(page, at) {
  const { state } = page, before = state.now.mode === "change" ? Math.min(state.now.before, at - 1) : at - 1;
  if (state.now.mode === "change" && at === 0) return;
  state.set({ at, before: Math.max(0, before) });
}

function drawPlay(page) {
  const { playing } = page;
  page.parts["play-shape"].setAttribute("d", playing ? "M4.5 3h2.6v10H4.5zM8.9 3h2.6v10H8.9z" : "M5 3.2v9.6L12.8 8z");
  page.parts.play.setAttribute("aria-label", words(playing ? "time.pause" : page.still() ? "time.next" : "time.play"));
}

function timeScale(page) {
  const { model } = page, width = page.parts.track.clientWidth, first = timeStart(model), last = model.at[model.at.length - 1];
  const left = page.phone() ? 12 : 6, right = page.phone() ? 16 : 24;
  return { width, first, last, place: (day) => left + ((day - first) / Math.max(1, last - first)) * (width - left - right), left, right };
}

// First day of a period, which is counted in months, quarters or years since the year 0.
function periodDay({ unit }, number) {
  const months = number * { month: 1, quarter: 3, year: 12 }[unit];
  return Date.UTC(Math.floor(months / 12), months % 12, 1) / 86400000;
}

// The axis begins with the first snapshot, or somewhat earlier where events are older.
function timeStart(model) {
  const first = model.at[0], last = model.at[model.at.length - 1], { periods } = model.payload;
  if (!periods.first) return first;
  const room = Math.max((last - first) * 0.08, periods.unit === "month" ? 31 : 0);
  return Math.min(first, Math.max(periodDay(periods, periods.first), first - room));
}

function nearestSnapshot(page, x) {
  const { place } = timeScale(page), { model } = page;
  return model.at.reduce((best, day, index) => (Math.abs(place(day) - x) < Math.abs(place(model.at[best]) - x) ? index : best), 0);
}

function drawTimeline(page) {
  const { model, state, parts } = page, now = state.now, change = now.mode === "change";
  if (!model.at.length) return;
  parts.date.textContent = shortDay(model.at[now.at]);
  parts["date-note"].textContent = change ? words("time.against", { day: shortDay(model.at[now.before]) })
    : words("time.snapshot", { n: now.at + 1, of: model.at.length });
  parts.track.setAttribute("aria-valuenow", String(now.at));
  parts.track.setAttribute("aria-valuetext", 
    change ? words("time.value", { day: shortDay(model.at[now.at]), before: shortDay(model.at[now.before]) }) : shortDay(model.at[now.at]));
  const scale = timeScale(page), phone = page.phone(), height = parts.track.clientHeight, axis = phone ? 31 : 74;
  if (!scale.width || !height) return;
  const marks = [painted(drawing("line", { x1: 0, x2: scale.width - (phone ? 4 : 0), y1: axis, y2: axis }), { stroke: "var(--ink3)" })];
  if (!phone) marks.push(...periodBars(page, scale, change));
  if (change) {
    marks.push(painted(drawing("line", { x1: scale.place(model.at[now.before]), x2: scale.place(model.at[now.at]), y1: axis, y2: axis }),
      { stroke: "var(--ink)", "stroke-width": "4" }));
  }
  marks.unshift(...timeMarks(scale, axis, phone));
  const radius = dotRadius(model, scale);
  model.at.forEach((day, index) => {
    if (index !== now.at) marks.push(snapshotDot(scale.place(day), axis, change && index === now.before ? 7 : radius));
  });
  marks.push(painted(drawing("circle", { cx: scale.place(model.at[now.at]), cy: axis, r: 8 }), { fill: "var(--ink)" }));
  parts.track.replaceChildren(drawing("svg", { viewBox: `0 0 ${scale.width} ${height}`, "aria-hidden": "true" }, marks));
}

// Names of years, or of months where the whole axis is short.
function timeMarks(scale, axis, phone) {
  if (scale.last - scale.first > 550) return yearMarks({ at: [scale.first, scale.last] }, scale.place, axis + 5, axis + (phone ? 26 : 22), phone ? 20 : 28, phone);
  const marks = [], start = dateOf(scale.first), ends = [];
  for (let month = 0; month <= 19; month += 1) ends.push(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1) / 86400000);
  for (let month = 0; month < 19; month += 1) {
    const from = Math.max(scale.first, ends[month]), to = Math.min(scale.last, ends[month + 1]);
    if (to <= from) continue;
    if (ends[month] >= scale.first) marks.push(painted(drawing("line", { x1: scale.place(from), x2: scale.place(from), y1: axis + 5, y2: axis + 11 }), { stroke: "var(--rule)" }));
    const width = scale.place(to) - scale.place(from);
    if (width > (phone ? 24 : 30)) marks.push(drawing("text", { x: (scale.place(from) + scale.place(to)) / 2, y: axis + (phone ? 26 : 22), "text-anchor": "middle", text: phone || (marks.length && dateOf(from).getUTCMonth()) ? monthName(dateOf(from), "month.short") : shortMonth(from) }));
  }
  return marks;
}

// Many snapshots stand close: their dots shrink rather than touch.
function dotRadius(model, scale) {
  let gap = Infinity;
  for (let place = 1; place < model.at.length; place += 1) gap = Math.min(gap, scale.place(model.at[place]) - scale.place(model.at[place - 1]));
  return clamp(gap * 0.36, 1.1, 4.2);
}

function snapshotDot(x, y, r) {
  return painted(drawing("circle", { cx: x, cy: y, r }), { fill: "var(--page)", stroke: "var(--ink)", "stroke-width": r > 5 ? "2.4" : r > 3 ? "1.6" : "1" });
}

// Events of each month, quarter or year: cooperative up, conflictual down; those outside the snapshot or span are not
// counted and pale.
function periodBars(page, scale, change) {
  const { model, state } = page, now = state.now, focus = model.byCode.get(now.focus), { periods } = model.payload;
  const columns = (periods.counts[focus ? focus.code : ""] || ["", ""]).map(unpack), most = Math.max(1, ...columns.flat()), base = 42;
  const bars = [drawing("text", { x: 0, y: 19, text: words("time." + periods.unit + (focus ? "With" : ""), { name: focus ? focus.name : "" }) })];
  columns.forEach((column, kind) => column.forEach((count, place) => {
    const from = periodDay(periods, periods.first + place), to = periodDay(periods, periods.first + place + 1);
    if (to <= scale.first || from > scale.last || !count) return;
    const x0 = scale.place(Math.max(from, scale.first)) + 1.5, x1 = Math.min(scale.place(to), scale.width) - 1.5;
    const inside = from <= model.at[now.at] && (!change || to > model.at[now.before]);
    const reach = Math.max(1.5, (count / most) ** 0.7 * 15);
    bars.push(painted(drawing("rect", { x: x0, width: Math.max(1, x1 - x0), y: kind ? base + 0.6 : base - reach - 0.6, height: reach }),
      { fill: ink("fill", kind ? 1 : 5), opacity: inside ? "0.85" : "0.22" }));
  }));
  return bars;
}
