// Folds whose content is made when they are first opened: a city may have thousands of statements and sentences.

import { element } from "./elements.js";

/** Make a fold; `make()` gives its content. Its `fill()` makes it now. */
export function fold(attributes, summary, make, open = false) {
  const made = element("details", attributes, element("summary", {}, summary));
  made.fill = () => {
    made.fill = () => {};
    made.append(...make());
  };
  made.addEventListener("toggle", () => {
    if (made.open) made.fill();
  });
  if (open) unfold(made);
  return made;
}

/** Open a fold together with its content. */
export function unfold(made) {
  made.fill();
  made.open = true;
}

/** Make the first `shown` of `items` with `make(item)`, and folds of `more` at a time for the rest. */
export function inPortions(items, make, shown, more, summary) {
  const first = items.slice(0, shown).map(make);
  const rest = items.slice(shown);
  if (!rest.length) return first;
  const next = fold({ class: "rest" }, summary(rest.length), () => inPortions(rest, make, more, more, summary));
  return [...first, next];
}
