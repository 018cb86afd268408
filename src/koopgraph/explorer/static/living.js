// Which part of a large graph vis-network holds: what is in view and most central, and the selection's neighbours.

import { neighboursOf } from "./records.js";

/** More live nodes than this make dragging stutter on a slow machine. */
export const MOST_NODES = 1500;
export const MOST_BUNDLES = 4000;

/**
 * Choose the nodes to hold: the selection with its neighbours, then the most central ones inside `view`
 * ({ left, top, right, bottom }, in the graph's own coordinates). Hidden classes stay away. Returns a Set.
 */
export function livingNodes(graph, view, { selected, hidden }, most = MOST_NODES) {
  const living = new Set();
  const shown = (id) => !hidden.has(graph.nodes[id].group);
  if (selected !== null) {
    living.add(selected);
    for (const id of neighboursOf(graph, selected)) {
      if (living.size >= most / 2) break;
      if (shown(id)) living.add(id);
    }
  }
  for (const id of graph.order) {
    if (living.size >= most) break;
    if (shown(id) && inside(graph.nodes[id], view)) living.add(id);
  }
  return living;
}

/** Choose the bundles to hold: between two living nodes, those of the more central nodes first. Returns a Set. */
export function livingBundles(graph, living, { selected }, most = MOST_BUNDLES) {
  const bundles = new Set();
  const first = selected === null ? [] : [selected];
  for (const id of [...first, ...living]) {
    for (const number of graph.nodes[id].bundles) {
      if (bundles.size >= most) return bundles;
      const { from, to } = graph.bundles[number];
      if (living.has(from) && living.has(to)) bundles.add(number);
    }
  }
  return bundles;
}

/** The node nearest to a point and at most `reach` away, or null. */
export function nearestNode(graph, { x, y }, reach, { hidden }) {
  let best = null;
  let least = reach * reach;
  for (const node of graph.nodes) {
    const distance = (node.x - x) ** 2 + (node.y - y) ** 2;
    if (distance <= least && !hidden.has(node.group)) [best, least] = [node.id, distance];
  }
  return best;
}

function inside({ x, y }, { left, top, right, bottom }) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** The smallest rectangle around all nodes whose class is not hidden; null where there is none. */
export function extentOf(graph, hidden) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y, size, group } of graph.nodes) {
    if (hidden.has(group)) continue;
    box.left = Math.min(box.left, x - size);
    box.right = Math.max(box.right, x + size);
    box.top = Math.min(box.top, y - size);
    box.bottom = Math.max(box.bottom, y + size);
  }
  return box.left <= box.right ? box : null;
}
