// The axis of the timeline: ticks at whole years, months or days, and bins between them.

import { dayOf, isoOf } from "./spans.js";

/** Steps of an axis from fine to coarse: [unit, how many]. */
const STEPS = [
  ["day", 1],
  ["day", 7],
  ["month", 1],
  ["month", 3],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => ["year", years]),
];
const DAYS = { day: 1, month: 30.4, year: 365.25 };

/** The finest step that is at least `least` pixels wide: { unit, count }. */
export function stepOf(pixelsPerDay, least) {
  const [unit, count] = STEPS.find(([of, many]) => DAYS[of] * many * pixelsPerDay >= least) ?? STEPS.at(-1);
  return { unit, count };
}

/** The last beginning of a step at or before a day, as a day. */
export function floorOf(day, { unit, count }) {
  if (unit === "day") return Math.floor(day / count) * count;
  const date = new Date(isoOf(Math.floor(day)));
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const size = unit === "year" ? count * 12 : count;
  return monthStart(Math.floor(months / size) * size);
}

/** The beginning of the step after the one that begins on `day`. */
export function nextOf(day, { unit, count }) {
  if (unit === "day") return day + count;
  const date = new Date(isoOf(day));
  const size = unit === "year" ? count * 12 : count;
  return monthStart(date.getUTCFullYear() * 12 + date.getUTCMonth() + size);
}

function monthStart(months) {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(months / 12), months - 12 * Math.floor(months / 12), 1);
  return date.getTime() / 86_400_000;
}

/** The beginnings of all steps from the one around `first` to `last`. */
export function ticksOf(first, last, step) {
  const ticks = [];
  for (let day = floorOf(first, step); day <= last; day = nextOf(day, step)) ticks.push(day);
  return ticks;
}

/** Say a tick: a year as '2015', a month as 'Sep. 2015', a day as '16. Sep.'; January and the first of a month say more. */
export function tickInWords(day, { unit }, language) {
  const date = new Date(isoOf(day));
  if (unit === "year") return String(date.getUTCFullYear());
  const options = { timeZone: "UTC", month: "short" };
  if (unit === "day") options.day = "numeric";
  if (unit === "month" ? date.getUTCMonth() === 0 : date.getUTCDate() <= 7 && date.getUTCMonth() === 0)
    options.year = "numeric";
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options).format(date);
}

/** Count days by the step in which they lie: a Map from the step's beginning to numbers of the days' places in `days`. */
export function binsOf(days, step) {
  const bins = new Map();
  days.forEach((day, number) => {
    if (day === null) return;
    const start = floorOf(day, step);
    if (!bins.has(start)) bins.set(start, []);
    bins.get(start).push(number);
  });
  return bins;
}

/** A day of an EDTF date as ISO, for filters; '' where it is infinite. */
export function dayToIso(day) {
  return Number.isFinite(day) ? isoOf(Math.round(day)) : "";
}

export const EARLIEST = dayOf("1000-01-01");
export const LATEST = dayOf("2199-12-31");
