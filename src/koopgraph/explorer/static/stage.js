// The network itself: vis-network holds the living part, the backdrop the rest, and names lie over both.

import { positionOf } from "./address.js";
import { areasInView } from "./areas.js";
import { Backdrop } from "./backdrop.js";
import { Labels } from "./labelling.js";
import { extentOf, livingBundles, livingNodes, nearestNode } from "./living.js";
import { drawShape, readColours } from "./shapes.js";

const SETTLED = 120;
/** Milliseconds that a movement to another view takes. */
const MOVING = 350;
const CLOSEST = 4;
const SMALLEST = 0.005;
const READABLE = 0.9;

/**
 * Draws a graph into a container. `events` hears what is clicked (`select(id)`, `selectBundle(bundle)`) and is asked for
 * a bundle's words (`caption(bundle)`).
 */
export class Stage {
  constructor(container, graph, options, seen, events) {
    Object.assign(this, { container, graph, seen, events, hovered: null, living: new Set() });
    this.colours = readColours(graph.kinds.map(({ kind }) => kind));
    this.backdrop = new Backdrop(graph);
    this.labels = new Labels();
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    const nodes = { ...options.nodes, shape: "custom", ctxRenderer: (drawn) => this.renderer(drawn) };
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, { ...options, nodes });
    this.frame = this.network.canvas.frame;
    this.listen();
    this.fit(false);
    this.network.once("afterDrawing", () => performance.mark("koopgraph:first-paint"));
  }

  listen() {
    const later = () => this.refreshLater();
    const net = this.network;
    net.on("resize", later);
    for (const event of ["zoom", "dragEnd"]) net.on(event, () => this.refreshLater(true));
    for (const event of ["pointerdown", "wheel", "keydown"])
      this.frame.addEventListener(event, () => this.stop(), { passive: true });
    this.frame.addEventListener("keyup", () => this.refreshLater(true));
    net.on("beforeDrawing", (context) => this.backdrop.draw(context));
    net.on("afterDrawing", (context) => this.drawLabels(context));
    net.on("click", (click) => this.clicked(click));
    net.on("hoverNode", ({ node }) => this.hover(node));
    net.on("blurNode", () => this.hover(null));
    new ResizeObserver(later).observe(this.container);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
  }

  /** Show another selection, filter or language. */
  show(seen) {
    this.seen = seen;
    this.refresh();
  }

  /** Bring a node into the middle, close enough to read the names around it. */
  focus(id, animated = true) {
    const { x, y } = this.graph.nodes[id];
    this.move({ position: { x, y }, scale: Math.max(this.network.getScale(), READABLE) }, animated);
  }

  /** Bring a node into view if it lies outside or near the rim. */
  reveal(id) {
    const { x, y } = this.network.canvasToDOM(this.graph.nodes[id]);
    const { clientWidth: width, clientHeight: height } = this.container;
    if (x < 40 || y < 40 || x > width - 40 || y > height - 40) this.focus(id);
  }

  /** Show all of `ids` (by default all that pass). */
  fit(animated = true, ids = this.seen.ids) {
    const box = extentOf(this.graph, ids);
    const { clientWidth: width, clientHeight: height } = this.container;
    if (!box || !width || !height) return;
    const position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    // Names hang over the rim: most of them at the sides.
    const scale = Math.max(
      Math.min(
        1.3,
        (width - Math.min(110, width * 0.12)) / (box.right - box.left),
        (height - 70) / (box.bottom - box.top),
      ),
      SMALLEST,
    );
    this.move({ position, scale }, animated);
  }

  zoomBy(factor) {
    const scale = Math.min(this.network.getScale() * factor, CLOSEST);
    this.moved = true;
    this.move({ position: this.network.getViewPosition(), scale }, true);
  }

  /** Show a view as the address has it. */
  goTo(x, y, scale) {
    this.move({ position: { x, y }, scale: Math.max(SMALLEST, Math.min(CLOSEST, scale)) }, false);
  }

  /**
   * Go to a view { position, scale }. Not by vis-network's own animation: of two that overlap neither reaches its goal.
   */
  move(target, animated) {
    this.stop();
    if (!animated || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.network.moveTo({ ...target, animation: false });
      this.settle();
      return;
    }
    const start = { position: this.network.getViewPosition(), scale: this.network.getScale(), time: performance.now() };
    const step = () => {
      const share = Math.min((performance.now() - start.time) / MOVING, 1);
      this.network.moveTo({ ...between(start, target, share * share * (3 - 2 * share)), animation: false });
      this.moving = share < 1 ? requestAnimationFrame(step) : null;
      if (share === 1) this.settle();
    };
    step();
  }

  /** Who takes hold of the picture has it. */
  stop() {
    cancelAnimationFrame(this.moving);
    this.moving = null;
  }

  recolour() {
    this.colours = readColours(this.graph.kinds.map(({ kind }) => kind));
    this.edges.clear();
    this.refresh();
  }

  /** Settle once the picture stands still; `moved` says that the reader moved it. */
  refreshLater(moved = false) {
    clearTimeout(this.timer);
    this.moved ||= moved;
    this.timer = setTimeout(() => this.moving ?? this.settle(), SETTLED);
  }

  /** Refresh, and keep in the address where the reader has moved the picture. */
  settle() {
    this.refresh();
    if (this.moved) this.events.moved(this.position());
    this.moved = false;
  }

  position() {
    const { x, y } = this.network.getViewPosition();
    return positionOf(x, y, this.network.getScale());
  }

  /** Exchange the living part for that of the present view, and paint the rest. */
  refresh() {
    const view = this.view();
    const nodes = livingNodes(this.graph, view, this.seen);
    const bundles = livingBundles(this.graph, nodes, this.seen);
    this.edges.remove(this.edges.getIds().filter((id) => !bundles.has(id)));
    this.nodes.remove(this.nodes.getIds().filter((id) => !nodes.has(id)));
    this.nodes.add([...nodes].filter((id) => !this.living.has(id)).map((id) => this.liveNode(id)));
    this.living = nodes;
    this.edges.update(this.changedEdges(bundles));
    const painted = { nodes, bundles, seen: this.seen, colours: this.colours, faded: this.seen.near !== null };
    this.backdrop.paint(view, this.network.getScale(), this.ratio(), painted);
    this.network.redraw();
  }

  view() {
    const { clientWidth: width, clientHeight: height } = this.container;
    const start = this.network.DOMtoCanvas({ x: 0, y: 0 });
    const end = this.network.DOMtoCanvas({ x: width, y: height });
    return { left: start.x, top: start.y, right: end.x, bottom: end.y };
  }

  ratio() {
    return window.devicePixelRatio || 1;
  }

  liveNode(id) {
    const { x, y, size } = this.graph.nodes[id];
    return { id, x, y, size };
  }

  changedEdges(bundles) {
    const changed = [];
    for (const id of bundles) {
      const bundle = this.graph.bundles[id];
      const look = this.lookOf(bundle);
      const held = this.edges.get(id);
      if (held && held.look === look) continue;
      // Hundreds of arrowheads are noise; direction matters once something is chosen.
      const arrows =
        look === "near" ? [bundle.forward && "to", bundle.backward && "from"].filter(Boolean).join(", ") : "";
      const width = Math.min(1 + 0.5 * (bundle.edges.length - 1), 3) * (look === "near" ? 1.6 : 1);
      const shade = { near: this.colours.accent, far: this.colours.edge, plain: this.colours.edge }[look];
      const opacity = { near: 0.9, far: 0.16, plain: 0.9 }[look];
      const color = { color: shade, highlight: shade, hover: this.colours.accent, inherit: false, opacity };
      changed.push({ id, from: bundle.from, to: bundle.to, arrows, width, color, look });
    }
    return changed;
  }

  lookOf({ id, from, to }) {
    const { selected, near, path } = this.seen;
    if (near === null) return "plain";
    if (path ? path.bundles.includes(id) : from === selected || to === selected) return "near";
    return near.has(from) && near.has(to) && !path ? "plain" : "far";
  }

  renderer({ ctx, id, x, y }) {
    const { group, size } = this.graph.nodes[id];
    const drawNode = () => {
      const chosen = this.isChosen(id);
      ctx.globalAlpha = this.isFaded(id) ? 0.22 : 1;
      if (chosen || id === this.hovered) this.ring(ctx, x, y, size, chosen);
      drawShape(ctx, group, x, y, size, {
        fill: this.colours.kinds.get(group),
        line: this.colours.ground,
        lineWidth: 1.2,
      });
      ctx.globalAlpha = 1;
    };
    return { drawNode, nodeDimensions: { width: size * 2, height: size * 2 } };
  }

  isChosen(id) {
    return id === this.seen.selected || id === this.seen.path?.nodes.at(-1);
  }

  isFaded(id) {
    const { near } = this.seen;
    return near !== null && !near.has(id) && id !== this.hovered;
  }

  ring(context, x, y, size, chosen) {
    context.beginPath();
    context.arc(x, y, size * 1.3 + 4, 0, 2 * Math.PI);
    context.lineWidth = chosen ? 3 : 1.5;
    context.strokeStyle = this.colours.accent;
    context.stroke();
  }

  clicked({ nodes, edges, pointer }) {
    if (nodes.length) return this.events.select(nodes[0]);
    const near = nearestNode(this.graph, pointer.canvas, 12 / this.network.getScale(), this.seen);
    if (near !== null) return this.events.select(near);
    return edges.length ? this.events.selectBundle(this.graph.bundles[edges[0]]) : this.events.select(null);
  }

  hover(id) {
    this.hovered = id;
    this.frame.style.cursor = id === null ? "" : "pointer";
    this.network.redraw();
  }

  drawLabels(context) {
    const { clientWidth: width, clientHeight: height } = this.container;
    context.save();
    const ratio = context.canvas.width / width;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.labels.draw(context, { width, height }, this.labelled(width, height));
    context.restore();
  }

  /** What is to be named in the present view, and how. */
  labelled(width, height) {
    const scale = this.network.getScale();
    const origin = this.network.canvasToDOM({ x: 0, y: 0 });
    const place = ({ x, y }) => ({ x: x * scale + origin.x, y: y * scale + origin.y });
    const { selected, near } = this.seen;
    const first = [this.hovered, ...(near === null ? [] : [selected, ...[...near].slice(0, 41)])];
    const ids = new Set([...first.filter((id) => this.living.has(id)), ...this.living]);
    const items = [...ids].map((id, number) => this.label(id, number, place, scale));
    const inView = ({ x, y }) => x > -50 && y > -20 && x < width + 50 && y < height + 20;
    return {
      items: items.filter(inView),
      areas: near === null ? areasInView(this.graph, this.seen, place, scale).filter(inView) : [],
      captions: this.captions(place),
      colours: this.colours,
      first: near === null ? 0 : 30,
    };
  }

  label(id, number, place, scale) {
    const node = this.graph.nodes[id];
    const chosen = this.isChosen(id);
    return {
      id,
      name: node.label,
      ...place(node),
      radius: node.size * scale * (chosen ? 1.3 : 1) + (chosen ? 4 * scale : 0),
      strong: chosen || id === this.hovered || (this.seen.near === null && number < 6),
      faded: this.isFaded(id),
      chosen,
    };
  }

  captions(place) {
    const { selected, path, bundles } = this.seen;
    if (selected === null) return [];
    const own = path ? path.bundles : this.graph.nodes[selected].bundles.filter((number) => bundles[number]);
    return own.slice(0, 80).map((number) => {
      const bundle = this.graph.bundles[number];
      const [a, b] = [place(this.graph.nodes[bundle.from]), place(this.graph.nodes[bundle.to])];
      const room = Math.hypot(a.x - b.x, a.y - b.y) * 0.8;
      return { text: this.events.caption(bundle), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, room };
    });
  }
}

function between(start, end, share) {
  const mix = (a, b) => a + (b - a) * share;
  return {
    position: { x: mix(start.position.x, end.position.x), y: mix(start.position.y, end.position.y) },
    // Scales are factors: half the way is the geometric mean.
    scale: start.scale * (end.scale / start.scale) ** share,
  };
}
