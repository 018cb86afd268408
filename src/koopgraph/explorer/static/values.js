// Values (dates, amounts, mottos, themes) in words of the reader's language.

import { amountInWords, dateInWords } from "./dates.js";

/** Say the value of a relation: a date as '16.–18. September 2015', a theme by its name. */
export function valueInWords(graph, words, relation, text) {
  const { language } = words;
  if (relation === "date") return dateInWords(text, language, (key, fields) => words.say(key, fields));
  if (relation === "budget") return amountInWords(text, language);
  if (relation === "motto") return language === "de" ? `„${text}“` : `‘${text}’`;
  if (relation === "theme" && Object.hasOwn(graph.themes, text)) return graph.themes[text][language] ?? text;
  return text;
}
