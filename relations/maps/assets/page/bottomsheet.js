// How high does the list stand on a phone?

function makeBottomSheet(page) {
  const { parts, root } = page, stops = ["list", "tall", "full"];
  page.stop = "list";
  const start = { y: null, moved: false };
  parts.grab.addEventListener("pointerdown", (event) => {
    start.y = event.clientY;
    start.moved = false;
    parts.grab.setPointerCapture(event.pointerId);
  });
  parts.grab.addEventListener("pointermove", (event) => {
    if (start.y === null || Math.abs(event.clientY - start.y) < 40) return;
    setStop(page, stops[clamp(stops.indexOf(page.stop) + (event.clientY < start.y ? 1 : -1), 0, 2)]);
    start.y = event.clientY;
    start.moved = true;
  });
  parts.grab.addEventListener("pointerup", () => { start.y = null; });
  parts.grab.addEventListener("click", () => {
    if (!start.moved) setStop(page, page.stop === "list" ? "tall" : "list");
  });
  root.classList.remove("tall");
}

function setStop(page, stop) {
  page.stop = stop;
  page.root.classList.toggle("tall", stop === "tall");
  page.root.classList.toggle("full", stop === "full");
  page.view.map.invalidateSize({ animate: false });
}
