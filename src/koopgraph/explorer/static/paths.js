// Ways through the network: what lies within some steps of a thing, and the shortest way between two.

/** The nodes within `depth` steps of `start`, over edges whose number `open` allows (1 in a Uint8Array). Returns a Set. */
export function within(graph, start, depth, open) {
  const reached = new Set([start]);
  let rim = [start];
  for (let step = 0; step < depth && rim.length; step += 1) {
    const next = [];
    for (const id of rim) {
      for (const [other] of steps(graph, id, open)) {
        if (reached.has(other)) continue;
        reached.add(other);
        next.push(other);
      }
    }
    rim = next;
  }
  return reached;
}

/**
 * A shortest way from one node to another, whatever the direction of statements: { nodes, bundles } from start to end,
 * or null where there is none. Among ways of the same length the one over the least connected things wins: that two
 * people know each other through a small project says more than that both live in Berlin.
 */
export function shortestPath(graph, start, goal, open) {
  const before = new Map([[start, null]]);
  let rim = [start];
  while (rim.length && !before.has(goal)) {
    rim.sort((a, b) => graph.nodes[a].bundles.length - graph.nodes[b].bundles.length || a - b);
    const next = [];
    for (const id of rim) {
      for (const [other, bundle] of steps(graph, id, open)) {
        if (before.has(other)) continue;
        before.set(other, { id, bundle });
        next.push(other);
      }
    }
    rim = next;
  }
  return before.has(goal) ? walkedBack(before, goal) : null;
}

function walkedBack(before, goal) {
  const path = { nodes: [goal], bundles: [] };
  for (let step = before.get(goal); step; step = before.get(step.id)) {
    path.nodes.unshift(step.id);
    path.bundles.unshift(step.bundle);
  }
  return path;
}

/** Yields [node, bundle] for each neighbour that an open edge leads to. */
function* steps(graph, id, open) {
  for (const number of graph.nodes[id].bundles) {
    const { from, to, edges } = graph.bundles[number];
    if (edges.some((edge) => open[edge])) yield [from === id ? to : from, number];
  }
}
