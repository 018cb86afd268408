// The coasts and borders of the map, unpacked from outlines.json (see scripts/make_outlines.py).

import { project } from "./mercator.js";

/** Unpack the outlines to { land: [points…], borders: [points…] }; each has `box`, all on Mercator's plane. */
export function unpacked({ arcs, borders, rings, steps }) {
  const lines = arcs.map((text) => decoded(text, steps).map(project));
  const ring = (numbers) =>
    numbers.flatMap((number, at) => (number >= 0 ? lines[number] : lines[~number].toReversed()).slice(at ? 1 : 0));
  return {
    land: rings.map((numbers) => boxed(unbroken(ring(numbers)))),
    borders: borders.map((number) => boxed(lines[number])),
  };
}

/** Undo the encoding of Google's polylines: differences in steps, five bits a character. */
export function decoded(text, steps) {
  const points = [];
  let [x, y, at] = [0, 0, 0];
  const next = () => {
    let [value, shift, bits] = [0, 0, 0];
    do {
      bits = text.charCodeAt(at++) - 63;
      value |= (bits & 31) << shift;
      shift += 5;
    } while (bits >= 32);
    return value & 1 ? ~(value >> 1) : value >> 1;
  };
  while (at < text.length) {
    x += next();
    y += next();
    points.push([x / steps, y / steps]);
  }
  return points;
}

/** Russia goes on beyond the 180th meridian: its points there follow on the same side, not on the other one. */
function unbroken(points) {
  let shift = 0;
  return points.map(({ x, y }, at) => {
    const step = at ? x - points[at - 1].x : 0;
    if (Math.abs(step) > 0.5) shift -= Math.sign(step);
    return { x: x + shift, y };
  });
}

function boxed(points) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return { points, box };
}
