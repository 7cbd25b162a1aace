// What are the same numbers as a table?

function makeTable(page) {
  const { parts, state } = page;
  page.find = findBox(state);
  page.sheetFind = findBox(state);
  page.sheetHead = element("div", {}, [element("div", { class: "rail-head" }, [element("h2", { text: words("table.title") })]),
    element("div", { class: "sheet-find" }, [page.sheetFind])]);
  page.tableText = element("span");
  page.tableBody = element("div", { class: "table-body" });
  parts.table.append(element("div", { class: "table-head" }, [page.tableText, page.find,
    element("button", { type: "button", class: "control", text: words("table.csv"), onclick: () => saveCsv(page) })]), page.tableBody);
  parts.table.addEventListener("scroll", () => rollOn(page), { passive: true });
  parts["rail-body"].addEventListener("scroll", () => rollOn(page), { passive: true });
}

function findBox(state) {
  return element("input", {
    type: "search", class: "find", placeholder: words("table.find"), "aria-label": words("table.find"), autocomplete: "off", spellcheck: "false",
    oninput: (event) => state.set({ find: event.target.value }),
  });
}

function drawTable(page) {
  const { parts, state } = page, on = state.now.view === "table" && !page.phone();
  parts.table.hidden = !on;
  parts["map-frame"].hidden = on;
  if (!on) return;
  page.tableText.replaceChildren(...tableHead(page));
  if (page.find.value !== state.now.find) page.find.value = state.now.find;
  page.tableBody.replaceChildren(tableOf(page, parts.table));
  rollOn(page);
}

function phoneTable(page) {
  const { now } = page.state, [text, widen] = tableHead(page);
  if (page.sheetFind.value !== now.find) page.sheetFind.value = now.find;
  return [page.sheetHead, element("p", { class: "sheet-note" }, [text, widen]), tableOf(page, page.parts["rail-body"])];
}

/** Pairs of the table: those of the view that the search holds. */
function tablePairs(page) {
  const { model, state } = page, now = state.now, found = shownPairs(model, now.all ? { ...now, focus: null } : now), wanted = plain(now.find);
  if (!wanted) return found;
  return found.filter(({ a, b }) => [a, b].some((country) => plain(country.name).includes(wanted) || country.code.toLowerCase() === wanted));
}

function tableHead(page) {
  const { model, state } = page, now = state.now, focus = now.all ? null : model.byCode.get(now.focus), n = tablePairs(page).length;
  const day = longDay(model.at[now.at]), total = sumsOf(model, now.at).pairs;
  const text = focus ? words("table.countries", { countries: words("count.countries", { n }), name: focus.name, day })
    : words("table.pairs", { pairs: words("count.pairs", { n }), day });
  const widen = now.focus ? element("button", {
    type: "button", class: "link", onclick: () => state.set({ all: !now.all }),
    text: now.all ? words("table.only", { name: model.byCode.get(now.focus).name }) : words("table.all", { pairs: words("count.pairs", { n: total }) }),
  }) : null;
  return [text, widen].filter(Boolean);
}

// Words of the head, value to sort by, cell; `spared` columns give way on the phone.
function tableColumns(page) {
  const { model, state } = page, now = state.now, focus = now.all ? null : model.byCode.get(now.focus), { at } = now;
  const before = now.mode === "change" ? now.before : at - 1, both = (pair) => readingOf(pair, now) || pair.both[at];
  const toward = (pair) => pair[focus === pair.b ? "ba" : "ab"][at], back = (pair) => pair[focus === pair.b ? "ab" : "ba"][at];
  const since = (pair) => (before >= 0 && readingOf(pair, now) ? shownChange(model, pair, now, before) : null), trend = model.at.length > 1;
  const name = (pair) => (focus ? other(pair, focus).name : pairShort(pair)), number = (reading) => (reading ? signed(reading.score) : words("table.none"));
  const way = (key) => (focus ? words("table." + key[0], { name: focus.name }) : words("table." + key[1]));
  return [
    { id: "name", head: words(focus ? "table.country" : "table.pair"), left: true, value: name, cell: (pair) => [name(pair)] },
    { id: "reading", head: words("table.reading"), left: true, spared: true, value: (pair) => readingText(model, both(pair)), cell: (pair) => [readingCell(model, both(pair))] },
    { id: "score", head: words("table.score"), kind: "strong", value: (pair) => both(pair).score, cell: (pair) => [signed(both(pair).score)] },
    { id: "low", head: words("table.low"), value: (pair) => both(pair).low, cell: (pair) => [signed(both(pair).low)] },
    { id: "high", head: words("table.high"), value: (pair) => both(pair).high, cell: (pair) => [signed(both(pair).high)] },
    { id: "drawn", head: words("table.drawn"), drawn: true, spared: true, cell: (pair) => [intervalBar(model, both(pair), 210, 32)] },
    { id: "toward", head: way(["to", "first"]), spared: true, kind: "ink", value: (pair) => toward(pair)?.score, cell: (pair) => [number(toward(pair))] },
    { id: "back", head: way(["from", "second"]), spared: true, kind: "ink", value: (pair) => back(pair)?.score, cell: (pair) => [number(back(pair))] },
    trend && { id: "since", head: before >= 0 ? words("table.since", { day: shortDay(model.at[before]) }) : words("table.sinceNone"), value: (pair) => since(pair)?.change,
      kind: (pair) => (since(pair)?.clear ? "strong" : "weak"), cell: (pair) => [sinceCell(since(pair))] },
    trend && { id: "trend", head: words("table.trend"), drawn: true, spared: true, kind: "trend", cell: (pair) => [sparkline(model, pair.both, at, 72, 24, true)] },
    { id: "events", head: words("table.events"), spared: true, kind: "ink", value: (pair) => both(pair).count, cell: (pair) => [grouped(both(pair).count)] },
    { id: "newest", head: words("table.newest"), spared: true, value: (pair) => pair.both[at].newest, cell: (pair) => [shortDay(pair.both[at].newest)] },
  ].filter(Boolean);
}

function sinceCell(change) {
  return !change ? words("table.none") : change.fresh ? words("table.new") : signed(change.change);
}

function readingCell(model, reading) {
  const kind = reading.state === "contested" ? "contested" : isThin(reading) ? "thin" : "plain";
  return element("span", { class: "reading" }, [swatch(kind, classOf(model, reading.score)), readingText(model, reading)]);
}

function tableOf(page, scroller) {
  const { state } = page, now = state.now, columns = tableColumns(page), sorted = columns.find(({ id, value }) => id === now.sort && value) || columns[2];
  const ranked = tablePairs(page).map((pair) => ({ pair, value: sorted.value(pair) }));
  const pairs = ranked.sort((a, b) => compareValues(a.value, b.value) * (now.down ? -1 : 1) || (a.pair.key < b.pair.key ? -1 : 1)).map(({ pair }) => pair);
  const body = element("tbody"), spacer = () => element("tr", { class: "spacer", "aria-hidden": "true" });
  const roll = rollRows({
    page, scroller, box: body, count: pairs.length, height: page.phone() ? 45 : 34, spacer, make: (place) => tableRow(page, columns, pairs[place], place, (event) => tableKey(page, event, roll, place, pairs[place])),
  });
  const empty = pairs.length ? null : element("p", { class: "empty", text: words(now.find ? "empty.find" : filterCount(now.filter) ? "empty.filter" : "empty.date") });
  const table = element("table", { "aria-rowcount": pairs.length + 1 }, [element("thead", {}, [element("tr", {}, columns.map((column) => headCell(page, column, column === sorted)))]), body]);
  return element("div", {}, [table, empty]);
}

function cellNames(column, ...more) {
  return [column.left && "left", column.spared && "spared", ...more].filter(Boolean).join(" ") || null;
}

function headCell(page, column, sorted) {
  const { down } = page.state.now, drawn = column.drawn && (column.id === "trend" ? "trend" : "drawn");
  const ends = column.id === "drawn" ? [element("i", { text: "\u221210" }), column.head, element("i", { text: "+10" })] : [column.head];
  return element("th", {
    class: cellNames(column, drawn), scope: "col", "aria-hidden": column.drawn ? "true" : null, "aria-sort": sorted ? (down ? "descending" : "ascending") : null,
  }, column.drawn ? ends : [element("button", {
    type: "button", "data-sort": column.id, onclick: () => sortTable(page, column.id), text: column.head + (sorted ? (down ? " \u25bc" : " \u25b2") : ""),
  })]);
}

function tableRow(page, columns, pair, place, onkeydown) {
  return element("tr", { tabindex: "0", "data-key": pair.key, "aria-rowindex": place + 2, onclick: () => openPair(page, pair.key, "both"), onkeydown },
    columns.map((column, order) => element(order ? "td" : "th", {
      class: cellNames(column, typeof column.kind === "function" ? column.kind(pair) : column.kind, order ? null : "row-head"), scope: order ? null : "row",
      "aria-hidden": column.drawn ? "true" : null,
    }, column.cell(pair))));
}

function compareValues(a, b) {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return typeof a === "string" ? compareNames(a, b) : a - b;
}

function sortTable(page, id) {
  const { state } = page, now = state.now;
  state.set(now.sort === id ? { down: !now.down } : { sort: id, down: false });
  const head = page.root.querySelector('[data-sort="' + id + '"]');
  if (head) head.focus();
}

function tableKey(page, event, roll, place, pair) {
  if (event.key === "Enter") {
    openPair(page, pair.key, "both");
    event.preventDefault();
  } else stepRow(page, event, roll, place);
}
