// Which pairs are left out?

const GROUPS = ["Verbal cooperation", "Material cooperation", "Verbal conflict", "Material conflict"];

function makeFilter(page) {
  const { parts, state } = page;
  popover(page, parts["filter-open"], parts.filter, () => drawFilter(page));
  state.on((now, before) => {
    if (now.filter !== before.filter && !parts.filter.hidden) refreshFilter(page);
  });
}

function drawFilter(page) {
  const { model, state, parts } = page, filter = () => state.now.filter, set = (patch) => state.set({ filter: { ...filter(), ...patch } });
  const counts = GROUPS.map((_, group) => model.pairs.reduce((sum, pair) => sum + pair.quads[group], 0));
  const range = (name, min, max, apply) => {
    const shown = element("span", { "data-shown": name }), input = element("input", {
      type: "range", min, max, step: name === "low" || name === "high" ? 0.5 : 1, "data-filter": name, "aria-label": { low: "Lowest score", high: "Highest score",
        least: "Minimum events", limit: "Arcs shown" }[name], oninput: (event) => apply(Number(event.target.value)),
    });
    return element("label", {}, [element("span", { text: { low: "from", high: "to", least: "at least", limit: "arcs" }[name] }), input, shown]);
  };
  parts.filter.replaceChildren(
    element("fieldset", {}, [element("legend", { text: "Events" }), ...GROUPS.map((text, group) => element("label", {}, [
      element("input", { type: "checkbox", "data-group": group, onchange: (event) => set({ groups: filter().groups.map((on, place) => (place === group ? event.target.checked : on)) }) }),
      element("span", { text }), element("span", { text: grouped(counts[group]) })]))]),
    element("fieldset", {}, [element("legend", { text: "Score" }), range("low", -10, 10, (low) => set({ low, high: Math.max(low, filter().high) })),
      range("high", -10, 10, (high) => set({ high, low: Math.min(high, filter().low) }))]),
    element("fieldset", {}, [element("legend", { text: "Events a pair" }), range("least", 1, 50, (least) => set({ least }))]),
    element("fieldset", {}, [element("legend", { text: "Arcs shown" }), range("limit", 0, 61, (limit) => set({ limit: limit > 60 ? 100000 : limit }))]),
    element("label", {}, [element("input", { type: "checkbox", "data-thin": "", onchange: (event) => set({ thin: event.target.checked }) }),
      element("span", { text: "Thin evidence" })]),
    element("div", { class: "actions" }, [
      element("button", { type: "button", class: "link", text: "Clear", onclick: () => state.set({ filter: noFilter() }) }),
      element("button", { type: "button", class: "link", text: "Done", onclick: () => parts["filter-open"].click() })]));
  refreshFilter(page);
}

function refreshFilter(page) {
  const { state, parts } = page, filter = state.now.filter, panel = parts.filter;
  const shown = { low: signed(filter.low), high: signed(filter.high), least: String(filter.least), limit: filter.limit === 0 ? "usual" : filter.limit > 60 ? "all" : String(filter.limit) };
  for (const input of panel.querySelectorAll("[data-filter]")) input.value = Math.min(61, filter[input.dataset.filter]);
  for (const text of panel.querySelectorAll("[data-shown]")) text.textContent = shown[text.dataset.shown];
  for (const box of panel.querySelectorAll("[data-group]")) box.checked = filter.groups[Number(box.dataset.group)];
  panel.querySelector("[data-thin]").checked = filter.thin;
}
