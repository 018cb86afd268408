// From degrees to the map's plane and to pixels. Mercator: shapes are right at every scale, north is up, and the
// readers know it; that it enlarges the north does not matter where nothing is measured.

import { massOf } from "./masses.js";

/** Beyond this latitude Mercator has no use. */
const NORTHMOST = 82;

/** A place on the plane, whose sides are 1: { x, y } of [longitude, latitude] in degrees. */
export function project([longitude, latitude]) {
  const angle = (Math.max(-NORTHMOST, Math.min(NORTHMOST, latitude)) * Math.PI) / 180;
  return { x: (longitude + 180) / 360, y: (1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2 };
}

/** The latitude of a place on the plane. */
export function latitudeOf(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/**
 * A view shows this share of many points in either direction, so of all a little less (87 to 91 % of the training articles'
 * places): a few in America must not make a dot of Europe.
 */
const SHARE = 0.9;

/**
 * The view { x, y, scale } (its middle on the plane, pixels to the plane's side) that shows `points` in a box of pixels:
 * all of a few, of many those that lie closest together in either direction.
 */
export function viewOf(points, { width, height }, { closest, margin = 60 }) {
  const [left, right] = massOf(
    points.map(({ x }) => x),
    SHARE,
  );
  const [top, bottom] = massOf(
    points.map(({ y }) => y),
    SHARE,
  );
  const room = Math.min(
    Math.max(width - 2 * margin, 40) / Math.max(right - left, 1e-9),
    Math.max(height - 2 * margin, 40) / Math.max(bottom - top, 1e-9),
  );
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(room, closest) };
}

const EARTH = 40_075_017;

/** A round length and its pixels for a scale bar of at most `most` pixels: { metres, pixels }. */
export function scaleBar({ y, scale }, most) {
  const metres = (EARTH * Math.cos((latitudeOf(y) * Math.PI) / 180)) / scale;
  const power = 10 ** Math.floor(Math.log10(metres * most));
  const step = [5, 2, 1].find((factor) => factor * power <= metres * most);
  return { metres: step * power, pixels: (step * power) / metres };
}
