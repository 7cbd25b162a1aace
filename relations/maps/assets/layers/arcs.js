// How is an arc drawn?

function makeArcsSheet(options) {
  const Sheet = canvasSheet().extend({
    initialize(settings) {
      L.Util.setOptions(this, settings);
      L.Renderer.prototype.initialize.call(this, settings);
      this.look = { arcs: [], focus: null, hovered: null, chips: "few", labels: true };
      this.drawn = [];
    },

    show(look) {
      this.look = { ...this.look, ...look };
      return this.redraw();
    },

    draw(pen, frame) {
      const { colours } = this.options.source();
      this.drawn = this.look.arcs.flatMap((arc) => shapeCopies(arc, frame, this.look.focus));
      for (const shape of [...this.drawn].reverse()) drawArc(pen, shape, colours, shape.arc.pair.key === this.look.hovered);
      const places = endPlaces(this.drawn, this.look.focus);
      drawEnds(pen, places, colours, this.look);
      const taken = drawChips(pen, this.drawn, colours, this.look);
      for (const { left, top, right, bottom } of this.options.controls ? this.options.controls() : []) {
        const { view } = frame;
        taken.push({ left: view.left + left, right: view.left + right, top: view.top + top, bottom: view.top + bottom });
      }
      if (this.look.labels) drawLabels(pen, { places, shapes: this.drawn, frame, colours, taken, look: this.look });
      if (this.options.onEdges) this.options.onEdges(edgeNames(this.drawn, places, frame));
    },

    // The arc under a point of the container, or null.
    arcAt(point, reach) {
      const [x, y] = this.toCanvas(point);
      let best = null;
      for (const { arc, line } of this.drawn) {
        if (arc.faint) continue;
        for (let place = 1; place < line.length; place += 1) {
          const distance = pointToSegment(x, y, line[place - 1], line[place]);
          if (distance < (best ? best.distance : reach)) best = { arc, distance };
        }
      }
      return best && best.arc;
    },
  });
  return new Sheet(options);
}

// An arc on each copy of the world that the canvas shows.
function shapeCopies(arc, frame, focus) {
  const [x0, y0] = frame.place(arc.from.lon, arc.from.lat);
  const [x1, y1] = frame.place(shortWay(arc.from.lon, arc.to.lon), arc.to.lat);
  const width = WORLD * frame.scale, copies = [];
  for (let copy = -2; copy <= 2; copy += 1) {
    const shift = copy * width, left = Math.min(x0, x1) + shift, right = Math.max(x0, x1) + shift;
    if (right < frame.view.left - 80 || left > frame.view.left + frame.view.width + 80) continue;
    copies.push(shapeArc(arc, [x0 + shift, y0], [x1 + shift, y1], focus));
  }
  return copies;
}

function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

// A quadratic curve to the right of travel, trimmed at both ends and sampled.
function shapeArc(arc, start, end, focus) {
  const dx = end[0] - start[0], dy = end[1] - start[1], chord = Math.hypot(dx, dy) || 1;
  const height = (arc.heads ? clamp(0.17 * chord, 13, 74) : clamp(0.12 * chord, 8, 56)) * arc.bow;
  const bend = Math.min(height, chord * 0.6);
  const control = [(start[0] + end[0]) / 2 - (dy / chord) * 2 * bend, (start[1] + end[1]) / 2 + (dx / chord) * 2 * bend];
  const steps = clamp(Math.round(chord / 9), 12, 64);
  const curve = Array.from({ length: steps + 1 }, (_, place) => onCurve(start, control, end, place / steps));
  const line = trim(curve, arc.from.code === focus ? 9 : 4, arc.to.code === focus ? 9 : 6);
  return { arc, line, start, end, middle: onCurve(start, control, end, 0.5) };
}

function onCurve(a, b, c, t) {
  const u = 1 - t;
  return [u * u * a[0] + 2 * u * t * b[0] + t * t * c[0], u * u * a[1] + 2 * u * t * b[1] + t * t * c[1]];
}

function trim(line, before, after) {
  const total = lengthOf(line), room = Math.min(1, (total * 0.6) / (before + after));
  return cutFront(cutFront(line, before * room).reverse(), after * room).reverse();
}

function lengthOf(line) {
  return line.slice(1).reduce((sum, point, place) => sum + Math.hypot(point[0] - line[place][0], point[1] - line[place][1]), 0);
}

function cutFront(line, length) {
  let left = length;
  for (let place = 1; place < line.length; place += 1) {
    const [a, b] = [line[place - 1], line[place]], step = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (step > left) {
      const part = left / step;
      return [[a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part], ...line.slice(place)];
    }
    left -= step;
  }
  return line.slice(-2);
}

function drawArc(pen, { arc, line }, colours, hovered) {
  const colour = colours[arc.change ? "changeLine" : "line"][arc.class], opacity = hovered ? 1 : arc.opacity;
  const path = arc.thin ? null : arc.heads ? tapered(line, arc.width) : null;
  pen.lineJoin = "round";
  pen.lineCap = "butt";
  if (!arc.faint) {
    pen.globalAlpha = 0.9 * Math.max(opacity, 0.6);
    pen.strokeStyle = pen.fillStyle = colours.casing;
    strokeArc(pen, arc, line, path, 2.6);
  }
  pen.globalAlpha = opacity;
  pen.strokeStyle = pen.fillStyle = colour;
  strokeArc(pen, arc, line, path, hovered ? 1 : 0);
  pen.globalAlpha = 1;
}

// `extra` widens the line: the casing, or a hovered arc.
function strokeArc(pen, arc, line, tapering, extra) {
  if (tapering) {
    pen.fill(tapering);
    if (extra) {
      pen.lineWidth = extra;
      pen.stroke(tapering);
    }
    return;
  }
  const head = arc.heads ? headOf(line, arc.width) : null;
  pen.setLineDash(arc.thin && extra < 2 ? [6, 4] : []);
  pen.lineWidth = arc.width * 0.85 + extra;
  pen.beginPath();
  (head ? head.line : line).forEach(([x, y], place) => (place ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
  pen.setLineDash([]);
  if (head) pen.fill(head.path);
}

function headOf(line, width) {
  const length = Math.min(1.75 * width + 5, lengthOf(line) * 0.45), half = (width + 6.4) / 2;
  const tip = line[line.length - 1], body = cutFront([...line].reverse(), length).reverse(), foot = body[body.length - 1];
  const dx = tip[0] - foot[0], dy = tip[1] - foot[1], size = Math.hypot(dx, dy) || 1;
  const normal = [-dy / size, dx / size], path = new Path2D();
  path.moveTo(tip[0], tip[1]);
  path.lineTo(foot[0] + normal[0] * half, foot[1] + normal[1] * half);
  path.lineTo(foot[0] - normal[0] * half, foot[1] - normal[1] * half);
  path.closePath();
  return { line: body, path, foot, tip, normal, half };
}

// Thin at the source, full at the target, with a head: direction said twice; the bow says it a third time.
function tapered(line, width) {
  const { line: body, foot, tip, normal, half } = headOf(line, width), path = new Path2D(), left = [], right = [];
  body.forEach((point, place) => {
    const a = body[Math.max(0, place - 1)], b = body[Math.min(body.length - 1, place + 1)];
    const dx = b[0] - a[0], dy = b[1] - a[1], size = Math.hypot(dx, dy) || 1;
    const reach = (width * (0.32 + 0.68 * (place / (body.length - 1)))) / 2;
    left.push([point[0] - (dy / size) * reach, point[1] + (dx / size) * reach]);
    right.push([point[0] + (dy / size) * reach, point[1] - (dx / size) * reach]);
  });
  const round = [...left, [foot[0] + normal[0] * half, foot[1] + normal[1] * half], tip,
    [foot[0] - normal[0] * half, foot[1] - normal[1] * half], ...right.reverse()];
  round.forEach(([x, y], place) => (place ? path.lineTo(x, y) : path.moveTo(x, y)));
  path.closePath();
  return path;
}

function pointToSegment(x, y, a, b) {
  const dx = b[0] - a[0], dy = b[1] - a[1], size = dx * dx + dy * dy;
  const t = size ? clamp(((x - a[0]) * dx + (y - a[1]) * dy) / size, 0, 1) : 0;
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}
