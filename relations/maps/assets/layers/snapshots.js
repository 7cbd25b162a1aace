// How do the layers of a map go through their snapshots?

/**
 * A Leaflet control: a slider over the days of every relations layer of its map, with play and keys. Layers that come
 * later, or are switched on later, are shown the chosen day too.
 * @param {{position: string, speed: number, theme: string, at: ?number}} options
 */
function snapshotControl(options) {
  const control = L.control({ position: options.position }), state = { days: [], place: 0, timer: null };
  let parts = null, map = null;
  const layers = () => {
    const found = [];
    map.eachLayer((layer) => { if (layer.relations) found.push(layer); });
    return found;
  };
  const show = (place) => {
    state.place = clamp(place, 0, state.days.length - 1);
    for (const layer of layers()) layer.showDay(state.days[state.place]);
    if (map._relationsReader) readerOf(map).close();
    writeSnapshot(parts, state);
    map.fire("relations:snapshot", { day: isoDay(state.days[state.place]) });
  };
  const gather = () => {
    const before = state.days[state.place], known = [...new Set(layers().flatMap((layer) => [...layer.days]))];
    state.days = known.sort((one, two) => one - two);
    parts.box.hidden = state.days.length < 2;
    if (!state.days.length) return;
    const wanted = before === undefined ? options.at : before;
    writeMarks(parts, state.days);
    show(wanted === null || wanted === undefined ? state.days.length - 1 : placeBefore(state.days, wanted));
  };
  const changed = ({ layer }) => { if (layer.relations) gather(); };
  const stop = () => {
    clearInterval(state.timer);
    state.timer = null;
    writeSnapshot(parts, state);
  };
  const step = () => {
    show(state.place + 1);
    if (state.place === state.days.length - 1) stop();
  };
  const play = () => {
    if (state.timer) return stop();
    if (state.place === state.days.length - 1) show(0);
    else if (stillness()) return step();
    if (stillness()) return undefined;
    state.timer = setInterval(step, options.speed);
    return writeSnapshot(parts, state);
  };
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const move = { "[": -1, "]": 1 }[event.key];
    if (!move || state.days.length < 2) return;
    event.preventDefault();
    stop();
    show(state.place + move);
  };
  control.onAdd = (added) => {
    map = added;
    parts = snapshotParts(options, {
      play, choose: (day) => { stop(); show(nearestPlace(state.days, day)); },
      move: (place) => { stop(); show(place(state)); },
    });
    gather();
    map.on("layeradd layerremove", changed);
    map.getContainer().classList.add("relations-timed");
    map.getContainer().addEventListener("keydown", keys);
    return parts.box;
  };
  control.onRemove = () => {
    stop();
    map.off("layeradd layerremove", changed);
    map.getContainer().classList.remove("relations-timed");
    map.getContainer().removeEventListener("keydown", keys);
  };
  return control;
}

// Who asks for less motion steps instead of playing.
function stillness() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function placeBefore(days, day) {
  return Math.max(0, days.filter((one) => one <= day).length - 1);
}

function nearestPlace(days, day) {
  return days.reduce((best, one, place) => (Math.abs(one - day) < Math.abs(days[best] - day) ? place : best), 0);
}

function snapshotParts(options, act) {
  const box = L.DomUtil.create("div", "relations-snapshots relations-" + options.theme + " leaflet-control");
  const button = L.DomUtil.create("button", "", box), date = L.DomUtil.create("output", "", box);
  const track = L.DomUtil.create("div", "relations-track", box), marks = L.DomUtil.create("div", "relations-marks", track);
  const slider = L.DomUtil.create("input", "", track);
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", words("page.snapshots"));
  button.type = "button";
  marks.setAttribute("aria-hidden", "true");
  Object.assign(slider, { type: "range", step: 1 });
  slider.setAttribute("aria-label", words("time.day"));
  button.addEventListener("click", act.play);
  slider.addEventListener("input", () => act.choose(Number(slider.value)));
  slider.addEventListener("keydown", (event) => {
    const place = {
      ArrowLeft: (s) => s.place - 1, ArrowDown: (s) => s.place - 1, PageDown: (s) => s.place - 1, "[": (s) => s.place - 1,
      ArrowRight: (s) => s.place + 1, ArrowUp: (s) => s.place + 1, PageUp: (s) => s.place + 1, "]": (s) => s.place + 1,
      Home: () => 0, End: (s) => s.days.length - 1,
    }[event.key];
    if (event.key === " ") act.play();
    if (place) act.move(place);
    if (place || event.key === " ") event.preventDefault();
    event.stopPropagation();
  });
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  return { box, button, date, slider, marks };
}

// A true time axis: uneven gaps between snapshots are a fact.
function writeMarks({ slider, marks }, days) {
  const first = days[0], span = days[days.length - 1] - first || 1;
  slider.min = first;
  slider.max = first + span;
  marks.replaceChildren(...days.map((day) => {
    const mark = document.createElement("i");
    mark.style.left = (100 * (day - first)) / span + "%";
    return mark;
  }));
}

function writeSnapshot({ button, date, slider }, { days, place, timer }) {
  if (!days.length) return;
  button.textContent = timer ? "\u275A\u275A" : "\u25B6";
  button.setAttribute("aria-label", words(timer ? "time.pause" : "time.playAll"));
  date.textContent = shortDay(days[place]);
  slider.value = days[place];
  slider.setAttribute("aria-valuetext", words("time.place", { day: longDay(days[place]), n: place + 1, of: days.length }));
}

foliumLayer.timeline = snapshotControl;
