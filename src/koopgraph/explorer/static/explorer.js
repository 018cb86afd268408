// What the reader has chosen, and what is seen because of it: one state that all views show and the address keeps.

import { fragmentOf, REST, stateOf } from "./address.js";
import { Facets } from "./filtering.js";
import { shortestPath } from "./paths.js";
import { neighboursOf } from "./records.js";
import { dayOf } from "./spans.js";

const MOVING = ["view", "entity", "goal", "depth"];
const FILTERS = ["hide", "relation", "theme", "source", "from", "until", "sure"];
/** Everything is at most some steps from everything: more would show it all. */
export const DEEPEST = 3;
export const VIEWS = ["network", "list", "timeline", "map", "reader"];

/** Holds the state and computes what is seen; `show(seen)` is called after each change. */
export class Explorer {
  constructor(graph, languages, ownLanguage) {
    Object.assign(this, { graph, languages, ownLanguage, show: () => {}, kept: null });
    this.state = { ...REST };
    this.see();
  }

  /** What the filters need, gathered when they are first used: the picture need not wait for it. */
  get facets() {
    return (this.gathered ??= new Facets(this.graph));
  }

  get language() {
    return this.state.lang ?? this.ownLanguage;
  }

  get selected() {
    return this.graph.byIri.get(this.state.entity) ?? null;
  }

  get goal() {
    return this.graph.byIri.get(this.state.goal) ?? null;
  }

  get article() {
    const number = this.graph.articles.findIndex(({ source }) => source === this.state.article);
    return number < 0 ? null : number;
  }

  /** Whether any filter is set. */
  get filtered() {
    return FILTERS.some((name) => !atRest(name, this.state[name]));
  }

  /** Change some fields; a step that readers may want to take back gets an entry in the history. */
  change(fields, { step = false, still = false } = {}) {
    const before = this.selected;
    // What moves the picture by itself makes an end of where the reader had moved it.
    if (!still && MOVING.some((name) => name in fields && fields[name] !== this.state[name])) this.state.pos = REST.pos;
    Object.assign(this.state, fields);
    if (this.selected === null) Object.assign(this.state, { entity: null, goal: null, depth: 0 });
    this.see();
    if (this.selected !== null && !this.seen.nodes[this.selected]) this.settle(before);
    this.show(this.seen);
    this.keepAddress(step);
  }

  /** What was just chosen is shown, whatever the filters; what was chosen before gives way to them. */
  settle(before) {
    if (this.selected !== before) this.state = { ...this.state, ...restOf(FILTERS) };
    else Object.assign(this.state, { entity: null, goal: null, depth: 0 });
    this.see();
  }

  /** Choose a thing, or nothing; `still` where it was chosen in the picture, which then does not move. */
  select(id, still = false) {
    const entity = id === null ? null : this.graph.nodes[id].iri;
    this.change({ entity, goal: null, depth: entity === null ? 0 : this.state.depth }, { step: true, still });
  }

  /** Show an article in the reader, at an offset in its text. */
  open(article, at = null) {
    this.change({ view: "reader", article: this.graph.articles[article].source, at }, { step: true });
  }

  time(from, until) {
    this.change({ from, until });
  }

  reset() {
    this.change(restOf([...FILTERS, "depth", "goal"]));
  }

  /** Remember what the picture shows; nothing else changes. */
  moved(pos) {
    this.state.pos = pos;
    this.keepAddress(false);
  }

  see() {
    const { graph, state, selected, goal } = this;
    const key = JSON.stringify([...FILTERS.map((name) => state[name]), state.depth > 0 ? [state.depth, selected] : 0]);
    if (key !== this.key) {
      this.key = key;
      const open = !this.filtered && !(state.depth > 0 && selected !== null);
      this.passing = open ? everything(graph) : this.facets.apply(state, selected);
      this.passing.bundles = bundlesOf(graph, this.passing.edges);
    }
    const path = goal === null ? null : shortestPath(graph, selected, goal, this.passing.edges);
    const near = path ? new Set(path.nodes) : selected === null ? null : this.around(selected);
    this.seen = { ...this.passing, selected, near, path, depth: state.depth, from: state.from, to: state.until };
  }

  /** The selection's neighbours; where its surroundings alone are seen, all of these. */
  around(id) {
    const near = this.state.depth > 0 ? this.passing.ids : neighboursOf(this.graph, id, this.passing.bundles);
    return new Set([id, ...near]);
  }

  /** How many things each choice of each filter would show. */
  counts() {
    return this.passing.counts ?? this.facets.apply(this.state, this.selected).counts;
  }

  fragment() {
    const { lang } = this.state;
    return fragmentOf({ ...this.state, lang: lang === this.ownLanguage ? null : lang });
  }

  keepAddress(step) {
    const fragment = this.fragment();
    if (fragment === (location.hash || "#")) return;
    try {
      if (step) history.pushState(null, "", fragment);
      else history.replaceState(null, "", fragment);
    } catch {
      // A page shown inside another one may have no address of its own; nothing is lost but the link.
    }
  }

  /** Show what the address says; unknown things, articles, views and languages are passed over. */
  reopen() {
    if ((location.hash || "#") === this.fragment()) return;
    const wanted = stateOf(location.hash);
    if (!VIEWS.includes(wanted.view)) wanted.view = REST.view;
    if (!this.languages.includes(wanted.lang)) wanted.lang = null;
    if (!["things", "statements"].includes(wanted.table)) wanted.table = REST.table;
    for (const end of ["from", "until"]) if (Number.isNaN(dayOf(wanted[end]))) wanted[end] = REST[end];
    wanted.depth = Math.min(Math.trunc(wanted.depth), DEEPEST);
    wanted.sure = Math.min(wanted.sure, 1);
    this.state = { ...REST };
    this.see();
    Object.assign(this.state, wanted);
    const known = this.selected !== null;
    if (!known) Object.assign(this.state, { entity: null, goal: null, depth: 0 });
    this.see();
    if (known && !this.seen.nodes[this.selected]) this.settle(null);
    this.show(this.seen, { reopened: true });
  }
}

function atRest(name, value) {
  return Array.isArray(REST[name]) ? value.length === 0 : value === REST[name];
}

function restOf(names) {
  return Object.fromEntries(names.map((name) => [name, REST[name]]));
}

function everything(graph) {
  const all = (items) => new Uint8Array(items.length).fill(1);
  return { nodes: all(graph.nodes), edges: all(graph.edges), articles: all(graph.articles), ids: graph.order };
}

function bundlesOf(graph, edges) {
  return Uint8Array.from(graph.bundles, (bundle) => (bundle.edges.some((number) => edges[number]) ? 1 : 0));
}
