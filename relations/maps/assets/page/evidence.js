// Which sentences stand behind a score, and why does each count as it does?

const EVIDENCE_SHOWN = 10;

/** Events of a pair that were known at a snapshot, heaviest first; those that do not count come last. */
function weighed(model, pair, side, at) {
  return pair.events.filter((event) => event.day <= model.at[at] && (side === "both" || event.reverse === (side === "ba")))
    .map((event) => ({ event, pair, side, points: contributionOf(model, event, side, at), counts: event.mass > 0 && (side !== "both" || event.mutual) }))
    .map((entry) => ({ ...entry, told: entry.counts && model.payload.exact })).sort((a, b) => b.counts - a.counts || Math.abs(b.points) - Math.abs(a.points) || a.event.index - b.event.index);
}

function evidenceOf(page, pair, side) {
  const { model, state } = page, entries = weighed(model, pair, side, state.now.at), total = pair[side][state.now.at].count;
  if (entries.length && !page.worded) {
    return opened(page, () => evidenceOf(page, pair, side));
  }
  const most = entries.length ? Math.abs(entries[0].points) : 0, shown = entries.slice(0, page.allEvidence === pair.key ? Infinity : EVIDENCE_SHOWN);
  const key = model.payload.exact ? "pair.evidenceNote" : "pair.evidencePlain";
  const note = entries.length ? words(key, { shown: Math.min(shown.length, total), events: words("count.events", { n: total }) })
    : words("pair.noSentences");
  const more = entries.length > shown.length ? element("button", {
    type: "button", class: "link", text: words("pair.showMore", { n: entries.length - shown.length }),
    onclick: () => { page.allEvidence = pair.key; page.keepScroll = true; drawRail(page); page.keepScroll = false; },
  }) : null;
  return element("section", { class: "evidence-list", "aria-label": words("pair.evidence") }, [
    element("div", { class: "block" }, [blockHead(words("pair.evidence"), note)]),
    ...shown.map((entry) => evidenceRow(page, entry, most, true)),
    more ? element("div", { class: "actions-line" }, [more]) : null]);
}

// A place that what `make` makes takes as soon as the texts are open.
function opened(page, make) {
  const place = element("p", { class: "empty", text: words("pair.opening") });
  openTexts(page).then(() => place.isConnected && place.replaceWith(make()));
  return place;
}

function evidenceRow(page, entry, most, withSource) {
  const { event, pair, points, told } = entry, [from, to] = ends(pair, event);
  return element("article", { class: "evidence" }, [
    element("div", { class: "meta" }, [
      element("span", { text: eventDay(event.day, event.precision) }), element("b", { text: words("way", { from: from.name, to: to.name }) }),
      element("span", { class: "tag", text: event.phrase || event.type.toLowerCase() || words("event.untyped") }),
      event.status === "happened" ? null : element("span", { class: "tag undone", text: words("event." + event.status) })]),
    element("div", { class: "weighs" }, [
      element("b", { text: told ? signed(points, 2) : "\u2013" }), told ? pointsBar(points, most, 60, 14, 0.5, 6) : null,
      element("span", { text: words("pair.sure", { percent: Math.round(event.confidence * 100) }) })]),
    element("p", { class: "sentence" }, markedSentence(event)),
    withSource ? sourceLine(event) : null,
    element("details", { class: "why" }, [element("summary", { text: words("why.title") }), element("p", { text: whyText(page, entry) })])]);
}

// The coded words stand on the marker, as text on both sides of it.
function markedSentence(event) {
  const { sentence, start, end } = event;
  if (!sentence) return [element("span", { class: "absent", text: words("pair.noSentence") })];
  if (end <= start) return [sentence];
  return [sentence.slice(0, start), element("mark", { text: sentence.slice(start, end) }), sentence.slice(end)];
}

function sourceLine(event) {
  if (!event.title && !event.publisher && !event.url) return null;
  const title = event.title || (webAddress(event.url) ? new URL(event.url).hostname : "");
  return element("p", { class: "from" }, [title ? safeLink(event.url, title) : null,
    event.publisher ? (title ? " \u00b7 " : "") + event.publisher : null]);
}

/** The reckoning of one event's share, in sentences. */
function whyText(page, { event, pair, side = "both" }) {
  const { model, state } = page, { at } = state.now, age = model.at[at] - event.day;
  const sure = words("why.sure", { percent: Math.round(event.confidence * 100) }) + " ";
  if (!event.mass) return sure + (event.reason ? words("why.silent", { reason: event.reason }) : words("why.silentPlain"));
  if (age < 0) return sure + words("why.later");
  if (side === "both" && !event.mutual) return sure + words("why.oneWay");
  const left = decayBetween(model, age), total = side === "both" ? pair.both[at].weight : directedWeight(model, pair, side, at);
  const civil = event.mass < event.confidence - 0.006, points = contributionOf(model, event, side, at);
  return sure + words(civil ? "why.weightCivil" : "why.weight", { mass: decimal(event.mass, 2) })
    + (left < 0.995 ? words("why.age", { age: ageText(age), percent: Math.round(left * 100) }) : "") + "."
    + (model.payload.exact ? words("why.value", { value: signed(event.value), prior: signed(model.priors[at]) })
    + words("why.share", { weight: decimal(event.mass * left, 2), total: decimal(total, 2), points: signed(points, 2) }) : "");
}
