// How is a large file read quickly? A column is unpacked when somebody asks for it.

const STATE_NAMES = ["", "ok", "thin", "faded", "contested"];

/** One side of a pair at one snapshot; the fields are those of the layers' readings. */
class Reading {
  constructor(side, place, state) {
    this.side = side;
    this.place = place;
    this.state = STATE_NAMES[state];
    this.score = side.column(1)[place] / 1000;
    this.count = side.column(4)[place];
  }

  get low() { return this.side.column(2)[this.place] / 100; }
  get high() { return this.side.column(3)[this.place] / 100; }
  get weight() { return this.side.more(0)[this.place] / 1000; }
  get newest() { return this.side.more(1)[this.place]; }
  get squares() { return this.side.more(2)[this.place] / 1000; }
  get noise() { return this.side.more(3)[this.place] / 100; }
  get conflict() { return this.side.more(4)[this.place] / 100; }
}

/** The packed columns of one side; those of the mutual one have more behind them. */
class Side {
  constructor(columns, extra) {
    this.columns = columns;
    this.extra = extra;
    this.read = [];
    this.readMore = [];
  }

  column(number) {
    this.read[number] ??= unpack(this.columns[number]);
    return this.read[number];
  }

  more(number) {
    this.readMore[number] ??= unpack(this.extra[number]);
    return this.readMore[number];
  }

  readings() {
    let place = 0;
    return Array.from(this.columns[0], (state) => (state === "0" ? null : new Reading(this, place++, Number(state))));
  }
}

/** Two countries and what is known of them; both directions and the mutual readings are read when first looked at. */
class Pair {
  constructor(model, columns, index) {
    this.index = index;
    this.columns = columns;
    this.a = model.countries[columns[0]];
    this.b = model.countries[columns[1]];
    this.key = this.a.code + "-" + this.b.code;
    this.events = [];
    this.sides = {};
  }

  side(name) {
    if (!this.sides[name]) this.sides[name] = new Side(this.columns[2 + SIDES.indexOf(name)], this.columns[5]).readings();
    return this.sides[name];
  }

  get both() { return this.side("both"); }
  get ab() { return this.side("ab"); }
  get ba() { return this.side("ba"); }

  /** Kinds of the pair's events with the first day of each, and its decayed masses. */
  get extras() {
    if (!this.found) {
      const [cooperation, conflict, kinds, days] = this.columns[5].slice(6).map(unpack);
      let place = 0;
      this.found = { cooperation, conflict, kinds, days, places: this.both.map((reading) => (reading ? place++ : -1)) };
    }
    return this.found;
  }
}

/** The layers' model with pairs that are read on demand. */
function readLargeModel(payload) {
  const model = readModel({ ...payload, pairs: [], events: [] });
  model.payload = payload;
  model.pairs = payload.pairs.map((columns, index) => new Pair(model, columns, index));
  for (const pair of model.pairs) {
    model.byKey.set(pair.key, pair);
    pair.a.pairs.push(pair);
    pair.b.pairs.push(pair);
  }
  model.events = readEvents(payload);
  for (const event of model.events) model.pairs[event.pair].events.push(event);
  return model;
}

/** Counts over all pairs at a snapshot, reckoned once: pairs with a reading, their events, the bad and the good. */
function sumsOf(model, at) {
  model.sums = model.sums || [];
  if (!model.sums[at]) {
    const sums = { pairs: 0, events: 0, sharp: 0, warm: 0 };
    for (const pair of model.pairs) {
      const reading = pair.both[at];
      if (!reading) continue;
      const place = classOf(model, reading.score);
      sums.pairs += 1;
      sums.events += reading.count;
      sums.sharp += Number(place <= SHARP);
      sums.warm += Number(place >= WARM);
    }
    model.sums[at] = sums;
  }
  return model.sums[at];
}

/** All pairs of a snapshot from hostile to close, sorted once. */
function orderOf(model, at) {
  model.orders = model.orders || [];
  if (!model.orders[at]) {
    const found = model.pairs.filter((pair) => pair.both[at]).map((pair) => ({ pair, score: pair.both[at].score }));
    model.orders[at] = found.sort((a, b) => a.score - b.score || (a.pair.key < b.pair.key ? -1 : 1)).map(({ pair }) => pair);
  }
  return model.orders[at];
}
