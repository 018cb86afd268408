// Tests of what the reader chooses: filters, ways, periods, tables; run by Node (see test_script.py).

import assert from "node:assert/strict";
import { test } from "node:test";

const load = (name) => import(`${process.env.KOOPGRAPH_STATIC}/${name}.js`);
const { REST } = await load("address");
const { Facets, sourceName } = await load("filtering");
const { mentionPieces } = await load("marking");
const { shortestPath, within } = await load("paths");
const { periodOf, shortened } = await load("periods");
const { graphOf, sentenceOf, textOf } = await load("records");
const { fileName } = await load("saving");
const { dayOf, isoOf, spanOf } = await load("spans");
const { COLUMNS, csvOf, matching, sorted, statementRows, thingRows } = await load("tables");

const TEXT = "Ulm feiert. Jana Muster leitet das Haus 😀 in Ulm.";

/** Ulm (0) – Haus (1) – Jana (2), a lonely award (3); two articles, of which only the first has its text. */
function sample() {
  const make = (id, label, group, values = [], mentions = []) => {
    return { id, label, group, names: [], size: 10 - id, iri: `x/${id}`, values, mentions, same: [], place: null };
  };
  const nodes = [
    make(0, "Ulm", "City", [], [0]),
    make(
      1,
      "Haus",
      "Project",
      [
        ["theme", "housing", 0.9, ["r"], [1]],
        ["date", "2015/..", 0.8, ["r"], [1]],
      ],
      [1],
    ),
    make(2, "Jana Muster", "Person", [], [1]),
    make(3, "=Preis", "Award", [["date", "1999", 0.4, ["r"], [2]]], [2]),
  ];
  const edge = (from, to, relation, confidence, evidence) => ({
    from,
    to,
    relation,
    confidence,
    evidence,
    extractors: ["r"],
    arrows: "to",
  });
  const edges = [edge(1, 0, "locatedIn", 0.9, [1]), edge(2, 1, "leads", 0.5, [1, 2])];
  const articles = [
    { title: "Fest", source: "a.txt", issued: "2016-05-01", publisher: "Blatt", url: "", language: "de", authors: [] },
    {
      title: "",
      source: "b.txt",
      issued: "2020",
      publisher: "",
      url: "https://www.zeitung.example/x",
      language: "de",
      authors: [2],
    },
  ];
  const rows = [
    [0, 0, 11, ""],
    [0, 12, 39, ""],
    [1, 5, 9, "Der Preis"],
  ];
  const column = (at) => ({ each: rows.map((row) => row[at]) });
  const passages = {
    count: 3,
    columns: { article: column(0), begin: column(1), length: column(2), sentence: column(3) },
  };
  return graphOf(nodes, edges, { base: "b/", articles, passages, themes: {} }, () => ({ 0: TEXT }));
}

const apply = (fields, selected = null) => new Facets(sample()).apply({ ...REST, ...fields }, selected);
const say = (key) => key;

test("a sentence is a piece of the held text, or its own", () => {
  const graph = sample();
  assert.equal(sentenceOf(graph, graph.passages[0]), "Ulm feiert.");
  assert.equal(sentenceOf(graph, graph.passages[1]), TEXT.slice(12));
  assert.equal(sentenceOf(graph, graph.passages[2]), "Der Preis");
  assert.equal(textOf(graph, 1), null);
  assert.deepEqual(graph.named(), [
    [0, 1, 2],
    [1, 2, 3],
  ]);
});

test("at rest everything passes, and each filter keeps what it says", () => {
  assert.deepEqual(apply({}).ids, [0, 1, 2, 3]);
  assert.deepEqual(apply({ hide: ["Person"] }).ids, [0, 1, 3]);
  assert.deepEqual([...apply({ hide: ["Person"] }).edges], [1, 0]);
  assert.deepEqual(apply({ relation: ["leads"] }).ids, [1, 2]);
  assert.deepEqual(apply({ relation: ["date"] }).ids, [1, 3]);
  assert.deepEqual(apply({ sure: 0.85 }).ids, [0, 1]);
  assert.deepEqual(apply({ source: ["zeitung.example"] }).ids, [1, 2, 3]);
  assert.deepEqual([...apply({ source: ["zeitung.example"] }).articles], [0, 1]);
});

test("a theme reaches what its things are joined with", () => {
  assert.deepEqual(apply({ theme: ["housing"] }).ids, [0, 1, 2]);
  assert.deepEqual(apply({ theme: ["none"] }).ids, []);
});

test("time counts a thing's own dates, and without any the articles that name it", () => {
  assert.deepEqual(apply({ until: "1999-12-31" }).ids, [3]);
  assert.deepEqual(apply({ from: "2018-01-01" }).ids, [1, 2]);
  assert.deepEqual(apply({ from: "2016-05-01", until: "2016-05-01" }).ids, [0, 1, 2]);
});

test("steps from the selection bound what is seen", () => {
  assert.deepEqual(apply({ depth: 1 }, 0).ids, [0, 1]);
  assert.deepEqual(apply({ depth: 2 }, 0).ids, [0, 1, 2]);
  assert.deepEqual([...apply({ depth: 1 }, 0).edges], [1, 0]);
});

test("a count says what a choice would show", () => {
  const { counts } = apply({ hide: ["Person"], relation: ["leads"] });
  assert.equal(counts.class.get("Person"), 1);
  assert.equal(counts.relation.get("locatedIn"), 1);
  assert.equal(counts.relation.get("leads"), undefined);
  assert.equal(apply({}).counts.theme.get("housing"), 1);
  assert.deepEqual(
    [...apply({}).counts.source],
    [
      ["Blatt", 1],
      ["zeitung.example", 1],
    ],
  );
});

test("the shortest way is found, over the less connected, and closed edges are no way", () => {
  const graph = sample();
  assert.deepEqual(shortestPath(graph, 0, 2, [1, 1]), { nodes: [0, 1, 2], bundles: [0, 1] });
  assert.deepEqual(shortestPath(graph, 1, 1, [1, 1]), { nodes: [1], bundles: [] });
  assert.equal(shortestPath(graph, 0, 2, [1, 0]), null);
  assert.equal(shortestPath(graph, 0, 3, [1, 1]), null);
  assert.deepEqual([...within(graph, 0, 1, [1, 1])], [0, 1]);
  const edge = (from, to) => ({
    from,
    to,
    arrows: "to",
    relation: "leads",
    evidence: [],
    confidence: 1,
    extractors: [],
  });
  const node = (id) => ({ id, group: "City", label: "", iri: `${id}`, names: [], size: 1, values: [], mentions: [] });
  // Two ways from 0 to 3: over the hub 1, and over 2.
  const pairs = [
    [0, 1],
    [1, 3],
    [0, 2],
    [2, 3],
    [1, 4],
    [1, 5],
  ];
  const wide = graphOf(
    [0, 1, 2, 3, 4, 5].map(node),
    pairs.map(([a, b]) => edge(a, b)),
    { base: "", articles: [], passages: { count: 0, columns: {} }, themes: {} },
  );
  assert.deepEqual(shortestPath(wide, 0, 3, [1, 1, 1, 1, 1, 1]).nodes, [0, 2, 3]);
});

test("EDTF becomes spans of days", () => {
  const iso = (edtf) => {
    const span = spanOf(edtf);
    return span && [span.from, span.to].map((day) => (Number.isFinite(day) ? isoOf(day) : day));
  };
  assert.deepEqual(iso("2015-09-16/2015-09-18"), ["2015-09-16", "2015-09-18"]);
  assert.deepEqual(iso("2015"), ["2015-01-01", "2015-12-31"]);
  assert.deepEqual(iso("2016-02"), ["2016-02-01", "2016-02-29"]);
  assert.deepEqual(iso("2007/.."), ["2007-01-01", Infinity]);
  assert.deepEqual(iso("../1950-06"), [-Infinity, "1950-06-30"]);
  assert.deepEqual(iso("0079"), ["0079-01-01", "0079-12-31"]);
  assert.equal(spanOf("2015~").rough, true);
  for (const text of ["XXXX-09-16", "../..", "", "soon", "2015/2014", "2015/2016/2017"])
    assert.equal(spanOf(text), null);
  assert.equal(isoOf(dayOf("2012-02-29")), "2012-02-29");
});

test("a period is typed as year, month or day, in either order", () => {
  assert.deepEqual(periodOf("2015"), { from: "2015-01-01", until: "2015-12-31" });
  assert.deepEqual(periodOf("2.2016"), { from: "2016-02-01", until: "2016-02-29" });
  assert.deepEqual(periodOf(" 16.9.2015 "), { from: "2015-09-16", until: "2015-09-16" });
  for (const text of ["", "15", "2015-13", "2015-02-30", "<b>"]) assert.equal(periodOf(text), null);
  assert.equal(shortened("2015-01-01", "from"), "2015");
  assert.equal(shortened("2015-01-31", "until"), "2015-01");
  assert.equal(shortened("2015-01-02", "from"), "2015-01-02");
  assert.equal(shortened("", "from"), "");
});

test("tables hold what passes, sorted by type with the empty last", () => {
  const graph = sample();
  const seen = { ...apply({ hide: ["Person"] }) };
  const things = thingRows(graph, seen, say, (relation, text) => text);
  assert.deepEqual(
    things.map(({ name, statements, articles }) => [name, statements, articles]),
    [
      ["Ulm", 1, 1],
      ["Haus", 3, 2],
      ["=Preis", 1, 1],
    ],
  );
  const by = (key, down) =>
    sorted(
      things,
      COLUMNS.things.find((column) => column.key === key),
      down,
      "de",
    ).map(({ name }) => name);
  assert.deepEqual(by("date", false), ["=Preis", "Haus", "Ulm"]);
  assert.deepEqual(by("date", true), ["Haus", "=Preis", "Ulm"]);
  assert.deepEqual(by("statements", true), ["Haus", "Ulm", "=Preis"]);
  assert.deepEqual(
    matching(things, COLUMNS.things, "PREIS").map(({ id }) => id),
    [3],
  );
  const statements = statementRows(graph, seen, say, (relation, text) => text);
  assert.deepEqual(
    statements.map(({ subject, object }) => `${subject} ${object}`),
    ["Haus Ulm", "Haus housing", "Haus 2015/..", "=Preis 1999"],
  );
});

test("CSV quotes what must be quoted, and no cell is a formula", () => {
  const graph = sample();
  const rows = statementRows(graph, apply({}), say, (relation, text) => text);
  const csv = csvOf(graph, rows, COLUMNS.statements, ["a,b", 'c"d'], (id) => `i${id}`).split("\r\n");
  assert.equal(csv[0], '"a,b","c""d"');
  assert.equal(csv[1], `Haus,relation.locatedIn,Ulm,0.9,Fest,2016-05-01,i1,i0,${TEXT.slice(12)}`);
  assert.ok(csv.some((line) => line.startsWith("'=Preis,")));
  assert.equal(csv.at(-1), "");
});

test("all things of a text are marked, of names that overlap the longer", () => {
  const pieces = mentionPieces("Die TU Ulm in Ulm.", [
    { id: 1, names: ["Ulm"] },
    { id: 2, names: ["TU Ulm", ""] },
  ]);
  assert.equal(pieces.map(({ text }) => text).join(""), "Die TU Ulm in Ulm.");
  assert.deepEqual(
    pieces.filter(({ mark }) => mark !== null).map(({ text, mark }) => [text, mark]),
    [
      ["TU Ulm", 2],
      ["Ulm", 1],
    ],
  );
});

test("sources and files have names", () => {
  assert.equal(sourceName({ publisher: "", url: "https://www.a.example/b" }), "a.example");
  assert.equal(sourceName({ publisher: "", url: "no address" }), "");
  assert.equal(fileName("Städte & „Netze“ <b>", "svg"), "Städte-Netze-b.svg");
  assert.equal(fileName("../..", "csv"), "koopgraph.csv");
});
