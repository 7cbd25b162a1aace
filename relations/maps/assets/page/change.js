// What changed between two snapshots, and by which events?

function changeRail(page) {
  const { model, state } = page, now = state.now, focus = model.byCode.get(now.focus), width = barWidth(page, !focus);
  const changes = changesOf(model, now).sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.pair.key < b.pair.key ? -1 : 1));
  const clear = changes.filter((change) => change.moved), fresh = changes.filter((change) => change.fresh);
  const still = changes.filter((change) => !change.moved && !change.fresh);
  const worse = clear.filter(({ change }) => change < 0), better = clear.filter(({ change }) => change > 0);
  const noun = focus ? ["country", "countries"] : ["pair", "pairs"];
  return element("div", { class: focus ? "" : "pairs" }, [
    element("div", { class: "rail-head" }, [
      element("div", { class: "titles" }, [element("h2", { text: "What changed" + (focus && !page.phone() ? " for " + focus.name : "") }),
        focus ? element("button", { type: "button", class: "link", text: "All countries", onclick: () => chooseFocus(page, null) }) : null]),
      element("p", { text: "From " + shortDay(model.at[now.before]) + " (ring) to " + shortDay(model.at[now.at]) + " (arrow)" }),
      beforeChoice(page)]),
    axisHead("change", width, ["", ""]),
    ...changeGroup(page, "Worse", worse, width), ...changeGroup(page, "Better", better, width),
    clear.length ? null : element("p", { class: "empty", text: "No change is large and beyond its margin of error." }),
    still.length ? element("p", { class: "part" }, [element("b", { text: "No clear change" }), element("span", {}, [
      counted(still.length, ...noun) + " \u00b7 ", element("button", { type: "button", class: "link", text: now.unclear ? "hide" : "show",
        onclick: () => state.set({ unclear: !now.unclear }) })])]) : null,
    now.unclear ? changeRows(page, still, width) : null,
    fresh.length ? element("p", { class: "part" }, [element("b", { text: "New since then" }),
      element("span", { text: freshNames(page, fresh) })]) : null,
    eventsBehind(page, clear), element("p", { class: "note", text: STANDING_NOTE })]);
}

function freshNames(page, fresh) {
  const names = fresh.map(({ pair }) => nameIn(page, pair));
  return names.length > 8 ? names.slice(0, 8).join(", ") + " and " + (names.length - 8) + " more" : names.join(", ");
}

function beforeChoice(page) {
  const { model, state } = page;
  return element("p", {}, [element("label", {}, ["Compare with ", element("select", {
    "aria-label": "Earlier snapshot", onchange: (event) => state.set({ before: Number(event.target.value) }),
  }, model.at.slice(0, state.now.at).map((day, index) => element("option", {
    value: index, text: shortDay(day), selected: index === state.now.before,
  })))])]);
}

function changeGroup(page, title, changes, width) {
  if (!changes.length) return [];
  return [element("p", { class: "part" }, [element("b", { text: title }), element("span", { text: "beyond the margin of error" })]),
    changeRows(page, changes, width)];
}

function changeRows(page, changes, width) {
  const height = page.phone() ? 44 : 29;
  return element("div", { role: "list" }, changes.map((change) => {
    const name = nameIn(page, change.pair), label = name + ", from " + signed(change.before) + " to " + signed(change.after) + ", "
      + (change.moved ? "beyond the margin of error" : "no clear change");
    return rowButton(page, change.pair, label, [element("span", { class: "name", text: name, title: name }),
      changeBar(page.model, change, width, height), element("span", { class: "value", text: signed(change.change) })],
    change.moved ? "row grid" : "row grid unclear");
  }));
}

// The heaviest event of each of the three largest changes.
function eventsBehind(page, clear) {
  const { model, state } = page, now = state.now;
  const found = clear.slice(0, 3).map(({ pair }) => pair.events
    .map((event) => ({ event, pair, points: eventChange(model, event, now.before, now.at), counts: true }))
    .filter(({ points }) => points).sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0]).filter(Boolean);
  if (!found.length) return null;
  const most = Math.max(...found.map(({ points }) => Math.abs(points)));
  return element("section", {}, [element("div", { class: "block ruled" }, [element("h3", {}, ["Events behind the largest changes",
    element("span", { text: "and what each one moved" })])]), ...found.map((entry) => evidenceRow(page, entry, most, true))]);
}
