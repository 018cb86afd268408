// What stands where on the map: places with what is joined with them, and clusters of places that crowd.

import { project } from "./mercator.js";
import { neighboursOf } from "./records.js";

/**
 * The passing nodes that have a place, weightiest first: [{ id, x, y, tied, weight }]. `tied` are the passing nodes without
 * a place of their own that a statement joins with it. Also tells how many things stand nowhere: { sites, nowhere }.
 */
export function sitesOf(graph, seen) {
  const sites = new Map();
  for (const id of seen.ids) {
    const { place } = graph.nodes[id];
    if (place) sites.set(id, { id, ...project(place), tied: [], weight: 1 });
  }
  let nowhere = 0;
  for (const id of seen.ids) {
    if (sites.has(id)) continue;
    const at = neighboursOf(graph, id, seen.bundles).filter((other) => sites.has(other));
    for (const other of at) sites.get(other).tied.push(id);
    if (!at.length) nowhere += 1;
  }
  for (const site of sites.values()) site.weight += site.tied.length;
  return { sites: [...sites.values()].sort((a, b) => b.weight - a.weight || a.id - b.id), nowhere };
}

/** Larger ones would hide their surroundings; what crowds closer than this is one cluster. */
const MOST_RADIUS = 17;
const CROWDED = 15;

/** Radius in pixels of something of this weight: area follows weight. */
export function radiusOf(weight) {
  return Math.min(3 + 1.6 * Math.sqrt(weight), MOST_RADIUS);
}

/**
 * Put sites that would cover each other at a view into clusters, around the weightiest: [{ lead, members, x, y, weight, radius }]
 * in pixels, only those in the box. `place(site)` maps to pixels; `first` (a Set of ids) lead before all others.
 */
export function clustersOf(sites, place, { width, height }, first) {
  const clusters = [];
  const cells = new Map();
  const leading = [...sites.filter(({ id }) => first.has(id)), ...sites.filter(({ id }) => !first.has(id))];
  for (const site of leading) {
    const { x, y } = place(site);
    if (x < -CELL || y < -CELL || x > width + CELL || y > height + CELL) continue;
    const near = nearby(cells, x, y).find((cluster) => Math.hypot(cluster.x - x, cluster.y - y) < CROWDED);
    // What was chosen stands for itself, however crowded it is there.
    if (near && !first.has(site.id)) {
      near.members.push(site);
      near.weight += site.weight;
      near.radius = radiusOf(near.weight);
      continue;
    }
    const cluster = { lead: site, members: [site], x, y, weight: site.weight, radius: radiusOf(site.weight) };
    clusters.push(cluster);
    const key = cellOf(x, y);
    cells.set(key, [...(cells.get(key) ?? []), cluster]);
  }
  return clusters;
}

/** Side of a cell of the grid in pixels: what crowds is in the same cell or in the next. */
const CELL = 28;

function cellOf(x, y) {
  return `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
}

function nearby(cells, x, y) {
  return [-1, 0, 1].flatMap((right) =>
    [-1, 0, 1].flatMap((down) => cells.get(cellOf(x + right * CELL, y + down * CELL)) ?? []),
  );
}

/**
 * The lines that show where a selection is at home: pairs of sites. From a place to the places that it is joined with;
 * between the places of anything else, as the shortest tree that joins them all.
 */
export function tiesOf(graph, seen, sites) {
  if (seen.selected === null) return [];
  const own = sites.find(({ id }) => id === seen.selected);
  const near = sites.filter(
    ({ id, tied }) => id !== seen.selected && (seen.near.has(id) || tied.includes(seen.selected)),
  );
  if (own) return near.filter(({ id }) => seen.near.has(id)).map((site) => [own, site]);
  const ties = [];
  const joined = near.slice(0, 1);
  const open = near.slice(1, 200);
  while (open.length) {
    let best = null;
    for (const one of joined) {
      for (const other of open) {
        const distance = Math.hypot(one.x - other.x, one.y - other.y);
        if (!best || distance < best.distance) best = { one, other, distance };
      }
    }
    ties.push([best.one, best.other]);
    joined.push(best.other);
    open.splice(open.indexOf(best.other), 1);
  }
  return ties;
}
