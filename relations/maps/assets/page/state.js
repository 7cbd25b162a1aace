// What is the reader looking at?

function createState(initial) {
  const listeners = [];
  const state = {
    now: initial,
    set(patch) {
      const before = state.now, next = { ...before, ...patch };
      if (Object.keys(patch).every((key) => before[key] === next[key])) return;
      state.now = next;
      for (const listener of listeners) listener(next, before);
    },
    on(listener) {
      listeners.push(listener);
    },
  };
  return state;
}

/**
 * `off` holds the kinds of events that are left out: 1 to 16 the types, 17 to 20 the quad classes of untyped events;
 * `way` is "both", "out" (how the focus acts) or "in" (how others act towards it).
 */
function noFilter() {
  return { off: [], way: "both", low: -10, high: 10, least: 1, limit: 0, thin: true };
}

function startState(model, payload) {
  const last = Math.max(0, model.at.length - 1);
  return {
    at: last, before: Math.max(0, last - 1), mode: "scores", view: "map", focus: payload.focus, pair: null, side: "both",
    theme: payload.theme, colours: payload.colours, world: payload.worldviews[0], filter: noFilter(), all: false, sort: "score", down: false, find: "",
    preview: null, letters: true, unclear: false,
  };
}

function filterCount(filter) {
  const plain = noFilter();
  return Number(filter.off.length > 0) + Number(filter.way !== "both") + Number(filter.low !== plain.low || filter.high !== plain.high)
    + Number(filter.least !== 1) + Number(filter.limit !== 0) + Number(!filter.thin);
}

/** The side of a pair that the filter asks for. */
function sideOf(pair, now) {
  if (!now.focus || now.filter.way === "both") return "both";
  return (pair.a.code === now.focus) === (now.filter.way === "out") ? "ab" : "ba";
}

function readingOf(pair, now, at = now.at) {
  return pair[sideOf(pair, now)][at];
}

function ofFocus(pair, now) {
  return !now.focus || pair.a.code === now.focus || pair.b.code === now.focus;
}

/** What moved a pair between the two snapshots of Change, in the direction that the filter asks for. */
function shownChange(model, pair, now, before = now.before) {
  return changeOf(model, pair, before, now.at, sideOf(pair, now));
}

/** Decayed weights of cooperative and of conflictual events at a snapshot. */
function massesOf(pair, at) {
  const { cooperation, conflict, places } = pair.extras;
  return { cooperation: cooperation[places[at]] / 100, conflict: conflict[places[at]] / 100 };
}

function passes(model, pair, now) {
  const reading = readingOf(pair, now), { filter } = now;
  if (!reading || reading.score < filter.low || reading.score > filter.high || reading.count < filter.least) return false;
  if (!filter.thin && isThin(reading)) return false;
  if (!filter.off.length) return true;
  const { kinds, days } = pair.extras;
  return kinds.some((kind, place) => days[place] <= model.at[now.at] && !filter.off.includes(kind));
}

/** Pairs of the focus, or all, that have a reading and pass the filter. */
function shownPairs(model, now) {
  const pairs = now.focus && model.byCode.has(now.focus) ? model.byCode.get(now.focus).pairs : model.pairs;
  if (!filterCount(now.filter)) return pairs.filter((pair) => pair.both[now.at]);
  return pairs.filter((pair) => pair.both[now.at] && passes(model, pair, now));
}
