// Joins the parts: one explorer, whose state every part shows and the address keeps.

import { Details } from "./details.js";
import { Explorer, VIEWS } from "./explorer.js";
import { Filters } from "./filters.js";
import { Finder } from "./finder.js";
import { unfold } from "./folds.js";
import { showLegend } from "./legend.js";
import { ListView } from "./list.js";
import { MapView } from "./map.js";
import { Menu } from "./menu.js";
import { NetworkView } from "./network.js";
import { ReaderView } from "./reader.js";
import { graphOf, rowsOf } from "./records.js";
import { Tabs } from "./tabs.js";
import { TimelineView } from "./timeline.js";
import { Words } from "./words.js";

const part = (id) => document.getElementById(id);
const data = (name) => JSON.parse(part(`${name}-data`).textContent);

const context = data("context");
const graph = graphOf(rowsOf(data("nodes")), rowsOf(data("edges")), context, () => data("texts"));
graph.leftOut = context.left_out;
const words = new Words(data("words"), document.documentElement.lang);
const explorer = new Explorer(graph, Object.keys(words.translations), words.language);
const details = new Details(part("details"), graph, words, explorer, (id) => choose(id));
const filters = new Filters(part("filters"), graph, words, explorer);

/** What views may do; `here` marks a choice made in the picture itself, which then does not move. */
let here = false;
const act = {
  select: (id) => inPlace(() => explorer.select(id, true)),
  selectBundle: (bundle) => inPlace(() => selectBundle(bundle)),
  open: (article, at) => explorer.open(article, at),
  time: (from, until) => explorer.time(from, until),
  change: (fields) => explorer.change(fields, { step: true }),
  caption,
  chosenHere: () => here,
  tabled: () => explorer.state,
  refine: (fields) => explorer.change(fields),
  reading: () => ({ article: explorer.article, at: explorer.state.at }),
  back: () => explorer.change({ view: lastView }, { step: true }),
  moved: (pos) => explorer.moved(pos),
  iri: (id) => details.iriOf(graph.nodes[id]),
};
const made = {
  network: (place) => new NetworkView(place, graph, words, act, data("options")),
  list: (place) => new ListView(place, graph, words, act),
  timeline: (place) => new TimelineView(place, graph, words, act),
  map: (place) => new MapView(place, graph, words, act, () => data("outlines")),
  reader: (place) => new ReaderView(place, graph, words, act),
};
const views = {};
let lastView = "network";

function inPlace(change) {
  here = true;
  change();
  here = false;
}

function choose(id) {
  explorer.select(id);
  if (id !== null) part("chosen")?.focus({ preventScroll: true });
}

function selectBundle(bundle) {
  const { selected } = explorer;
  const kept = selected === bundle.to || selected === bundle.from ? selected : bundle.from;
  explorer.select(kept, true);
  details.point(bundle.edges);
}

function caption(bundle) {
  const shown = bundle.edges.filter((number) => explorer.seen.edges[number]);
  const said = [...new Set(shown.map((number) => words.say(`relation.${graph.edges[number].relation}`)))];
  return said.length > 2 ? `${said[0]} +${said.length - 1}` : said.join(" · ");
}

function showAll(seen, { reopened = false } = {}) {
  const { state, selected } = explorer;
  if (words.language !== explorer.language || reopened) speak();
  document.body.classList.toggle("chosen", selected !== null);
  document.body.dataset.view = state.view;
  if (state.view !== "reader") lastView = state.view;
  tabs.show(state.view);
  // Before the picture, which would otherwise lose room to it and change its scale.
  showLegend(part("legend"), graph, words, state.hide, (hide) => explorer.change({ hide }));
  showView(seen);
  if (selected === null) details.welcome();
  else details.show(selected);
  showFilters();
  announce(seen);
}

function showView(seen) {
  const { view } = explorer.state;
  views[view] ??= made[view](part(`view-${view}`));
  views[view].show(seen);
  menu.show(views[view]);
}

/** The filters need facts that take a while to gather in a large graph: the picture comes first. */
let waiting = null;
function showFilters() {
  clearTimeout(waiting);
  if (filters.shown) filters.show();
  else waiting = setTimeout(() => readyFilters(), 0);
}

function readyFilters() {
  filters.show();
  filters.shown = true;
  performance.mark("koopgraph:ready");
}

function announce({ ids }) {
  const { selected, filtered } = explorer;
  part("filter-toggle").classList.toggle("active", filtered);
  part("counts").textContent = counted(ids.length);
  if (selected === null) return;
  const { label, group, links, values } = graph.nodes[selected];
  const count = words.number(links.length + values.length);
  part("status").textContent = words.say("details.chosen", { name: label, kind: words.say(`class.${group}`), count });
}

function counted(shown) {
  const values = graph.nodes.reduce((sum, node) => sum + node.values.length, 0);
  const counts = {
    entities: graph.nodes.length,
    statements: graph.edges.length + values,
    articles: graph.articles.length,
  };
  const numbers = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, words.number(count)]));
  if (shown === graph.nodes.length) return words.say("counts", numbers);
  return words.say("counts.filtered", { shown: words.number(shown), entities: numbers.entities });
}

function speak() {
  words.use(explorer.language);
  words.apply(document);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === words.language));
  }
}

function listen() {
  for (const button of document.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => explorer.change({ lang: button.dataset.language }));
  part("filter-toggle").addEventListener("click", () => {
    const open = document.body.classList.toggle("filtering");
    part("filter-toggle").setAttribute("aria-expanded", String(open));
  });
  addEventListener("hashchange", () => explorer.reopen());
  addEventListener("popstate", () => explorer.reopen());
  addEventListener("keydown", key);
  // Paper has no folds to open: every sentence is printed with its statement.
  matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) for (const evidence of part("details").querySelectorAll(".statement > details")) unfold(evidence);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    views[explorer.state.view]?.show(explorer.seen),
  );
}

function key(event) {
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "Escape" && explorer.selected !== null && !typing && !event.defaultPrevented) explorer.select(null);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  part("search").focus();
}

/** The tab of the reader, once more, leads from an article back to the shelf. */
function turnTo(view) {
  const again = view === "reader" && explorer.state.view === "reader";
  explorer.change(again ? { view, article: null, at: null } : { view }, { step: true });
}

const tabs = new Tabs(part("tabs"), VIEWS, turnTo);
const menu = new Menu(part("menu"), words, explorer);
speak();
if (graph.nodes.length) {
  new Finder({ input: part("search"), list: part("hits"), status: part("status") }, graph, words, choose);
  explorer.show = showAll;
  if (location.hash) explorer.reopen();
  if (!views[explorer.state.view]) showAll(explorer.seen);
} else {
  document.body.classList.add("nothing");
  part("counts").textContent = counted(0);
  part("empty").hidden = false;
  explorer.show = speak;
}
listen();

/** What embedding pages and tests may look at; changing it changes nothing. */
window.koopgraph = {
  graph,
  explorer,
  views,
  get stage() {
    return views.network?.stage ?? null;
  },
};
