// What the reader can do with a chosen thing: look at its surroundings, and find the way from it to another.

import { element } from "./elements.js";
import { DEEPEST } from "./explorer.js";
import { Finder } from "./finder.js";

const DEPTHS = Array.from({ length: DEEPEST + 1 }, (_, depth) => depth);

/** Makes the parts of the details panel that act on the selection. */
export class Actions {
  constructor(graph, words, explorer) {
    Object.assign(this, { graph, words, explorer });
  }

  /** The row of actions under the name of a thing. */
  row(id) {
    return element("div", { class: "actions" }, this.depth(), this.goal(id), this.onMap(id));
  }

  depth() {
    const { words, explorer } = this;
    const buttons = DEPTHS.map((depth) =>
      element(
        "button",
        {
          type: "button",
          "data-depth": depth,
          "aria-pressed": String(explorer.state.depth === depth),
          title: words.say(depth ? "depth.steps" : "depth.all", { count: depth }),
          on: { click: () => this.setDepth(depth) },
        },
        depth ? String(depth) : words.say("depth.everything"),
      ),
    );
    return element(
      "div",
      { class: "switch", role: "group", "aria-label": words.say("depth") },
      element("span", { class: "note" }, words.say("depth")),
      ...buttons,
    );
  }

  setDepth(depth) {
    this.explorer.change({ depth }, { step: true });
    document.querySelector(`[data-depth="${depth}"]`)?.focus();
  }

  goal(id) {
    const { words } = this;
    const input = element("input", {
      id: "goal",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "goals",
      "aria-label": words.say("path.label"),
      placeholder: words.say("path.to"),
    });
    const list = element("ul", {
      id: "goals",
      class: "hits",
      role: "listbox",
      "aria-label": words.say("search.results"),
      hidden: true,
    });
    const status = document.getElementById("status");
    new Finder({ input, list, status }, this.graph, words, (other) => this.setGoal(id, other));
    return element("div", { class: "finder goal" }, input, list);
  }

  setGoal(id, other) {
    this.explorer.change({ goal: other === id ? null : this.graph.nodes[other].iri }, { step: true });
    document.getElementById("path")?.focus();
  }

  onMap(id) {
    const { graph, words, explorer } = this;
    if (!graph.nodes[id].place || explorer.state.view === "map") return "";
    const show = () => explorer.change({ view: "map" }, { step: true });
    return element("button", { type: "button", class: "plain", on: { click: show } }, words.say("details.map"));
  }

  /** The shortest way to the goal, in words; or that there is none. */
  way(id, goTo) {
    const { graph, words, explorer } = this;
    const { goal } = explorer;
    if (goal === null) return "";
    const { path } = explorer.seen;
    const close = element(
      "button",
      { type: "button", class: "plain", on: { click: () => explorer.change({ goal: null }, { step: true }) } },
      words.say("path.close"),
    );
    const names = { from: graph.nodes[id].label, to: graph.nodes[goal].label };
    const heading = element("h3", { id: "path", tabindex: "-1" }, words.say(path ? "path.found" : "path.none", names));
    const steps = path ? path.nodes.map((node, at) => this.step(path, node, at, goTo)) : [];
    return element("section", { class: "group way" }, heading, element("ol", {}, ...steps), close);
  }

  step({ nodes, bundles }, node, at, goTo) {
    if (at === 0) return element("li", {}, goTo(node));
    const said = this.graph.bundles[bundles[at - 1]].edges
      .filter((number) => this.explorer.seen.edges[number])
      .map((number) => {
        const { from, relation } = this.graph.edges[number];
        return this.words.say(`${from === nodes[at - 1] ? "relation" : "inverse"}.${relation}`);
      });
    return element("li", {}, element("span", { class: "note" }, [...new Set(said)].join(" · ")), goTo(node));
  }
}
