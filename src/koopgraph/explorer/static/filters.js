// The filters beside the picture: relations, themes, sources, time and confidence, each choice with its count.

import { element } from "./elements.js";
import { PeriodFilter } from "./periodfilter.js";

/** More choices than this are folded away. */
const SHOWN = 8;

/** Fills `place`; every change goes to the explorer. */
export class Filters {
  constructor(place, graph, words, explorer) {
    Object.assign(this, { place, graph, words, explorer });
  }

  show() {
    if (!this.facets) this.build();
    const focused = this.facets.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const unfolded = new Set([...this.facets.querySelectorAll("details[open]")].map(({ dataset }) => dataset.facet));
    const counts = this.explorer.counts();
    this.facets.replaceChildren(
      this.facet("relation", this.relations(), counts.relation, unfolded),
      this.facet("theme", this.themes(), counts.theme, unfolded),
      this.facet("source", this.sources(), counts.source, unfolded),
    );
    if (focused)
      [...this.facets.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === focused)?.focus();
    this.period.show();
    this.say();
  }

  build() {
    const { words, explorer } = this;
    this.heading = element("h2");
    this.reset = element("button", {
      type: "button",
      class: "plain",
      "data-key": "reset",
      on: { click: () => explorer.reset() },
    });
    this.facets = element("div");
    this.period = new PeriodFilter(words, explorer);
    this.place.replaceChildren(
      element("div", { class: "top" }, this.heading, this.reset),
      this.facets,
      this.period.box,
    );
  }

  say() {
    const { words, explorer } = this;
    this.heading.textContent = words.say("filters");
    this.reset.textContent = words.say("filters.reset");
    this.reset.disabled = !explorer.filtered && explorer.state.depth === 0;
  }

  relations() {
    this.allRelations ??= ordered(
      this.graph.edges
        .map(({ relation }) => relation)
        .concat(this.graph.nodes.flatMap(({ values }) => values.map(([name]) => name))),
    );
    return this.allRelations.map((key) => ({ key, name: this.words.say(`relation.${key}`) }));
  }

  themes() {
    this.allThemes ??= ordered(this.explorer.facets.themes.flat());
    const { themes } = this.graph;
    const { language } = this.words;
    return this.allThemes.map((key) => ({ key, name: (Object.hasOwn(themes, key) && themes[key][language]) || key }));
  }

  sources() {
    const { sources } = this.explorer.facets;
    // An article without a publisher is no choice of its own where nothing else is known of any.
    return sources.length > 1 ? sources.map((key) => ({ key, name: key || this.words.say("filters.nosource") })) : [];
  }

  facet(name, choices, counts, unfolded) {
    if (!choices.length) return "";
    const chosen = new Set(this.explorer.state[name]);
    const rows = choices.map((choice) => this.choice(name, choice, counts.get(choice.key) ?? 0, chosen));
    const rest = rows.splice(SHOWN);
    const open = unfolded.has(name) || choices.slice(SHOWN).some(({ key }) => chosen.has(key));
    return element(
      "fieldset",
      { class: "facet", "data-facet": name },
      element("legend", {}, this.words.say(`filters.${name}`)),
      ...rows,
      rest.length
        ? element(
            "details",
            { open, "data-facet": name },
            element("summary", {}, this.words.say("filters.more", { count: this.words.number(rest.length) })),
            ...rest,
          )
        : "",
    );
  }

  choice(facet, { key, name }, count, chosen) {
    const toggle = () => {
      const next = new Set(chosen);
      if (!next.delete(key)) next.add(key);
      this.explorer.change({ [facet]: [...next].sort() });
    };
    const box = { type: "checkbox", "data-key": `${facet} ${key}`, on: { change: toggle } };
    const input = element("input", box);
    input.checked = chosen.has(key);
    const counted = element("span", { class: "count" }, this.words.number(count));
    return element("label", { class: count ? "choice" : "choice none" }, input, element("span", {}, name), counted);
  }
}

/** The different ones, most frequent first. */
function ordered(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
}
