// Finding entities by any of their names.

import { fold } from "./folding.js";

const EXACT = 0;
const START = 1;
const WORD = 2;
const INSIDE = 3;

/** Prepare the names of all nodes for `findNames`. */
export function nameIndex(nodes) {
  return nodes.map((node) => [node.label, ...node.names].map((name) => ({ name, folded: fold(name) })));
}

/**
 * Find the nodes that a query names: exact names first, then beginnings, beginnings of words, and anything inside;
 * among equals the earlier in `order` (most central first). Returns at most `limit` of { id, name }, where `name` is
 * the label if that holds the query too.
 */
export function findNames(index, order, query, limit = 12) {
  const wanted = fold(query);
  if (!wanted) return [];
  const found = [[], [], [], []];
  for (const id of order) {
    let best = null;
    for (const { name, folded } of index[id]) {
      const rank = rankOf(folded, wanted);
      if (rank !== null && (best === null || rank < best.rank)) best = { rank, name };
    }
    if (best) found[best.rank].push({ id, name: index[id][0].folded.includes(wanted) ? index[id][0].name : best.name });
  }
  return found.flat().slice(0, limit);
}

function rankOf(folded, wanted) {
  const at = folded.indexOf(wanted);
  if (at < 0) return null;
  if (at === 0) return folded.length === wanted.length ? EXACT : START;
  return folded.includes(` ${wanted}`) ? WORD : INSIDE;
}
