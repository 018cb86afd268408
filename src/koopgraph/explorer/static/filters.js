// The filters beside the picture: relations, themes, sources, time and confidence, each choice with its count.

import { element } from "./elements.js";
import { periodOf, shortened } from "./periods.js";

/** More choices than this are folded away. */
const SHOWN = 8;

/** Fills `place`; every change goes to the explorer. */
export class Filters {
  constructor(place, graph, words, explorer) {
    Object.assign(this, { place, graph, words, explorer });
  }

  show() {
    const { words, explorer } = this;
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const unfolded = new Set([...this.place.querySelectorAll("details[open]")].map(({ dataset }) => dataset.facet));
    const counts = explorer.counts();
    this.place.replaceChildren(
      element(
        "div",
        { class: "top" },
        element("h2", {}, words.say("filters")),
        this.button("filters.reset", "reset", () => explorer.reset(), explorer.filtered || explorer.state.depth > 0),
      ),
      this.facet("relation", this.relations(), counts.relation, unfolded),
      this.facet("theme", this.themes(counts.theme), counts.theme, unfolded),
      this.facet("source", this.sources(), counts.source, unfolded),
      this.time(),
      this.sure(),
    );
    if (focused) [...this.place.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === focused)?.focus();
  }

  button(key, name, click, enabled = true) {
    return element(
      "button",
      { type: "button", class: "plain", "data-key": name, disabled: !enabled, on: { click } },
      this.words.say(key),
    );
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

  time() {
    const { from, until } = this.explorer.state;
    return element(
      "fieldset",
      { class: "facet period" },
      element("legend", {}, this.words.say("filters.time")),
      this.edge("from", from),
      this.edge("until", until),
      element("p", { class: "note" }, this.words.say("filters.time.hint")),
    );
  }

  edge(name, value) {
    const input = element("input", {
      type: "text",
      inputmode: "numeric",
      "data-key": name,
      placeholder: this.words.say("filters.time.form"),
      on: { change: () => this.setTime(name, input) },
    });
    input.value = shortened(value, name);
    return element("label", {}, element("span", {}, this.words.say(`filters.${name}`)), input);
  }

  setTime(name, input) {
    const period = periodOf(input.value);
    const understood = period !== null || !input.value.trim();
    input.setAttribute("aria-invalid", String(!understood));
    if (understood) this.explorer.change({ [name]: period ? period[name] : "" });
  }

  sure() {
    const { words, explorer } = this;
    const input = element("input", { type: "range", min: "0", max: "1", step: "0.05", "data-key": "sure" });
    input.value = String(explorer.state.sure);
    input.setAttribute("aria-valuetext", words.percent(explorer.state.sure));
    input.addEventListener("change", () => explorer.change({ sure: Number(input.value) }));
    const said = element(
      "output",
      {},
      words.say("filters.sure.least", { percent: words.percent(explorer.state.sure) }),
    );
    input.addEventListener("input", () => {
      said.textContent = words.say("filters.sure.least", { percent: words.percent(Number(input.value)) });
    });
    return element(
      "fieldset",
      { class: "facet" },
      element("legend", {}, words.say("filters.sure")),
      element("label", { class: "slider" }, input, said),
    );
  }
}

/** The different ones, most frequent first. */
function ordered(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
}
