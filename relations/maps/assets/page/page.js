// How do the parts of the page work together?

async function relationsPage(map, options) {
  if (typeof DecompressionStream === "undefined") return showStatic(map.getContainer().closest(".relations-page"));
  const [data] = await Promise.all([openDeflated(options.data), openOutlines(options.world)]), payload = { ...data, texts: [] };
  const model = readLargeModel(payload), root = map.getContainer().closest(".relations-page");
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const state = createState({ ...startState(model, payload), ...readHash(model, window.location.hash) });
  const page = {
    model, state, parts, root, dataId: options.data, worded: false, keepScroll: false, allEvidence: null, printing: false, playing: false, rolls: [],
    phone: () => window.matchMedia("(max-width: 760px)").matches,
    still: () => window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    theme: () => (page.printing ? "light" : state.now.theme !== "auto" ? state.now.theme
      : window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
  };
  page.tip = element("div", { class: "relations-tip", hidden: true });
  map.getContainer().append(page.tip);
  root.classList.toggle("single", model.at.length < 2);
  state.now = sane(model, state.now);
  page.view = makeMapView(page, map);
  setTheme(page);
  wirePage(page);
  if (page.phone() && state.now.pair) setStop(page, "tall");
  if (state.now.world !== payload.worldviews[0]) await openOutlines(state.now.world);
  if (state.now.pair || state.now.mode === "change" || oneArticle(model)) await openTexts(page);
  refresh(page);
  map.invalidateSize({ animate: false });
  fitView(page);
  for (const sheet of [page.view.countries, page.view.arcs]) sheet.addTo(map); // last, so that they are drawn once
  root.dataset.ready = "true";
  readAhead(model);
  return page;
}

// While nobody waits, the counts of the other snapshots are reckoned, so that the slider finds them ready.
function readAhead(model) {
  const at = model.at.findIndex((_, place) => !(model.sums && model.sums[place]));
  if (at < 0) return;
  sumsOf(model, at);
  orderOf(model, at);
  (window.requestIdleCallback || window.setTimeout)(() => readAhead(model));
}

// A browser that cannot open the data gets what a browser without scripts gets.
function showStatic(root) {
  const table = new DOMParser().parseFromString(document.querySelector("noscript").textContent, "text/html").body;
  root.querySelector("h1").textContent = words("note.oldBrowser");
  root.classList.add("static");
  root.querySelector(".middle").replaceChildren(...table.children);
  root.dataset.failed = "true";
}

// A link may ask for what the file has not: a change needs an earlier snapshot.
function sane(model, now) {
  const change = now.mode === "change" && model.at.length > 1 && now.at > 0;
  const pair = model.byKey.get(now.pair), kept = pair && pair.both[now.at] ? now.pair : null;
  return { ...now, pair: kept, mode: change ? "change" : "scores", before: Math.max(0, Math.min(now.before, now.at - 1)) };
}

function wirePage(page) {
  const { state, parts, root, model } = page;
  page.timeline = makeTimeline(page);
  makeSearch(page);
  makeFilter(page);
  makeTable(page);
  makeMenu(page);
  makeBottomSheet(page);
  makeKeyboard(page);
  for (const button of root.querySelectorAll("button[data-mode]")) button.addEventListener("click", () => {
    if (page.phone()) state.set({ view: "map" });
    setMode(page, button.dataset.mode);
  });
  for (const button of root.querySelectorAll("button[data-view]")) button.addEventListener("click", () => state.set({ view: button.dataset.view, ...(page.phone() ? { pair: null } : {}) }));
  for (const button of root.querySelectorAll("button[data-zoom]")) button.addEventListener("click", () => zoomMap(page, button.dataset.zoom));
  parts["key-open"].addEventListener("click", () => {
    const open = root.querySelector(".legend").classList.toggle("keyed");
    parts["key-open"].setAttribute("aria-expanded", String(open));
    page.view.map.invalidateSize({ animate: false });
  });
  for (const button of root.querySelectorAll('button[data-mode="change"]')) {
    button.disabled = model.at.length < 2;
    if (button.disabled) button.title = words("change.needsTwo");
  }
  for (const button of root.querySelectorAll('button[data-view="table"]')) button.disabled = !model.at.length;
  state.on((now, before) => applyState(page, now, before));
  window.addEventListener("hashchange", async () => {
    const wanted = sane(model, { ...startState(model, model.payload), ...readHash(model, window.location.hash) });
    await openOutlines(wanted.world);
    state.set(wanted);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { setTheme(page); drawMap(page, false); });
  window.addEventListener("beforeprint", () => printPage(page, true));
  window.addEventListener("afterprint", () => printPage(page, false));
  const sized = new ResizeObserver(() => {
    page.view.map.invalidateSize({ animate: false });
    fitWords(page);
    if (page.width !== parts.rail.clientWidth + ":" + page.phone()) refresh(page);
  });
  sized.observe(parts["map-frame"]);
  sized.observe(root);
}

function applyState(page, now, before) {
  const { model } = page;
  if (now.theme !== before.theme || now.colours !== before.colours) setTheme(page);
  if (now.pair && !page.model.byKey.get(now.pair).both[now.at]) {
    page.state.set({ pair: null });
    return;
  }
  page.allEvidence = now.pair === before.pair ? page.allEvidence : null;
  page.keepScroll = page.keepScroll || (now.pair === before.pair && now.focus === before.focus && now.mode === before.mode);
  refresh(page, model.pairs.length < MANY_PAIRS);
  page.keepScroll = false;
  putHash(writeHash(page.model, now));
  if (page.phone() && now.pair !== before.pair) setStop(page, now.pair ? "tall" : "list");
  if (now.view !== before.view || Boolean(now.pair) !== Boolean(before.pair)) page.view.map.invalidateSize({ animate: false });
  if (now.focus !== before.focus || (now.view === "map" && !page.fitted) || (page.phone() && now.pair !== before.pair)) fitView(page);
}

function refresh(page, fade = false) {
  const { root, state, parts } = page, now = state.now;
  root.dataset.view = now.view;
  root.dataset.mode = now.mode;
  root.classList.toggle("paired", Boolean(now.pair));
  page.width = parts.rail.clientWidth + ":" + page.phone();
  for (const button of root.querySelectorAll("button[data-mode]")) {
    button.setAttribute("aria-pressed", String(now.mode === button.dataset.mode && !(button.closest(".sheet-switch") && now.view === "table")));
  }
  for (const button of root.querySelectorAll("button[data-view]")) button.setAttribute("aria-pressed", String(now.view === button.dataset.view));
  const filters = filterCount(now.filter);
  parts["filter-word"].textContent = filters ? words("filter.some", { n: filters }) : words("filter.title");
  fitWords(page);
  drawRail(page);
  if (!page.model.at.length) return;
  drawLegend(page);
  drawTable(page);
  drawTimeline(page);
  drawPlay(page);
  drawMap(page, fade);
}

// The longest headline that fits its place; the phone has two lines.
function fitWords(page) {
  const { model, state, parts } = page, options = headlines(model, state.now), line = parts.headline;
  parts.subtitle.textContent = subtitle(model, state.now, page.phone());
  for (const text of options) {
    line.textContent = text;
    if (page.phone() ? line.scrollHeight <= line.clientHeight + 2 : line.scrollWidth <= line.clientWidth) break;
  }
  line.title = line.textContent;
}

function setTheme(page) {
  const { theme, colours } = page.state.now;
  document.documentElement.dataset.colours = colours;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function setMode(page, mode) {
  const { state, model } = page, now = state.now;
  if (mode === "change" && model.at.length < 2) return;
  const at = mode === "change" && now.at === 0 ? 1 : now.at;
  state.set({ mode, at, before: Math.max(0, at - 1) });
}

function chooseFocus(page, code) {
  page.state.set({ focus: code, pair: null, side: "both", preview: null, all: false });
}

function openPair(page, key, side) {
  page.state.set({ pair: key, side, preview: null });
  const title = page.parts["rail-body"].querySelector(".pair-title");
  if (title) title.focus({ preventScroll: true });
}

function closePair(page) {
  const key = page.state.now.pair;
  page.state.set({ pair: null, side: "both" });
  const row = page.root.querySelector('.row[data-key="' + key + '"], tr[data-key="' + key + '"]');
  if (row) row.focus();
}

function zoomMap(page, way) {
  if (way === "fit") fitView(page);
  else page.view.map.setZoom(page.view.map.getZoom() + (way === "in" ? 0.5 : -0.5), { animate: !page.still() });
}

function say(page, text, kept = false) {
  page.parts.spoken.textContent = text;
  if (kept) page.parts.subtitle.textContent = text;
}

const PRINTED_ROWS = 400;

// Paper is light, has no controls, and writes the addresses of links out.
function printPage(page, on) {
  page.printing = on;
  const { parts, model, state } = page, now = state.now, pair = model.byKey.get(now.pair);
  if (!model.at.length) return;
  drawMap(page, false);
  if (!on) {
    parts.printed.replaceChildren();
    return;
  }
  const pairs = rankedByScore(shownPairs(model, now), now), more = pairs.length - PRINTED_ROWS;
  const rows = pairs.slice(0, PRINTED_ROWS).map((one) => element("div", { class: "grid" }, [
    element("span", { text: nameIn(page, one) }), intervalBar(model, readingOf(one, now), 160, 20), element("b", { text: signed(readingOf(one, now).score) })]));
  parts.printed.replaceChildren(...[
    now.view === "map" && page.view.map.getSize().x ? mapPicture(page) : null, element("div", { class: "rows" }, rows), more > 0 ? element("p", { class: "note", text: words("print.more", { n: more }) }) : null,
    ...(pair && pair.both[now.at] ? [element("h2", { text: pairName(pair) }), figureOf(model, pair.both[now.at], pair, "both", now), evidenceOf(page, pair, "both")] : []),
    element("p", { class: "note", text: standingNote() })].filter(Boolean));
}
