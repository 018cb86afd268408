// The graph as the page holds it: entities, statements, and who is joined with whom.

/** Unpack a table of columns ({ all }, { values, at } or { each }) into rows. */
export function rowsOf({ count, columns }) {
  const cells = Object.entries(columns).map(([name, column]) => [name, reader(column)]);
  return Array.from({ length: count }, (_, number) =>
    Object.fromEntries(cells.map(([name, read]) => [name, read(number)])),
  );
}

function reader({ all, values, at, each }) {
  if (each) return (number) => each[number];
  return values ? (number) => values[at[number]] : () => all;
}

/**
 * Put the parts together. Each node gets `links` (numbers of its edges) and `bundles`; a bundle is all
 * edges between two nodes, drawn as one line. `order` lists the nodes, most central first. `readTexts` gives the
 * held texts by the number of their article; it is asked when the first is needed.
 */
export function graphOf(nodes, edges, { base, articles, passages, themes }, readTexts = () => ({})) {
  const graph = { base, articles, themes, nodes, edges, passages: rowsOf(passages), bundles: [], byIri: new Map() };
  graph.texts = once(readTexts);
  graph.named = once(() => namedIn(graph));
  for (const node of nodes) {
    Object.assign(node, { links: [], bundles: [], authored: [] });
    graph.byIri.set(node.iri, node.id);
  }
  const pairs = new Map();
  edges.forEach((edge, number) => {
    nodes[edge.from].links.push(number);
    if (edge.to === edge.from) return;
    nodes[edge.to].links.push(number);
    const key = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    if (!pairs.has(key)) pairs.set(key, newBundle(graph, edge));
    const bundle = graph.bundles[pairs.get(key)];
    bundle.edges.push(number);
    if (edge.arrows) bundle[edge.from === bundle.from ? "forward" : "backward"] = true;
  });
  articles.forEach((article, number) => article.authors.forEach((id) => nodes[id].authored.push(number)));
  graph.order = nodes.map((node) => node.id).sort((a, b) => nodes[b].size - nodes[a].size || a - b);
  graph.kinds = kindsOf(nodes);
  return graph;
}

function once(make) {
  let made = null;
  return () => (made ??= make());
}

/** The text of an article, or null where the page does not hold it. */
export function textOf(graph, article) {
  const texts = graph.texts();
  return Object.hasOwn(texts, article) ? texts[article] : null;
}

/** The sentence of a passage: its own, or a piece of the held text. */
export function sentenceOf(graph, { article, begin, length, sentence }) {
  return sentence || (textOf(graph, article)?.slice(begin, begin + length) ?? "");
}

/** For each article the nodes that its passages name, most central first; statements name both their ends. */
function namedIn(graph) {
  const named = graph.articles.map(() => new Set());
  const add = (id, passages) => {
    for (const number of passages) named[graph.passages[number].article]?.add(id);
  };
  for (const id of graph.order) {
    add(id, graph.nodes[id].mentions);
    for (const [, , , , evidence] of graph.nodes[id].values) add(id, evidence);
    for (const link of graph.nodes[id].links) add(id, graph.edges[link].evidence);
  }
  return named.map((ids) => [...ids]);
}

function newBundle(graph, { from, to }) {
  const id = graph.bundles.length;
  graph.bundles.push({ id, from, to, edges: [], forward: false, backward: false });
  graph.nodes[from].bundles.push(id);
  graph.nodes[to].bundles.push(id);
  return id;
}

function kindsOf(nodes) {
  const counts = new Map();
  for (const { group } of nodes) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

/** The nodes that share a statement with `id`, each once, most central first; `open` may tell which bundles count. */
export function neighboursOf(graph, id, open = null) {
  const bundles = graph.nodes[id].bundles.filter((number) => open === null || open[number]);
  const others = bundles.map((number) => {
    const { from, to } = graph.bundles[number];
    return from === id ? to : from;
  });
  return others.sort((a, b) => graph.nodes[b].size - graph.nodes[a].size || a - b);
}
