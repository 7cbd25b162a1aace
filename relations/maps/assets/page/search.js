// Where is a country?

function makeSearch(page) {
  const { model, parts } = page, input = parts["search-text"], list = parts.found, box = parts.search;
  let found = [], chosen = 0;
  const close = () => {
    list.hidden = true;
    box.classList.remove("open");
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (country) => {
    input.value = "";
    close();
    input.blur();
    if (country.pairs.length) chooseFocus(page, country.code);
    else {
      say(page, words("search.noData", { name: country.name }));
      if (country.lon !== null) page.view.map.panTo([country.lat, country.lon], { animate: false });
    }
  };
  const draw = () => {
    found = findCountries(model, input.value).slice(0, 12);
    chosen = Math.min(chosen, Math.max(0, found.length - 1));
    list.replaceChildren(...(found.length ? found.map((country, place) => element("div", {
      role: "option", id: "relations-found-" + place, "aria-selected": String(place === chosen),
      onmousedown: (event) => { event.preventDefault(); choose(country); },
    }, [element("span", { text: country.name }), element("span", { text: country.pairs.length ? words("count.relations", { n: country.pairs.length }) : words("legend.noData") })]))
      : [element("p", { text: words("search.none") })]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (found.length) input.setAttribute("aria-activedescendant", "relations-found-" + chosen);
  };
  list.id = "relations-found";
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("input", () => { chosen = 0; draw(); });
  input.addEventListener("focus", draw);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = clamp(chosen + (event.key === "ArrowDown" ? 1 : -1), 0, Math.max(0, found.length - 1));
      draw();
      event.preventDefault();
    } else if (event.key === "Enter" && found[chosen]) choose(found[chosen]);
    else if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
      event.stopPropagation();
    }
  });
  parts["search-open"].addEventListener("click", () => {
    box.classList.add("open");
    input.focus();
  });
}

// Names that begin with the words first, then names that hold them; accents do not matter, codes do.
function findCountries(model, text) {
  const wanted = plain(text);
  const withData = (country) => (country.pairs.length ? 0 : 1);
  const rank = (country) => (country.code.toLowerCase() === wanted ? 0 : plain(country.name).startsWith(wanted) ? 1
    : plain(country.name).includes(wanted) ? 2 : 9);
  return model.countries.filter((country) => rank(country) < 9)
    .sort((a, b) => rank(a) - rank(b) || withData(a) - withData(b) || compareNames(a.name, b.name));
}

function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
}

const NAME_ORDER = new Intl.Collator(document.documentElement.lang || "en");

function compareNames(a, b) {
  return NAME_ORDER.compare(a, b);
}
