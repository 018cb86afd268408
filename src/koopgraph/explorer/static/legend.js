// The legend, which is the filter: each class with its shape, colour and number.

import { drawing, element } from "./elements.js";
import { pathOf } from "./shapes.js";

/** Fill `place` with one switch for each class; `change(hide)` hears of the hidden classes, sorted. */
export function showLegend(place, graph, words, hide, change) {
  const hidden = new Set(hide);
  const toggle = (kind) => {
    if (!hidden.delete(kind)) hidden.add(kind);
    change([...hidden].sort());
  };
  const switches = graph.kinds.map(({ kind, count }) => {
    const button = {
      type: "button",
      "data-kind": kind,
      "aria-pressed": String(!hidden.has(kind)),
      on: { click: () => toggle(kind) },
    };
    return element(
      "li",
      {},
      element(
        "button",
        button,
        drawing(pathOf(kind), `shape ${kind}`),
        element("span", { class: "kind" }, words.say(`classes.${kind}`)),
        element("span", { class: "count" }, words.number(count)),
      ),
    );
  });
  const all = element(
    "button",
    { type: "button", class: "all", on: { click: () => change([]) } },
    words.say("legend.all"),
  );
  const active = document.activeElement?.closest?.("#legend [data-kind]")?.dataset.kind;
  place.replaceChildren(element("ul", { title: words.say("legend.hint") }, ...switches), hidden.size ? all : "");
  // The switches are new elements: whoever used one with the keyboard should stay on it.
  if (active) [...place.querySelectorAll("[data-kind]")].find((part) => part.dataset.kind === active)?.focus();
}
