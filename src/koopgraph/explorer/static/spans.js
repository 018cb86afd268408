// Dates (EDTF) as spans of days, for filters and axes.

import { parsed } from "./dates.js";

const DAY = 86_400_000;

/**
 * The days that a date covers, counted from 1970-01-01: { from, to, rough }, both inclusive, infinite where an end is
 * open; `rough` dates are approximate. Null where no year is known, or the date is not understood.
 */
export function spanOf(edtf) {
  const [from, to, ...more] = edtf.split("/");
  if (more.length) return null;
  const start = single(from);
  if (to === undefined) return start;
  const open = (end) => end === ".." || end === "";
  if (open(from) && open(to)) return null;
  const end = single(to);
  if (!(start || open(from)) || !(end || open(to))) return null;
  const span = { from: start?.from ?? -Infinity, to: end?.to ?? Infinity, rough: Boolean(start?.rough || end?.rough) };
  return span.from <= span.to ? span : null;
}

function single(text) {
  const date = parsed(text);
  if (!date || date.shape.includes("without year")) return null;
  const last = new Date(date.time);
  if (date.shape === "year") last.setUTCFullYear(last.getUTCFullYear() + 1);
  if (date.shape === "month") last.setUTCMonth(last.getUTCMonth() + 1);
  const from = date.time / DAY;
  return { from, to: date.shape === "day" ? from : last.getTime() / DAY - 1, rough: date.rough };
}

/** The number of a day in ISO form. */
export function dayOf(iso) {
  return single(iso)?.from ?? NaN;
}

/** A day's number in ISO form. */
export function isoOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
