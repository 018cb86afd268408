// The search box: an editable combobox with a list of suggestions, after the ARIA authoring practices.

import { drawing, element } from "./elements.js";
import { findNames, nameIndex } from "./searching.js";
import { pathOf } from "./shapes.js";

/** Joins the input, the list and the graph's names; `choose(id)` hears what was chosen. */
export class Finder {
  constructor({ input, list, status }, graph, words, choose) {
    Object.assign(this, { input, list, status, graph, words, choose, hits: [], active: -1 });
    input.addEventListener("input", () => this.suggest());
    input.addEventListener("focus", () => this.suggest());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
    // A press on the list must not take the focus, or the list would be gone before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  suggest() {
    const query = this.input.value;
    this.graph.names ??= nameIndex(this.graph.nodes);
    this.hits = findNames(this.graph.names, this.graph.order, query);
    this.active = -1;
    if (!query.trim()) return this.close();
    const options = this.hits.map((hit, number) => this.option(hit, number));
    const none = element(
      "li",
      { class: "none", role: "option", "aria-disabled": "true" },
      this.words.say("search.none", { query }),
    );
    this.list.replaceChildren(...(options.length ? options : [none]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = this.words.say(options.length ? "search.count" : "search.none", {
      count: options.length,
      query,
    });
    return undefined;
  }

  option({ id, name }, number) {
    const node = this.graph.nodes[id];
    const also = name === node.label ? "" : this.words.say("search.also", { name });
    return element(
      "li",
      {
        id: `${this.list.id}-${number}`,
        role: "option",
        "aria-selected": "false",
        on: { click: () => this.take(number) },
      },
      drawing(pathOf(node.group), `shape ${node.group}`),
      element("span", { class: "name" }, node.label),
      element("span", { class: "note" }, also || this.words.say(`class.${node.group}`)),
    );
  }

  key(event) {
    const keys = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      Enter: () => this.take(Math.max(this.active, 0)),
      Escape: () => this.escape(),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  }

  step(by) {
    if (this.list.hidden) this.suggest();
    if (!this.hits.length) return;
    this.active =
      this.active < 0 && by < 0 ? this.hits.length - 1 : (this.active + by + this.hits.length) % this.hits.length;
    for (const [number, option] of [...this.list.children].entries())
      option.setAttribute("aria-selected", String(number === this.active));
    this.list.children[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  take(number) {
    const hit = this.hits[number];
    if (!hit) return;
    this.input.value = "";
    this.close();
    this.choose(hit.id);
  }

  escape() {
    if (this.list.hidden) this.input.value = "";
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
