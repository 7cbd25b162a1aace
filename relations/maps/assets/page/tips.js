// What does a tip over the map say?

function arcTip(page, arc) {
  const { model, state } = page, now = state.now;
  if (arc.change) {
    return [arc.heads ? words("way", { from: arc.from.name, to: arc.to.name }) : pairName(arc.pair), words("tip.since", { points: signed(arc.change.change), day: shortDay(model.at[now.before]) }),
      words("tip.margin", { points: decimal(arc.change.margin, 1) })];
  }
  const reading = arc.pair[arc.heads ? (arc.from === arc.pair.a ? "ab" : "ba") : "both"][now.at];
  const title = arc.heads ? words("way", { from: arc.from.name, to: arc.to.name }) : pairName(arc.pair);
  return [title, words("tip.score", { score: signed(reading.score), word: readingText(model, reading) }),
    words("tip.likely", { low: signed(reading.low), high: signed(reading.high), events: words("count.events", { n: reading.count }) })];
}

function countryTip(page, code) {
  const { model, state } = page, now = state.now, country = model.byCode.get(code);
  if (!country) return null;
  if (code === now.focus) return [country.name, words("tip.focus")];
  const pairs = country.pairs.filter((pair) => pair.both[now.at] && ofFocus(pair, now) && passes(model, pair, now));
  if (!pairs.length) return [country.name, words("tip.noData")];
  if (now.mode === "change" && now.focus) return [country.name, changeTip(shownChange(model, pairs[0], now))];
  if (pairs.length === 1) {
    const reading = readingOf(pairs[0], now);
    return [now.focus ? country.name : pairName(pairs[0]), words("tip.score", { score: signed(reading.score), word: readingText(model, reading) })];
  }
  const mean = weightedMean(pairs.map((pair) => pair.both[now.at])) || 0;
  return [country.name, words("tip.mean", { score: signed(mean), word: wordOf(model, mean), relations: words("count.relations", { n: pairs.length }) })];
}

function changeTip(change) {
  return change.fresh ? words("tip.fresh") : change.moved ? words("tip.points", { points: signed(change.change) }) : words("change.noClear");
}

// The tip never covers what it tells of.
function showTip(page, text, point) {
  const { tip, view } = page, size = view.map.getSize();
  tip.hidden = !text;
  if (!text) return;
  tip.replaceChildren(...text.map((line, place) => element(place ? "span" : "b", { text: line })));
  const right = point.x > size.x - tip.offsetWidth - 24, below = point.y < tip.offsetHeight + 24;
  painted(tip, { left: (right ? point.x - tip.offsetWidth - 14 : point.x + 14) + "px", top: (below ? point.y + 16 : point.y - tip.offsetHeight - 12) + "px" });
}
