// What does the file know of each country, pair and event?

const Z90 = 1.645;
const SIDES = ["both", "ab", "ba"];

function readModel(payload) {
  const { codes, names, lon, lat, dots } = payload.countries;
  const countries = codes.map((code, index) => ({
    index, code, name: names[index], lon: lon[index], lat: lat[index], dot: dots.includes(code), pairs: [],
  }));
  const model = {
    payload, countries, at: payload.at, legend: { ...payload.legend, words: listOf("score.words") }, priors: payload.priors, k: payload.k,
    halfLife: payload.halfLife, byCode: new Map(countries.map((country) => [country.code, country])),
    byKey: new Map(), events: readEvents(payload),
  };
  model.pairs = payload.pairs.map((columns, index) => readPair(model, columns, index));
  for (const event of model.events) model.pairs[event.pair].events.push(event);
  return model;
}

function readPair(model, columns, index) {
  const [a, b, both, ab, ba, extra] = columns;
  const pair = {
    index, a: model.countries[a], b: model.countries[b], events: [],
    both: readSide(both, model.at.length), ab: readSide(ab, model.at.length), ba: readSide(ba, model.at.length),
  };
  pair.key = pair.a.code + "-" + pair.b.code;
  const [weight, newest, squares, noise, conflict] = extra.slice(0, 5).map(unpack);
  let place = 0;
  for (const reading of pair.both) {
    if (!reading) continue;
    Object.assign(reading, {
      weight: weight[place] / 1000, newest: newest[place], squares: squares[place] / 1000,
      noise: noise[place] / 100, conflict: conflict[place] / 100,
    });
    place += 1;
  }
  model.byKey.set(pair.key, pair);
  pair.a.pairs.push(pair);
  pair.b.pairs.push(pair);
  return pair;
}

// One reading a snapshot, null where there is no evidence.
function readSide(columns, length) {
  const [states, score, low, high, count] = [columns[0], ...columns.slice(1).map(unpack)];
  let place = 0;
  return Array.from({ length }, (_, snapshot) => {
    const state = Number(states[snapshot]);
    if (!state) return null;
    const reading = {
      state: ["", "ok", "thin", "faded", "contested"][state],
      score: score[place] / 1000, low: low[place] / 100, high: high[place] / 100, count: count[place],
    };
    place += 1;
    return reading;
  });
}

function readEvents(payload) {
  const columns = payload.events.map(unpack);
  const text = (place) => payload.texts[place] || "";
  return (columns[0] || []).map((_, row) => {
    const [pair, reverse, day, type, status, mass, value, confidence, mutual, sentence, start, end, title, publisher,
      url, precision] = columns.map((column) => column[row]);
    return {
      index: row, pair, reverse: Boolean(reverse), day, type: payload.types[type], status: payload.statuses[status],
      mass: mass / 1000, value: value / 100, confidence: confidence / 100, mutual: Boolean(mutual),
      sentence: text(sentence), start, end, title: text(title), publisher: text(publisher), url: text(url), precision,
    };
  });
}

function other(pair, country) {
  return pair.a === country ? pair.b : pair.a;
}

function ends(pair, event) {
  return event.reverse ? [pair.b, pair.a] : [pair.a, pair.b];
}

// A value on a break belongs to the class farther from zero.
function classAmong(value, breaks) {
  return breaks.filter((edge) => (edge < 0 ? value > edge : value >= edge)).length;
}

function classOf(model, score) {
  return classAmong(score, model.legend.breaks);
}

function changeClassOf(model, change) {
  return change && change.clear ? classAmong(change.change, model.legend.changeBreaks) : 3;
}

/** The colours of a theme in the palette asked for. */
function coloursOf(model, theme, name) {
  return model.legend.palettes[name][theme];
}

function wordOf(model, score) {
  return model.legend.words[classOf(model, score)];
}

function isThin(reading) {
  return reading.state === "thin" || reading.state === "faded";
}

function weightedMean(readings) {
  const mass = readings.reduce((sum, reading) => sum + reading.weight, 0);
  if (!mass) return null;
  return readings.reduce((sum, reading) => sum + reading.weight * reading.score, 0) / mass;
}

function decayBetween(model, days) {
  return model.halfLife === null ? 1 : Math.pow(0.5, days / model.halfLife);
}

// Points by which an event moves a score at a snapshot: weight (value - prior) / (k + W).
function contributionOf(model, event, side, snapshot) {
  const pair = model.pairs[event.pair], reading = pair[side][snapshot];
  if (!reading || event.day > model.at[snapshot] || !event.mass) return 0;
  if (side === "both" ? !event.mutual : event.reverse !== (side === "ba")) return 0;
  const total = side === "both" ? reading.weight : directedWeight(model, pair, side, snapshot);
  const weight = event.mass * decayBetween(model, model.at[snapshot] - event.day);
  return (weight * (event.value - model.priors[snapshot])) / (model.k + total);
}

// Only the mutual weight travels; a direction has its part of it by number of events.
function directedWeight(model, pair, side, snapshot) {
  const both = pair.both[snapshot], one = pair[side][snapshot];
  return both && both.count ? (both.weight * one.count) / both.count : 0;
}

// What moved a pair between two snapshots, both ways or one way. Without evidence before, it stood at the prior.
function changeOf(model, pair, before, after, side = "both") {
  const now = pair[side][after], then = pair[side][before];
  if (!now) return null;
  if (side !== "both") return changeOneWay(model, pair, side, before, after);
  const m0 = model.priors[before], m1 = model.priors[after], k = model.k;
  const w0 = then ? then.weight : 0, s0 = then ? then.score : m0;
  const sum = s0 * (k + w0) - k * m0;
  const kept = decayBetween(model, model.at[after] - model.at[before]);
  const moved = (k * m1 + sum) / (k + w0), faded = (k * m1 + kept * sum) / (k + kept * w0);
  const v0 = then ? then.squares : 0;
  const shift = kept / (k + now.weight) - 1 / (k + w0);
  const added = Math.max(0, now.squares - kept * kept * v0) / Math.pow(k + now.weight, 2);
  const change = now.score - s0, prior = moved - s0, own = Math.min(Math.abs(change), Math.abs(now.score - faded));
  // Clear is what neither the prior nor the passing of time moved. What the events say is uncertain, and a score also nears its prior when evidence only fades.
  const learning = Z90 * model.payload.doubt * (now.weight / (k + now.weight) - w0 / (k + w0));
  const halves = [now, then].map((reading) => (reading ? (reading.high - reading.low) / 2 : 0));
  const margin = model.payload.exact ? Math.hypot(Z90 * Math.sqrt(now.noise * (v0 * shift * shift + added)), learning) : Math.hypot(...halves);
  const clear = Boolean(then) && (model.payload.exact ? own : Math.abs(change)) > Math.max(margin, 1e-12);
  return {
    pair, before: s0, after: now.score, change, margin, fresh: !then, clear,
    moved: clear && classAmong(change, model.legend.changeBreaks) !== 3,
    causes: { prior, decay: faded - moved, added: now.score - faded },
  };
}

// Of one direction only its interval travels: the margin takes both snapshots as if they shared no event, and so is wide.
function changeOneWay(model, pair, side, before, after) {
  const now = pair[side][after], then = pair[side][before], s0 = then ? then.score : model.priors[before];
  const halves = [now, then].map((reading) => (reading ? (reading.high - reading.low) / 2 : 0));
  const change = now.score - s0, margin = Math.hypot(...halves), clear = Boolean(then) && Math.abs(change) > margin;
  return {
    pair, side, before: s0, after: now.score, change, margin, fresh: !then, clear,
    moved: clear && classAmong(change, model.legend.changeBreaks) !== 3, causes: null,
  };
}

// Points by which one event moved a pair between two snapshots.
function eventChange(model, event, before, after, side = "both") {
  return contributionOf(model, event, side, after) - contributionOf(model, event, side, before);
}
