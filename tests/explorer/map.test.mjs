// Tests of the map's pure functions; run by Node (see test_script.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const load = (name) => import(`${process.env.KOOPGRAPH_STATIC}/${name}.js`);
const { latitudeOf, project, scaleBar, viewOf } = await load("mercator");
const { decoded, unpacked } = await load("outlines");
const { clustersOf, sitesOf, tiesOf } = await load("sites");
const outlines = JSON.parse(readFileSync(new URL("../outlines.json", `${process.env.KOOPGRAPH_STATIC}/`), "utf-8"));

test("Mercator keeps the middle and is undone", () => {
  assert.deepEqual(project([0, 0]), { x: 0.5, y: 0.5 });
  assert.ok(Math.abs(latitudeOf(project([12.37, 51.34]).y) - 51.34) < 1e-9);
  assert.ok(project([0, 90]).y > 0 && project([0, -90]).y < 1);
});

test("Google's example of a polyline is read", () => {
  assert.deepEqual(decoded("_p~iF~ps|U_ulLnnqC_mqNvxq`@", 1e5), [
    [38.5, -120.2],
    [40.7, -120.95],
    [43.252, -126.453],
  ]);
});

test("the shipped outlines are closed rings on the plane, none of which jumps across it", () => {
  const { land, borders } = unpacked(outlines);
  assert.ok(land.length > 300 && borders.length > 100);
  for (const { points } of land) {
    assert.deepEqual(points[0].y, points.at(-1).y);
    points.slice(1).forEach(({ x, y }, at) => {
      assert.ok(Math.abs(x - points[at].x) < 0.5 && y > 0 && y < 1);
    });
  }
  const leipzig = project([12.37, 51.34]);
  const inside = (line) =>
    leipzig.x > line.box.left && leipzig.x < line.box.right && leipzig.y > line.box.top && leipzig.y < line.box.bottom;
  assert.ok(land.some(inside));
});

test("a view holds a few points whole, and of many the mass", () => {
  const size = { width: 800, height: 600 };
  const few = viewOf([project([8.8, 53.1]), project([12.4, 51.3])], size, { closest: 1e6 });
  assert.ok(Math.abs(project([8.8, 53.1]).x - few.x) * few.scale <= 400);
  const mass = Array.from({ length: 50 }, (_, at) => project([8 + at / 50, 50 + at / 50]));
  const view = viewOf([...mass, project([151.2, -33.9])], size, { closest: 1e6 });
  assert.ok(Math.abs(view.x - project([8.5, 50]).x) < 0.01);
  assert.equal(viewOf([project([8, 50])], size, { closest: 60000 }).scale, 60000);
});

test("a scale bar is a round length", () => {
  const { metres, pixels } = scaleBar({ y: 0.5, scale: 40_075.017 }, 110);
  assert.deepEqual([metres, Math.round(pixels)], [100_000, 100]);
});

/** Bremen (0), Leipzig (1), koopstadt (2) in both, Jana (3) nowhere. */
function sample() {
  const place = [[8.8, 53.1], [12.4, 51.3], null, null];
  const nodes = place.map((at, id) => ({
    id,
    label: `${id}`,
    place: at,
    bundles: id === 2 ? [0, 1] : id < 2 ? [id] : [],
    size: 9 - id,
  }));
  return {
    nodes,
    bundles: [
      { from: 2, to: 0 },
      { from: 2, to: 1 },
    ],
  };
}

const seenBy = (fields) => ({
  ids: [0, 1, 2, 3],
  nodes: [1, 1, 1, 1],
  bundles: [1, 1],
  selected: null,
  near: null,
  ...fields,
});

test("what has no place of its own counts where it is joined, or stands nowhere", () => {
  const { sites, nowhere } = sitesOf(sample(), seenBy({}));
  assert.deepEqual(
    sites.map(({ id, tied, weight }) => [id, tied, weight]),
    [
      [0, [2], 2],
      [1, [2], 2],
    ],
  );
  assert.equal(nowhere, 1);
  assert.equal(sitesOf(sample(), seenBy({ bundles: [0, 0] })).nowhere, 2);
});

test("places that crowd are one cluster, but what is chosen stands for itself", () => {
  const { sites } = sitesOf(sample(), seenBy({}));
  const size = { width: 100, height: 100 };
  const together = clustersOf(sites, () => ({ x: 50, y: 50 }), size, new Set());
  assert.deepEqual(
    together.map(({ members, weight }) => [members.length, weight]),
    [[2, 4]],
  );
  assert.equal(clustersOf(sites, () => ({ x: 50, y: 50 }), size, new Set([1, 0])).length, 2);
  assert.equal(clustersOf(sites, ({ id }) => ({ x: id * 40, y: 5 }), size, new Set()).length, 2);
  assert.equal(clustersOf(sites, () => ({ x: 500, y: 5 }), size, new Set()).length, 0);
});

test("a project's places are tied to each other, a city to its neighbours", () => {
  const graph = sample();
  const { sites } = sitesOf(graph, seenBy({}));
  const ties = tiesOf(graph, seenBy({ selected: 2, near: new Set([0, 1, 2]) }), sites);
  assert.deepEqual(
    ties.map((pair) => pair.map(({ id }) => id).sort()),
    [[0, 1]],
  );
  assert.deepEqual(tiesOf(graph, seenBy({ selected: 0, near: new Set([0, 2]) }), sites), []);
  assert.deepEqual(tiesOf(graph, seenBy({}), sites), []);
});
