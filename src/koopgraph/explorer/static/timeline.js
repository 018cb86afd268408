// The timeline: what has a date, in lanes over one axis, and under it the articles by the day they appeared.

import { positionOf } from "./address.js";
import { dayToIso, EARLIEST, LATEST, stepOf, tickInWords, ticksOf } from "./axis.js";
import { drawSpan, FONT, shortened } from "./bars.js";
import { Brush } from "./brush.js";
import { CanvasView } from "./canvasview.js";
import { element } from "./elements.js";
import { Histogram, HISTOGRAM } from "./histogram.js";
import { packed } from "./lanes.js";
import { massOf } from "./masses.js";
import { readColours } from "./shapes.js";
import { dayOf, isoOf, spanOf } from "./spans.js";

const LANE = 24;
const AXIS = 24;
/** Pixels to a day at the most, and years in view at the most. */
const CLOSEST = 40;
const FARTHEST = 0.002;
/** The axis opens on the shortest time that holds this share of the dates. */
const SHARE = 0.96;
const NAMES = 150;

/** A day where filters can name it: four digits have no years before 0. */
const within = (day) => Math.max(EARLIEST, Math.min(LATEST, day));

/** Draws the passing things that have dates, and the passing articles. */
export class TimelineView extends CanvasView {
  constructor(place, graph, words, act) {
    super();
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
    if (this.view) this.reopen();
    this.settle();
  }

  /** The bars, most central first, and how many things stand nowhere on the axis. */
  gather() {
    this.items = this.seen.ids.flatMap((id) => {
      const spans = this.spans[id].filter(Boolean);
      return spans.map((span) => ({ id, from: span.from, to: span.to, name: this.graph.nodes[id].label }));
    });
    this.undated = this.seen.ids.filter((id) => !this.spans[id].some(Boolean)).length;
  }

  build() {
    const axis = {
      x: (day) => this.x(day),
      day: (x) => within(this.day(x)),
      width: () => this.size.width,
      say: (day) => this.date(day),
    };
    this.brush = new Brush(axis, {
      change: (from, to) => this.brushed(from, to),
      tap: (x) => this.histogram.list(this, x),
    });
    this.brush.box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.histogram = new Histogram(this.graph, this.words, this.act, this.days);
    this.note = element("p", { class: "note above" });
    this.clear = element("button", {
      type: "button",
      class: "plain clear",
      on: { click: () => this.brushed(null, null) },
    });
    this.layOut(this.brush.box, this.note, this.clear, this.histogram.crowd);
  }

  wheel(event) {
    event.preventDefault();
    this.zoom(2 ** (-event.deltaY / 300), event.offsetX);
    this.moved();
  }

  say() {
    const { words } = this;
    this.name(words.say("timeline.name"));
    this.clear.textContent = words.say("timeline.clear");
    this.clear.hidden = !this.seen.from && !this.seen.to;
  }

  fit() {
    const days = [...this.items.flatMap(({ from, to }) => [from, to]), ...this.days].filter(Number.isFinite);
    const [first, last] = days.length ? massOf(days, SHARE) : [dayOf("2000-01-01"), dayOf("2030-01-01")];
    const { width } = this.size;
    const room = Math.max(width - NAMES - 30, width / 2);
    const scale = Math.min(room / Math.max(last - first, 30), CLOSEST);
    // Names stand to the right of their bars: the last ones need room too.
    this.view = { day: (first + last + (width - room - 30) / scale) / 2, scale };
  }

  /** Days need one number: the second is always 0. */
  position() {
    return positionOf(this.view.day, 0, this.view.scale);
  }

  viewAt(day, _, scale) {
    return {
      day: Math.max(EARLIEST, Math.min(LATEST, day)),
      scale: Math.max(FARTHEST, Math.min(CLOSEST, scale)),
    };
  }

  pan(dx) {
    this.view.day = within(this.view.day - dx / this.view.scale);
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
    this.histogram.list(this, null);
    this.act.select(this.itemAt(x, y)?.id ?? null);
  }

  itemAt(x, y) {
    const lane = Math.floor((y - this.top()) / LANE);
    return this.shown?.find(
      (item) => item.lane === lane && x >= this.left(item) - 6 && x <= this.left(item) + item.end - item.start,
    );
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
    const { scale } = this.view;
    const count = Math.max(1, Math.floor((this.floor() - this.top()) / LANE));
    if (this.dealt?.scale === scale && this.dealt.count === count && this.dealt.items === this.items) return;
    this.dealt = { scale, count, items: this.items };
    const today = this.today();
    context.font = FONT;
    for (const item of this.items) {
      const start = scale * (Number.isFinite(item.from) ? item.from : item.to - 400);
      const end = scale * (Number.isFinite(item.to) ? item.to + 1 : Math.max(item.from, today) + 400);
      item.text ??= shortened(context, item.name);
      item.start = start;
      item.bar = Math.max(end - start, 8);
      item.inside = item.bar > item.text.width + 22;
      item.end = start + (item.inside ? item.bar : item.bar + item.text.width + 12) + 6;
    }
    packed(this.items, count);
  }

  /** Where open ends fade out: the last day that anything begins or any article appeared. */
  today() {
    const days = [...this.days, ...this.items.map(({ from }) => from)];
    return days.reduce((last, day) => (Number.isFinite(day) && day > last ? day : last), EARLIEST);
  }

  left(item) {
    return item.start + this.size.width / 2 - this.view.day * this.view.scale;
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
    this.histogram.draw(context, this);
    const { from, to } = this.seen;
    const ends = { from: from ? dayOf(from) : null, to: to ? dayOf(to) : null };
    const names = ["timeline.from", "timeline.to"].map((key) => this.words.say(key));
    const [first, last] = [Math.floor(within(this.day(0))), Math.ceil(within(this.day(width)))];
    this.brush.show({ ...ends, first, last, names });
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
    const chosen = item.id === seen.selected || item.id === this.hovered;
    context.globalAlpha = seen.near === null || seen.near.has(item.id) || chosen ? 1 : 0.28;
    const fill = colours.kinds.get(this.graph.nodes[item.id].group);
    const at = { x: this.left(item), y: this.top() + (item.lane + 0.5) * LANE };
    drawSpan(context, item, at, { kind: this.graph.nodes[item.id].group, fill, chosen, colours });
    context.globalAlpha = 1;
  }
}
