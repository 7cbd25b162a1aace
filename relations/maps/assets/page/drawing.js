// How does the view become an SVG that a designer can edit?

const SVG_TOP = 78, SVG_FOOT = 26;

/** The view as SVG text: countries as paths, arcs as shapes, names and numbers as text. */
async function svgText(page) {
  const { view, model, parts, state } = page, size = view.map.getSize(), colours = coloursOf(model, page.theme(), page.state.now.colours);
  const outlines = await openDeflated("relations-deflated-" + state.now.world);
  const root = drawing("svg", {
    xmlns: "http://www.w3.org/2000/svg", width: size.x, height: size.y + SVG_TOP + SVG_FOOT, viewBox: `0 0 ${size.x} ${size.y + SVG_TOP + SVG_FOOT}`, "font-family": FACE.replace(/"/g, "'"),
  }, [
    drawing("title", { text: parts.headline.textContent }), drawing("desc", { text: parts.subtitle.textContent }), svgPatterns(colours),
    drawing("rect", { width: size.x, height: size.y + SVG_TOP + SVG_FOOT, fill: colours.page }),
    drawing("svg", { x: 0, y: SVG_TOP, width: size.x, height: size.y, viewBox: `0 0 ${size.x} ${size.y}` }, [
      drawing("rect", { width: size.x, height: size.y, fill: colours.sea }), svgCountries(page, outlines, colours), svgArcs(page, colours), svgNames(page, colours)]),
    ...svgHead(page, size, colours)]);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(root) + "\n";
}

async function saveSvg(page) {
  if (page.model.at.length) saveFile(fileName(page, "svg"), "image/svg+xml", await svgText(page));
}

function svgHead(page, size, colours) {
  const { model, state, parts } = page, change = state.now.mode === "change", width = Math.min(336, size.x - 40) / 7;
  const names = change ? ["worse", "noChange", "better"].map((name) => words("legend." + name)) : [0, 3, 6].map((place) => model.legend.words[place]);
  const text = (x, y, fontSize, fill, content, weight) => drawing("text", { x, y, "font-size": fontSize, fill, "font-weight": weight, text: content });
  return [
    text(16, 28, 20, colours.ink, parts.headline.textContent, 700), text(16, 48, 13, colours.ink2, parts.subtitle.textContent),
    ...model.legend.words.map((_, index) => drawing("rect", { x: 16 + index * width, y: 58, width: width - 1, height: 10, fill: colours[change ? "changeFill" : "fill"][index] })),
    text(26 + 7 * width, 67, 11, colours.ink2, names.join("  \u2192  ")), text(16, SVG_TOP + size.y + 17, 11, colours.ink2, words("picture.note"))];
}

function svgPatterns(colours) {
  const stripes = (id, ground, colour, width, period, slope) => drawing("pattern", {
    id, width: period, height: period, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${slope > 0 ? 45 : -45})`,
  }, [drawing("rect", { width: period, height: period, fill: ground }), drawing("rect", { width, height: period, fill: colour })]);
  return drawing("defs", {}, [
    stripes("none", colours.land, colours.hatch, 0.9, 5, -1), stripes("contested", colours.fill[5], colours.fill[1], 4.6, 9.2, 1),
    ...colours.fill.map((colour, place) => stripes("thin" + place, colours.land, colour, 2.1, 5, 1))]);
}

function svgCountries(page, outlines, colours) {
  const { view, model, state } = page, map = view.map, dim = Boolean(state.now.pair), pair = model.byKey.get(state.now.pair);
  const arcs = outlines.arcs.map((arc) => decodeArc(arc, outlines.transform)), [corner, scale] = screenOf(map);
  const path = (geometry) => (geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs).flat().map((ring) => "M" + ringOf(ring, arcs)
    .map(([x, y]) => (x * scale - corner.x).toFixed(1) + " " + (y * scale - corner.y).toFixed(1)).join("L") + "Z").join("");
  const shapes = outlines.countries.filter((geometry) => geometry.id !== "ATA" && geometry.arcs).map((geometry) => {
    const paint = view.look.paints.get(geometry.id), kept = !dim || (pair && [pair.a.code, pair.b.code].includes(geometry.id));
    const focus = paint && paint.kind === "focus";
    return drawing("path", {
      d: path(geometry), id: geometry.id, fill: svgFill(paint, colours), "fill-opacity": paint && !focus && !kept ? 0.34 : undefined,
      stroke: focus ? colours.ink : colours.border, "stroke-width": focus ? 2 : 0.8, "stroke-linejoin": "round",
    }, [drawing("title", { text: (model.byCode.get(geometry.id) || { name: geometry.id }).name })]);
  });
  return drawing("g", {}, shapes.sort((a, b) => Number(a.getAttribute("stroke-width")) - Number(b.getAttribute("stroke-width"))));
}

function svgFill(paint, colours) {
  if (!paint) return "url(#none)";
  if (paint.kind === "focus") return colours.focus;
  if (paint.kind === "contested") return "url(#contested)";
  return paint.kind === "thin" ? `url(#thin${paint.class})` : colours[paint.change ? "changeFill" : "fill"][paint.class];
}

// Where the frame's corner lies on the world of this zoom, and how large that world is drawn.
function screenOf(map) {
  return [map.getPixelBounds().min, 2 ** map.getZoom()];
}

function svgArcs(page, colours) {
  const sheet = page.view.arcs, [dx, dy] = sheet.toCanvas([0, 0]), shift = ([x, y]) => [(x - dx).toFixed(1), (y - dy).toFixed(1)];
  const draw = ({ arc, line }) => {
    const colour = colours[arc.change ? "changeLine" : "line"][arc.class], head = arc.heads ? headOf(line, arc.width) : null, body = head ? head.line : line;
    const d = "M" + body.map((point) => shift(point).join(" ")).join("L");
    const parts = [drawing("path", { d, fill: "none", stroke: colours.casing, "stroke-width": arc.width * 0.85 + 2.6, opacity: arc.faint ? 0 : 0.9 }),
      drawing("path", { d, fill: "none", stroke: colour, "stroke-width": arc.width * 0.85, "stroke-dasharray": arc.thin ? "6 4" : undefined })];
    if (head) {
      const side = (sign) => [head.foot[0] + sign * head.normal[0] * head.half, head.foot[1] + sign * head.normal[1] * head.half];
      parts.push(drawing("path", { d: "M" + [head.tip, side(1), side(-1)].map((point) => shift(point).join(" ")).join("L") + "Z", fill: colour }));
    }
    return drawing("g", { opacity: arc.opacity }, [drawing("title", { text: arcTip(page, arc).join("; ") }), ...parts]);
  };
  return drawing("g", { class: "arcs" }, [...sheet.drawn].reverse().map(draw));
}

// Names, end dots and numbers are set by the code that sets them on the canvas, with a pen that writes SVG.
function svgNames(page, colours) {
  const sheet = page.view.arcs, group = drawing("g"), pen = svgPen(group, sheet.toCanvas([0, 0])), { look } = sheet;
  const places = endPlaces(sheet.drawn, look.focus);
  drawEnds(pen, places, colours, look);
  const taken = drawChips(pen, sheet.drawn, colours, look);
  if (look.labels) drawLabels(pen, { places, shapes: sheet.drawn, frame: sheet.frame(1), colours, taken, look });
  return group;
}

/** As much of a canvas context as the labels use; what it draws becomes elements of the group. */
function svgPen(group, [dx, dy]) {
  const canvas = document.createElement("canvas").getContext("2d");
  let shape = null;
  const text = (content, x, y, more) => group.append(drawing("text", {
    x: (x - dx).toFixed(1), y: (y - dy).toFixed(1), text: content, "text-anchor": pen.textAlign === "center" ? "middle" : "start", "dominant-baseline": "central",
    "font-size": /(\d+)px/.exec(pen.font)[1], "font-weight": pen.font.split(" ")[0], ...more,
  }));
  const put = (more) => shape && group.append(drawing(shape[0], { ...shape[1], ...more }));
  const pen = {
    beginPath() { shape = null; },
    arc(x, y, r) { shape = ["circle", { cx: (x - dx).toFixed(1), cy: (y - dy).toFixed(1), r }]; },
    roundRect(x, y, width, height, rx) { shape = ["rect", { x: (x - dx).toFixed(1), y: (y - dy).toFixed(1), width, height, rx }]; },
    fill() { put({ fill: pen.fillStyle }); },
    stroke() { put({ fill: "none", stroke: pen.strokeStyle, "stroke-width": pen.lineWidth }); },
    measureText(content) {
      canvas.font = pen.font;
      return canvas.measureText(content);
    },
    strokeText(content, x, y) { text(content, x, y, { fill: "none", stroke: pen.strokeStyle, "stroke-width": pen.lineWidth, "stroke-linejoin": "round" }); },
    fillText(content, x, y) { text(content, x, y, { fill: pen.fillStyle }); },
  };
  return pen;
}
