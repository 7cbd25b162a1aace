// How do all relations of the view rank?

function drawRail(page) {
  const { model, state, parts } = page, now = state.now, pair = model.byKey.get(now.pair);
  const body = parts["rail-body"], top = body.scrollTop;
  const content = !model.pairs.length ? emptyRail(page) : pair && pair.both[now.at] ? pairPanel(page, pair)
    : page.phone() && now.view === "table" ? phoneTable(page) : now.mode === "change" ? changeRail(page) : listRail(page);
  putContent(body, content.filter(Boolean));
  body.scrollTop = page.keepScroll ? top : 0;
  rollOn(page);
}

// A head that stays is left where it is: the reader may be typing in it.
function putContent(body, content) {
  if (content[0] !== body.firstElementChild) return body.replaceChildren(...content);
  while (body.childNodes.length > 1) body.lastChild.remove();
  return body.append(...content.slice(1));
}

function emptyRail(page) {
  const { named } = page.model.payload;
  const why = named ? words("empty.named", { countries: words("count.countries", { n: named }) }) : words("empty.unread");
  return [element("div", { class: "rail-head" }, [element("h2", { text: words("empty.title") })]),
    element("div", { class: "empty" }, [
      element("p", { text: words("empty.none", { why }) }), element("p", { text: words("empty.how") }),
      element("code", { text: "relations explain AAA-BBB INPUT --why-not" })]),
    element("p", { class: "note", text: standingNote() })];
}

// What holds for every view.
function standingNote() {
  return words("note.standing") + " " + words("note.disputed");
}

function barWidth(page, pairs) {
  const phone = page.phone(), names = pairs ? (phone ? 150 : 162) : phone ? 116 : 128;
  return Math.max(80, page.parts["rail-body"].clientWidth - (phone ? 32 : 40) - names - 44 - 16);
}

function nameIn(page, pair) {
  const focus = page.model.byCode.get(page.state.now.focus);
  return focus ? other(pair, focus).name : pairShort(pair);
}

function axisHead(unit, ends) {
  return element("div", { class: "axis-head grid" }, [element("span"), element("div", { class: "axis" },
    [ends[0], "0", ends[1]].map((text) => element("span", { text }))), element("span", { class: "unit", text: unit })]);
}

function scoreAxis(model, width) {
  const ends = width < 140 ? ["\u221210", "+10"]
    : [words("list.axisLow", { word: model.legend.words[0] }), words("list.axisHigh", { word: model.legend.words[6] })];
  return axisHead(words("list.score"), ends);
}

function listRail(page) {
  const { model, state } = page, now = state.now, focus = model.byCode.get(now.focus), few = oneArticle(model);
  const everything = !filterCount(now.filter) && (few || !focus);
  const pairs = everything ? orderOf(model, now.at) : rankedByScore(shownPairs(model, few ? { ...now, focus: null } : now), now);
  const firm = [], thin = [];
  for (const pair of pairs) (few || !isThin(readingOf(pair, now)) ? firm : thin).push(pair);
  const wide = !focus || few, width = barWidth(page, wide), name = (pair) => (few ? pairShort(pair) : nameIn(page, pair));
  const rows = (list) => rowList(page, list, (pair) => listRow(page, pair, name(pair), width));
  return [element("div", { class: wide ? "pairs" : "" }, [
    listHead(page, pairs, focus, few), previewOf(page), scoreAxis(model, width),
    pairs.length ? rows(firm) : nothingPasses(page),
    thin.length ? element("p", { class: "part" }, [element("b", { text: words("list.thin") })]) : null,
    thin.length ? rows(thin) : null,
    few ? heaviestSentences(page, pairs) : null,
    element("p", { class: "note", text: [few ? words("note.article") : "", standingNote(), notDrawn(model)].filter(Boolean).join(" ") })])];
}

// From hostile to close.
function rankedByScore(pairs, now) {
  return pairs.map((pair) => ({ pair, score: readingOf(pair, now).score })).sort((a, b) => a.score - b.score || (a.pair.key < b.pair.key ? -1 : 1))
    .map(({ pair }) => pair);
}

function listHead(page, pairs, focus, few) {
  const short = page.phone() ? "Short" : "", number = listOf("numbers")[pairs.length] || grouped(pairs.length);
  const heading = few ? words("list.article" + short, { n: pairs.length, number })
    : focus ? focusTitle(page, focus) : words("list.all");
  return element("div", { class: "rail-head" }, [
    element("div", { class: "titles" }, [element("h2", { text: heading }), focus && !few ? allCountries(page) : null]),
    element("p", { text: words(few ? "list.leadArticle" : "list.lead") })]);
}

function focusTitle(page, focus) {
  const { way } = page.state.now.filter;
  return way === "both" ? words("list.of", { whose: possessive(focus.name) }) : words("legend." + way, { name: focus.name });
}

function allCountries(page) {
  return element("button", { type: "button", class: "link", text: words("list.allCountries"), onclick: () => chooseFocus(page, null) });
}

/** Rows of pairs of which only those in sight are made; `row` makes one. */
function rowList(page, pairs, row) {
  const box = element("div", { role: "list" });
  const roll = rollRows({
    page, box, scroller: page.parts["rail-body"], count: pairs.length, height: page.phone() ? 44 : 29, spacer: () => element("div", { "aria-hidden": "true" }),
    make: (place) => {
      const item = element("div", { role: "listitem", "aria-setsize": pairs.length, "aria-posinset": place + 1 }, [row(pairs[place])]);
      item.firstChild.addEventListener("keydown", (event) => stepRow(page, event, roll, place));
      return item;
    },
  });
  return box;
}

// Countries with scores that no outline shows are named, never dropped in silence.
function notDrawn(model) {
  const lost = model.countries.filter((country) => country.pairs.length && country.lon === null).map(({ name }) => name);
  return lost.length ? words("note.notDrawn", { names: namesJoined(lost) }) : "";
}

function nothingPasses(page) {
  const filtered = filterCount(page.state.now.filter);
  return element("div", { class: "empty" }, [
    element("p", { text: words(filtered ? "empty.filter" : "empty.date") }), filtered ? clearFilter(page) : null]);
}

function clearFilter(page) {
  return element("button", { type: "button", class: "link", text: words("clear"), onclick: () => page.state.set({ filter: noFilter() }) });
}

function listRow(page, pair, name, width) {
  const { model, state } = page, reading = readingOf(pair, state.now), height = page.phone() ? 44 : 29;
  const label = words("list.row", {
    name, score: signed(reading.score), word: readingText(model, reading), low: signed(reading.low), high: signed(reading.high),
  });
  return rowButton(page, pair, label, [element("span", { class: "name", text: name, title: name }),
    intervalBar(model, reading, width, height), element("span", { class: "value", text: signed(reading.score) })],
  isThin(reading) ? "row grid thin" : "row grid");
}

function rowButton(page, pair, label, children, name) {
  return element("button", {
    type: "button", class: name, "data-key": pair.key, "aria-label": label, onclick: () => openPair(page, pair.key, sideOf(pair, page.state.now)),
    onmouseenter: () => hoverRow(page, pair), onmouseleave: () => hoverRow(page, null),
  }, children);
}

function hoverRow(page, pair) {
  if (!page.model.at.length) return;
  const focus = page.model.byCode.get(page.state.now.focus);
  outlineCountry(page, pair && focus && (pair.a === focus || pair.b === focus) ? other(pair, focus).code : null);
  page.view.arcs.show({ hovered: pair ? pair.key : null });
}

// On touch the first tap on a country only shows it.
function previewOf(page) {
  const { model, state } = page, now = state.now, country = model.byCode.get(now.preview);
  if (!country) return null;
  const [name, ...lines] = countryTip(page, country.code), pair = now.focus && model.byKey.get(pairKey(country.code, now.focus));
  const button = (key, onclick) => element("button", { type: "button", class: "control", text: words(key), onclick });
  return element("div", { class: "preview" }, [
    element("b", { text: name }), ...lines.map((text) => element("div", { text })),
    element("div", { class: "go" }, [
      pair && pair.both[now.at] ? button("list.seeWhy", () => openPair(page, pair.key, "both")) : null,
      country.pairs.length && country.code !== now.focus ? button("list.makeFocus", () => chooseFocus(page, country.code)) : null])]);
}

function heaviestSentences(page, pairs) {
  const { model, state } = page;
  const found = pairs.flatMap((pair) => weighed(model, pair, "both", state.now.at)).sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, 6);
  if (!found.length) return null;
  const most = Math.abs(found[0].points);
  return element("section", {}, [element("div", { class: "block" }, [element("h3", { text: words("list.heaviest") })]),
    ...found.map((entry) => evidenceRow(page, entry, most, false))]);
}
