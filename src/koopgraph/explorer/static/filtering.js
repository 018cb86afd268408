// Which things and statements pass the filters, and how many would pass each choice.

import { within } from "./paths.js";
import { dayOf, spanOf } from "./spans.js";

/** What keeps a thing or a statement out, as bits: so a choice can be counted as if its own filter were open. */
const CLASS = 1;
const TIME = 2;
const THEME = 4;
const RELATION = 8;
const SURE = 16;
const SOURCE = 32;

/** What the filters need of a graph again and again, gathered once. */
export class Facets {
  constructor(graph) {
    this.graph = graph;
    this.sourceOf = graph.articles.map(sourceName);
    this.days = graph.articles.map(({ issued }) => (issued ? spanOf(issued) : null));
    this.spans = graph.nodes.map(({ values }) => spansOf(values));
    this.themes = graph.nodes.map(({ values }) => values.filter(([name]) => name === "theme").map(([, text]) => text));
    this.articles = articlesOf(graph);
    this.sources = tally(this.sourceOf);
  }

  /**
   * Apply the fields `hide`, `relation`, `theme`, `source`, `from`, `until` and `sure` of a state, and around `selected`
   * its `depth`. Returns { nodes, edges, articles (Uint8Arrays of 0 and 1), ids (the passing nodes, most central first),
   * counts }.
   */
  apply(state, selected = null) {
    const { graph } = this;
    const wanted = chosen(state);
    const nodeFails = graph.nodes.map((node, id) => this.nodeFails(node, id, wanted));
    const ownFails = graph.edges.map((edge) =>
      this.statementFails(edge.relation, edge.confidence, edge.evidence, wanted),
    );
    this.addStatements(nodeFails, ownFails, wanted);
    const nodes = Uint8Array.from(nodeFails, (fails) => (fails === 0 ? 1 : 0));
    const passes = ({ from, to }, number) => (ownFails[number] === 0 && nodes[from] && nodes[to] ? 1 : 0);
    const edges = Uint8Array.from(graph.edges, passes);
    if (selected !== null && state.depth > 0) this.narrow(nodes, edges, selected, state.depth);
    const articles = Uint8Array.from(graph.articles, (_, number) => (this.articleFails(number, wanted) ? 0 : 1));
    const counts = this.counts(nodeFails, ownFails, wanted);
    return { nodes, edges, articles, ids: graph.order.filter((id) => nodes[id]), counts };
  }

  nodeFails({ group }, id, wanted) {
    const themes = this.themes[id];
    return (
      (wanted.hide.has(group) ? CLASS : 0) |
      (wanted.timed && !this.inTime(id, wanted) ? TIME : 0) |
      (wanted.theme.size && !themes.some((theme) => wanted.theme.has(theme)) ? THEME : 0)
    );
  }

  /** A thing with dates is in time by these, any other by the articles that name it. */
  inTime(id, wanted) {
    const own = this.spans[id];
    return own.length
      ? own.some((span) => overlaps(span, wanted))
      : this.articles[id].some((number) => overlaps(this.days[number], wanted));
  }

  statementFails(relation, confidence, evidence, wanted) {
    const cited = (number) => wanted.source.has(this.sourceOf[this.graph.passages[number].article]);
    return (
      (wanted.relation.size && !wanted.relation.has(relation) ? RELATION : 0) |
      (confidence < wanted.sure ? SURE : 0) |
      (wanted.source.size && !evidence.some(cited) ? SOURCE : 0)
    );
  }

  /** Let a thing fail as its best statement does, and a theme reach the things that its own are joined with. */
  addStatements(nodeFails, ownFails, wanted) {
    const { nodes, edges } = this.graph;
    if (wanted.theme.size) {
      const near = edges.flatMap(({ from, to }) => [
        ...(nodeFails[from] & THEME ? [] : [to]),
        ...(nodeFails[to] & THEME ? [] : [from]),
      ]);
      for (const id of near) nodeFails[id] &= ~THEME;
    }
    if (!wanted.relation.size && !wanted.source.size && wanted.sure <= 0) return;
    nodes.forEach((node, id) => {
      nodeFails[id] |= this.bestStatement(node, id, ownFails, wanted);
    });
  }

  bestStatement({ links, values }, id, ownFails, wanted) {
    const fails = links.map((number) => ownFails[number]);
    for (const [relation, , confidence, , evidence] of values)
      fails.push(this.statementFails(relation, confidence, evidence, wanted));
    // Being named is no statement: it counts for sources, and for what has no statement at all.
    if (!fails.length || (!wanted.relation.size && wanted.sure <= 0)) {
      const cited = !wanted.source.size || this.articles[id].some((number) => wanted.source.has(this.sourceOf[number]));
      fails.push((cited ? 0 : SOURCE) | (wanted.relation.size ? RELATION : 0));
    }
    return fails.reduce((best, fail) => (bits(fail) < bits(best) ? fail : best));
  }

  narrow(nodes, edges, selected, depth) {
    const near = within(this.graph, selected, depth, edges);
    nodes.forEach((_, id) => {
      if (!near.has(id)) nodes[id] = 0;
    });
    this.graph.edges.forEach(({ from, to }, number) => {
      if (!nodes[from] || !nodes[to]) edges[number] = 0;
    });
  }

  articleFails(number, wanted) {
    return (
      (wanted.source.size > 0 && !wanted.source.has(this.sourceOf[number])) ||
      (wanted.timed && !overlaps(this.days[number], wanted))
    );
  }

  /** For each choice of each filter the number of what it would show if that filter alone were open. */
  counts(nodeFails, ownFails, wanted) {
    const { nodes, edges } = this.graph;
    const counts = { class: new Map(), relation: new Map(), theme: new Map(), source: new Map() };
    const add = (name, key) => counts[name].set(key, (counts[name].get(key) ?? 0) + 1);
    nodes.forEach(({ group, values }, id) => {
      const fails = nodeFails[id];
      if ((fails & ~CLASS) === 0) add("class", group);
      if ((fails & ~THEME) === 0) for (const theme of this.themes[id]) add("theme", theme);
      if ((fails & ~RELATION) !== 0) return;
      for (const [relation, , confidence, , evidence] of values)
        if ((this.statementFails(relation, confidence, evidence, wanted) & ~RELATION) === 0) add("relation", relation);
    });
    edges.forEach(({ from, to, relation }, number) => {
      if (((ownFails[number] | nodeFails[from] | nodeFails[to]) & ~RELATION) === 0) add("relation", relation);
    });
    this.sourceOf.forEach((source, number) => {
      if (!wanted.timed || overlaps(this.days[number], wanted)) add("source", source);
    });
    return counts;
  }
}

function chosen({ hide, relation, theme, source, from, until, sure }) {
  const [start, end] = [from ? dayOf(from) : -Infinity, until ? dayOf(until) : Infinity];
  return {
    hide: new Set(hide),
    relation: new Set(relation),
    theme: new Set(theme),
    source: new Set(source),
    sure,
    from: start,
    to: end,
    timed: Boolean(from || until),
  };
}

function overlaps(span, { from, to }) {
  return span !== null && span.from <= to && span.to >= from;
}

function spansOf(values) {
  return values.flatMap(([relation, text]) => (relation === "date" ? [spanOf(text)].filter(Boolean) : []));
}

/** Who published an article: the publisher, or else the site of its address; '' where neither is known. */
export function sourceName({ publisher, url }) {
  if (publisher) return publisher;
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
}

function articlesOf(graph) {
  const articles = graph.nodes.map(() => []);
  graph.named().forEach((ids, number) => {
    for (const id of ids) articles[id].push(number);
  });
  return articles;
}

function tally(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.keys()].sort(
    (a, b) => (a === "") - (b === "") || counts.get(b) - counts.get(a) || (a < b ? -1 : 1),
  );
}

function bits(fails) {
  let count = 0;
  for (let rest = fails; rest; rest &= rest - 1) count += 1;
  return count;
}
