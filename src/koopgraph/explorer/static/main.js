// Joins the parts: one state (selection, hidden classes, language), every part shows it, the address keeps it.

import { fragmentOf, stateOf } from "./address.js";
import { Details } from "./details.js";
import { Finder } from "./finder.js";
import { showLegend } from "./legend.js";
import { graphOf, rowsOf } from "./records.js";
import { Stage } from "./stage.js";
import { Words } from "./words.js";

const part = (id) => document.getElementById(id);
const data = (name) => JSON.parse(part(`${name}-data`).textContent);

const graph = graphOf(rowsOf(data("nodes")), rowsOf(data("edges")), data("context"));
const ownLanguage = document.documentElement.lang;
const words = new Words(data("words"), ownLanguage);
const state = { selected: null, hidden: new Set() };
const details = new Details(part("details"), graph, words, (id) => select(id, { focus: true, heading: true }));
let stage = null;

function select(id, { focus = false, heading = false } = {}) {
  state.selected = id;
  if (id !== null) state.hidden.delete(graph.nodes[id].group);
  showAll();
  if (id !== null && stage) focus ? stage.focus(id) : stage.reveal(id);
  if (heading && id !== null) part("chosen")?.focus({ preventScroll: true });
  location.hash = fragment();
}

function selectBundle(bundle) {
  const kept = state.selected === bundle.to || state.selected === bundle.from ? state.selected : bundle.from;
  select(kept);
  details.point(bundle.edges);
}

function hide(hidden) {
  state.hidden = hidden;
  if (state.selected !== null && hidden.has(graph.nodes[state.selected].group)) state.selected = null;
  showAll();
  keepAddress();
}

function caption(bundle) {
  const said = [...new Set(bundle.edges.map((number) => words.say(`relation.${graph.edges[number].relation}`)))];
  return said.length > 2 ? `${said[0]} +${said.length - 1}` : said.join(" · ");
}

function showAll() {
  document.body.classList.toggle("chosen", state.selected !== null);
  if (state.selected === null) details.welcome();
  else details.show(state.selected);
  showLegend(part("legend"), graph, words, state.hidden, hide);
  stage?.show(state);
  announce();
}

function announce() {
  if (state.selected === null) return;
  const { label, group, links, values } = graph.nodes[state.selected];
  const count = words.number(links.length + values.length);
  part("status").textContent = words.say("details.chosen", { name: label, kind: words.say(`class.${group}`), count });
}

function speak(language) {
  words.use(language);
  words.apply(document);
  const counts = { entities: graph.nodes.length, statements: graph.edges.length, articles: graph.articles.length };
  for (const node of graph.nodes) counts.statements += node.values.length;
  const numbers = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, words.number(count)]));
  part("counts").textContent = words.say("counts", numbers);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === words.language));
  }
}

function fragment() {
  const entity = state.selected === null ? null : graph.nodes[state.selected].iri;
  const language = words.language === ownLanguage ? null : words.language;
  return fragmentOf({ entity, hidden: [...state.hidden].sort(), language });
}

function keepAddress() {
  try {
    history.replaceState(null, "", fragment());
  } catch {
    // A page shown inside another one may have no address of its own; nothing is lost but the link.
  }
}

function reopen() {
  if (location.hash === fragment() || (location.hash === "" && fragment() === "#")) return;
  const wanted = stateOf(location.hash);
  state.hidden = new Set(wanted.hidden);
  speak(wanted.language ?? ownLanguage);
  const id = graph.byIri.get(wanted.entity) ?? null;
  state.selected = id;
  if (id !== null) state.hidden.delete(graph.nodes[id].group);
  showAll();
  if (id !== null) stage?.focus(id);
}

speak(words.language);
if (graph.nodes.length) {
  const options = data("options");
  showLegend(part("legend"), graph, words, state.hidden, hide);
  stage = new Stage(part("network"), graph, options, { select: (id) => select(id), selectBundle, caption });
  stage.frame.setAttribute("role", "application");
  stage.frame.dataset.name = "network";
  stage.frame.setAttribute("aria-label", words.say("network"));
  part("zoom-in").addEventListener("click", () => stage.zoomBy(1.5));
  part("zoom-out").addEventListener("click", () => stage.zoomBy(1 / 1.5));
  part("zoom-fit").addEventListener("click", () => stage.fit());
  new Finder({ input: part("search"), list: part("hits"), status: part("status") }, graph, words, (id) =>
    select(id, { focus: true, heading: true }),
  );
  showAll();
} else {
  document.body.classList.add("nothing");
  part("empty").hidden = false;
}
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    speak(button.dataset.language);
    if (graph.nodes.length) showAll();
    keepAddress();
  });
}
addEventListener("hashchange", reopen);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.selected !== null && event.target.id !== "search") select(null);
});
if (location.hash) reopen();

/** What embedding pages and tests may look at; changing it changes nothing. */
window.koopgraph = { graph, state, stage };
