// What else can be done with the page?

// A panel under its button: opens and closes with it, closes on Escape and on a press elsewhere.
function popover(page, button, panel, draw) {
  const show = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) {
      draw();
      const first = panel.querySelector("button, input");
      if (first) first.focus();
    }
  };
  button.addEventListener("click", () => show(panel.hidden));
  page.root.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) show(false);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  return show;
}

function makeMenu(page) {
  const { parts, state, model } = page;
  const show = popover(page, parts["menu-open"], parts.menu, () => {
    const act = (text, action, note) => element("button", {
      type: "button", role: "menuitem", onclick: () => { show(false); action(); },
    }, [element("span", { text }), note ? element("span", { text: note }) : null].filter(Boolean));
    const themes = ["auto", "light", "dark"], theme = themes[(themes.indexOf(state.now.theme) + 1) % 3];
    const worlds = model.payload.worldviews, world = worlds[(worlds.indexOf(state.now.world) + 1) % worlds.length];
    parts.menu.replaceChildren(...[
      act("Save as CSV", () => saveCsv(page)), act("Save the view as PNG", () => savePng(page)), act("Print", () => window.print()),
      act("Copy link", () => copyLink(page)), element("hr"),
      act("Filter", () => parts["filter-open"].click()),
      act("Theme", () => state.set({ theme }), state.now.theme),
      worlds.length > 1 ? act("Borders", () => state.set({ world }), state.now.world === "un" ? "UN-like" : "de facto") : null,
      act("Letter keys", () => state.set({ letters: !state.now.letters }), state.now.letters ? "on" : "off"),
      act("How scores are made", () => explainScores(page))].filter(Boolean));
    for (const item of parts.menu.querySelectorAll("button")) item.addEventListener("keydown", stepMenu);
  });
}

function stepMenu(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.parentNode.querySelectorAll("button")];
  items[(items.indexOf(event.currentTarget) + step + items.length) % items.length].focus();
}

function explainScores(page) {
  const { model } = page, life = model.halfLife === null ? "Nothing is forgotten." : "A report loses half its weight every " + Math.round(model.halfLife) + " days.";
  const paragraphs = [
    "Each sentence that tells of an act of one state towards another is an event with a value from \u221210 to +10.",
    life + " A score is the mean of the values, each weighted by age and by confidence, drawn towards the corpus average by "
      + model.k + " pseudo-events. The interval holds the score with 90% probability.",
    "Thin evidence: less than one full event counts today. Faded: all evidence is older than two half-lives. Contested: the interval holds 0 and both friendly and hostile acts weigh at least one event.",
    "A change counts as clear when it is larger than its margin of error at 90%.", STANDING_NOTE];
  page.parts["rail-body"].replaceChildren(
    element("button", { type: "button", class: "back link", text: "\u2190 Back", onclick: () => { page.root.classList.remove("paired"); refresh(page); } }),
    element("h2", { class: "pair-title", text: "How scores are made" }), ...paragraphs.map((text) => element("p", { class: "lead", text })));
  page.root.classList.add("paired");
}
