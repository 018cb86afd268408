// The articles by the day they appeared, under the timeline's axis.

import { binsOf, nextOf, stepOf } from "./axis.js";
import { element } from "./elements.js";

/** Its height in pixels; the style sheet has the same for the brush over it. */
export const HISTOGRAM = 76;
const NARROWEST = 7;

/** Draws the bars, and lists the articles of one; `days` are those of the articles, null where unknown. */
export class Histogram {
  constructor(graph, words, act, days) {
    Object.assign(this, { graph, words, act, days });
    this.crowd = element("div", { class: "crowd", hidden: true });
  }

  /**
   * Draw onto the canvas of a timeline. Articles that pass stand before all others, which are drawn too: the brush must
   * show what it leaves out.
   */
  draw(context, { view, size, seen, colours }) {
    const at = (day) => (day - view.day) * view.scale + size.width / 2;
    const base = size.height - 6;
    const step = stepOf(view.scale, NARROWEST);
    const bins = binsOf(this.days, step);
    const most = Math.max(1, ...[...bins].map(([, numbers]) => numbers.length));
    for (const [start, numbers] of bins) {
      const [left, right] = [at(start), at(nextOf(start, step))];
      if (right < 0 || left > size.width) continue;
      const passing = numbers.filter((number) => seen.articles[number]).length;
      for (const [count, colour] of [
        [numbers.length, colours.line],
        [passing, colours.edge],
      ]) {
        const height = (count / most) * (HISTOGRAM - 26);
        context.fillStyle = colour;
        context.fillRect(left, base - height, Math.max(right - left - 1, 1), height);
      }
    }
    context.fillStyle = colours.soft;
    context.font = "11.5px system-ui, sans-serif";
    context.textAlign = "left";
    context.fillText(this.words.say("timeline.histogram"), 12, size.height - HISTOGRAM + 11);
  }

  /** List the articles of the bar at a point of a timeline, to read one; null puts the list away. */
  list(timeline, x) {
    const step = stepOf(timeline.view.scale, NARROWEST);
    const bin = x === null ? null : [...binsOf([timeline.day(x)], step).keys()][0];
    const found = bin === null ? [] : (binsOf(this.days, step).get(bin) ?? []);
    this.crowd.hidden = !found.length;
    if (!found.length) return;
    const rows = found.map((number) => {
      const { title, source } = this.graph.articles[number];
      const open = () => this.act.open(number, null);
      return element("button", { type: "button", on: { click: open } }, title || source);
    });
    const dates = { from: timeline.date(bin), to: timeline.date(nextOf(bin, step) - 1) };
    const said = this.words.say("timeline.articles", { count: this.words.number(found.length), ...dates });
    const away = { type: "button", class: "close", "aria-label": this.words.say("details.close") };
    const close = element("button", { ...away, on: { click: () => this.list(timeline, null) } }, "×");
    this.crowd.replaceChildren(element("p", { class: "note" }, said, close), ...rows);
  }
}
