// What the articles say about one entity, and what greets the reader before anything is chosen.

import { Actions } from "./actions.js";
import { drawing, element, outsideLink } from "./elements.js";
import { fold, inPortions, unfold } from "./folds.js";
import { citation, quotesOf } from "./quoting.js";
import { pathOf } from "./shapes.js";
import { valueInWords } from "./values.js";

/** Statements of one kind that are shown at once. */
const ROWS = 60;
/** Up to this many statements, all their sentences are open at first. */
const OPEN = 14;
const CENTRAL = 12;

/** Sites that hold the same thing, by the beginning of their addresses. */
const SITES = [
  ["https://sws.geonames.org/", "GeoNames"],
  ["http://www.wikidata.org/entity/", "Wikidata"],
  ["https://www.wikidata.org/", "Wikidata"],
  ["https://d-nb.info/gnd/", "GND"],
];

/** Fills the details panel; `choose(id)` hears which entity the reader goes to, null closes the panel. */
export class Details {
  constructor(place, graph, words, explorer, choose) {
    Object.assign(this, { place, graph, words, explorer, choose });
    this.actions = new Actions(graph, words, explorer);
    this.sources = { graph, words, open: (article, begin) => explorer.open(article, begin) };
  }

  welcome() {
    const { graph, words } = this;
    const joined = graph.order.filter((id) => graph.nodes[id].links.length);
    const central = joined.sort((a, b) => graph.nodes[b].links.length - graph.nodes[a].links.length).slice(0, CENTRAL);
    const rows = central.map((id) => {
      const count = words.say("welcome.links", { count: words.number(graph.nodes[id].links.length) });
      return element("li", {}, this.goTo(id), element("span", { class: "note" }, count));
    });
    this.place.replaceChildren(
      element("h2", { class: "quiet" }, words.say("welcome")),
      element("p", {}, words.say("welcome.text")),
      rows.length ? element("h3", {}, words.say("welcome.central")) : "",
      element("ol", { class: "central" }, ...rows),
      this.leftOut(),
    );
    this.rest();
  }

  /** What the page does not hold, and why. */
  leftOut() {
    const { things = 0, statements = 0, passages = 0, texts = 0 } = this.graph.leftOut ?? {};
    const said = [];
    const numbers = { things: this.words.number(things), statements: this.words.number(statements) };
    if (things) said.push(this.words.say("leftout.things", numbers));
    if (passages) said.push(this.words.say("leftout.passages", { passages: this.words.number(passages) }));
    if (texts) said.push(this.words.say("leftout.texts", { texts: this.words.number(texts) }));
    return said.length ? element("p", { class: "note leftout" }, said.join(" ")) : "";
  }

  /** Back to the top, unless the panel shows what it showed before. */
  rest() {
    const { selected, goal } = this.explorer;
    const key = `${selected} ${goal}`;
    if (key !== this.shown) this.place.scrollTop = 0;
    this.shown = key;
  }

  /** Show an entity; its heading can take the focus. */
  show(id) {
    const { words } = this;
    const node = this.graph.nodes[id];
    const close = element(
      "button",
      {
        type: "button",
        class: "close",
        "aria-label": words.say("details.close"),
        title: words.say("details.close"),
        on: { click: () => this.choose(null) },
      },
      "×",
    );
    const kind = element(
      "p",
      { class: "class" },
      drawing(pathOf(node.group), `shape ${node.group}`),
      words.say(`class.${node.group}`),
    );
    const names = node.names.length
      ? element("p", { class: "names" }, `${words.say("details.names")}: `, node.names.join(" · "))
      : null;
    this.place.replaceChildren(
      element("div", { class: "top" }, kind, close),
      element("h2", { tabindex: "-1", id: "chosen" }, node.label),
      names ?? "",
      this.same(node),
      this.actions.row(id),
      this.actions.way(id, (other) => this.goTo(other)),
      ...this.values(node),
      ...this.relations(node),
      ...this.mentions(node),
      ...this.authored(node),
      element("p", { class: "iri" }, `${words.say("details.iri")}: `, element("code", {}, this.iriOf(node))),
    );
    this.rest();
  }

  same({ same }) {
    if (!same.length) return "";
    const links = same.map((address) =>
      outsideLink(address, SITES.find(([start]) => address.startsWith(start))?.[1] ?? address),
    );
    return element(
      "p",
      { class: "same" },
      `${this.words.say("details.same")}: `,
      ...links.flatMap((link, at) => (at ? [" · ", link] : [link])),
    );
  }

  iriOf({ iri }) {
    return /^[a-z][a-z0-9+.-]*:/i.test(iri) ? iri : this.graph.base + iri;
  }

  goTo(id) {
    const node = this.graph.nodes[id];
    return element(
      "button",
      { type: "button", class: "go", "data-iri": node.iri, on: { click: () => this.choose(id) } },
      drawing(pathOf(node.group), `shape ${node.group}`),
      element("span", {}, node.label),
    );
  }

  values(node) {
    const groups = grouped(node.values, ([relation]) => relation);
    const open = node.links.length + node.values.length <= OPEN;
    return [...groups].map(([relation, values]) =>
      element(
        "section",
        { class: "group" },
        element("h3", {}, this.words.say(`relation.${relation}`)),
        element("div", { role: "list" }, ...values.map((value) => this.value(node, value, open))),
      ),
    );
  }

  value(node, [relation, text, confidence, extractors, evidence], open) {
    const shown = element("span", { class: "value" }, valueInWords(this.graph, this.words, relation, text));
    return this.statement(shown, { confidence, extractors, evidence, role: "" }, namesOf(node), [text], open);
  }

  relations(node) {
    const open = node.links.length + node.values.length <= OPEN;
    const { edges } = this.explorer.seen;
    const links = node.links
      .filter((number) => edges[number])
      .map((number) => {
        const edge = this.graph.edges[number];
        const outgoing = edge.from === node.id;
        const other = this.graph.nodes[outgoing ? edge.to : edge.from];
        return {
          number,
          edge,
          other,
          heading: this.words.say(`${outgoing ? "relation" : "inverse"}.${edge.relation}`),
        };
      });
    return [...grouped(links, ({ heading }) => heading)].map(([heading, members]) => {
      const make = ({ number, edge, other }) => {
        const row = this.statement(this.goTo(other.id), edge, namesOf(node), namesOf(other), open);
        row.dataset.statement = number;
        return row;
      };
      const more = (count) => this.words.say("details.more", { count: this.words.number(count) });
      const rows = inPortions(members, make, ROWS, ROWS, more);
      return element(
        "section",
        { class: "group" },
        element("h3", {}, heading),
        element("div", { role: "list" }, ...rows),
      );
    });
  }

  /** One statement: what it says, how sure that is, and folded the sentences, in which two lists of names are marked. */
  statement(head, { confidence, extractors, evidence, role }, names, otherNames, open) {
    const { words } = this;
    const found = words.say("confidence.found", { extractors: extractors.join(", ") });
    const percent = words.say("confidence", { percent: words.percent(confidence) });
    const sure = element("span", { class: "sure", title: found }, percent);
    const line = element("div", { class: "line" }, head, role ? element("span", { class: "role" }, role) : null, sure);
    const quotes = () => [
      ...quotesOf(this.sources, evidence, names, otherNames),
      element("p", { class: "note" }, found),
    ];
    const summary = words.say(evidence.length === 1 ? "details.quote" : "details.quotes", { count: evidence.length });
    return element(
      "div",
      { class: "statement", role: "listitem" },
      line,
      evidence.length ? fold({}, summary, quotes, open) : "",
    );
  }

  /** A portion of statements that is not made yet, or null. */
  unmade() {
    return this.place.querySelector(".group > [role=list] details.rest:not([open])");
  }

  mentions(node) {
    if (!node.mentions.length) return [];
    const lonely = !node.links.length && !node.values.length;
    const quotes = quotesOf(this.sources, node.mentions, namesOf(node), []);
    return [
      element(
        "section",
        { class: "group" },
        element("h3", {}, this.words.say("details.mentions")),
        lonely ? element("p", { class: "note" }, this.words.say("details.lonely")) : "",
        ...quotes,
      ),
    ];
  }

  authored(node) {
    if (!node.authored.length) return [];
    const rows = node.authored.map((number) =>
      element("li", {}, ...citation(this.graph, this.words, this.graph.articles[number])),
    );
    return [
      element(
        "section",
        { class: "group" },
        element("h3", {}, this.words.say("details.authored")),
        element("ul", { class: "articles" }, ...rows),
      ),
    ];
  }

  /** Open the statements with these numbers, and scroll to the first. */
  point(numbers) {
    for (let rest = this.unmade(); rest; rest = this.unmade()) unfold(rest);
    const rows = [...this.place.querySelectorAll("[data-statement]")].filter((row) =>
      numbers.includes(Number(row.dataset.statement)),
    );
    for (const row of rows) {
      row.classList.add("pointed");
      const evidence = row.querySelector("details");
      if (evidence) unfold(evidence);
    }
    rows[0]?.scrollIntoView({ block: "center" });
  }
}

function namesOf(node) {
  return [node.label, ...node.names];
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}
