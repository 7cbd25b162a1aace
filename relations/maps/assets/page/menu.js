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
    const palettes = Object.keys(model.legend.palettes), colours = palettes[(palettes.indexOf(state.now.colours) + 1) % palettes.length];
    const onOff = words(state.now.letters ? "menu.on" : "menu.off");
    parts.menu.replaceChildren(...[
      act(words("menu.csv"), () => saveCsv(page)), act(words("menu.png"), () => savePng(page)), act(words("menu.svg"), () => saveSvg(page)),
      act(words("menu.print"), () => window.print()), act(words("menu.link"), () => copyLink(page)), element("hr"),
      act(words("menu.filter"), () => parts["filter-open"].click()),
      act(words("menu.theme"), () => state.set({ theme }), words("menu." + state.now.theme)),
      act(words("menu.colours"), () => state.set({ colours }), words("menu." + state.now.colours)),
      worlds.length > 1 ? act(words("menu.borders"), () => openOutlines(world).then(() => state.set({ world })), words("menu." + state.now.world)) : null,
      act(words("menu.letters"), () => state.set({ letters: !state.now.letters }), onOff),
      act(words("menu.scores"), () => explainScores(page))].filter(Boolean));
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
  const { model } = page, life = model.halfLife === null ? words("scores.kept") : words("scores.halfLife", { n: Math.round(model.halfLife) });
  const paragraphs = [words("scores.event"), words("scores.mean", { life, k: String(model.k) }), words("scores.states"), words("scores.change"),
    words("scores.borders"), words("scores.keys"), words("note.standing")];
  page.parts["rail-body"].replaceChildren(
    element("button", { type: "button", class: "back link", text: words("back"), onclick: () => { page.root.classList.remove("paired"); refresh(page); } }),
    element("h2", { class: "pair-title", text: words("menu.scores") }), ...paragraphs.map((text) => element("p", { class: "lead", text })));
  page.root.classList.add("paired");
}
