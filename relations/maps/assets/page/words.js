// What does the page say in words?

const STANDING_NOTE = "A score is the tone of reported interaction, weighted by age and confidence. It is not an alliance, "
  + "nor a judgement. Borders and names imply no endorsement.";
const VERBS = {
  AGREE: "agrees", CONSULT: "meets", SUPPORT: "supports", CONCEDE: "concedes", COOPERATE: "cooperates", AID: "aids",
  RETREAT: "retreats", REQUEST: "requests", ACCUSE: "accuses", REJECT: "rejects", THREATEN: "threatens",
  PROTEST: "protests", SANCTION: "sanctions", MOBILIZE: "mobilizes", COERCE: "coerces", ASSAULT: "assaults", "": "speaks",
};
const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

function oneArticle(model) {
  return model.payload.documents === 1;
}

// The longest headline first; the page takes the first that fits.
function headlines(model, now) {
  if (!model.pairs.length) return ["No relation was found"];
  const pair = model.byKey.get(now.pair);
  if (pair && pair.both[now.at]) return [pairHeadline(model, pair, now)];
  if (now.mode === "change") return changeHeadlines(model, now);
  if (oneArticle(model)) return [articleHeadline(model, now)];
  const focus = model.byCode.get(now.focus);
  return focus ? focusHeadlines(model, focus, now) : overviewHeadlines(model, now);
}

function pairHeadline(model, pair, now) {
  const names = pair.a.name + " and " + pair.b.name, reading = pair.both[now.at];
  const start = names + ": " + wordOf(model, reading.score), before = now.mode === "change" ? now.before : now.at - 1;
  if (oneArticle(model)) return start + ", on the word of one article";
  if (before < 0) return start;
  const change = changeOf(model, pair, before, now.at);
  if (change.fresh) return start + ", new since " + shortMonth(model.at[before]);
  if (!change.clear) return start + ", little changed since " + shortMonth(model.at[before]);
  return start + ", " + (change.change < 0 ? "worse" : "better") + " than in " + shortMonth(model.at[before]);
}

function articleHeadline(model, now) {
  const pairs = model.pairs.filter((pair) => pair.both[now.at] && (!now.focus || pair.a.code === now.focus || pair.b.code === now.focus));
  const strength = (pair) => Math.abs(pair.both[now.at].score) * Math.log2(1 + pair.both[now.at].count);
  const [first] = pairs.sort((a, b) => strength(b) - strength(a));
  if (!first) return "No relation known on " + longDay(model.at[now.at]);
  return first.a.name + " and " + first.b.name + ": " + wordOf(model, first.both[now.at].score) + ", on the word of one article";
}

function focusHeadlines(model, focus, now) {
  const found = focus.pairs.map((pair) => ({ name: other(pair, focus).name, reading: pair.both[now.at] }))
    .filter(({ reading }) => reading && !isThin(reading)).sort((a, b) => a.reading.score - b.reading.score);
  const has = focus.pairs.some((pair) => pair.both[now.at]);
  if (!found.length) return [focus.name + (has ? ": thin evidence only" : ": no data on " + longDay(model.at[now.at]))];
  const bad = found.filter(({ reading }) => classOf(model, reading.score) <= 1);
  const good = found.filter(({ reading }) => classOf(model, reading.score) >= 5).reverse();
  if (!bad.length && !good.length) {
    const [first] = [...found].sort((a, b) => b.reading.count - a.reading.count);
    return [focus.name + ": " + wordOf(model, first.reading.score) + " with " + first.name];
  }
  const part = (list, count, word) => (list.length ? word(list) + " with " + joined(list.slice(0, count).map(({ name }) => name)) : "");
  const badWord = (list) => wordOf(model, list[0].reading.score), goodWord = badWord;
  return [2, 1].map((count) => focus.name + ": " + [part(bad, count, badWord), part(good, count, goodWord)].filter(Boolean)
    .join(", ").replace(/close with/g, "close to"));
}

function overviewHeadlines(model, now) {
  const classes = model.pairs.map((pair) => pair.both[now.at]).filter(Boolean).map(({ score }) => classOf(model, score));
  const title = model.payload.title || "Relations";
  const count = counted(classes.filter((index) => index <= 1).length, "tense or hostile pair") + ", "
    + classes.filter((index) => index >= 5).length + " friendly or close";
  return [title + ": " + count, capital(count)];
}

function changeHeadlines(model, now) {
  const focus = model.byCode.get(now.focus);
  const changes = changesOf(model, now).filter(({ moved }) => moved);
  const name = ({ pair }) => (focus ? other(pair, focus).name : pair.a.name + "\u2013" + pair.b.name);
  const worse = changes.filter(({ change }) => change < 0).sort((a, b) => a.change - b.change).map(name);
  const better = changes.filter(({ change }) => change > 0).sort((a, b) => b.change - a.change).map(name);
  const start = (focus ? focus.name : model.payload.title || "Relations") + " since " + shortMonth(model.at[now.before]) + ": ";
  if (!worse.length && !better.length) return [start + "no clear change"];
  const link = focus ? " with " : " for ";
  return [2, 1].map((count) => start + [worse.length && "worse" + link + joined(worse.slice(0, count)),
    better.length && "better" + link + joined(better.slice(0, 1))].filter(Boolean).join(", "));
}

function changesOf(model, now) {
  return shownPairs(model, now).map((pair) => changeOf(model, pair, now.before, now.at)).filter(Boolean);
}

// Pairs of the focus, or all, that have a reading and pass the filter.
function shownPairs(model, now) {
  return model.pairs.filter((pair) => pair.both[now.at] && (!now.focus || pair.a.code === now.focus || pair.b.code === now.focus)
    && passes(pair, now.filter, now.at));
}

function subtitle(model, now, phone) {
  if (!model.pairs.length) return model.payload.title;
  const day = longDay(model.at[now.at]), present = model.pairs.map((pair) => pair.both[now.at]).filter(Boolean);
  const events = present.reduce((sum, { count }) => sum + count, 0);
  if (now.mode === "change") {
    if (phone) return shortDay(model.at[now.before]) + " to " + shortDay(model.at[now.at]);
    return "Change in the tone of reported interaction, " + longDay(model.at[now.before]) + " to " + day;
  }
  if (phone) return day + " \u00b7 " + counted(events, "event");
  if (oneArticle(model)) {
    const title = model.events.length ? model.events[0].title : model.payload.title;
    const seen = new Set(model.pairs.flatMap((pair) => [pair.a.code, pair.b.code]));
    return [title ? "\u201c" + title + "\u201d" : "", day, counted(events, "event") + ", " + counted(present.length, "pair") + ", "
      + counted(seen.size, "country", "countries")].filter(Boolean).join(" \u00b7 ");
  }
  const documents = now.at === model.at.length - 1 && model.payload.documents
    ? " in " + counted(model.payload.documents, "document") : "";
  return [model.payload.title, counted(present.length, "pair") + ", " + counted(events, "event") + documents, day]
    .filter(Boolean).join(" \u00b7 ");
}

// What happened to a pair, in two or three sentences.
function leadSentence(model, pair, now) {
  const before = now.mode === "change" ? now.before : now.at - 1, parts = [];
  if (before >= 0) {
    const change = changeOf(model, pair, before, now.at), day = shortDay(model.at[before]);
    if (change.fresh) parts.push("No event was known on " + day + ".");
    else if (change.clear) {
      parts.push((change.change < 0 ? "Worse" : "Better") + " than on " + day + " (" + signed(change.before) + "). The "
        + (change.change < 0 ? "fall" : "rise") + " of " + Math.abs(change.change).toFixed(1) + " is larger than its margin of error.");
    } else {
      parts.push("Little changed since " + day + " (" + signed(change.before) + "): the difference is within its margin of error.");
    }
  }
  const ab = pair.ab[now.at], ba = pair.ba[now.at];
  if (ab && ba && Math.abs(ab.score - ba.score) >= 1) {
    parts.push((ab.score < ba.score ? pair.a : pair.b).name + " is the harsher side, by " + Math.abs(ab.score - ba.score).toFixed(1) + ".");
  }
  const reading = pair.both[now.at];
  if (reading.state === "contested") parts.push("Contested: friendly and hostile acts are both many, which the mean hides.");
  if (reading.state === "thin") parts.push("Thin evidence: less than one full event counts today.");
  if (reading.state === "faded") parts.push("Faded: all evidence is older than two half-lives.");
  return parts.join(" ");
}

function possessive(name) {
  return name + (/s$/.test(name) ? "\u2019" : "\u2019s");
}
