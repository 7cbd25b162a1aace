// Which pairs are left out?

const QUADS = [1, 2, 3, 4];
const UNTYPED = 16;

function makeFilter(page) {
  const { parts, state } = page;
  popover(page, parts["filter-open"], parts.filter, () => drawFilter(page));
  state.on((now, before) => {
    if ((now.filter !== before.filter || now.focus !== before.focus) && !parts.filter.hidden) refreshFilter(page);
  });
}

function setFilter(page, patch) {
  page.state.set({ filter: { ...page.state.now.filter, ...patch } });
}

function drawFilter(page) {
  const { parts, state } = page, button = (key, onclick) => element("button", { type: "button", class: "link", text: words(key), onclick });
  const low = (value) => setFilter(page, { low: value, high: Math.max(value, state.now.filter.high) });
  const high = (value) => setFilter(page, { high: value, low: Math.min(value, state.now.filter.low) });
  const group = (key, children) => element("fieldset", {}, [element("legend", { text: words("filter." + key) }), ...children]);
  parts.filter.replaceChildren(
    kindBoxes(page), group("way", [wayChoice(page)]),
    group("score", [slider("low", "from", -10, 10, 0.5, low), slider("high", "to", -10, 10, 0.5, high)]),
    group("least", [slider("least", "atLeast", 1, 50, 1, (least) => setFilter(page, { least }))]),
    group("limit", [slider("limit", "arcs", 0, 61, 1, (limit) => setFilter(page, { limit: limit > 60 ? 100000 : limit }))]),
    element("label", {}, [element("input", { type: "checkbox", "data-thin": "", onchange: (event) => setFilter(page, { thin: event.target.checked }) }),
      element("span", { text: words("filter.thin") })]),
    element("div", { class: "actions" }, [button("clear", () => state.set({ filter: noFilter() })), button("filter.done", () => parts["filter-open"].click())]));
  refreshFilter(page);
}

function slider(name, text, min, max, step, apply) {
  const label = { least: "leastLabel" }[name] || name;
  return element("label", {}, [element("span", { text: words("filter." + text) }), element("input", {
    type: "range", min, max, step, "data-filter": name, "aria-label": words("filter." + label), oninput: (event) => apply(Number(event.target.value)),
  }), element("span", { "data-shown": name })]);
}

// Four groups with their types; a number says how many pairs have such events.
function kindBoxes(page) {
  const { model } = page, counts = new Map();
  for (const pair of model.pairs) for (const kind of pair.extras.kinds) counts.set(kind, (counts.get(kind) || 0) + 1);
  const groups = QUADS.map((quad) => {
    const kinds = [...counts.keys()].filter((kind) => quadOf(model, kind) === quad).sort((a, b) => a - b);
    const boxes = kinds.map((kind) => checkLine(page, [kind], kind > UNTYPED ? words("filter.untyped") : words("type." + model.payload.types[kind]), counts.get(kind)));
    const total = model.pairs.filter((pair) => pair.extras.kinds.some((kind) => kinds.includes(kind))).length;
    return element("div", { class: "kinds" }, [checkLine(page, kinds, words("filter.quad" + quad), words("count.pairs", { n: total }), quad), ...boxes]);
  });
  return element("fieldset", {}, [element("legend", { text: words("filter.kinds") }), element("div", { class: "kind-groups" }, groups)]);
}

function quadOf(model, kind) {
  return kind > UNTYPED ? kind - UNTYPED : model.payload.quads[kind];
}

function checkLine(page, kinds, text, count, quad) {
  const box = element("input", {
    type: "checkbox", "data-kinds": kinds.join("."), "data-quad": quad, disabled: !kinds.length,
    onchange: () => {
      const { off } = page.state.now.filter, others = off.filter((kind) => !kinds.includes(kind));
      setFilter(page, { off: (box.checked ? others : [...others, ...kinds]).sort((a, b) => a - b) });
    },
  });
  return element("label", { class: quad ? "group" : "" }, [box, element("span", { text }), element("span", { class: "count", text: typeof count === "number" ? grouped(count) : count })]);
}

function wayChoice(page) {
  return element("div", { class: "ways", role: "radiogroup", "aria-label": words("filter.way") }, ["both", "out", "in"].map((way) => element("label", {}, [
    element("input", { type: "radio", name: "relations-way", "data-way": way, onchange: () => setFilter(page, { way }) }), element("span", { "data-way-text": way })])));
}

function refreshFilter(page) {
  const { model, state, parts } = page, { filter } = state.now, panel = parts.filter, focus = model.byCode.get(state.now.focus);
  const limit = filter.limit === 0 ? words("filter.usual") : filter.limit > 60 ? words("filter.all") : String(filter.limit);
  const shown = { low: signed(filter.low), high: signed(filter.high), least: String(filter.least), limit };
  for (const input of panel.querySelectorAll("[data-filter]")) input.value = Math.min(61, filter[input.dataset.filter]);
  for (const text of panel.querySelectorAll("[data-shown]")) text.textContent = shown[text.dataset.shown];
  for (const box of panel.querySelectorAll("[data-kinds]")) {
    const kinds = box.dataset.kinds.split(".").filter(Boolean).map(Number), off = kinds.filter((kind) => filter.off.includes(kind)).length;
    box.checked = kinds.length > 0 && off === 0;
    box.indeterminate = off > 0 && off < kinds.length;
  }
  for (const radio of panel.querySelectorAll("[data-way]")) {
    radio.checked = radio.dataset.way === filter.way;
    radio.disabled = !focus && radio.dataset.way !== "both";
  }
  for (const text of panel.querySelectorAll("[data-way-text]")) {
    const way = text.dataset.wayText;
    text.textContent = way === "both" || focus ? words("filter." + way, { name: focus ? focus.name : "" }) : words("filter.wayNone");
  }
  panel.querySelector("[data-thin]").checked = filter.thin;
}
