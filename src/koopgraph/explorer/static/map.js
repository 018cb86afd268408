// The map view: coasts and borders of its own, places sized by what is joined with them, no tiles.

import { positionOf } from "./address.js";
import { CanvasView } from "./canvasview.js";
import { element } from "./elements.js";
import { Labels } from "./labelling.js";
import { drawLand, drawScale } from "./ground.js";
import { latitudeOf, project, viewOf } from "./mercator.js";
import { unpacked } from "./outlines.js";
import { drawShape, readColours } from "./shapes.js";
import { clustersOf, sitesOf, tiesOf } from "./sites.js";

/** Pixels to the side of the plane: beyond this the coasts show their corners. */
const CLOSEST = 260_000;
const FARTHEST = 250;
/** As near as a single place is shown at first: with its surroundings, some 400 kilometres across. */
const REGION = 60_000;

/** Draws the passing places; `outlines` gives the packed coasts and borders. */
export class MapView extends CanvasView {
  constructor(place, graph, words, act, outlines) {
    super();
    Object.assign(this, { place, graph, words, act, outlines, view: null, labels: new Labels(), hovered: null });
  }

  show(seen) {
    if (!this.canvas) this.build();
    const changed = seen.nodes !== this.seen?.nodes || seen.bundles !== this.seen?.bundles;
    const chosen = seen.selected !== this.seen?.selected;
    this.seen = seen;
    if (changed || !this.sites) Object.assign(this, sitesOf(this.graph, seen));
    this.colours = readColours(this.graph.kinds.map(({ kind }) => kind));
    for (const name of ["sea", "land", "border"])
      this.colours[name] = getComputedStyle(this.place).getPropertyValue(`--${name}`).trim();
    this.say();
    const first = !this.view && this.resize();
    if (first) this.fit();
    const reopened = this.view && this.reopen();
    const elsewhere = chosen && seen.selected !== null && !this.act.chosenHere();
    if (this.view && elsewhere && !reopened) this.follow(first);
    this.settle();
  }

  build() {
    this.ground = unpacked(this.outlines());
    this.list = element("div", { class: "crowd", hidden: true });
    this.note = element("p", { class: "note below" });
    this.empty = element("p", { class: "hint" });
    this.layOut(this.list, this.empty, this.note);
  }

  say() {
    const { words } = this;
    this.name(words.say("map.name"));
    const where = { count: words.number(this.nowhere) };
    this.note.textContent = [this.nowhere ? words.say("map.nowhere", where) : "", "Natural Earth"]
      .filter(Boolean)
      .join(" · ");
    this.empty.hidden = this.sites.length > 0;
    this.empty.textContent = words.say("map.empty");
  }

  fit() {
    const points = this.sites.length ? this.sites : [project([5, 44]), project([16, 55])];
    this.view = viewOf(points, this.size, { closest: REGION });
  }

  /** Bring the places of what was chosen elsewhere into view, unless they are; at first they are what the map opens on. */
  follow(first) {
    const { selected, near } = this.seen;
    const own = this.sites.filter(({ id, tied }) => id === selected || tied.includes(selected));
    const points = own.length ? own : this.sites.filter(({ id }) => near.has(id));
    const { width, height } = this.size;
    const inView = (site) => {
      const { x, y } = this.at(site);
      return x > 30 && y > 30 && x < width - 30 && y < height - 30;
    };
    if (points.length && (first || !points.every(inView)))
      this.view = viewOf(points, this.size, {
        closest: first ? REGION : Math.max(this.view.scale, REGION),
        margin: 90,
      });
  }

  position() {
    const { x, y, scale } = this.view;
    return positionOf(x * 360 - 180, latitudeOf(y), scale);
  }

  viewAt(longitude, latitude, scale) {
    return { ...project([longitude, latitude]), scale: Math.max(FARTHEST, Math.min(CLOSEST, scale)) };
  }

  pan(dx, dy) {
    this.view.x -= dx / this.view.scale;
    this.view.y = Math.max(0, Math.min(1, this.view.y - dy / this.view.scale));
    this.draw();
  }

  zoom(factor, x = this.size.width / 2, y = this.size.height / 2) {
    const { view, size } = this;
    const scale = Math.max(FARTHEST, Math.min(CLOSEST, view.scale * factor));
    const [dx, dy] = [x - size.width / 2, y - size.height / 2];
    view.x += dx / view.scale - dx / scale;
    view.y += dy / view.scale - dy / scale;
    view.scale = scale;
    this.draw();
  }

  hover(x, y) {
    const cluster = this.clusterAt(x, y);
    this.canvas.style.cursor = cluster ? "pointer" : "";
    const hovered = cluster?.lead.id ?? null;
    if (hovered === this.hovered) return;
    this.hovered = hovered;
    this.draw();
  }

  tap(x, y) {
    const cluster = this.clusterAt(x, y);
    if (cluster) this.choose(cluster);
    else {
      this.list.hidden = true;
      this.act.select(null);
    }
  }

  choose({ lead, members }) {
    this.list.hidden = members.length < 2;
    const rows = members.map(({ id }) => {
      const { label } = this.graph.nodes[id];
      return element("button", { type: "button", on: { click: () => this.act.select(id) } }, label);
    });
    const close = element(
      "button",
      {
        type: "button",
        class: "close",
        "aria-label": this.words.say("details.close"),
        on: { click: () => (this.list.hidden = true) },
      },
      "×",
    );
    const count = this.words.say("map.crowd", { count: this.words.number(members.length) });
    this.list.replaceChildren(element("p", { class: "note" }, count, close), ...rows);
    this.act.select(lead.id);
  }

  clusterAt(x, y) {
    return this.clusters?.find(
      (cluster) => Math.hypot(cluster.x - x, cluster.y - y) <= Math.max(cluster.radius, 8) + 3,
    );
  }

  at({ x, y }) {
    const { view, size } = this;
    return { x: (x - view.x) * view.scale + size.width / 2, y: (y - view.y) * view.scale + size.height / 2 };
  }

  /** After a movement: draw, and put what the keyboard reaches where it stands. */
  settle() {
    if (!this.view || !this.resize()) return;
    this.draw();
    const inside = ({ x, y }) => x > 0 && y > 0 && x < this.size.width && y < this.size.height;
    const spots = this.clusters.filter(inside).map((cluster) => this.spot(cluster));
    this.spots.show(spots, this.words.say("map.spots"));
  }

  spot(cluster) {
    const { x, y, radius, lead } = cluster;
    const name = this.words.say("map.spot", { name: this.nameOf(cluster), count: this.words.number(lead.tied.length) });
    const side = 2 * radius;
    return { id: lead.id, name, x, y, width: side, height: side, choose: () => this.choose(cluster) };
  }

  nameOf({ lead, members }) {
    const { label } = this.graph.nodes[lead.id];
    return members.length > 1 ? `${label} +${this.words.number(members.length - 1)}` : label;
  }

  drawOn(context) {
    const { size, colours, seen } = this;
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, size.width, size.height);
    drawLand(context, this.ground, (point) => this.at(point), size, colours);
    const first = seen.selected === null ? new Set() : seen.near;
    this.clusters = clustersOf(this.sites, (site) => this.at(site), size, first);
    this.drawTies(context);
    // The small over the large, so that each can be hit.
    for (const cluster of this.clusters.toReversed().sort((a, b) => b.radius - a.radius))
      this.drawCluster(context, cluster);
    this.drawNames(context);
    drawScale(context, this.view, size, colours, this.words);
  }

  drawTies(context) {
    const ties = tiesOf(this.graph, this.seen, this.sites);
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 1.6;
    context.beginPath();
    for (const [one, other] of ties) {
      const [a, b] = [this.at(one), this.at(other)];
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    }
    if (ties.length) context.stroke();
  }

  isNear({ members }) {
    const { selected, near } = this.seen;
    return selected === null || members.some(({ id, tied }) => near.has(id) || tied.includes(selected));
  }

  drawCluster(context, cluster) {
    const { lead, x, y, radius, members } = cluster;
    const { colours, seen } = this;
    const { group } = this.graph.nodes[lead.id];
    const chosen = members.some(({ id }) => id === seen.selected);
    context.globalAlpha = this.isNear(cluster) ? 1 : 0.3;
    const fill = { fill: colours.kinds.get(group), line: colours.land, lineWidth: 1.2 };
    if (members.length > 1) {
      context.globalAlpha *= 0.35;
      drawShape(context, group, x, y, radius + 3, { fill: fill.fill });
      context.globalAlpha = this.isNear(cluster) ? 1 : 0.3;
    }
    drawShape(context, group, x, y, members.length > 1 ? radius * 0.75 : radius, fill);
    context.globalAlpha = 1;
    if (!chosen && lead.id !== this.hovered) return;
    context.beginPath();
    context.arc(x, y, radius + 5, 0, 2 * Math.PI);
    context.lineWidth = chosen ? 3 : 1.5;
    context.strokeStyle = colours.accent;
    context.stroke();
  }

  drawNames(context) {
    const { colours, seen } = this;
    const items = this.clusters.map((cluster, number) => ({
      name: this.nameOf(cluster),
      x: cluster.x,
      y: cluster.y,
      radius: cluster.radius,
      strong:
        cluster.lead.id === seen.selected || cluster.lead.id === this.hovered || (seen.selected === null && number < 4),
      faded: !this.isNear(cluster),
      chosen: cluster.lead.id === seen.selected,
    }));
    items.sort((a, b) => a.faded - b.faded);
    this.labels.draw(context, this.size, {
      items,
      areas: [],
      captions: [],
      colours: { ...colours, ground: colours.land },
      first: 0,
    });
  }
}
