// Why does a pair have its score?

const EVIDENCE_SHOWN = 10;

function pairPanel(page, pair) {
  const { model, state } = page, now = state.now, side = pair[now.side][now.at] ? now.side : "both", reading = pair[side][now.at];
  const width = Math.max(200, page.parts["rail-body"].clientWidth - (page.phone() ? 32 : 40)), focus = model.byCode.get(now.focus);
  const back = now.mode === "change" ? "What changed" : focus ? possessive(focus.name) + " relations" : "All relations";
  return [
    element("button", { type: "button", class: "back link", text: "\u2190 " + back, onclick: () => closePair(page) }),
    element("h2", { class: "pair-title", tabindex: "-1", text: pair.a.name + " and " + pair.b.name }),
    pairTabs(page, pair, side), element("div", { class: "tabs-line" }),
    figureOf(model, reading, pair, side, now),
    element("div", { class: "ruler" }, [ruler(model, reading, width)]),
    element("p", { class: "lead", text: leadSentence(model, pair, now) }),
    model.at.length > 1 ? sparkOf(model, pair[side], now.at, width) : null,
    side === "both" ? causesOf(page, pair) : null,
    evidenceOf(page, pair, side), pairFoot(page, pair), element("p", { class: "note", text: STANDING_NOTE }),
  ];
}

function pairTabs(page, pair, side) {
  const { state } = page, at = state.now.at;
  const tab = (name, text) => element("button", {
    type: "button", role: "tab", "aria-selected": String(side === name), text, disabled: !pair[name][at],
    tabindex: side === name ? "0" : "-1", onclick: () => { page.keepScroll = true; state.set({ side: name }); page.keepScroll = false; },
    onkeydown: (event) => stepTabs(event),
  });
  const way = (name, from, to) => tab(name, from.name + " \u2192 " + to.name + (pair[name][at] ? " " + signed(pair[name][at].score) : ""));
  return element("div", { class: "tabs", role: "tablist", "aria-label": "Direction" },
    [tab("both", "Both ways"), way("ab", pair.a, pair.b), way("ba", pair.b, pair.a)]);
}

function stepTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...event.currentTarget.parentNode.querySelectorAll("button:not(:disabled)")];
  const place = (tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length, list = event.currentTarget.closest(".rail-body");
  tabs[place].click();
  const now = list.querySelector('[role="tab"][aria-selected="true"]');
  if (now) now.focus();
}

function figureOf(model, reading, pair, side, now) {
  const score = painted(element("span", { class: "score", text: signed(reading.score) }), { color: ink("line", classOf(model, reading.score)) });
  const newest = pair.both[now.at].newest, state = stateWords(reading);
  return element("div", { class: "figure" }, [score, element("div", { class: "facts" }, [
    element("div", {}, [element("b", { text: capital(wordOf(model, reading.score)) }), " on " + shortDay(model.at[now.at])
      + (state ? ", " + state : "")]),
    element("div", { text: "likely between " + signed(reading.low) + " and " + signed(reading.high) + " (90%)" }),
    element("div", { text: counted(reading.count, "event") + (side === "both" ? ", newest " + shortDay(newest) : " this way") })])]);
}

function sparkOf(model, readings, at, width) {
  return element("div", { class: "block spark" }, [
    element("h3", {}, ["Since " + dateOf(model.at[0]).getUTCFullYear(), element("span", { text: "score and 90% interval at each snapshot" })]),
    sparkline(model, readings, at, width, 118, false)]);
}

// New events, older events fading, the corpus average: they add up to the change.
function causesOf(page, pair) {
  const { model, state } = page, now = state.now, before = now.mode === "change" ? now.before : now.at - 1;
  if (before < 0) return null;
  const change = changeOf(model, pair, before, now.at), then = pair.both[before];
  const fresh = pair.both[now.at].count - (then ? then.count : 0);
  const days = pair.events.map(({ day }) => day).filter((day) => day > model.at[before] && day <= model.at[now.at]);
  const span = days.length ? ", " + monthSpan(Math.min(...days), Math.max(...days)) : "";
  const rows = [[fresh > 0 ? counted(fresh, "new event") + span : "Events revised", change.causes.added],
    ["Older events fading", change.causes.decay], ["Corpus average", change.causes.prior]]
    .filter(([, points]) => Math.abs(points) >= 0.005);
  const most = Math.max(...rows.map(([, points]) => Math.abs(points)), 0.01);
  return element("div", { class: "block" }, [
    element("h3", {}, ["What moved it since " + shortDay(model.at[before]), element("span", { text: "adds up to " + signed(change.change) })]),
    ...(rows.length ? rows : [["Nothing of weight", 0]]).map(([text, points]) => element("div", { class: "cause" }, [
      element("span", { text }), pointsBar(points, most, 64, 14, 0.62, 9), element("b", { text: signed(points, 2) })]))]);
}

// Events of a pair that were known at a snapshot, heaviest first; those that do not count come last.
function weighed(model, pair, side, at) {
  return pair.events.filter((event) => event.day <= model.at[at] && (side === "both" || event.reverse === (side === "ba")))
    .map((event) => ({ event, pair, points: contributionOf(model, event, side, at), counts: event.mass > 0 && (side !== "both" || event.mutual) }))
    .sort((a, b) => b.counts - a.counts || Math.abs(b.points) - Math.abs(a.points) || a.event.index - b.event.index);
}

function evidenceOf(page, pair, side) {
  const { model, state } = page, entries = weighed(model, pair, side, state.now.at), total = pair[side][state.now.at].count;
  const most = entries.length ? Math.abs(entries[0].points) : 0, shown = entries.slice(0, page.allEvidence === pair.key ? Infinity : EVIDENCE_SHOWN);
  const note = !entries.length ? "no sentences in this file" : Math.min(shown.length, total) + " of " + counted(total, "event")
    + ", heaviest first; the figure is each one\u2019s share of the score";
  const more = entries.length > shown.length ? element("button", {
    type: "button", class: "link", text: "Show " + (entries.length - shown.length) + " more",
    onclick: () => { page.allEvidence = pair.key; page.keepScroll = true; drawRail(page); page.keepScroll = false; },
  }) : null;
  return element("section", { class: "evidence-list", "aria-label": "Evidence" }, [
    element("div", { class: "block" }, [element("h3", {}, ["Evidence", element("span", { text: note })])]),
    ...shown.map((entry) => evidenceRow(page, entry, most, true)),
    more ? element("div", { class: "actions-line" }, [more]) : null]);
}

function evidenceRow(page, { event, pair, points, counts }, most, withSource) {
  const [from, to] = ends(pair, event), undone = { planned: "planned", threatened: "not carried out", denied: "denied" }[event.status];
  return element("article", { class: "evidence" }, [
    element("div", { class: "meta" }, [
      element("span", { text: eventDay(event.day, event.precision) }), element("b", { text: from.name + " \u2192 " + to.name }),
      element("span", { class: "tag", text: VERBS[event.type] || event.type.toLowerCase() }),
      undone ? element("span", { class: "tag undone", text: undone }) : null,
      event.status === "historic" ? element("span", { class: "tag undone", text: "background" }) : null]),
    element("div", { class: "weighs" }, [
      element("b", { text: counts ? signed(points, 2) : "\u2013" }), counts ? pointsBar(points, most, 60, 14, 0.5, 6) : null,
      element("span", { text: Math.round(event.confidence * 100) + "% sure" })]),
    element("p", { class: "sentence" }, markedSentence(event)),
    withSource ? sourceLine(event) : null]);
}

// The coded words stand on the marker, as text on both sides of it.
function markedSentence(event) {
  const { sentence, start, end } = event;
  if (!sentence) return [element("span", { text: "Coded from event data; no sentence." })];
  if (end <= start) return [sentence];
  return [sentence.slice(0, start), element("mark", { text: sentence.slice(start, end) }), sentence.slice(end)];
}

function sourceLine(event) {
  if (!event.title && !event.publisher && !event.url) return null;
  const title = event.title || (webAddress(event.url) ? new URL(event.url).hostname : "");
  return element("p", { class: "from" }, [title ? safeLink(event.url, title) : null,
    event.publisher ? (title ? " \u00b7 " : "") + event.publisher : null]);
}

function pairFoot(page, pair) {
  const reading = pair.both[page.state.now.at];
  return element("div", { class: "actions-line" }, [
    element("span", { text: "Conflict intensity " + reading.conflict.toFixed(2) }),
    element("button", { type: "button", class: "link", text: "Copy link", onclick: () => copyLink(page) }),
    element("button", { type: "button", class: "link", text: "CSV", onclick: () => savePairCsv(page, pair) })]);
}
