// Tests of the script's pure functions; run by Node's own test runner (see test_script.py).

import assert from "node:assert/strict";
import { test } from "node:test";

const load = (name) => import(`${process.env.KOOPGRAPH_STATIC}/${name}.js`);
const { fragmentOf, numbersOf, positionOf, REST, stateOf } = await load("address");
const { amountInWords, dateInWords } = await load("dates");
const { fold } = await load("folding");
const { linesOf, mostLabels, Room } = await load("labelling");
const { extentOf, livingBundles, livingNodes, nearestNode } = await load("living");
const { markedPieces } = await load("marking");
const { graphOf, neighboursOf, rowsOf } = await load("records");
const { findNames, nameIndex } = await load("searching");

const say = (key, { date }) => `${key.slice(5)} ${date}`;

function sample() {
  const names = ["Leipzig", "koopstadt", "Jörg Müller", "Straße der Jugend"];
  const nodes = names.map((label, id) => ({
    id,
    label,
    group: id === 0 ? "City" : "Other",
    names: id === 1 ? ["STADTENTWICKLUNG"] : [],
    size: 10 - id,
    x: id * 100,
    y: 0,
    iri: `x/${id}`,
    values: [],
    mentions: [],
  }));
  const edges = [
    { from: 1, to: 0, relation: "partnerCity", arrows: "to" },
    { from: 0, to: 1, relation: "leads", arrows: "to" },
    { from: 2, to: 1, relation: "leads", arrows: "to" },
    { from: 3, to: 3, relation: "partOf", arrows: "to" },
  ];
  return graphOf(nodes, edges, {
    base: "b/",
    articles: [{ authors: [2] }],
    passages: { count: 0, columns: {} },
    themes: {},
  });
}

test("case, accents and the spellings of umlauts and ß fold to one form", () => {
  assert.equal(fold("Müller"), fold("MUELLER"));
  assert.equal(fold("Müller"), fold("muller"));
  assert.equal(fold("Straße"), fold("STRASSE"));
  assert.equal(fold("Yılmaz  Ünal-Çelik"), "yilmaz unal celik");
  assert.notEqual(fold("Halle"), fold("Hall"));
});

test("exact names come before beginnings, words and parts; other names count", () => {
  const { nodes, order } = sample();
  const index = nameIndex(nodes);
  assert.deepEqual(findNames(index, order, "mueller"), [{ id: 2, name: "Jörg Müller" }]);
  assert.deepEqual(findNames(index, order, "stadtentw"), [{ id: 1, name: "STADTENTWICKLUNG" }]);
  assert.deepEqual(
    findNames(index, order, "st").map(({ id }) => id),
    [1, 3],
  );
  assert.deepEqual(findNames(index, order, " - "), []);
  assert.equal(findNames(index, order, "e", 1).length, 1);
});

test("EDTF dates are said in words of the language", () => {
  const date = (text, language = "de") =>
    dateInWords(text, language, say)
      .replace(/[\u2009\u202f\u00a0]/g, " ")
      .replace(/ – /g, "–");
  assert.equal(date("2015-09-18"), "18. September 2015");
  assert.equal(date("2015-09-18", "en"), "18 September 2015");
  assert.equal(date("2015-09-16/2015-09-18"), "16.–18. September 2015");
  assert.equal(date("2007/2015"), "2007–2015");
  assert.equal(date("2019/.."), "since 2019");
  assert.equal(date("../2027"), "until 2027");
  assert.equal(date("2016-05"), "Mai 2016");
  assert.equal(date("XXXX-09-16"), "16. September");
  assert.equal(date("XXXX-09-16/XXXX-09-18"), "16.–18. September");
  assert.equal(date("2015~"), "about 2015");
});

test("what is no known date is shown as it is", () => {
  for (const text of ["", "../..", "soon", "2015/2016/2017", "<b>", "XXXX", "201X"])
    assert.equal(dateInWords(text, "de", say), text);
});

test("amounts are written as the language does", () => {
  assert.equal(amountInWords("12500000 EUR", "de").replace(/\s/g, " "), "12.500.000 €");
  assert.equal(amountInWords("12500000 EUR", "en"), "€12,500,000");
  assert.equal(amountInWords("viel Geld", "de"), "viel Geld");
});

test("the pieces of a sentence are the sentence, with both names marked", () => {
  const sentence = "Elke Pahl-Weber aus Leipzigs Rathaus sprach in Leipzig.";
  const pieces = markedPieces(sentence, ["Elke Pahl-Weber"], ["Leipzig"]);
  assert.equal(pieces.map(({ text }) => text).join(""), sentence);
  assert.deepEqual(
    pieces.filter(({ mark }) => mark).map(({ text, mark }) => [text, mark]),
    [
      ["Elke Pahl-Weber", "this"],
      ["Leipzigs", "other"],
      ["Leipzig", "other"],
    ],
  );
});

test("a name inside another word is not marked, the longest name wins, a last name stands in", () => {
  const marks = (...given) =>
    markedPieces(...given)
      .filter(({ mark }) => mark)
      .map(({ text }) => text);
  assert.deepEqual(marks("Das Ulmer Ulmenfest", ["Ulm"], []), ["Ulmer"]);
  assert.deepEqual(marks("TU Berlin", ["Berlin"], ["TU Berlin"]), ["TU Berlin"]);
  assert.deepEqual(marks("Frau Müller kam", ["Jana Müller"], []), ["Müller"]);
  assert.deepEqual(marks("KOOPSTADT in Bremen", ["koopstadt"], []), ["KOOPSTADT"]);
  assert.deepEqual(marks("nichts", ["", "x"], []), []);
});

test("a state survives the address", () => {
  const state = {
    ...REST,
    view: "reader",
    entity: "person/jürgen-o'neil&co",
    goal: "a+b c%20",
    article: "a,b=c#d.txt",
    at: 0,
    depth: 2,
    hide: ["City", "Place"],
    source: ["Blatt, das", "", "50 % & mehr"].filter(Boolean),
    from: "2015-01-01",
    sure: 0.75,
    lang: "en",
  };
  assert.deepEqual(stateOf(fragmentOf(state)), state);
  assert.equal(fragmentOf({ ...REST, entity: "city/ulm" }), "#entity=city/ulm");
  assert.equal(
    fragmentOf({ ...REST, entity: "city/ulm", hide: ["City", "Place"] }),
    "#entity=city/ulm&hide=City,Place",
  );
  assert.equal(fragmentOf(REST), "#");
});

test("a position is three numbers, and nothing else is one", () => {
  assert.deepEqual(numbersOf(positionOf(12.371300001, -51.3396, 0.25)), [12.3713, -51.3396, 0.25]);
  assert.equal(stateOf(fragmentOf({ ...REST, pos: "1/2/3" })).pos, "1/2/3");
  for (const text of ["", "1/2", "1/2/0", "1/2/-3", "a/b/c", "1/2/3/4", "//", "NaN/1/1", "Infinity/1/1"])
    assert.equal(numbersOf(text), null);
});

test("a broken address is the state at rest, field by field", () => {
  assert.deepEqual(stateOf("#%%%&entity&depth=x&sure=-1&view=%E0%A4%A&__proto__=1&toString=2"), REST);
  assert.equal(stateOf("#depth=x&entity=city/ulm").entity, "city/ulm");
});

test("tables of all three forms become rows", () => {
  const table = { count: 2, columns: { a: { all: 7 }, b: { values: ["x", "y"], at: [1, 0] }, c: { each: [[], [1]] } } };
  assert.deepEqual(rowsOf(table), [
    { a: 7, b: "y", c: [] },
    { a: 7, b: "x", c: [1] },
  ]);
  assert.deepEqual(rowsOf({ count: 0, columns: {} }), []);
});

test("statements between the same two are one bundle, and loops are drawn nowhere", () => {
  const graph = sample();
  assert.equal(graph.bundles.length, 2);
  assert.deepEqual(graph.bundles[0].edges, [0, 1]);
  assert.ok(graph.bundles[0].forward && graph.bundles[0].backward);
  assert.ok(graph.bundles[1].forward && !graph.bundles[1].backward);
  assert.deepEqual(neighboursOf(graph, 1), [0, 2]);
  assert.deepEqual(graph.nodes[3].links, [3]);
  assert.deepEqual(graph.nodes[2].authored, [0]);
  assert.deepEqual(graph.kinds, [
    { kind: "Other", count: 3 },
    { kind: "City", count: 1 },
  ]);
});

test("what passes, is central and in view lives, and the selection with its neighbours", () => {
  const graph = sample();
  const view = { left: -10, top: -10, right: 150, bottom: 10 };
  const rest = { selected: null, nodes: [1, 1, 1, 1], bundles: [1, 1] };
  assert.deepEqual([...livingNodes(graph, view, rest)], [0, 1]);
  assert.deepEqual([...livingNodes(graph, view, rest, 1)], [0]);
  assert.deepEqual([...livingNodes(graph, view, { selected: 2, nodes: [0, 1, 1, 1] })], [2, 1]);
  assert.deepEqual([...livingBundles(graph, new Set([0, 1]), rest)], [0]);
  assert.deepEqual([...livingBundles(graph, new Set([0, 1, 2]), rest, 1)], [0]);
  assert.deepEqual([...livingBundles(graph, new Set([0, 1, 2]), { ...rest, bundles: [0, 1] })], [1]);
});

test("the nearest node is found within reach, and the extent holds what is shown", () => {
  const graph = sample();
  const all = { nodes: [1, 1, 1, 1] };
  assert.equal(nearestNode(graph, { x: 104, y: 3 }, 10, all), 1);
  assert.equal(nearestNode(graph, { x: 104, y: 3 }, 10, { nodes: [1, 0, 1, 1] }), null);
  assert.equal(nearestNode(graph, { x: 150, y: 0 }, 10, all), null);
  assert.deepEqual(extentOf(graph, [0]), { left: -10, top: -10, right: 10, bottom: 10 });
  assert.equal(extentOf(graph, []), null);
});

test("names take at most two lines, and boxes never overlap", () => {
  assert.deepEqual(linesOf("Leipzig"), ["Leipzig"]);
  assert.deepEqual(linesOf("9. Bundeskongress Nationale Stadtentwicklungspolitik"), [
    "9. Bundeskongress",
    "Nationale Stadtentwickl…",
  ]);
  const room = new Room(100, 100);
  room.take({ x: 10, y: 10, width: 20, height: 20 });
  assert.ok(!room.free({ x: 25, y: 25, width: 10, height: 10 }));
  assert.ok(room.free({ x: 40, y: 40, width: 10, height: 10 }));
  assert.ok(!room.free({ x: 95, y: 40, width: 10, height: 10 }));
  assert.ok(mostLabels(1000, 840) >= 40 && mostLabels(3000, 2000) === 60 && mostLabels(360, 300) < 12);
});
