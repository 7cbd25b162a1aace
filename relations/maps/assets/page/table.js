// What are the same numbers as a table?

function drawTable(page) {
  const { parts, state } = page, on = state.now.view === "table" && !page.phone();
  parts.table.hidden = !on;
  parts["map-frame"].hidden = on;
  if (on) parts.table.replaceChildren(tableHead(page), tableOf(page));
}

function tablePairs(page) {
  const { model, state } = page, now = state.now;
  return shownPairs(model, now.all ? { ...now, focus: null } : now);
}

function tableHead(page) {
  const { model, state } = page, now = state.now, focus = now.all ? null : model.byCode.get(now.focus), pairs = tablePairs(page);
  const total = model.pairs.filter((pair) => pair.both[now.at]).length, day = longDay(model.at[now.at]);
  const text = focus ? counted(pairs.length, "country", "countries") + " with reported events with " + focus.name + " by " + day + ". "
    : counted(pairs.length, "pair") + " with reported events by " + day + ". ";
  const widen = now.focus ? element("button", { type: "button", class: "link", text: now.all ? "Show only " + model.byCode.get(now.focus).name
    : "Show all " + counted(total, "pair"), onclick: () => state.set({ all: !now.all }) }) : null;
  return element("div", { class: "table-head" }, [element("span", {}, [text, widen]),
    element("button", { type: "button", class: "control", text: "Save as CSV", onclick: () => saveCsv(page) })]);
}

// Name, words of the head, value to sort by, cell; `spared` columns give way on the phone.
function tableColumns(page) {
  const { model, state } = page, now = state.now, focus = now.all ? null : model.byCode.get(now.focus);
  const before = now.mode === "change" ? now.before : now.at - 1, at = now.at, both = (pair) => pair.both[at];
  const toward = (pair) => pair[focus === pair.b ? "ba" : "ab"][at], back = (pair) => pair[focus === pair.b ? "ab" : "ba"][at];
  const since = (pair) => (before >= 0 ? changeOf(model, pair, before, at) : null);
  const name = (pair) => (focus ? other(pair, focus).name : pair.a.name + " \u2013 " + pair.b.name);
  const number = (reading) => (reading ? signed(reading.score) : "\u2013");
  const columns = [
    { id: "name", head: focus ? "Country" : "Pair", left: true, value: name, cell: (pair) => [name(pair)] },
    { id: "reading", head: "Reading", left: true, spared: true, value: (pair) => readingWords(model, both(pair)), cell: (pair) => [readingCell(model, both(pair))] },
    { id: "score", head: "Score", kind: "strong", value: (pair) => both(pair).score, cell: (pair) => [signed(both(pair).score)] },
    { id: "low", head: "Low", value: (pair) => both(pair).low, cell: (pair) => [signed(both(pair).low)] },
    { id: "high", head: "High", value: (pair) => both(pair).high, cell: (pair) => [signed(both(pair).high)] },
    { id: "drawn", head: "score and 90% interval", drawn: true, spared: true, cell: (pair) => [intervalBar(model, both(pair), 210, 32)] },
    { id: "toward", head: focus ? focus.name + " \u2192 it" : "first \u2192 second", spared: true, kind: "ink", value: (pair) => toward(pair)?.score, cell: (pair) => [number(toward(pair))] },
    { id: "back", head: focus ? "it \u2192 " + focus.name : "second \u2192 first", spared: true, kind: "ink", value: (pair) => back(pair)?.score, cell: (pair) => [number(back(pair))] },
    { id: "since", head: before >= 0 ? "Since " + shortDay(model.at[before]) : "Since", value: (pair) => since(pair)?.change,
      kind: (pair) => (since(pair)?.clear ? "strong" : "weak"), cell: (pair) => [sinceCell(since(pair))] },
    { id: "trend", head: "Trend", drawn: true, spared: true, kind: "trend", cell: (pair) => [sparkline(model, pair.both, at, 72, 24, true)] },
    { id: "events", head: "Events", spared: true, kind: "ink", value: (pair) => both(pair).count, cell: (pair) => [grouped(both(pair).count)] },
    { id: "newest", head: "Newest", spared: true, value: (pair) => both(pair).newest, cell: (pair) => [shortDay(both(pair).newest)] },
  ];
  return model.at.length > 1 ? columns : columns.filter(({ id }) => id !== "since" && id !== "trend");
}

function sinceCell(change) {
  return !change ? "\u2013" : change.fresh ? "new" : signed(change.change);
}

function readingCell(model, reading) {
  const kind = reading.state === "contested" ? "contested" : isThin(reading) ? "thin" : "plain";
  return element("span", { class: "reading" }, [swatch(kind, classOf(model, reading.score)), readingWords(model, reading)]);
}

function tableOf(page) {
  const { state } = page, now = state.now, columns = tableColumns(page);
  const sorted = columns.find(({ id, value }) => id === now.sort && value) || columns[2];
  const pairs = tablePairs(page).sort((a, b) => compareValues(sorted.value(a), sorted.value(b)) * (now.down ? -1 : 1) || (a.key < b.key ? -1 : 1));
  const names = (column, ...more) => [column.left && "left", column.spared && "spared", ...more].filter(Boolean).join(" ") || null;
  const heads = columns.map((column) => element("th", {
    class: names(column, column.drawn && (column.id === "trend" ? "trend" : "drawn")), scope: "col", "aria-hidden": column.drawn ? "true" : null,
    "aria-sort": column === sorted ? (now.down ? "descending" : "ascending") : null,
  }, [column.drawn ? column.head : element("button", {
    type: "button", "data-sort": column.id, text: column.head + (column === sorted ? (now.down ? " \u25bc" : " \u25b2") : ""), onclick: () => sortTable(page, column.id),
  })]));
  const rows = pairs.map((pair) => element("tr", {
    tabindex: "0", "data-key": pair.key, onclick: () => openPair(page, pair.key, "both"),
    onkeydown: (event) => tableKey(page, event, pair.key),
  }, columns.map((column, place) => element(place ? "td" : "th", {
    class: names(column, typeof column.kind === "function" ? column.kind(pair) : column.kind, place ? null : "row-head"), scope: place ? null : "row",
    "aria-hidden": column.drawn ? "true" : null,
  }, column.cell(pair)))));
  return element("table", {}, [element("thead", {}, [element("tr", {}, heads)]), element("tbody", {}, rows)]);
}

function compareValues(a, b) {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return typeof a === "string" ? a.localeCompare(b) : a - b;
}

function sortTable(page, id) {
  const { state } = page, now = state.now;
  state.set(now.sort === id ? { down: !now.down } : { sort: id, down: false });
  const head = page.root.querySelector('[data-sort="' + id + '"]');
  if (head) head.focus();
}

function tableKey(page, event, key) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (event.key === "Enter") openPair(page, key, "both");
  else if (step && event.currentTarget[step]) event.currentTarget[step].focus();
  else return;
  event.preventDefault();
}
