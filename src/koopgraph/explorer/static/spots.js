// What the Tab key reaches in a picture on a canvas: a button over each of the most central things in view.

import { element } from "./elements.js";

/** More would be a trap for the Tab key; the list view holds everything. */
const REACHED = 40;

/** Keeps the buttons where the things are drawn; they let pointers through to the canvas. */
export class Spots {
  constructor() {
    this.list = element("ul", { class: "spots" });
  }

  /** Show a button for each of the first `spots`: { id, name, x, y (of its middle), width, height, choose }. */
  show(spots, label) {
    const active = document.activeElement;
    const focused = this.list.contains(active) ? active.dataset.id : null;
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...spots.slice(0, REACHED).map((spot) => this.item(spot)));
    if (focused !== null) this.list.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  }

  item({ id, name, x, y, width, height, choose }) {
    const button = element("button", { type: "button", "data-id": id, "aria-label": name, on: { click: choose } });
    const at = { left: x, top: y, width, height };
    for (const [side, pixels] of Object.entries(at)) button.style[side] = `${pixels}px`;
    return element("li", {}, button);
  }
}
