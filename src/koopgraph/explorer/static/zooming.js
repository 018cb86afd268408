// The buttons that every picture has: larger, smaller, everything.

import { element } from "./elements.js";

/** Makes the buttons; `owner` has `zoomIn()`, `zoomOut()` and `fitAll()`. */
export class ZoomButtons {
  constructor(owner) {
    const make = (name, sign, click) => element("button", { type: "button", "data-zoom": name, on: { click } }, sign);
    this.buttons = [
      make("in", "+", () => owner.zoomIn()),
      make("out", "−", () => owner.zoomOut()),
      make("fit", "⤢", () => owner.fitAll()),
    ];
    this.box = element("div", { class: "zoom" }, ...this.buttons);
  }

  say(words) {
    for (const button of this.buttons) {
      button.title = words.say(`zoom.${button.dataset.zoom}`);
      button.setAttribute("aria-label", button.title);
    }
  }
}
