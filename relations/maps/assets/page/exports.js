// How do numbers and pictures leave the page?

function saveFile(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type })), link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// A text cell that a spreadsheet would run gets an apostrophe; numbers keep their sign.
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^\s*[=+\-@\t\r]/.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

function csvText(rows) {
  return rows.map((row) => row.map(csvCell).join(",") + "\n").join("");
}

function fileName(page, ending) {
  const { model, state } = page, parts = ["relations", state.now.pair || state.now.focus, isoDay(model.at[state.now.at])];
  return parts.filter(Boolean).join("-") + "." + ending;
}

const SCORE_HEAD = ["at", "source", "target", "source_name", "target_name", "directed", "score", "low", "high", "word", "state", "n_events", "newest"];

function scoreRows(model, pairs, at) {
  return pairs.flatMap((pair) => [[pair.both, pair.a, pair.b, false], [pair.ab, pair.a, pair.b, true], [pair.ba, pair.b, pair.a, true]]
    .filter(([side]) => side[at]).map(([side, from, to, directed]) => [isoDay(model.at[at]), from.code, to.code, from.name, to.name, String(directed),
      side[at].score, side[at].low, side[at].high, model.payload.legend.words[classOf(model, side[at].score)], side[at].state, side[at].count,
      directed ? "" : isoDay(side[at].newest)]));
}

function saveCsv(page) {
  const { model, state } = page;
  if (!model.at.length) return;
  saveFile(fileName(page, "csv"), "text/csv", csvText([SCORE_HEAD, ...scoreRows(model, tablePairs(page), state.now.at)]));
}

async function savePairCsv(page, pair) {
  await openTexts(page);
  const { model, state } = page, head = ["date", "source", "target", "type", "status", "contribution", "confidence", "sentence", "title", "publisher", "url"];
  const rows = weighed(model, pair, "both", state.now.at).map(({ event, points }) => {
    const [from, to] = ends(pair, event);
    return [isoDay(event.day), from.code, to.code, event.type, event.status, Number(points.toFixed(4)), event.confidence, event.sentence, event.title,
      event.publisher, event.url];
  });
  saveFile(fileName(page, "csv"), "text/csv", csvText([head, ...rows]));
}

// The two canvases, with headline, legend words and note, as one picture.
function savePng(page) {
  const { view, model } = page, size = view.map.getSize(), ratio = 2, top = 78, foot = 26;
  if (!model.at.length || !size.x) return;
  const canvas = element("canvas"), colours = coloursOf(model, page.theme(), page.state.now.colours);
  canvas.width = size.x * ratio;
  canvas.height = (size.y + top + foot) * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.fillStyle = colours.page;
  pen.fillRect(0, 0, size.x, size.y + top + foot);
  pen.fillStyle = colours.sea;
  pen.fillRect(0, top, size.x, size.y);
  layMap(pen, view, size, top);
  writePng(pen, page, colours, size, top);
  canvas.toBlob((blob) => blob && saveFile(fileName(page, "png"), "image/png", blob), "image/png");
}

// What is in the frame of both sheets.
function layMap(pen, view, size, top) {
  for (const sheet of [view.countries, view.arcs]) {
    const corner = sheet.toCanvas([0, 0]), drawn = sheet.canvas(), scale = drawn.width / parseFloat(drawn.style.width);
    pen.drawImage(drawn, corner[0] * scale, corner[1] * scale, size.x * scale, size.y * scale, 0, top, size.x, size.y);
  }
}

/** The map alone as one canvas: browsers print a plain picture more surely than two sheets of patterns. */
function mapPicture(page) {
  const { view, model } = page, size = view.map.getSize(), canvas = element("canvas", { class: "printed-map" });
  canvas.width = size.x * 2;
  canvas.height = size.y * 2;
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  pen.fillStyle = coloursOf(model, page.theme(), page.state.now.colours).sea;
  pen.fillRect(0, 0, size.x, size.y);
  layMap(pen, view, size, 0);
  return canvas;
}

function writePng(pen, page, colours, size, top) {
  const { model, state, parts } = page, change = state.now.mode === "change", width = Math.min(336, size.x - 40) / 7;
  pen.textBaseline = "alphabetic";
  pen.fillStyle = colours.ink;
  pen.font = "700 20px " + FACE;
  pen.fillText(parts.headline.textContent, 16, 28, size.x - 32);
  pen.font = "13px " + FACE;
  pen.fillStyle = colours.ink2;
  const names = change ? ["worse", "noChange", "better"].map((name) => words("legend." + name)) : [0, 3, 6].map((place) => model.legend.words[place]);
  model.legend.words.forEach((_, index) => {
    pen.fillStyle = colours[change ? "changeFill" : "fill"][index];
    pen.fillRect(16 + index * width, 58, width - 1, 10);
  });
  pen.fillStyle = colours.ink2;
  pen.fillText(parts.subtitle.textContent, 16, 48, size.x - 32);
  pen.font = "11px " + FACE;
  pen.fillText(names.join("  \u2192  "), 26 + 7 * width, 67);
  pen.fillText(words("picture.note"), 16, top + size.y + 17, size.x - 32);
}

async function copyLink(page) {
  const address = window.location.href;
  try {
    await navigator.clipboard.writeText(address);
    say(page, words("said.copied"));
  } catch {
    // The browser refuses: the address is shown to be copied by hand.
    say(page, words("said.address", { address }), true);
  }
}
