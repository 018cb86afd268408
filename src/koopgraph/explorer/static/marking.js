// Where the sentence names the two things that a statement joins.

const ENDING = /^(?:es|en|er|s|n|e|r|’s|'s|’|')?(?![\p{L}\p{N}])/u;

/**
 * Cut a sentence into pieces { text, mark } that together are the sentence; `mark` is 'this', 'other' or ''.
 * Each of the two lists holds all names of one thing. A name counts with a German or English ending (Leipzigs);
 * where none of its full names occurs, a person's last name does.
 */
export function markedPieces(sentence, names, otherNames) {
  return cut(sentence, [...spansOf(sentence, names, "this"), ...spansOf(sentence, otherNames, "other")], "");
}

/**
 * Cut a text into pieces { text, mark } wherever it names one of `things` ([{ id, names }]); `mark` is the thing's id, or null
 * between them. Where names overlap the one that begins first is marked, of those the longest.
 */
export function mentionPieces(text, things) {
  return cut(
    text,
    things.flatMap(({ id, names }) => occurrences(text, names, id)),
    null,
  );
}

function cut(text, spans, between) {
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces = [];
  let at = 0;
  for (const { start, end, mark } of spans) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), mark: between });
    pieces.push({ text: text.slice(start, end), mark });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: between });
  return pieces;
}

function spansOf(sentence, names, mark) {
  const full = occurrences(sentence, names, mark);
  if (full.length) return full;
  const caseless = occurrences(
    sentence.toLowerCase(),
    names.map((name) => name.toLowerCase()),
    mark,
  );
  // Lower case may change a text's length (İ): offsets would then point elsewhere.
  if (caseless.length && sentence.toLowerCase().length === sentence.length) return caseless;
  const last = names.map((name) => name.split(/\s+/).at(-1)).filter((word) => word.length > 3);
  return occurrences(sentence, last, mark);
}

function occurrences(sentence, names, mark) {
  const spans = [];
  for (const name of [...new Set(names)].sort((a, b) => b.length - a.length)) {
    for (let start = name ? sentence.indexOf(name) : -1; start >= 0; start = sentence.indexOf(name, start + 1)) {
      const ending = ENDING.exec(sentence.slice(start + name.length));
      const free = start === 0 || !/[\p{L}\p{N}]$/u.test(sentence.slice(0, start));
      const end = start + name.length + (ending ? ending[0].replace(/[’']$/, "").length : 0);
      if (ending && free && !spans.some((span) => start < span.end && end > span.start))
        spans.push({ start, end, mark });
    }
  }
  return spans;
}
