// The timeline: what has a date, in lanes over one axis, and under it the articles by the day they appeared.

import { binsOf, dayToIso, EARLIEST, LATEST, nextOf, stepOf, tickInWords, ticksOf } from "./axis.js";
import { Brush } from "./brush.js";
import { element } from "./elements.js";
import { packed } from "./lanes.js";
import { massOf } from "./masses.js";
import { listenForMoves } from "./panning.js";
import { drawShape, readColours } from "./shapes.js";
import { dayOf, isoOf, spanOf } from "./spans.js";
import { Spots } from "./spots.js";
import { VectorContext } from "./vectors.js";
import { ZoomButtons } from "./zooming.js";

const LANE = 24;
const AXIS = 24;
const HISTOGRAM = 76;
const FONT = "12.5px system-ui, sans-serif";
/** Pixels to a day at the most, and years in view at the most. */
const CLOSEST = 40;
const FARTHEST = 0.002;
/** The axis opens on the shortest time that holds this share of the dates. */
const SHARE = 0.96;
const NAME = 190;

/** Draws the passing things that have dates, and the passing articles. */
export class TimelineView {
  constructor(place, graph, words, act) {
    Object.assign(this, { place, graph, words, act, view: null, hovered: null });
    this.spans = graph.nodes.map(({ values }) =>
      values.filter(([name]) => name === "date").map(([, text]) => spanOf(text)),
    );
    this.days = graph.articles.map(({ issued }) => (issued ? (spanOf(issued)?.from ?? null) : null));
  }

  show(seen) {
    if (!this.canvas) this.build();
    const changed = seen.nodes !== this.seen?.nodes || this.words.language !== this.language;
    Object.assign(this, { seen, language: this.words.language });
    this.colours = readColours(this.graph.kinds.map(({ kind }) => kind));
    if (changed) this.gather();
    this.say();
    if (this.resize() && !this.view) this.fit();
    this.settle();
  }

  /** The bars, most central first, and how many things stand nowhere on the axis. */
  gather() {
    this.items = this.seen.ids.flatMap((id) => {
      const spans = this.spans[id].filter(Boolean);
      return spans.map((span) => ({ id, from: span.from, to: span.to, name: this.graph.nodes[id].label }));
    });
    this.undated = this.seen.ids.filter((id) => !this.spans[id].some(Boolean)).length;
    this.scale = null;
  }

  build() {
    this.canvas = element("canvas", { tabindex: "0", role: "application" });
    this.spots = new Spots();
    this.buttons = new ZoomButtons(this);
    const axis = {
      x: (day) => this.x(day),
      day: (x) => this.day(x),
      width: () => this.size.width,
      say: (day) => this.date(day),
    };
    this.brush = new Brush(axis, { change: (from, to) => this.brushed(from, to), tap: (x) => this.list(x) });
    this.brush.box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.crowd = element("div", { class: "crowd", hidden: true });
    this.note = element("p", { class: "note above" });
    this.clear = element("button", {
      type: "button",
      class: "plain clear",
      on: { click: () => this.brushed(null, null) },
    });
    this.place.replaceChildren(
      this.canvas,
      this.spots.list,
      this.brush.box,
      this.buttons.box,
      this.note,
      this.clear,
      this.crowd,
    );
    listenForMoves(this.canvas, this);
    new ResizeObserver(() => this.resize() && this.settle()).observe(this.place);
  }

  wheel(event) {
    event.preventDefault();
    this.zoom(2 ** (-event.deltaY / 300), event.offsetX);
    this.settle();
  }

  say() {
    const { words } = this;
    this.canvas.setAttribute("aria-label", words.say("timeline.name"));
    this.buttons.say(words);
    this.clear.textContent = words.say("timeline.clear");
    this.clear.hidden = !this.seen.from && !this.seen.to;
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (!width || !height) return false;
    const ratio = window.devicePixelRatio || 1;
    if (this.size?.width !== width || this.size?.height !== height || this.size.ratio !== ratio) {
      this.size = { width, height, ratio };
      Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
      this.scale = null;
    }
    return true;
  }

  fit() {
    const days = [...this.items.flatMap(({ from, to }) => [from, to]), ...this.days].filter(Number.isFinite);
    const [first, last] = days.length ? massOf(days, SHARE) : [dayOf("2000-01-01"), dayOf("2030-01-01")];
    const room = Math.max(this.size.width - 120, 100);
    this.view = { day: (first + last) / 2, scale: Math.min(room / Math.max(last - first, 30), CLOSEST) };
  }

  fitAll() {
    this.fit();
    this.settle();
  }

  zoomIn() {
    this.zoom(1.6);
    this.settle();
  }

  zoomOut() {
    this.zoom(1 / 1.6);
    this.settle();
  }

  pan(dx) {
    this.view.day = Math.max(EARLIEST, Math.min(LATEST, this.view.day - dx / this.view.scale));
    this.draw();
  }

  zoom(factor, x = this.size.width / 2) {
    const scale = Math.max(FARTHEST, Math.min(CLOSEST, this.view.scale * factor));
    const dx = x - this.size.width / 2;
    this.view.day += dx / this.view.scale - dx / scale;
    this.view.scale = scale;
    this.draw();
  }

  x(day) {
    return (day - this.view.day) * this.view.scale + this.size.width / 2;
  }

  day(x) {
    return (x - this.size.width / 2) / this.view.scale + this.view.day;
  }

  date(day) {
    const options = { dateStyle: "medium", timeZone: "UTC" };
    return new Intl.DateTimeFormat(this.words.language === "en" ? "en-GB" : "de", options).format(
      new Date(isoOf(Math.round(day))),
    );
  }

  brushed(from, to) {
    this.act.time(from === null ? "" : dayToIso(from), to === null ? "" : dayToIso(to));
  }

  hover(x, y) {
    const hovered = this.itemAt(x, y)?.id ?? null;
    this.canvas.style.cursor = hovered === null ? "" : "pointer";
    if (hovered === this.hovered) return;
    this.hovered = hovered;
    this.draw();
  }

  tap(x, y) {
    this.crowd.hidden = true;
    this.act.select(this.itemAt(x, y)?.id ?? null);
  }

  itemAt(x, y) {
    const lane = Math.floor((y - this.top()) / LANE);
    return this.shown?.find(
      (item) => item.lane === lane && x >= this.left(item) - 6 && x <= this.left(item) + item.end - item.start,
    );
  }

  /** The articles of the bin under a point of the histogram, to read one. */
  list(x) {
    const step = this.binStep();
    const start = [...binsOf([this.day(x)], step).keys()][0];
    const found = this.bins(step).get(start) ?? [];
    const rows = found.map((number) => {
      const { title, source } = this.graph.articles[number];
      return element("button", { type: "button", on: { click: () => this.act.open(number, null) } }, title || source);
    });
    const close = {
      type: "button",
      class: "close",
      "aria-label": this.words.say("details.close"),
      on: { click: () => (this.crowd.hidden = true) },
    };
    const said = this.words.say("timeline.articles", {
      count: this.words.number(found.length),
      from: this.date(start),
      to: this.date(nextOf(start, step) - 1),
    });
    this.crowd.replaceChildren(element("p", { class: "note" }, said, element("button", close, "×")), ...rows);
    this.crowd.hidden = !found.length;
  }

  settle() {
    if (!this.view || !this.resize()) return;
    this.draw();
    const spots = this.shown
      .filter(({ id }, at) => this.shown.findIndex((item) => item.id === id) === at)
      .map((item) => this.spot(item));
    this.spots.show(spots, this.words.say("timeline.spots"));
    this.sayLeftOut();
  }

  spot(item) {
    const [width, y] = [item.end - item.start, this.top() + (item.lane + 0.5) * LANE];
    const dates = this.words.say("timeline.spot", {
      name: item.name,
      from: this.end(item.from),
      to: this.end(item.to),
    });
    return {
      id: item.id,
      name: dates,
      x: this.left(item) + width / 2,
      y,
      width,
      height: LANE,
      choose: () => this.act.select(item.id),
    };
  }

  end(day) {
    return Number.isFinite(day) ? this.date(day) : this.words.say("timeline.open");
  }

  /** What the axis does not show, and where it is. */
  sayLeftOut() {
    const { words } = this;
    const [first, last] = [this.day(0), this.day(this.size.width)];
    const counts = {
      before: this.items.filter(({ to }) => to < first).length,
      after: this.items.filter(({ from }) => from > last).length,
      more: this.items.filter(({ lane, from, to }) => lane < 0 && to >= first && from <= last).length,
      undated: this.undated,
    };
    const said = Object.entries(counts).filter(([, count]) => count);
    this.note.textContent = said
      .map(([key, count]) => words.say(`timeline.${key}`, { count: words.number(count) }))
      .join(" · ");
  }

  top() {
    return 34;
  }

  floor() {
    return this.size.height - AXIS - HISTOGRAM;
  }

  /** Lanes are dealt out anew when the zoom changes; pixels are counted from the epoch, so panning keeps them. */
  deal(context) {
    if (this.scale === this.view.scale) return;
    this.scale = this.view.scale;
    context.font = FONT;
    const count = Math.max(1, Math.floor((this.floor() - this.top()) / LANE));
    for (const item of this.items) {
      const start = this.scale * (Number.isFinite(item.from) ? item.from : item.to - 400);
      const end = this.scale * (Number.isFinite(item.to) ? item.to + 1 : Math.max(item.from, this.today()) + 400);
      item.text ??= shortened(context, item.name);
      item.start = start;
      item.bar = Math.max(end - start, 8);
      item.inside = item.bar > item.text.width + 22;
      item.end = start + (item.inside ? item.bar : item.bar + item.text.width + 12) + 6;
    }
    packed(this.items, count);
  }

  today() {
    this.now ??= Math.max(
      ...this.days.filter((day) => day !== null),
      ...this.items.map(({ from }) => from).filter(Number.isFinite),
    );
    return this.now;
  }

  left(item) {
    return item.start + this.size.width / 2 - this.view.day * this.view.scale;
  }

  draw() {
    const context = this.canvas.getContext("2d");
    const { ratio } = this.size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.drawOn(context);
  }

  drawOn(context) {
    const { width, height } = this.size;
    context.fillStyle = this.colours.ground;
    context.fillRect(0, 0, width, height);
    this.deal(context);
    this.drawAxis(context);
    this.shown = this.items.filter(
      (item) => item.lane >= 0 && this.left(item) < width && this.left(item) + item.end - item.start > 0,
    );
    for (const item of this.shown) this.drawItem(context, item);
    this.drawHistogram(context);
    const { from, to } = this.seen;
    const ends = { from: from ? dayOf(from) : null, to: to ? dayOf(to) : null };
    const names = ["timeline.from", "timeline.to"].map((key) => this.words.say(key));
    this.brush.show({ ...ends, first: Math.floor(this.day(0)), last: Math.ceil(this.day(width)), names });
  }

  drawAxis(context) {
    const { width } = this.size;
    const step = stepOf(this.view.scale, 78);
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "middle";
    context.textAlign = "left";
    for (const day of ticksOf(this.day(0), this.day(width), step)) {
      const x = this.x(day);
      context.fillStyle = this.colours.line;
      context.fillRect(x, this.top() - 6, 1, this.floor() - this.top() + AXIS);
      context.fillStyle = this.colours.soft;
      context.fillText(tickInWords(day, step, this.words.language), x + 5, this.floor() + AXIS / 2);
    }
  }

  drawItem(context, item) {
    const { colours, seen } = this;
    const { group } = this.graph.nodes[item.id];
    const [x, y] = [this.left(item), this.top() + (item.lane + 0.5) * LANE];
    const chosen = item.id === seen.selected || item.id === this.hovered;
    context.globalAlpha = seen.near === null || seen.near.has(item.id) || chosen ? 1 : 0.28;
    const fill = colours.kinds.get(group);
    if (item.bar <= 12) drawShape(context, group, x + 5, y, 6, { fill });
    else this.drawBar(context, item, x, y, fill);
    if (chosen) this.frame(context, x - 3, y - 10, item.inside ? item.bar + 6 : item.end - item.start, 20);
    context.font = FONT;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.ink;
    // A long bar keeps its name in view.
    const at = item.inside ? Math.max(x + 8, Math.min(8, x + item.bar - item.text.width - 8)) : x + item.bar + 5;
    context.strokeText(item.text.said, at, y);
    context.fillText(item.text.said, at, y);
    context.globalAlpha = 1;
  }

  /** A bar; an open end fades out in steps. */
  drawBar(context, { from, to, bar }, x, y, fill) {
    const alpha = context.globalAlpha;
    const fade = Math.min(40, bar / 2);
    const [left, right] = [Number.isFinite(from) ? x : x + fade, Number.isFinite(to) ? x + bar : x + bar - fade];
    context.fillStyle = fill;
    context.globalAlpha = alpha * 0.55;
    context.fillRect(left, y - 9, right - left, 18);
    for (let part = 0; part < 4; part += 1) {
      context.globalAlpha = alpha * (0.42 - 0.1 * part);
      if (!Number.isFinite(to)) context.fillRect(right + (part * fade) / 4, y - 9, fade / 4, 18);
      if (!Number.isFinite(from)) context.fillRect(left - ((part + 1) * fade) / 4, y - 9, fade / 4, 18);
    }
    context.globalAlpha = alpha;
    if (Number.isFinite(from)) context.fillRect(x, y - 9, 3, 18);
    if (Number.isFinite(to)) context.fillRect(x + bar - 3, y - 9, 3, 18);
  }

  frame(context, x, y, width, height) {
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + width, y);
    context.lineTo(x + width, y + height);
    context.lineTo(x, y + height);
    context.closePath();
    context.stroke();
  }

  binStep() {
    return stepOf(this.view.scale, 7);
  }

  /** The articles that pass all filters but time, by bin: the brush must show what it leaves out. */
  bins(step) {
    return binsOf(this.days, step);
  }

  drawHistogram(context) {
    const { colours, size, seen } = this;
    const base = size.height - 6;
    const step = this.binStep();
    const bins = this.bins(step);
    const most = Math.max(1, ...[...bins].map(([, numbers]) => numbers.length));
    for (const [start, numbers] of bins) {
      const [left, right] = [this.x(start), this.x(nextOf(start, step))];
      if (right < 0 || left > size.width) continue;
      const passing = numbers.filter((number) => seen.articles[number]).length;
      const height = (count) => (count / most) * (HISTOGRAM - 26);
      context.fillStyle = colours.line;
      context.fillRect(left, base - height(numbers.length), Math.max(right - left - 1, 1), height(numbers.length));
      context.fillStyle = colours.edge;
      context.fillRect(left, base - height(passing), Math.max(right - left - 1, 1), height(passing));
    }
    context.fillStyle = colours.soft;
    context.font = "11.5px system-ui, sans-serif";
    context.textAlign = "left";
    context.fillText(this.words.say("timeline.histogram"), 12, size.height - HISTOGRAM + 11);
  }

  picture() {
    return this.canvas;
  }

  svg() {
    const { width, height } = this.size;
    const context = new VectorContext(width, height, document.createElement("canvas").getContext("2d"));
    this.drawOn(context);
    return context.svg;
  }
}

/** A name of at most a lane's share, and its width. */
function shortened(context, name) {
  let said = name;
  let { width } = context.measureText(said);
  if (width > NAME) {
    const letters = [...name];
    said = `${letters
      .slice(0, Math.floor((letters.length * NAME) / width))
      .join("")
      .trimEnd()}…`;
    ({ width } = context.measureText(said));
  }
  return { said, width };
}
