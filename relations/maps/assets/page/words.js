// What does the page say about the data, in sentences?

// Classes up to tense, and from friendly on.
const SHARP = 1, WARM = 5;

function oneArticle(model) {
  return model.payload.documents === 1;
}

/** The longest headline first; the page takes the first that fits. */
function headlines(model, now) {
  if (!model.pairs.length) return [words("headline.none")];
  const pair = model.byKey.get(now.pair);
  if (pair && pair.both[now.at]) return [pairHeadline(model, pair, now)];
  if (now.mode === "change") return changeHeadlines(model, now);
  if (oneArticle(model)) return [articleHeadline(model, now)];
  const focus = model.byCode.get(now.focus);
  return focus ? focusHeadlines(model, focus, now) : overviewHeadlines(model, now);
}

function pairHeadline(model, pair, now) {
  const reading = pair.both[now.at], before = now.mode === "change" ? now.before : now.at - 1;
  const values = { pair: pairName(pair), word: wordOf(model, reading.score) };
  if (oneArticle(model)) return words("headline.article", values);
  if (before < 0) return words("headline.colon", { start: values.pair, rest: values.word });
  const change = changeOf(model, pair, before, now.at), month = shortMonth(model.at[before]);
  const how = change.fresh ? "fresh" : !change.clear ? "still" : change.change < 0 ? "worse" : "better";
  return words("headline." + how, { ...values, month });
}

function articleHeadline(model, now) {
  const strength = (pair) => Math.abs(pair.both[now.at].score) * Math.log2(1 + pair.both[now.at].count);
  const [first] = model.pairs.filter((pair) => pair.both[now.at] && ofFocus(pair, now)).sort((a, b) => strength(b) - strength(a));
  if (!first) return words("headline.noneOn", { day: longDay(model.at[now.at]) });
  return words("headline.article", { pair: pairName(first), word: wordOf(model, first.both[now.at].score) });
}

function focusHeadlines(model, focus, now) {
  const found = focus.pairs.map((pair) => ({ name: other(pair, focus).name, reading: readingOf(pair, now) }))
    .filter(({ reading }) => reading).sort((a, b) => a.reading.score - b.reading.score);
  const firm = found.filter(({ reading }) => !isThin(reading)), name = focus.name;
  if (!found.length) return [words("headline.noData", { name, day: longDay(model.at[now.at]) })];
  if (!firm.length) return [words("headline.thin", { name })];
  return focusFindings(model, firm).map((rest) => (now.filter.way === "both" ? words("headline.colon", { start: name, rest })
    : words("headline." + now.filter.way, { name, rest })));
}

// With whom a country stands badly and with whom well: two names on each side, then one.
function focusFindings(model, found) {
  const bad = found.filter(({ reading }) => classOf(model, reading.score) <= SHARP);
  const good = found.filter(({ reading }) => classOf(model, reading.score) >= WARM).reverse();
  if (!bad.length && !good.length) {
    const [first] = [...found].sort((a, b) => b.reading.count - a.reading.count);
    return [words("headline.with", { word: wordOf(model, first.reading.score), names: first.name })];
  }
  const part = (list, count) => {
    if (!list.length) return "";
    const word = wordOf(model, list[0].reading.score), names = namesJoined(list.slice(0, count).map((one) => one.name));
    return words(classOf(model, list[0].reading.score) === 6 ? "headline.closeTo" : "headline.with", { word, names });
  };
  return [2, 1].map((count) => [part(bad, count), part(good, count)].filter(Boolean).join(", "));
}

function overviewHeadlines(model, now) {
  const { sharp, warm } = sumsOf(model, now.at);
  const rest = words("count.sharp", { n: sharp }) + ", " + words("count.warm", { n: warm });
  return [words("headline.colon", { start: model.payload.title || words("headline.relations"), rest }), capital(rest)];
}

function changeHeadlines(model, now) {
  const focus = model.byCode.get(now.focus), moved = changesOf(model, now).filter((change) => change.moved);
  const name = ({ pair }) => (focus ? other(pair, focus).name : pair.a.name + "\u2013" + pair.b.name), way = focus ? "With" : "For";
  const worse = moved.filter(({ change }) => change < 0).sort((a, b) => a.change - b.change).map(name);
  const better = moved.filter(({ change }) => change > 0).sort((a, b) => b.change - a.change).map(name);
  const whose = focus && now.filter.way !== "both" ? words("legend." + now.filter.way, { name: focus.name }) : focus ? focus.name : "";
  const start = { name: whose || model.payload.title || words("headline.relations"), month: shortMonth(model.at[now.before]) };
  if (!moved.length) return [words("headline.since", { ...start, rest: words("headline.noChange") })];
  const part = (key, names, count) => (names.length && count ? words("headline." + key + way, { names: namesJoined(names.slice(0, count)) }) : "");
  const parts = [[2, 1], [1, 1], worse.length ? [1, 0] : [0, 1]].map(([w, b]) => [part("worse", worse, w), part("better", better, b)]);
  return parts.map((both) => words("headline.since", { ...start, rest: both.filter(Boolean).join(", ") }));
}

function changesOf(model, now) {
  return shownPairs(model, now).map((pair) => shownChange(model, pair, now)).filter(Boolean);
}

function subtitle(model, now, phone) {
  if (!model.pairs.length) return model.payload.title;
  const day = longDay(model.at[now.at]), sums = sumsOf(model, now.at), events = words("count.events", { n: sums.events });
  if (now.mode === "change") {
    if (phone) return words("subtitle.changeShort", { before: shortDay(model.at[now.before]), after: shortDay(model.at[now.at]) });
    return words("subtitle.change", { before: longDay(model.at[now.before]), after: day });
  }
  if (phone) return day + " \u00b7 " + events;
  const pairs = words("count.pairs", { n: sums.pairs });
  if (oneArticle(model)) return articleSubtitle(model, day, events, pairs);
  const documents = now.at === model.at.length - 1 && model.payload.documents
    ? words("count.documents", { n: model.payload.documents }) : "";
  const counts = words(documents ? "subtitle.documents" : "subtitle.counts", { pairs, events, documents });
  return [model.payload.title, counts, day].filter(Boolean).join(" \u00b7 ");
}

function articleSubtitle(model, day, events, pairs) {
  const title = model.events.length && model.events[0].title ? model.events[0].title : model.payload.title;
  const seen = new Set(model.pairs.flatMap((pair) => [pair.a.code, pair.b.code]));
  const countries = words("count.countries", { n: seen.size });
  return [title ? words("subtitle.quoted", { title }) : "", day, words("subtitle.article", { events, pairs, countries })]
    .filter(Boolean).join(" \u00b7 ");
}

/** What happened to a pair, in two or three sentences. */
function leadSentence(model, pair, now, side) {
  const before = now.mode === "change" ? now.before : now.at - 1, parts = [];
  if (before >= 0) {
    const change = changeOf(model, pair, before, now.at, side), how = change.fresh ? "fresh" : !change.clear ? "still" : change.change < 0 ? "worse" : "better";
    parts.push(words("lead." + how, { day: shortDay(model.at[before]), score: signed(change.before), points: decimal(Math.abs(change.change), 1) }));
  }
  const ab = pair.ab[now.at], ba = pair.ba[now.at];
  if (ab && ba && Math.abs(ab.score - ba.score) >= 1) {
    parts.push(words("lead.harsher", { name: (ab.score < ba.score ? pair.a : pair.b).name, points: decimal(Math.abs(ab.score - ba.score), 1) }));
  }
  const { state } = pair[side][now.at];
  if (state !== "ok") parts.push(words("lead." + state));
  return parts.join(" ");
}
