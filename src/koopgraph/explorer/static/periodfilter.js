// The filters of time and confidence. Their fields stay in place while the rest is made anew: who tabs from one to
// the next must not lose it.

import { element } from "./elements.js";
import { periodOf, shortened } from "./periods.js";

/** Holds the fields in `box`. */
export class PeriodFilter {
  constructor(words, explorer) {
    Object.assign(this, { words, explorer });
    this.legends = ["filters.time", "filters.sure"].map((key) => element("legend", { "data-word": key }));
    this.hint = element("p", { class: "note", "data-word": "filters.time.hint" });
    this.ends = ["from", "until"].map((end) => this.field(end));
    this.range = element("input", { type: "range", min: "0", max: "1", step: "0.05", "data-key": "sure" });
    this.said = element("output");
    this.range.addEventListener("input", () => this.sayRange());
    this.range.addEventListener("change", () => explorer.change({ sure: Number(this.range.value) }));
    this.box = element(
      "div",
      {},
      element(
        "fieldset",
        { class: "facet period" },
        this.legends[0],
        ...this.ends.map(({ label }) => label),
        this.hint,
      ),
      element(
        "fieldset",
        { class: "facet" },
        this.legends[1],
        element("label", { class: "slider" }, this.range, this.said),
      ),
    );
  }

  field(end) {
    const input = element("input", { type: "text", inputmode: "numeric", "data-key": end });
    input.addEventListener("change", () => this.take(end, input));
    const name = element("span", { "data-word": `filters.${end}` });
    return { end, input, label: element("label", {}, name, input) };
  }

  take(end, input) {
    const period = periodOf(input.value);
    const understood = period !== null || !input.value.trim();
    input.setAttribute("aria-invalid", String(!understood));
    if (understood) this.explorer.change({ [end]: period ? period[end] : "" });
  }

  /** Show the explorer's state, in the present language. */
  show() {
    const { words, explorer } = this;
    for (const part of this.box.querySelectorAll("[data-word]")) part.textContent = words.say(part.dataset.word);
    for (const { end, input } of this.ends) {
      input.placeholder = words.say("filters.time.form");
      if (input.getAttribute("aria-invalid") !== "true") input.value = shortened(explorer.state[end], end);
    }
    this.range.setAttribute("aria-label", words.say("filters.sure"));
    this.range.value = String(explorer.state.sure);
    this.sayRange();
  }

  sayRange() {
    const percent = this.words.percent(Number(this.range.value));
    this.range.setAttribute("aria-valuetext", percent);
    this.said.textContent = this.words.say("filters.sure.least", { percent });
  }
}
