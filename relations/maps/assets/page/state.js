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

function noFilter() {
  return { groups: [true, true, true, true], low: -10, high: 10, least: 1, limit: 0, thin: true };
}

function startState(model, payload) {
  const last = Math.max(0, model.at.length - 1);
  return {
    at: last, before: Math.max(0, last - 1), mode: "scores", view: "map", focus: payload.focus, pair: null, side: "both",
    theme: payload.theme, world: payload.worldviews[0], filter: noFilter(), all: false, sort: "score", down: false,
    preview: null, letters: true, unclear: false,
  };
}

function filterCount(filter) {
  const plain = noFilter();
  return Number(filter.groups.some((on) => !on)) + Number(filter.low !== plain.low || filter.high !== plain.high)
    + Number(filter.least !== 1) + Number(filter.limit !== 0) + Number(!filter.thin);
}

// Whether a pair passes the filter at a snapshot.
function passes(pair, filter, at) {
  const reading = pair.both[at];
  if (!reading) return false;
  return reading.score >= filter.low && reading.score <= filter.high && reading.count >= filter.least
    && (filter.thin || !isThin(reading))
    && (filter.groups.every(Boolean) || filter.groups.some((on, group) => on && pair.quads[group] > 0));
}
