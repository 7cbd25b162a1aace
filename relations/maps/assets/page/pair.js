// Why does a pair have its score?

function pairPanel(page, pair) {
  const { model, state } = page, now = state.now, side = pair[now.side][now.at] ? now.side : "both", reading = pair[side][now.at];
  const width = Math.max(200, page.parts["rail-body"].clientWidth - (page.phone() ? 32 : 40)), focus = model.byCode.get(now.focus);
  const where = now.mode === "change" ? words("change.title") : focus ? words("list.of", { whose: possessive(focus.name) }) : words("list.all");
  return [
    element("button", { type: "button", class: "back link", text: words("pair.back", { where }), onclick: () => closePair(page) }),
    element("h2", { class: "pair-title", tabindex: "-1", text: pairName(pair) }),
    pairTabs(page, pair, side), element("div", { class: "tabs-line" }),
    figureOf(model, reading, pair, side, now),
    element("div", { class: "ruler" }, [ruler(model, reading, width)]),
    element("p", { class: "lead", text: leadSentence(model, pair, now, side) }),
    model.at.length > 1 ? sparkOf(model, pair[side], now.at, width) : null,
    side === "both" ? causesOf(page, pair) : null,
    side === "both" ? massesOfPair(page, pair) : null,
    evidenceOf(page, pair, side), pairFoot(page, pair), element("p", { class: "note", text: standingNote() }),
  ];
}

function pairTabs(page, pair, side) {
  const { state } = page, { at } = state.now;
  const tab = (name, text) => element("button", {
    type: "button", role: "tab", "aria-selected": String(side === name), text, disabled: !pair[name][at],
    tabindex: side === name ? "0" : "-1", onclick: () => { page.keepScroll = true; state.set({ side: name }); page.keepScroll = false; },
    onkeydown: (event) => stepTabs(event),
  });
  const way = (name, from, to) => tab(name, words("way", { from: from.name, to: to.name }) + (pair[name][at] ? " " + signed(pair[name][at].score) : ""));
  return element("div", { class: "tabs", role: "tablist", "aria-label": words("pair.direction") },
    [tab("both", words("pair.both")), way("ab", pair.a, pair.b), way("ba", pair.b, pair.a)]);
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
  const { newest } = pair.both[now.at], state = stateText(reading), events = words("count.events", { n: reading.count });
  return element("div", { class: "figure" }, [score, element("div", { class: "facts" }, [
    element("div", {}, [element("b", { text: capital(wordOf(model, reading.score)) }), words("pair.on", { day: shortDay(model.at[now.at]) })
      + (state ? ", " + state : "")]),
    element("div", { text: words("pair.likely", { low: signed(reading.low), high: signed(reading.high) }) }),
    element("div", { text: side === "both" ? words("pair.newest", { events, day: shortDay(newest) }) : words("pair.thisWay", { events }) })])]);
}

// A heading with a remark beside it.
function blockHead(title, note) {
  return element("h3", {}, [title, note ? element("span", { text: note }) : null]);
}

function sparkOf(model, readings, at, width) {
  return element("div", { class: "block spark" }, [
    blockHead(words("pair.since", { year: String(dateOf(model.at[0]).getUTCFullYear()) }), words("pair.sinceNote")),
    sparkline(model, readings, at, width, 118, false)]);
}

// New events, older events fading, the corpus average: they add up to the change.
function causesOf(page, pair) {
  const { model, state } = page, now = state.now, before = now.mode === "change" ? now.before : now.at - 1;
  if (before < 0 || !model.payload.exact) return null;
  const change = changeOf(model, pair, before, now.at), then = pair.both[before], n = pair.both[now.at].count - (then ? then.count : 0);
  const days = pair.events.map(({ day }) => day).filter((day) => day > model.at[before] && day <= model.at[now.at]);
  const added = n <= 0 ? words("pair.revised") : days.length ? words("pair.added", { n, span: monthSpan(Math.min(...days), Math.max(...days)) })
    : words("pair.addedUndated", { n });
  const rows = [[added, change.causes.added], [words("pair.fading"), change.causes.decay], [words("pair.prior"), change.causes.prior]]
    .filter(([, points]) => Math.abs(points) >= 0.005);
  const most = Math.max(...rows.map(([, points]) => Math.abs(points)), 0.01);
  return element("div", { class: "block" }, [
    blockHead(words("pair.moved", { day: shortDay(model.at[before]) }), words("pair.addsUp", { points: signed(change.change) })),
    ...(rows.length ? rows : [[words("pair.nothing"), 0]]).map(([text, points]) => element("div", { class: "cause" }, [
      element("span", { text }), pointsBar(points, most, 64, 14, 0.62, 9), element("b", { text: signed(points, 2) })]))]);
}

// Cooperation and conflict side by side: a mean near 0 may be little of both or much of both.
function massesOfPair(page, pair) {
  const { at } = page.state.now, { cooperation, conflict } = massesOf(pair, at), most = Math.max(cooperation, conflict, 0.01);
  const row = (name, mass, place) => element("div", { class: "cause mass", "data-mass": name }, [
    element("span", { text: words("pair." + name) }),
    chart(120, 14, [painted(drawing("rect", { x: 0, y: 3, width: Math.max(1, (mass / most) * 120), height: 8 }), { fill: ink("line", place) })]),
    element("b", { text: decimal(mass, 1) })]);
  return element("div", { class: "block masses" }, [
    blockHead(words("pair.masses"), words("pair.massesNote")), row("cooperation", cooperation, 5), row("conflict", conflict, 1),
    element("p", { class: "small" }, [words("pair.intensity", { value: decimal(pair.both[at].conflict, 2) }), element("span", { text: words("pair.intensityNote") })])]);
}

function pairFoot(page, pair) {
  return element("div", { class: "actions-line" }, [
    element("button", { type: "button", class: "link", text: words("pair.copy"), onclick: () => copyLink(page) }),
    element("button", { type: "button", class: "link", text: words("pair.csv"), onclick: () => savePairCsv(page, pair) })]);
}
