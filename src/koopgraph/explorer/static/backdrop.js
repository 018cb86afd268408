// Everything that vis-network does not hold, painted into a bitmap of the present view.

import { drawShape } from "./shapes.js";

/** The bitmap reaches this share of the view beyond its edges, so that dragging does not uncover a void at once. */
const MARGIN = 0.4;

/** Below this radius on the screen a shape is a mere dot. */
const DOT = 2.2;

/** A bitmap behind the living network. It is painted anew for each view, so it is sharp at every scale. */
export class Backdrop {
  constructor(graph) {
    this.graph = graph;
    this.canvas = document.createElement("canvas");
    this.area = null;
  }

  /** Paint what is outside `nodes` and `bundles` (Sets of numbers) for a view at a scale; `ratio` is device pixels. */
  paint(view, scale, ratio, { nodes, bundles, seen, colours, faded }) {
    const [width, height] = [view.right - view.left, view.bottom - view.top];
    this.area = {
      left: view.left - width * MARGIN,
      top: view.top - height * MARGIN,
      width: width * (1 + 2 * MARGIN),
      height: height * (1 + 2 * MARGIN),
    };
    const pixels = scale * ratio;
    this.canvas.width = Math.ceil(this.area.width * pixels);
    this.canvas.height = Math.ceil(this.area.height * pixels);
    const context = this.canvas.getContext("2d");
    context.setTransform(pixels, 0, 0, pixels, -this.area.left * pixels, -this.area.top * pixels);
    this.lines(context, bundles, seen, colours, faded, scale);
    this.dots(context, nodes, seen, colours, faded, scale);
  }

  lines(context, bundles, seen, colours, faded, scale) {
    const rest = this.graph.bundles.filter(
      ({ id, from, to }) => seen.bundles[id] && !bundles.has(id) && this.crosses(from, to),
    );
    if (!rest.length) return;
    // The more lines, the fainter each: a mass of them should read as grey, not hide the dots.
    context.globalAlpha = Math.max(0.07, Math.min(0.5, 900 / rest.length)) * (faded ? 0.4 : 1);
    context.strokeStyle = colours.edge;
    context.lineWidth = 0.8 / scale;
    context.beginPath();
    for (const { from, to } of rest) {
      context.moveTo(this.graph.nodes[from].x, this.graph.nodes[from].y);
      context.lineTo(this.graph.nodes[to].x, this.graph.nodes[to].y);
    }
    context.stroke();
  }

  dots(context, nodes, seen, colours, faded, scale) {
    context.globalAlpha = faded ? 0.25 : 0.9;
    for (const { id, x, y, size, group } of this.graph.nodes) {
      if (nodes.has(id) || !seen.nodes[id] || !this.holds(x, y)) continue;
      const fill = colours.kinds.get(group);
      if (size * scale < DOT) {
        const side = Math.max(size, 1.3 / scale) * 2;
        context.fillStyle = fill;
        context.fillRect(x - side / 2, y - side / 2, side, side);
      } else {
        drawShape(context, group, x, y, size, { fill });
      }
    }
  }

  /** Draw the bitmap where it belongs, in the graph's own coordinates. */
  draw(context) {
    if (!this.area || !this.canvas.width) return;
    const { left, top, width, height } = this.area;
    context.drawImage(this.canvas, left, top, width, height);
  }

  holds(x, y) {
    const { left, top, width, height } = this.area;
    return x >= left && x <= left + width && y >= top && y <= top + height;
  }

  crosses(from, to) {
    const [a, b] = [this.graph.nodes[from], this.graph.nodes[to]];
    const { left, top, width, height } = this.area;
    return (
      Math.max(a.x, b.x) >= left &&
      Math.min(a.x, b.x) <= left + width &&
      Math.max(a.y, b.y) >= top &&
      Math.min(a.y, b.y) <= top + height
    );
  }
}
