// Where is each country, in pixels of the whole world at zoom 0?

const WORLD = 256;

function worldX(lon) {
  return ((lon + 180) / 360) * WORLD;
}

function worldY(lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
}

// Shapes by code: a path to fill, a path to stroke (without the seam at 180 degrees), a box and an area.
// The outlines are TopoJSON, but for the arcs: two packed columns each.
function decodeTopology(topology) {
  const arcs = topology.arcs.map((arc) => decodeArc(arc, topology.transform));
  const shapes = new Map();
  for (const geometry of topology.countries) {
    if (geometry.id === "ATA" || !geometry.arcs) continue;
    const polygons = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
    shapes.set(geometry.id, shapeOf(polygons.flat().map((ring) => ringOf(ring, arcs))));
  }
  shapes.disputed = linesOf((topology.disputed || []).map((line) => ringOf(line, arcs)));
  return shapes;
}

// Borders that are drawn dashed, as one path.
function linesOf(lines) {
  const path = new Path2D();
  for (const line of lines) line.forEach(([x, y], place) => (place ? path.lineTo(x, y) : path.moveTo(x, y)));
  return path;
}

function decodeArc(arc, transform) {
  const [xs, ys] = arc.map(unpack), { scale, translate } = transform;
  return xs.map((x, place) => {
    const lon = x * scale[0] + translate[0], lat = ys[place] * scale[1] + translate[1];
    return [worldX(lon), worldY(lat), Math.abs(lon) > 179.98];
  });
}

function ringOf(indices, arcs) {
  const ring = [];
  for (const index of indices) {
    const arc = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    ring.push(...(ring.length ? arc.slice(1) : arc));
  }
  return ring;
}

function shapeOf(rings) {
  const shape = { fill: new Path2D(), stroke: new Path2D(), box: [Infinity, Infinity, -Infinity, -Infinity], area: 0 };
  for (const ring of rings) addRing(shape, ring);
  return shape;
}

function addRing(shape, ring) {
  let seam = true, area = 0;
  ring.forEach(([x, y, edge], place) => {
    if (place) shape.fill.lineTo(x, y);
    else shape.fill.moveTo(x, y);
    const before = ring[place ? place - 1 : ring.length - 1];
    if (seam || (edge && before[2])) shape.stroke.moveTo(x, y);
    else shape.stroke.lineTo(x, y);
    seam = false;
    area += before[0] * y - x * before[1];
    shape.box = [Math.min(shape.box[0], x), Math.min(shape.box[1], y), Math.max(shape.box[2], x),
      Math.max(shape.box[3], y)];
  });
  shape.fill.closePath();
  shape.area += Math.abs(area) / 2;
}
