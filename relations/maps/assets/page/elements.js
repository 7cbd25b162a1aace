// How is an element made? Text is only ever text.

function element(name, settings = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "text") made.textContent = value;
    else if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function drawing(name, settings = {}, children = []) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(settings)) {
    if (key === "text") made.textContent = value;
    else if (value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter(Boolean));
  return made;
}

// Colours are set through the style object: the policy of the page forbids style attributes.
function painted(made, style) {
  for (const [key, value] of Object.entries(style)) made.style.setProperty(key, value);
  return made;
}

function ink(kind, index) {
  return "var(--" + kind + "-" + index + ")";
}

// A link only to the web; anything else stays text.
function safeLink(url, text) {
  const address = webAddress(url);
  if (!address) return element("span", { text });
  return element("a", { href: address, text, target: "_blank", rel: "noopener noreferrer" });
}

function webAddress(url) {
  if (!/^https?:\/\//i.test(url)) return "";
  try {
    const parsed = new URL(url);
    return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed.href : "";
  } catch {
    return "";
  }
}
