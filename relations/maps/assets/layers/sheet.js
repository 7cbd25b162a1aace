// How is a canvas kept over a Leaflet map while it moves and zooms?

// Made when first needed, because a Folium page loads Leaflet in its own order.
function canvasSheet() {
  if (canvasSheet.made) return canvasSheet.made;
  canvasSheet.made = L.Renderer.extend({
    options: { padding: 0.2, interactive: false },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.className = "relations-sheet leaflet-zoom-animated";
      this._container.setAttribute("aria-hidden", "true");
      this._pen = this._container.getContext("2d");
    },

    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = Math.round(size.x * ratio);
      this._container.height = Math.round(size.y * ratio);
      this._container.style.width = size.x + "px";
      this._container.style.height = size.y + "px";
      this.redraw();
    },

    redraw() {
      if (!this._map || !this._bounds || !this._container) return this;
      const ratio = this._container.width / this._bounds.getSize().x || 1;
      this._pen.setTransform(1, 0, 0, 1, 0, 0);
      this._pen.clearRect(0, 0, this._container.width, this._container.height);
      this._pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.draw(this._pen, this.frame(ratio));
      return this;
    },

    // Where the world lies on the canvas: scale is pixels a unit of zoom 0, left and top are where its corner is.
    frame(ratio) {
      const map = this._map, scale = Math.pow(2, this._zoom), origin = map.getPixelOrigin(), min = this._bounds.min;
      const size = this._bounds.getSize(), view = map.getSize(), corner = map.containerPointToLayerPoint([0, 0]);
      return {
        ratio, scale, left: -origin.x - min.x, top: -origin.y - min.y, width: size.x, height: size.y,
        view: { left: corner.x - min.x, top: corner.y - min.y, width: view.x, height: view.y },
        place: (lon, lat) => [worldX(lon) * scale - origin.x - min.x, worldY(lat) * scale - origin.y - min.y],
      };
    },

    // A point of the map's container, in pixels of the canvas.
    toCanvas(point) {
      const layer = this._map.containerPointToLayerPoint(point);
      return [layer.x - this._bounds.min.x, layer.y - this._bounds.min.y];
    },

    canvas() {
      return this._container;
    },

    draw() {},
  });
  return canvasSheet.made;
}

// Copies of the world that lie on the canvas, as offsets in worlds.
function worldCopies(frame) {
  const width = WORLD * frame.scale, copies = [];
  const first = Math.floor(-frame.left / width), last = Math.floor((frame.width - frame.left) / width);
  for (let copy = first; copy <= last; copy += 1) copies.push(copy);
  return copies;
}
