// Which part of a large graph vis-network holds: what is in view and most central, and the selection's neighbours.

import { neighboursOf } from "./records.js";

/** More live nodes than this make dragging stutter on a slow machine. */
export const MOST_NODES = 1500;
export const MOST_BUNDLES = 4000;

/**
 * Choose the nodes to hold: the selection with its neighbours, then the most central ones inside `view`
 * ({ left, top, right, bottom }, in the graph's own coordinates). Only what passes (1 in `nodes`) lives. Returns a Set.
 */
export function livingNodes(graph, view, { selected, nodes }, most = MOST_NODES) {
  const living = new Set();
  if (selected !== null) {
    living.add(selected);
    for (const id of neighboursOf(graph, selected)) {
      if (living.size >= most / 2) break;
      if (nodes[id]) living.add(id);
    }
  }
  for (const id of graph.order) {
    if (living.size >= most) break;
    if (nodes[id] && inside(graph.nodes[id], view)) living.add(id);
  }
  return living;
}

/** Choose the passing bundles to hold: between two living nodes, those of the more central first. Returns a Set. */
export function livingBundles(graph, living, { selected, bundles: passing }, most = MOST_BUNDLES) {
  const bundles = new Set();
  const first = selected === null ? [] : [selected];
  for (const id of [...first, ...living]) {
    for (const number of graph.nodes[id].bundles) {
      if (bundles.size >= most) return bundles;
      const { from, to } = graph.bundles[number];
      if (passing[number] && living.has(from) && living.has(to)) bundles.add(number);
    }
  }
  return bundles;
}

/** The passing node nearest to a point and at most `reach` away, or null. */
export function nearestNode(graph, { x, y }, reach, { nodes }) {
  let best = null;
  let least = reach * reach;
  for (const node of graph.nodes) {
    const distance = (node.x - x) ** 2 + (node.y - y) ** 2;
    if (distance <= least && nodes[node.id]) [best, least] = [node.id, distance];
  }
  return best;
}

function inside({ x, y }, { left, top, right, bottom }) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** The smallest rectangle around these nodes (numbers); null around none. */
export function extentOf(graph, ids) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const id of ids) {
    const { x, y, size } = graph.nodes[id];
    box.left = Math.min(box.left, x - size);
    box.right = Math.max(box.right, x + size);
    box.top = Math.min(box.top, y - size);
    box.bottom = Math.max(box.bottom, y + size);
  }
  return box.left <= box.right ? box : null;
}
