// What changed between two snapshots, and by which events?

const FRESH_NAMES = 8;

function changeRail(page) {
  const { model, state } = page, now = state.now, focus = model.byCode.get(now.focus), width = barWidth(page, !focus);
  const changes = changesOf(model, now).sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.pair.key < b.pair.key ? -1 : 1));
  const clear = changes.filter((change) => change.moved), fresh = changes.filter((change) => change.fresh);
  const still = changes.filter((change) => !change.moved && !change.fresh);
  const part = (title, more) => element("p", { class: "part" }, [element("b", { text: title }), more]);
  return [element("div", { class: focus ? "" : "pairs" }, [
    changeHead(page, focus), axisHead(words("change.unit"), ["\u221210", "+10"]),
    ...changeGroup(page, words("change.worse"), clear.filter(({ change }) => change < 0), width),
    ...changeGroup(page, words("change.better"), clear.filter(({ change }) => change > 0), width),
    clear.length ? null : element("p", { class: "empty", text: words(changes.length ? "change.none" : "empty.filter") }),
    still.length ? part(words("change.still"), element("span", {}, [
      words(focus ? "count.countries" : "count.pairs", { n: still.length }) + " \u00b7 ", element("button", { type: "button", class: "link",
        text: words(now.unclear ? "change.hide" : "change.show"), onclick: () => state.set({ unclear: !now.unclear }) })])) : null,
    now.unclear ? changeRows(page, still, width) : null,
    fresh.length ? part(words("change.fresh"), element("span", { text: freshNames(page, fresh) })) : null,
    model.payload.exact ? eventsBehind(page, clear) : null, element("p", { class: "note", text: standingNote() })])];
}

function changeHead(page, focus) {
  const { model, state } = page, now = state.now, days = { before: shortDay(model.at[now.before]), after: shortDay(model.at[now.at]) };
  return element("div", { class: "rail-head" }, [
    element("div", { class: "titles" }, [
      element("h2", { text: changeTitle(page, focus) }),
      focus ? allCountries(page) : null]),
    element("p", { text: words("change.span", days) }), beforeChoice(page)]);
}

function changeTitle(page, focus) {
  const { way } = page.state.now.filter;
  if (!focus || page.phone()) return words("change.title");
  return way === "both" ? words("change.titleFor", { name: focus.name }) : words("legend." + way, { name: focus.name });
}

function freshNames(page, fresh) {
  const names = fresh.map(({ pair }) => nameIn(page, pair)), shown = names.slice(0, FRESH_NAMES).join(", ");
  return names.length > FRESH_NAMES ? words("more", { names: shown, n: names.length - FRESH_NAMES }) : shown;
}

function beforeChoice(page) {
  const { model, state } = page;
  return element("p", { class: "compare" }, [element("label", {}, [words("change.compare"), element("select", {
    "aria-label": words("change.earlier"), onchange: (event) => state.set({ before: Number(event.target.value) }),
  }, model.at.slice(0, state.now.at).map((day, index) => element("option", {
    value: index, text: shortDay(day), selected: index === state.now.before,
  })))])]);
}

function changeGroup(page, title, changes, width) {
  if (!changes.length) return [];
  return [element("p", { class: "part" }, [element("b", { text: title }), element("span", { text: words("change.beyond") })]),
    changeRows(page, changes, width)];
}

function changeRows(page, changes, width) {
  const height = page.phone() ? 44 : 29, byPair = new Map(changes.map((change) => [change.pair, change]));
  return rowList(page, changes.map(({ pair }) => pair), (pair) => {
    const change = byPair.get(pair), name = nameIn(page, pair), how = words(change.moved ? "change.beyond" : "change.noClear");
    return rowButton(page, pair, words("change.row", { name, before: signed(change.before), after: signed(change.after), how }), [
      element("span", { class: "name", text: name, title: name }), changeBar(page.model, change, width, height),
      element("span", { class: "value", text: signed(change.change) })], change.moved ? "row grid" : "row grid unclear");
  });
}

// Of each of the three largest changes the event that did most for it.
function eventsBehind(page, clear) {
  const { model, state } = page, now = state.now;
  const found = clear.slice(0, 3).map(({ pair, change }) => pair.events
    .map((event) => ({ event, pair, points: eventChange(model, event, now.before, now.at, sideOf(pair, now)), told: true }))
    .filter(({ points }) => points * change > 0).sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0]).filter(Boolean);
  if (!found.length) return null;
  if (!page.worded) return opened(page, () => eventsBehind(page, clear));
  const most = Math.max(...found.map(({ points }) => Math.abs(points)));
  return element("section", {}, [element("div", { class: "block ruled" }, [blockHead(words("change.events"), words("change.eventsNote"))]),
    ...found.map((entry) => evidenceRow(page, entry, most, true))]);
}
