// What the list view shows, as rows of plain values: things and statements, sorted, filtered, and as CSV.

import { fold } from "./folding.js";
import { sentenceOf } from "./records.js";

/** The columns of each table by key; `number` ones are sorted by size and stand to the right. */
export const COLUMNS = {
  things: [
    { key: "name" },
    { key: "class" },
    { key: "date" },
    { key: "themes" },
    { key: "joined" },
    { key: "statements", number: true },
    { key: "articles", number: true },
  ],
  statements: [
    { key: "subject" },
    { key: "relation" },
    { key: "object" },
    { key: "sure", number: true },
    { key: "article" },
    { key: "issued" },
  ],
};

/** How many of the joined things a row names. */
const NAMED = 3;

/** One row for each passing thing, most central first; `say` are the words, `sayValue(relation, text)` says a value. */
export function thingRows(graph, seen, say, sayValue) {
  return seen.ids.map((id) => {
    const node = graph.nodes[id];
    const of = (relation) => node.values.filter(([name]) => name === relation).map(([, text]) => text);
    const open = node.links.filter((number) => seen.edges[number]);
    const joined = [...new Set(open.map((number) => otherEnd(graph.edges[number], id)))].filter(
      (other) => other !== id,
    );
    joined.sort((a, b) => graph.nodes[b].size - graph.nodes[a].size || a - b);
    const articles = new Set(passagesOf(graph, node).map((number) => graph.passages[number].article));
    return {
      id,
      name: node.label,
      class: say(`class.${node.group}`),
      date: of("date")
        .map((text) => sayValue("date", text))
        .join("; "),
      dateKey: of("date")[0] ?? "",
      themes: of("theme")
        .map((text) => sayValue("theme", text))
        .join("; "),
      joined: joined
        .slice(0, NAMED)
        .map((other) => graph.nodes[other].label)
        .join("; "),
      statements: open.length + node.values.length,
      articles: articles.size,
    };
  });
}

/** One row for each passing statement between two things, and for each value of a passing thing. */
export function statementRows(graph, seen, say, sayValue) {
  const rows = [];
  graph.edges.forEach((edge, number) => {
    if (seen.edges[number]) rows.push(statementRow(graph, edge, edge.from, graph.nodes[edge.to].label, edge.to, say));
  });
  for (const id of seen.ids) {
    for (const [relation, text, confidence, , evidence] of graph.nodes[id].values) {
      const statement = { relation, confidence, evidence };
      rows.push(statementRow(graph, statement, id, sayValue(relation, text), null, say));
    }
  }
  return rows;
}

function statementRow(graph, { relation, confidence, evidence }, from, object, to, say) {
  const passage = graph.passages[evidence[0]];
  const article = passage && graph.articles[passage.article];
  return {
    id: from,
    to,
    passage: passage ?? null,
    subject: graph.nodes[from].label,
    relation: say(`relation.${relation}`),
    object,
    sure: confidence,
    article: article ? article.title || article.source : "",
    issued: article?.issued ?? "",
  };
}

function passagesOf(graph, node) {
  return [
    ...node.mentions,
    ...node.values.flatMap(([, , , , evidence]) => evidence),
    ...node.links.flatMap((number) => graph.edges[number].evidence),
  ];
}

function otherEnd({ from, to }, id) {
  return from === id ? to : from;
}

/** The rows in which some cell holds the query, whatever its case and accents. */
export function matching(rows, columns, query) {
  const wanted = fold(query);
  if (!wanted) return rows;
  return rows.filter((row) => columns.some(({ key, number }) => !number && fold(row[key]).includes(wanted)));
}

/** The rows sorted by a column; equal ones keep their order, and empty cells come last either way. */
export function sorted(rows, column, descending, language) {
  if (!column) return rows;
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const cell = (row) => (column.key === "date" ? row.dateKey : row[column.key]);
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [cell(a), cell(b)];
    if ((one === "") !== (other === "")) return one === "" ? 1 : -1;
    return sign * (column.number ? one - other : compare(one, other));
  });
}

/** The rows as CSV (RFC 4180) with a heading; `iriOf(id)` and the sentence of a statement stand in columns of their own. */
export function csvOf(graph, rows, columns, headings, iriOf) {
  const lines = rows.map((row) => [
    ...columns.map(({ key }) => row[key]),
    iriOf(row.id),
    ...("passage" in row
      ? [row.to === null ? "" : iriOf(row.to), row.passage ? sentenceOf(graph, row.passage) : ""]
      : []),
  ]);
  return [headings, ...lines].map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/** Spreadsheets run a cell that begins like a formula: an apostrophe before it makes it text. */
function csvCell(value) {
  const text = typeof value === "string" && /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
