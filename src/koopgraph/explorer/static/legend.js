// The legend, which is the filter: each class with its shape, colour and number.

import { drawing, element } from "./elements.js";
import { pathOf } from "./shapes.js";

/** Fill `place` with one switch for each class; `change(hidden)` hears of the Set of hidden classes. */
export function showLegend(place, graph, words, hidden, change) {
  const toggle = (kind) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    change(next);
  };
  const switches = graph.kinds.map(({ kind, count }) => {
    const key = `classes.${kind}`;
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          "data-kind": kind,
          "aria-pressed": String(!hidden.has(kind)),
          on: { click: () => toggle(kind) },
        },
        drawing(pathOf(kind), `shape ${kind}`),
        element("span", { class: "kind" }, words.say(key)),
        element("span", { class: "count" }, words.number(count)),
      ),
    );
  });
  const all = element(
    "button",
    { type: "button", class: "all", on: { click: () => change(new Set()) } },
    words.say("legend.all"),
  );
  const active = document.activeElement?.closest?.("#legend [data-kind]")?.dataset.kind;
  place.replaceChildren(element("ul", { title: words.say("legend.hint") }, ...switches), hidden.size ? all : "");
  // The switches are new elements: whoever used one with the keyboard should stay on it.
  if (active) [...place.querySelectorAll("[data-kind]")].find((part) => part.dataset.kind === active)?.focus();
}
