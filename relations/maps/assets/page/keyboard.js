// What does a key do?

function makeKeyboard(page) {
  const { state, parts, model } = page;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") return stepBack(page);
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "range" && event.target.type !== "checkbox";
    if (typing || !state.now.letters || !model.at.length) return undefined;
    const actions = {
      "/": () => parts["search-open"].click(), "[": () => moveTo(page, Math.max(0, state.now.at - 1)),
      "]": () => moveTo(page, Math.min(model.at.length - 1, state.now.at + 1)), d: () => setMode(page, state.now.mode === "change" ? "scores" : "change"),
      t: () => state.set({ view: state.now.view === "table" ? "map" : "table" }), f: () => fitView(page),
      "+": () => page.view.map.zoomIn(0.5), "=": () => page.view.map.zoomIn(0.5), "-": () => page.view.map.zoomOut(0.5),
    };
    if (!actions[event.key]) return undefined;
    event.preventDefault();
    return actions[event.key]();
  });
}

// Closes what is open: panel, then pair, then focus.
function stepBack(page) {
  const { state, parts } = page;
  for (const [panel, button] of [["menu", "menu-open"], ["filter", "filter-open"]]) {
    if (!parts[panel].hidden) return parts[button].click();
  }
  if (state.now.preview) return state.set({ preview: null });
  if (state.now.pair) return closePair(page);
  if (state.now.focus) return chooseFocus(page, null);
  return undefined;
}
