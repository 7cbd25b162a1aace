// How do all relations of the view rank?

function drawRail(page) {
  const { model, state, parts } = page, now = state.now, pair = model.byKey.get(now.pair);
  const body = parts["rail-body"], top = body.scrollTop;
  const content = !model.pairs.length ? emptyRail(page) : pair && pair.both[now.at] ? pairPanel(page, pair)
    : page.phone() && now.view === "table" ? [element("div", { class: "rail-head" }, [element("h2", { text: "Table" })]), tableOf(page)] : now.mode === "change" ? changeRail(page) : listRail(page);
  body.replaceChildren(...(Array.isArray(content) ? content : [content]).flat().filter(Boolean));
  body.scrollTop = page.keepScroll ? top : 0;
}

function emptyRail(page) {
  const named = page.model.payload.named;
  return [element("div", { class: "rail-head" }, [element("h2", { text: "No relation" })]),
    element("div", { class: "empty" }, [
      element("p", { text: "No relation was found. " + (named ? "The text names " + counted(named, "country", "countries")
        + " but no event between two of them." : "No event between two countries was read.") }),
      element("p", { text: "What was read and why it does not count:" }),
      element("code", { text: "relations explain AAA-BBB INPUT --why-not" })]),
    element("p", { class: "note", text: STANDING_NOTE })];
}

function barWidth(page, pairs) {
  const phone = page.phone(), names = pairs ? (phone ? 150 : 162) : phone ? 116 : 128;
  return Math.max(80, page.parts["rail-body"].clientWidth - (phone ? 32 : 40) - names - 44 - 16);
}

function nameIn(page, pair) {
  const focus = page.model.byCode.get(page.state.now.focus);
  return focus ? other(pair, focus).name : pair.a.name + " \u2013 " + pair.b.name;
}

function axisHead(unit, width, words = [" hostile", "close "]) {
  const [left, right] = width < 140 ? ["\u221210", "+10"] : ["\u221210" + words[0], words[1] + "+10"];
  return element("div", { class: "axis-head grid" }, [element("span"), element("div", { class: "axis" },
    [left, "0", right].map((text) => element("span", { text }))), element("span", { class: "unit", text: unit })]);
}

function listRail(page) {
  const { model, state } = page, now = state.now, focus = model.byCode.get(now.focus), few = oneArticle(model) && !now.pair;
  const pairs = (few ? model.pairs.filter((pair) => pair.both[now.at] && passes(pair, now.filter, now.at)) : shownPairs(model, now))
    .sort((a, b) => a.both[now.at].score - b.both[now.at].score || (a.key < b.key ? -1 : 1));
  const firm = pairs.filter((pair) => few || !isThin(pair.both[now.at])), thin = pairs.filter((pair) => !firm.includes(pair));
  const wide = !focus || few, width = barWidth(page, wide), name = (pair) => (few ? pair.a.name + " \u2013 " + pair.b.name : nameIn(page, pair));
  const rows = (list) => element("div", { role: "list" }, list.map((pair) => listRow(page, pair, name(pair), width)));
  const heading = few ? (NUMBERS[pairs.length] || pairs.length) + (pairs.length === 1 ? " relation" : " relations") + (page.phone() ? "" : " in this article")
    : focus ? possessive(focus.name) + " relations" : "All relations";
  return element("div", { class: wide ? "pairs" : "" }, [
    element("div", { class: "rail-head" }, [
      element("div", { class: "titles" }, [element("h2", { text: heading }),
        focus && !few ? element("button", { type: "button", class: "link", text: "All countries", onclick: () => chooseFocus(page, null) }) : null]),
      element("p", { text: few ? "Each score with its 90% interval. Choose one for the sentences behind it."
        : "Score and 90% interval. Choose one to see the sentences behind it." })]),
    previewOf(page), axisHead("score", width),
    pairs.length ? rows(firm) : nothingPasses(page),
    thin.length ? element("p", { class: "part" }, [element("b", { text: "Thin evidence, less than one full event today" })]) : null,
    thin.length ? rows(thin) : null,
    few ? heaviestSentences(page, pairs) : null,
    element("p", { class: "note", text: (few ? "With one article the intervals are wide: a second source can move a score by several points. " : "")
      + STANDING_NOTE + notDrawn(model) })]);
}

// Countries with scores that no outline shows are named, never dropped in silence.
function notDrawn(model) {
  const lost = model.countries.filter((country) => country.pairs.length && country.lon === null).map(({ name }) => name);
  return lost.length ? " Not drawn, for want of an outline: " + joined(lost) + "." : "";
}

function nothingPasses(page) {
  const filtered = filterCount(page.state.now.filter);
  return element("div", { class: "empty" }, [
    element("p", { text: filtered ? "No pair passes the filter." : "No event is known on this date." }),
    filtered ? element("button", { type: "button", class: "link", text: "Clear", onclick: () => page.state.set({ filter: noFilter() }) }) : null]);
}

function listRow(page, pair, name, width) {
  const { model, state } = page, reading = pair.both[state.now.at], height = page.phone() ? 44 : 29;
  const label = name + ", " + signed(reading.score) + ", " + readingWords(model, reading) + ", likely between " + signed(reading.low)
    + " and " + signed(reading.high);
  return rowButton(page, pair, label, [element("span", { class: "name", text: name, title: name }),
    intervalBar(model, reading, width, height), element("span", { class: "value", text: signed(reading.score) })],
  isThin(reading) ? "row grid thin" : "row grid");
}

function rowButton(page, pair, label, children, name) {
  const button = element("button", {
    type: "button", class: name, "data-key": pair.key, "aria-label": label, onclick: () => openPair(page, pair.key, "both"),
    onmouseenter: () => hoverRow(page, pair), onmouseleave: () => hoverRow(page, null),
    onkeydown: (event) => stepRows(event, button),
  }, children);
  return element("div", { role: "listitem" }, [button]);
}

function hoverRow(page, pair) {
  if (!page.model.at.length) return;
  const focus = page.model.byCode.get(page.state.now.focus);
  outlineCountry(page, pair && focus && (pair.a === focus || pair.b === focus) ? other(pair, focus).code : null);
  page.view.arcs.show({ hovered: pair ? pair.key : null });
}

function stepRows(event, row) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const rows = [...row.closest(".rail-body").querySelectorAll(".row")], place = rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1);
  if (rows[place]) rows[place].focus();
}

// On touch the first tap on a country only shows it.
function previewOf(page) {
  const { model, state } = page, now = state.now, country = model.byCode.get(now.preview);
  if (!country) return null;
  const words = countryWords(model, country.code, now.at, now.focus), key = now.focus && pairKey(country.code, now.focus);
  return element("div", { class: "preview" }, [
    element("b", { text: words[0] }), element("div", { text: words[1] }),
    element("div", { class: "go" }, [
      model.byKey.has(key) && model.byKey.get(key).both[now.at]
        ? element("button", { type: "button", class: "control", text: "See why", onclick: () => openPair(page, key, "both") }) : null,
      country.pairs.length && country.code !== now.focus
        ? element("button", { type: "button", class: "control", text: "Make it the focus", onclick: () => chooseFocus(page, country.code) }) : null])]);
}

function heaviestSentences(page, pairs) {
  const { model, state } = page;
  const found = pairs.flatMap((pair) => weighed(model, pair, "both", state.now.at)).sort((a, b) => Math.abs(b.points) - Math.abs(a.points)).slice(0, 6);
  if (!found.length) return null;
  const most = Math.abs(found[0].points);
  return element("section", {}, [element("div", { class: "block" }, [element("h3", { text: "Heaviest sentences" })]),
    ...found.map((entry) => evidenceRow(page, entry, most, false))]);
}
