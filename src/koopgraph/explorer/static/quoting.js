// The sentences behind a statement, with what they name marked, and the article that they come from.

import { dateInWords } from "./dates.js";
import { element, outsideLink } from "./elements.js";
import { inPortions } from "./folds.js";
import { markedPieces } from "./marking.js";
import { sentenceOf } from "./records.js";

/** More sentences than this for one statement are folded away. */
const SHOWN = 3;
const MORE = 30;

/**
 * Show the passages (numbers) of one statement; the names of `thing` and `other` (lists) are marked. `open(article, begin)`
 * hears which one the reader wants to see where it stands.
 */
export function quotesOf({ graph, words, open }, passages, thing, other) {
  const make = (number) => quote(graph, words, graph.passages[number], thing, other, open);
  return inPortions(passages, make, SHOWN, MORE, (count) => words.say("quote.more", { count: words.number(count) }));
}

function quote(graph, words, passage, thing, other, open) {
  const pieces = markedPieces(sentenceOf(graph, passage), thing, other);
  const parts = pieces.map(({ text, mark }) => (mark ? element("mark", { class: mark }, text) : text));
  const article = graph.articles[passage.article];
  const language = article?.language;
  return element(
    "figure",
    { class: "quote" },
    element("blockquote", { lang: language || null }, ...parts),
    article
      ? element(
          "figcaption",
          {},
          ...citation(graph, words, article),
          " ",
          element(
            "button",
            { type: "button", class: "plain read", on: { click: () => open(passage.article, passage.begin) } },
            words.say("quote.read"),
          ),
        )
      : null,
  );
}

/** Title, authors, publisher and date of an article, as parts of a line. */
export function citation(graph, words, article) {
  const title = article.title || article.source;
  const authors = article.authors.map((id) => graph.nodes[id].label).join(", ");
  const rest = [
    authors && words.say("quote.by", { authors }),
    article.publisher,
    article.issued && dateInWords(article.issued, words.language, (key, fields) => words.say(key, fields)),
  ].filter(Boolean);
  const name = article.url ? outsideLink(article.url, title) : element("span", {}, title);
  return [element("cite", {}, name), rest.length ? ` · ${rest.join(" · ")}` : ""];
}
