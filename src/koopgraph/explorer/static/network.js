// The network view: the stage with its buttons, and pictures of it to take away.

import { numbersOf } from "./address.js";
import { element } from "./elements.js";
import { drawStage } from "./engraving.js";
import { Stage } from "./stage.js";
import { VectorContext } from "./vectors.js";
import { ZoomButtons } from "./zooming.js";

/** Holds the stage, which is made when the view is first seen: vis-network needs a place that has a size. */
export class NetworkView {
  constructor(place, graph, words, act, options) {
    Object.assign(this, { place, graph, words, act, options, stage: null });
  }

  show(seen) {
    const first = !this.stage;
    if (first) this.build(seen);
    else this.stage.show(seen);
    this.say();
    const { pos } = this.act.tabled();
    const numbers = pos && pos !== this.pos ? numbersOf(pos) : null;
    this.pos = pos;
    if (numbers) this.stage.goTo(...numbers);
    this.follow(seen, !first, numbers !== null);
  }

  build(seen) {
    const box = element("div", { id: "network" });
    this.buttons = new ZoomButtons(this);
    this.place.replaceChildren(box, this.buttons.box);
    this.stage = new Stage(box, this.graph, this.options, seen, { ...this.act, moved: (pos) => this.moved(pos) });
    this.stage.frame.setAttribute("role", "application");
  }

  say() {
    this.stage.frame.setAttribute("aria-label", this.words.say("network"));
    this.buttons.say(this.words);
  }

  zoomIn() {
    this.stage.zoomBy(1.5);
  }

  zoomOut() {
    this.stage.zoomBy(1 / 1.5);
  }

  fitAll() {
    this.moved("");
    this.stage.fit();
  }

  /** Keep in the address where the reader has moved the picture. */
  moved(pos) {
    this.pos = pos;
    this.act.moved(pos);
  }

  /** Bring what is new into view: a way as a whole, what was chosen elsewhere into the middle. */
  follow({ selected, path, depth, ids }, animated, reopened) {
    const way = path ? path.nodes.join() : depth > 0 ? `${selected} ${depth}` : "";
    if (reopened) this.way = way;
    else if (way && way !== this.way) this.stage.fit(animated, path ? path.nodes : ids);
    else if (selected !== null && selected !== (this.selected ?? null)) {
      if (this.act.chosenHere()) this.stage.reveal(selected);
      else this.stage.focus(selected, animated);
    }
    this.selected = selected;
    this.way = way;
  }

  /** What is seen, on a canvas with its ground. */
  picture() {
    const { canvas } = this.stage.network.canvas.frame;
    const copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d");
    context.fillStyle = this.stage.colours.ground;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, 0, 0);
    return copy;
  }

  /** What is seen, as an SVG element. */
  svg() {
    const { clientWidth: width, clientHeight: height } = this.stage.container;
    const context = new VectorContext(width, height, document.createElement("canvas").getContext("2d"));
    drawStage(this.stage, context, { width, height });
    return context.svg;
  }
}
