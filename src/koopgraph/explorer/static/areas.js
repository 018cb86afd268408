// Communities by name: what a region of the network is about, for who sees it from afar.

/** What the layout leaves between neighbours in a large graph, in its own units. */
const SPACING = 40;
/** A community is named once its members stand closer than this on the screen: names of their own would not fit. */
const CROWDED = 16;
/** A region narrower than this (pixels) is named after one thing, a wider one after two. */
const ROOMY = 80;
/** Smaller communities are no region. */
const LEAST = 12;

/**
 * The communities that are to be named at a scale: [{ name, named, x, y, reach }] in pixels, largest first. `place` maps a
 * node to the screen. A community is called after its most central members that pass (`named`).
 */
export function areasInView(graph, seen, place, scale) {
  if (SPACING * scale > CROWDED || !seen.ids.length) return [];
  const areas = new Map();
  for (const id of seen.ids) {
    const { community, x, y } = graph.nodes[id];
    if (community < 0) continue;
    if (!areas.has(community)) areas.set(community, { ids: [], x: 0, y: 0 });
    const area = areas.get(community);
    area.ids.push(id);
    area.x += x;
    area.y += y;
  }
  return [...areas.values()]
    .filter(({ ids }) => ids.length >= LEAST)
    .sort((a, b) => b.ids.length - a.ids.length)
    .map(({ ids, x, y }) => {
      const reach = Math.sqrt(ids.length) * SPACING * scale;
      const named = ids.slice(0, reach < ROOMY ? 1 : 2);
      const name = named.map((id) => graph.nodes[id].label).join(" · ");
      return { name, named, ...place({ x: x / ids.length, y: y / ids.length }), reach };
    });
}
