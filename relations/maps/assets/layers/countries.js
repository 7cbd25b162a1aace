// How are countries filled?

// A country's paint is one of: {kind: "focus" | "none" | "plain" | "thin" | "contested", class, change}.
function makeCountriesSheet(options) {
  const Sheet = canvasSheet().extend({
    initialize(settings) {
      L.Util.setOptions(this, settings);
      L.Renderer.prototype.initialize.call(this, settings);
      this.look = { paints: new Map(), dim: false, outlined: [], keep: [] };
    },

    show(look) {
      this.look = { ...this.look, ...look };
      return this.redraw();
    },

    draw(pen, frame) {
      const { colours, shapes } = this.options.source();
      const patterns = makePatterns(colours, frame.ratio);
      for (const copy of worldCopies(frame)) {
        const left = frame.left + copy * WORLD * frame.scale;
        drawCountries(pen, { ...frame, left }, shapes, this.look, colours, patterns, this.options.model);
      }
    },

    // Code of the country under a point of the container, or null.
    countryAt(point) {
      const [x, y] = this.toCanvas(point), frame = this.frame(1), { shapes } = this.options.source();
      for (const copy of worldCopies(frame)) {
        const wx = (x - frame.left) / frame.scale - copy * WORLD, wy = (y - frame.top) / frame.scale;
        const found = smallNear(this.options.model, shapes, frame, wx, wy) || shapeAt(this._pen, shapes, wx, wy);
        if (found) return found;
      }
      return null;
    },
  });
  return new Sheet(options);
}

const SMALL_AREA = 30;

function isSmall(shape, frame) {
  return !shape || shape.area * frame.scale * frame.scale < SMALL_AREA;
}

function smallNear(model, shapes, frame, x, y) {
  const reach = 7 / frame.scale;
  const near = model.countries.find((country) => country.lon !== null && country.pairs.length
    && isSmall(shapes.get(country.code), frame)
    && Math.hypot(worldX(country.lon) - x, worldY(country.lat) - y) < reach);
  return near ? near.code : null;
}

function shapeAt(pen, shapes, x, y) {
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  let found = null;
  for (const [code, shape] of shapes) {
    const [x0, y0, x1, y1] = shape.box;
    if (x < x0 || x > x1 || y < y0 || y > y1) continue;
    if (pen.isPointInPath(shape.fill, x, y)) found = code;
  }
  pen.restore();
  return found;
}

function drawCountries(pen, frame, shapes, look, colours, patterns, model) {
  const onWorld = () => pen.setTransform(frame.ratio * frame.scale, 0, 0, frame.ratio * frame.scale,
    frame.left * frame.ratio, frame.top * frame.ratio);
  const onScreen = () => pen.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
  const seen = (shape) => shape.box[0] * frame.scale + frame.left < frame.width
    && shape.box[2] * frame.scale + frame.left > 0 && shape.box[1] * frame.scale + frame.top < frame.height
    && shape.box[3] * frame.scale + frame.top > 0;
  const drawn = [...shapes].filter(([, shape]) => seen(shape));
  const empty = new Path2D();
  onWorld();
  for (const [code, shape] of drawn) {
    const paint = look.paints.get(code);
    pen.fillStyle = paint && paint.kind === "focus" ? colours.focus : colours.land;
    pen.fill(shape.fill);
    if (!paint) empty.addPath(shape.fill);
    else if (paint.kind !== "focus") fillCountry(pen, shape, paint, look, code, { colours, patterns, onScreen, onWorld, frame });
  }
  hatch(pen, empty, patterns.none, 1, { onScreen, onWorld, frame });
  strokeBorders(pen, drawn, shapes, frame, colours);
  outline(pen, shapes, look, frame, colours);
  onScreen();
  drawDots(pen, frame, shapes, look, colours, model);
}

function fillCountry(pen, shape, paint, look, code, tools) {
  const fills = tools.colours[paint.change ? "changeFill" : "fill"];
  const strength = look.dim && !look.keep.includes(code) ? 0.34 : 1;
  if (paint.kind === "plain") {
    pen.globalAlpha = strength;
    pen.fillStyle = fills[paint.class];
    pen.fill(shape.fill);
    pen.globalAlpha = 1;
  } else {
    const pattern = paint.kind === "contested" ? tools.patterns.contested : tools.patterns.thin(fills[paint.class]);
    hatch(pen, shape.fill, pattern, strength, tools);
  }
}

// Stripes are drawn in screen pixels: they do not grow with the map.
function hatch(pen, path, pattern, strength, { onScreen, onWorld, frame }) {
  pen.save();
  onWorld();
  pen.clip(path);
  onScreen();
  pen.globalAlpha = strength;
  pen.fillStyle = pattern;
  pen.fillRect(0, 0, frame.width, frame.height);
  pen.restore();
}

function strokeBorders(pen, drawn, shapes, frame, colours) {
  pen.lineJoin = "round";
  pen.strokeStyle = colours.border;
  pen.lineWidth = 0.8 / frame.scale;
  for (const [, shape] of drawn) pen.stroke(shape.stroke);
  strokeDisputed(pen, shapes.disputed, frame, colours);
}

// Dashes of ink on a casing: seen on every fill, and on a border that the other worldview draws elsewhere.
function strokeDisputed(pen, path, frame, colours) {
  pen.lineWidth = 2.2 / frame.scale;
  pen.stroke(path);
  pen.strokeStyle = colours.ink2;
  pen.lineWidth = 1.1 / frame.scale;
  pen.setLineDash([4 / frame.scale, 3 / frame.scale]);
  pen.stroke(path);
  pen.setLineDash([]);
}

function outline(pen, shapes, look, frame, colours) {
  pen.strokeStyle = colours.ink;
  for (const [code, paint] of look.paints) {
    if (paint.kind === "focus" && shapes.has(code)) strokeOne(pen, shapes.get(code), 2 / frame.scale);
  }
  for (const code of look.outlined) {
    if (shapes.has(code)) strokeOne(pen, shapes.get(code), 1.8 / frame.scale);
  }
}

function strokeOne(pen, shape, width) {
  pen.lineWidth = width;
  pen.stroke(shape.stroke);
}

function drawDots(pen, frame, shapes, look, colours, model) {
  for (const [code, paint] of look.paints) {
    const country = model.byCode.get(code);
    if (!country || country.lon === null || paint.kind === "focus" || !isSmall(shapes.get(code), frame)) continue;
    const x = worldX(country.lon) * frame.scale + frame.left, y = worldY(country.lat) * frame.scale + frame.top;
    pen.beginPath();
    pen.arc(x, y, look.outlined.includes(code) ? 5 : 4, 0, 2 * Math.PI);
    pen.globalAlpha = look.dim && !look.keep.includes(code) ? 0.4 : 1;
    pen.fillStyle = colours[paint.change ? "changeFill" : "fill"][paint.class];
    pen.strokeStyle = look.outlined.includes(code) ? colours.ink : colours.ink2;
    pen.lineWidth = 1.2;
    pen.fill();
    pen.stroke();
    pen.globalAlpha = 1;
  }
}

function makePatterns(colours, ratio) {
  const thin = new Map();
  return {
    none: stripes(colours.hatch, 0.9, colours.land, 5, -1, ratio),
    contested: stripes(colours.fill[1], 4.6, colours.fill[5], 13 * Math.SQRT1_2, 1, ratio),
    thin(colour) {
      if (!thin.has(colour)) thin.set(colour, stripes(colour, 2.1, colours.land, 5, 1, ratio));
      return thin.get(colour);
    },
  };
}

// Stripes of one width every `period` pixels, turned 45 degrees: slope 1 is `/`, -1 is `\`.
function stripes(colour, width, ground, period, slope, ratio) {
  const side = Math.max(2, Math.round(period * ratio * 4)), tile = document.createElement("canvas");
  tile.width = side;
  tile.height = 4;
  const pen = tile.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, side, 4);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, (side * width) / period, 4);
  const pattern = pen.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().rotate(slope > 0 ? 45 : -45).scale(period / side, 1));
  return pattern;
}

// Paints of all countries for a view: relation with the focus, or the mean of all relations.
function paintCountries(model, look) {
  const paints = new Map(), { focus, at, before, passes } = look;
  const change = before !== undefined && before !== null;
  for (const country of model.countries) {
    const readings = country.pairs.filter((pair) => (!focus || pair.a.code === focus || pair.b.code === focus)
      && (!passes || passes(pair)));
    const paint = change ? changePaint(model, readings, focus, before, at) : scorePaint(model, readings, at);
    if (paint) paints.set(country.code, paint);
  }
  if (focus) paints.set(focus, { kind: "focus" });
  return paints;
}

function scorePaint(model, pairs, at) {
  const readings = pairs.map((pair) => pair.both[at]).filter(Boolean);
  const mean = weightedMean(readings);
  if (!readings.length || mean === null) return null;
  if (readings.length === 1 && readings[0].state === "contested") return { kind: "contested", class: 3 };
  const thin = readings.every(isThin);
  return { kind: thin ? "thin" : "plain", class: classOf(model, readings.length === 1 ? readings[0].score : mean) };
}

function changePaint(model, pairs, focus, before, at) {
  const changes = pairs.map((pair) => changeOf(model, pair, before, at)).filter(Boolean);
  if (!changes.length) return null;
  const clear = changes.filter((change) => change.moved);
  if (!clear.length) return { kind: "plain", class: 3, change: true };
  const mean = clear.reduce((sum, change) => sum + change.change, 0) / clear.length;
  return { kind: "plain", class: changeClassOf(model, { change: mean, clear: true }), change: true };
}
