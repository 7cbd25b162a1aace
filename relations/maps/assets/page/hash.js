// How does a link restore the view?

function writeHash(model, now) {
  const start = startState(model, model.payload), parts = new URLSearchParams();
  if (model.at.length && now.at !== start.at) parts.set("at", isoDay(model.at[now.at]));
  if (now.focus !== start.focus) parts.set("focus", now.focus || "all");
  if (now.pair) parts.set("pair", now.pair);
  if (now.pair && now.side !== "both") parts.set("side", now.side);
  if (now.mode === "change") parts.set("since", isoDay(model.at[now.before]));
  if (now.view !== "map") parts.set("view", now.view);
  if (now.all) parts.set("pairs", "all");
  if (now.find) parts.set("find", now.find);
  if (now.sort !== start.sort || now.down) parts.set("sort", (now.down ? "-" : "") + now.sort);
  if (now.world !== start.world) parts.set("world", now.world);
  if (now.theme !== start.theme) parts.set("theme", now.theme);
  if (now.colours !== start.colours) parts.set("colours", now.colours);
  const { off, way, low, high, least, limit, thin } = now.filter;
  if (filterCount(now.filter)) parts.set("filter", [off.join("."), low, high, least, limit, Number(thin), way].join(","));
  return parts.toString();
}

function readHash(model, text) {
  const parts = new URLSearchParams(text.replace(/^#/, "")), patch = {};
  const snapshot = (name) => model.at.findIndex((day) => isoDay(day) === parts.get(name));
  if (snapshot("at") >= 0) patch.at = snapshot("at");
  const focus = parts.get("focus");
  if (focus === "all") patch.focus = null;
  else if (model.byCode.has(focus)) patch.focus = focus;
  if (model.byKey.has(parts.get("pair"))) patch.pair = parts.get("pair");
  if (patch.pair && SIDES.includes(parts.get("side"))) patch.side = parts.get("side");
  if (snapshot("since") >= 0) Object.assign(patch, { mode: "change", before: snapshot("since") });
  if (parts.get("view") === "table") patch.view = "table";
  if (parts.get("pairs") === "all") patch.all = true;
  if (parts.get("find")) patch.find = parts.get("find").slice(0, 60);
  const [, down, sort] = (parts.get("sort") || "").match(/^(-?)(\w+)$/) || [];
  if (sort) Object.assign(patch, { sort, down: down === "-" });
  if (model.payload.worldviews.includes(parts.get("world"))) patch.world = parts.get("world");
  if (["auto", "light", "dark"].includes(parts.get("theme"))) patch.theme = parts.get("theme");
  if (Object.hasOwn(model.legend.palettes, parts.get("colours"))) patch.colours = parts.get("colours");
  const filter = readFilter(parts.get("filter"));
  if (filter) patch.filter = filter;
  return patch;
}

function readFilter(text) {
  const [off, low, high, least, limit, thin, way] = (text || "").split(",");
  const numbers = [low, high, least, limit].map(Number);
  if (!text || !/^[\d.]*$/.test(off) || !numbers.every(Number.isFinite)) return null;
  return {
    off: off.split(".").map(Number).filter((kind) => kind >= 1 && kind <= 20), way: ["out", "in"].includes(way) ? way : "both",
    low: clamp(numbers[0], -10, 10), high: clamp(numbers[1], -10, 10), least: Math.max(1, numbers[2]),
    limit: Math.max(0, numbers[3]), thin: thin !== "0",
  };
}

// A page inside a notebook has no address of its own to write to.
function putHash(text) {
  try {
    window.history.replaceState(null, "", text ? "#" + text : window.location.pathname + window.location.search);
  } catch {
    // The view is kept, only the address is not.
  }
}
