// Tests of the timeline's pure functions; run by Node (see test_script.py).

import assert from "node:assert/strict";
import { test } from "node:test";

const load = (name) => import(`${process.env.KOOPGRAPH_STATIC}/${name}.js`);
const { binsOf, dayToIso, floorOf, nextOf, stepOf, tickInWords, ticksOf } = await load("axis");
const { dateInWords } = await load("dates");
const { packed } = await load("lanes");
const { massOf } = await load("masses");
const { dayOf, isoOf, spanOf } = await load("spans");

const YEAR = { unit: "year", count: 1 };
const QUARTER = { unit: "month", count: 3 };

test("a step is as fine as its room allows", () => {
  assert.deepEqual(stepOf(100, 70), { unit: "day", count: 1 });
  assert.deepEqual(stepOf(1, 70), { unit: "month", count: 3 });
  assert.deepEqual(stepOf(0.1, 70), { unit: "year", count: 2 });
  assert.deepEqual(stepOf(1e-9, 70), { unit: "year", count: 1000 });
});

test("steps begin at whole years and months, leap days and early years included", () => {
  const floor = (day, step) => isoOf(floorOf(dayOf(day), step));
  assert.equal(floor("2016-02-29", YEAR), "2016-01-01");
  assert.equal(floor("2016-02-29", QUARTER), "2016-01-01");
  assert.equal(floor("2016-12-31", QUARTER), "2016-10-01");
  assert.equal(floor("1969-12-31", YEAR), "1969-01-01");
  assert.equal(floor("2019-07-01", { unit: "year", count: 10 }), "2010-01-01");
  assert.equal(floor("0079-08-24", YEAR), "0079-01-01");
  assert.equal(isoOf(nextOf(dayOf("2016-10-01"), QUARTER)), "2017-01-01");
  assert.deepEqual(ticksOf(dayOf("2014-06-01"), dayOf("2016-01-01"), YEAR).map(isoOf), [
    "2014-01-01",
    "2015-01-01",
    "2016-01-01",
  ]);
});

test("every day lies in the bin that begins at or before it and ends after it", () => {
  for (const step of [YEAR, QUARTER, { unit: "month", count: 1 }, { unit: "day", count: 7 }]) {
    for (let day = -30_000; day < 40_000; day += 37) {
      const start = floorOf(day, step);
      assert.ok(start <= day && day < nextOf(start, step), `${isoOf(day)} ${step.unit}`);
      assert.equal(floorOf(start, step), start);
    }
  }
  assert.deepEqual(
    [...binsOf([dayOf("2015-03-01"), null, dayOf("2015-11-01")], YEAR)],
    [[dayOf("2015-01-01"), [0, 2]]],
  );
});

test("ticks are said in the language", () => {
  assert.equal(tickInWords(dayOf("2015-01-01"), YEAR, "de"), "2015");
  assert.equal(tickInWords(dayOf("2015-01-01"), QUARTER, "de"), "Jan. 2015");
  assert.equal(tickInWords(dayOf("2015-04-01"), QUARTER, "en"), "Apr");
  assert.equal(tickInWords(dayOf("2015-04-16"), { unit: "day", count: 1 }, "de"), "16. Apr.");
});

test("a day and its ISO form are the same", () => {
  for (const iso of ["2015-09-16", "2016-02-29", "1970-01-01", "1899-12-31"]) assert.equal(dayToIso(dayOf(iso)), iso);
  assert.equal(dayToIso(Infinity), "");
});

test("a date covers the days that it says, whatever its form", () => {
  const days = (edtf) => {
    const span = spanOf(edtf);
    return span && [dayToIso(span.from), dayToIso(span.to), span.rough];
  };
  assert.deepEqual(days("2015"), ["2015-01-01", "2015-12-31", false]);
  assert.deepEqual(days("2016-02"), ["2016-02-01", "2016-02-29", false]);
  assert.deepEqual(days("1900-02"), ["1900-02-01", "1900-02-28", false]);
  assert.deepEqual(days("2015-09~"), ["2015-09-01", "2015-09-30", true]);
  assert.deepEqual(days("2015-09-16/2015-09-18"), ["2015-09-16", "2015-09-18", false]);
  assert.deepEqual(days("2007/.."), ["2007-01-01", "", false]);
  assert.deepEqual(days("../2007"), ["", "2007-12-31", false]);
  assert.deepEqual(days("0079-08-24"), ["0079-08-24", "0079-08-24", false]);
  assert.deepEqual(days("0000-02-29"), ["0000-02-29", "0000-02-29", false]);
  assert.deepEqual(days("0000"), ["0000-01-01", "0000-12-31", false]);
  assert.match(dateInWords("0079-08-24", "en", String), /^24 August 0*79$/);
  for (const none of ["XXXX-09-16", "../..", "2015/2014", "-0044", "soon", ""]) assert.equal(spanOf(none), null);
});

test("bars in a lane never touch, and the first come first", () => {
  const items = Array.from({ length: 200 }, (_, at) => ({
    start: (at * 7919) % 1000,
    end: ((at * 7919) % 1000) + 40 + (at % 30),
  }));
  packed(items, 6);
  assert.equal(items[0].lane, 0);
  for (const [at, one] of items.entries())
    for (const other of items.slice(at + 1))
      if (one.lane >= 0 && one.lane === other.lane) assert.ok(one.end <= other.start || other.end <= one.start);
  assert.ok(items.some(({ lane }) => lane === -1) && items.some(({ lane }) => lane === 5));
  assert.deepEqual(packed([{ start: 0, end: 1 }], 0)[0].lane, -1);
});

test("the mass of many values leaves out what is far off, that of a few nothing", () => {
  assert.deepEqual(massOf([1, 5, 900], 0.5), [1, 900]);
  assert.deepEqual(massOf([...Array(99).keys(), 10_000], 0.95), [0, 94]);
});
