// Choosing a period on an axis: two handles that are sliders, and a drag between them.

import { element } from "./elements.js";

/** Days that an arrow key moves a handle; with Shift a year. */
const STEP = 30;
const YEAR = 365;

/**
 * Lies over the histogram. `axis` has `x(day)`, `day(x)`, `width()` and `say(day)`; `change(from, to)` hears of a period in whole
 * days, or of two nulls. `tap(x)` hears of a press without a drag.
 */
export class Brush {
  constructor(axis, { change, tap }) {
    Object.assign(this, { axis, change, tap, from: null, to: null });
    this.band = element("div", { class: "band", hidden: true });
    this.handles = ["from", "to"].map((end) => {
      const on = { keydown: (event) => this.key(event, end), pointerdown: (event) => this.grab(event, end) };
      return element("div", { class: "handle", role: "slider", tabindex: "0", "data-end": end, on });
    });
    this.box = element("div", { class: "brush" }, this.band, ...this.handles);
    this.box.addEventListener("pointerdown", (event) => this.begin(event));
    this.box.addEventListener("pointermove", (event) => this.move(event));
    this.box.addEventListener("pointerup", (event) => this.end(event));
    // A touch that the system takes away lets go, too.
    this.box.addEventListener("pointercancel", () => (this.held = null));
    this.box.addEventListener("dblclick", () => this.change(null, null));
  }

  /** Show a period; null ends are those of the axis. `names` are the handles' names. */
  show({ from, to, first, last, names }) {
    Object.assign(this, { from, to, first, last });
    const set = from !== null || to !== null;
    const ends = [from ?? first, to ?? last];
    const [left, right] = [this.axis.x(ends[0]), this.axis.x(ends[1] + 1)];
    this.band.hidden = !set;
    Object.assign(this.band.style, { left: `${left}px`, width: `${Math.max(right - left, 2)}px` });
    this.handles.forEach((handle, at) => {
      handle.classList.toggle("set", set);
      handle.style.left = `${Math.max(6, Math.min(this.axis.width() - 6, at ? right : left))}px`;
      const values = {
        valuemin: first,
        valuemax: last,
        valuenow: ends[at],
        valuetext: this.axis.say(ends[at]),
        label: names[at],
      };
      for (const [name, value] of Object.entries(values)) handle.setAttribute(`aria-${name}`, String(value));
    });
  }

  at(event) {
    return event.clientX - this.box.getBoundingClientRect().left;
  }

  begin(event) {
    if (event.button) return;
    this.held = { start: this.at(event), end: null };
    this.box.setPointerCapture(event.pointerId);
  }

  grab(event, end) {
    event.stopPropagation();
    this.held = { end };
    this.box.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (!this.held) return;
    const x = this.at(event);
    if (this.held.end) return this.put(this.held.end, Math.floor(this.axis.day(x)));
    if (!this.held.moved && Math.abs(x - this.held.start) < 4) return;
    this.held.moved = true;
    const [a, b] = [this.held.start, x].sort((one, other) => one - other);
    this.change(Math.floor(this.axis.day(a)), Math.floor(this.axis.day(b)));
  }

  end(event) {
    const { held } = this;
    this.held = null;
    if (held && !held.end && !held.moved) this.tap(this.at(event));
  }

  /** Move one end, but never beyond the other. */
  put(end, day) {
    const kept = Math.max(this.first, Math.min(this.last, day));
    const { from, to } = this;
    if (end === "from") this.change(Math.min(kept, to ?? this.last), to ?? this.last);
    else this.change(from ?? this.first, Math.max(kept, from ?? this.first));
  }

  key(event, end) {
    const now = end === "from" ? (this.from ?? this.first) : (this.to ?? this.last);
    const by = event.shiftKey ? YEAR : STEP;
    const days = {
      ArrowLeft: now - by,
      ArrowDown: now - by,
      ArrowRight: now + by,
      ArrowUp: now + by,
      Home: this.first,
      End: this.last,
      PageUp: now + YEAR,
      PageDown: now - YEAR,
    };
    if (event.key === "Escape" && (this.from !== null || this.to !== null)) this.change(null, null);
    else if (Object.hasOwn(days, event.key)) this.put(end, days[event.key]);
    else return;
    event.preventDefault();
  }
}
