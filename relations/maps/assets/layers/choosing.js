// Which arcs are drawn, and which pairs get one arc each way?

// Arcs of a view, strongest first: {pair, from, to, heads, score, count, thin, class, opacity, width, chip}.
function chooseArcs(model, look) {
  const phone = look.phone ? 0.78 : 1;
  const found = look.before !== undefined && look.before !== null ? changedPairs(model, look) : rankedPairs(model, look);
  const limit = look.limit || (look.focus ? (look.phone ? 7 : 11) : look.phone ? 12 : 24);
  let chosen = found.slice(0, limit);
  if (look.pair && !chosen.some((entry) => entry.pair.key === look.pair)) {
    const selected = model.byKey.get(look.pair);
    if (selected && selected.both[look.at]) chosen = [...chosen, entryOf(model, selected, look)];
  }
  const arcs = chosen.flatMap((entry, rank) => arcsOf(model, entry, rank, look));
  for (const arc of arcs) arc.width = Math.min(6.5, 1.15 + 0.82 * Math.log2(1 + arc.count)) * phone;
  fanOut(arcs);
  return arcs;
}

function inView(look, pair) {
  return (!look.focus || look.everyPair || pair.a.code === look.focus || pair.b.code === look.focus)
    && (!look.passes || look.passes(pair)) && pair.a.lon !== null && pair.b.lon !== null;
}

function entryOf(model, pair, look) {
  const reading = pair.both[look.at];
  const change = look.before !== undefined && look.before !== null ? changeOf(model, pair, look.before, look.at, look.sideOf ? look.sideOf(pair) : "both") : null;
  return { pair, reading, change, strength: Math.abs(reading.score) * Math.log2(1 + reading.count) };
}

function rankedPairs(model, look) {
  const found = model.pairs.filter((pair) => inView(look, pair) && pair.both[look.at])
    .map((pair) => entryOf(model, pair, look))
    .sort((a, b) => b.strength - a.strength || (a.pair.key < b.pair.key ? -1 : 1));
  if (look.limit || look.everyPair) return found;
  const firm = found.filter(({ reading }) => !isThin(reading) && Math.abs(reading.score) >= 1);
  return firm.length < 3 ? found : firm;
}

function changedPairs(model, look) {
  return model.pairs.filter((pair) => inView(look, pair) && pair.both[look.at])
    .map((pair) => entryOf(model, pair, look)).filter(({ change }) => change && change.moved)
    .sort((a, b) => Math.abs(b.change.change) - Math.abs(a.change.change) || (a.pair.key < b.pair.key ? -1 : 1));
}

function arcsOf(model, entry, rank, look) {
  const { pair, reading, change } = entry, selected = pair.key === look.pair;
  const opacity = look.pair ? (selected ? 1 : 0.1) : rank < 5 ? 1 : Math.max(0.45, 0.9 - 0.09 * (rank - 5));
  const common = { pair, rank, opacity, selected, faint: Boolean(look.pair) && !selected, bow: 1, thin: isThin(reading) };
  const ab = pair.ab[look.at], ba = pair.ba[look.at];
  const one = (from, to, side, heads) => ({
    ...common, from, to, heads, side, score: side.score, count: side.count,
    class: change ? changeClassOf(model, change) : classOf(model, side.score), change,
  });
  if (change) return [{ ...one(pair.a, pair.b, reading, false), thin: false }];
  if (!ab && ba) return [one(pair.b, pair.a, ba, true)];
  if (!ba && ab) return [one(pair.a, pair.b, ab, true)];
  if (ab && ba && apart(model, entry, rank, look)) {
    return [one(pair.a, pair.b, ab, true), one(pair.b, pair.a, ba, true)];
  }
  const [from, to] = pair.b.code === look.focus ? [pair.b, pair.a] : [pair.a, pair.b];
  return [one(from, to, reading, false)];
}

// A double line must mean something: strong pairs with many events, or two sides that read differently.
function apart(model, { pair, reading }, rank, look) {
  if (pair.key === look.pair) return true;
  const differ = classOf(model, pair.ab[look.at].score) !== classOf(model, pair.ba[look.at].score);
  return (rank < (look.focus ? 5 : 3) && reading.count >= 8) || (rank < 8 && differ && reading.count >= 12);
}

// Two different pairs that leave one country in nearly one direction: the weaker one is bowed more.
function fanOut(arcs) {
  arcs.forEach((arc, place) => {
    for (const stronger of arcs.slice(0, place)) {
      if (stronger.pair !== arc.pair && close(stronger, arc)) arc.bow = Math.min(2.1, arc.bow * 1.45);
    }
  });
}

function close(one, two) {
  for (const here of [one.from, one.to]) {
    if (here !== two.from && here !== two.to) continue;
    const a = bearing(here, here === one.from ? one.to : one.from);
    const b = bearing(here, here === two.from ? two.to : two.from);
    const gap = Math.abs(a - b) % (2 * Math.PI);
    if (Math.min(gap, 2 * Math.PI - gap) < 0.16) return true;
  }
  return false;
}

function bearing(from, to) {
  return Math.atan2(worldY(to.lat) - worldY(from.lat), worldX(shortWay(from.lon, to.lon)) - worldX(from.lon));
}

// The longitude of an end, moved by whole turns to lie within 180 degrees of the start.
function shortWay(from, to) {
  if (to - from > 180) return to - 360;
  return from - to > 180 ? to + 360 : to;
}
