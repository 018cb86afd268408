// What the pictures on a canvas have in common: their size, their buttons, what the keyboard reaches, and pictures to take away.

import { numbersOf } from "./address.js";
import { element } from "./elements.js";
import { listenForMoves } from "./panning.js";
import { Spots } from "./spots.js";
import { VectorContext } from "./vectors.js";
import { ZoomButtons } from "./zooming.js";

/**
 * A picture that draws itself with `drawOn(context)`; `fit()` finds its `view`, `zoom(factor)` and `pan(dx, dy)` change it,
 * `position()` and `viewAt(a, b, scale)` turn it into an address and back, and `settle()` follows each change.
 */
export class CanvasView {
  /** Make the canvas, the buttons and the spots in the view's place, and whatever else stands there. */
  layOut(...others) {
    this.canvas = element("canvas", { tabindex: "0", role: "application" });
    this.buttons = new ZoomButtons(this);
    this.spots = new Spots();
    this.place.replaceChildren(this.canvas, this.spots.list, this.buttons.box, ...others);
    listenForMoves(this.canvas, this);
    new ResizeObserver(() => this.settle()).observe(this.place);
  }

  name(said) {
    this.canvas.setAttribute("aria-label", said);
    this.buttons.say(this.words);
  }

  /** Take over the size of the place; false where it has none. */
  resize() {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (!width || !height) return false;
    const ratio = window.devicePixelRatio || 1;
    if (this.size?.width !== width || this.size?.height !== height || this.size.ratio !== ratio) {
      this.size = { width, height, ratio };
      Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    }
    return true;
  }

  zoomIn() {
    this.zoom(1.6);
    this.moved();
  }

  zoomOut() {
    this.zoom(1 / 1.6);
    this.moved();
  }

  fitAll() {
    this.fit();
    this.moved();
  }

  /** After a movement of the reader's: settle, and keep it in the address. */
  moved() {
    this.settle();
    this.pos = this.position();
    this.act.moved(this.pos);
  }

  /** Show what the address says, where that is another view than the present one; says whether it did. */
  reopen() {
    const { pos } = this.act.tabled();
    const numbers = pos && pos !== this.pos ? numbersOf(pos) : null;
    this.pos = pos;
    if (numbers) this.view = this.viewAt(...numbers);
    return numbers !== null;
  }

  draw() {
    const context = this.canvas.getContext("2d");
    const { ratio } = this.size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.drawOn(context);
  }

  /** What is seen, on a canvas. */
  picture() {
    return this.canvas;
  }

  /** What is seen, as an SVG element. */
  svg() {
    const { width, height } = this.size;
    const context = new VectorContext(width, height, document.createElement("canvas").getContext("2d"));
    this.drawOn(context);
    return context.svg;
  }
}
