// How is what the file carries deflated opened?

/**
 * The JSON of an element that holds a string of base64 around deflated text. No network is asked.
 * @param {string} id
 * @returns {Promise<any>}
 */
async function openDeflated(id) {
  const text = atob(readJson(id)), bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

/** Outlines of a worldview, kept where the layers look for them. */
async function openOutlines(world) {
  shapesOf.cache = shapesOf.cache || new Map();
  if (!shapesOf.cache.has(world)) {
    shapesOf.cache.set(world, decodeTopology(await openDeflated("relations-deflated-" + world)));
  }
}

/** Sentences, titles, publishers and links of the events, opened when first asked for. */
function openTexts(page) {
  page.texts = page.texts || openDeflated(page.dataId + "_texts").then((texts) => {
    const { events, payload } = page.model, columns = [9, 12, 13, 14, 16, 17].map((place) => unpack(payload.events[place] || ""));
    const names = ["sentence", "title", "publisher", "url", "phrase", "reason"];
    for (const event of events) names.forEach((name, place) => { event[name] = texts[columns[place][event.index]] || ""; });
    page.worded = true;
  });
  return page.texts;
}
