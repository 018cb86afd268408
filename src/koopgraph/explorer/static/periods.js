// Times as readers type them into a filter: a year, a month or a day.

const TYPED = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/;

/** The first and the last day of what was typed, as { from, until } in ISO form; null where it is no time. */
export function periodOf(typed) {
  const match = TYPED.exec(
    typed
      .trim()
      .replace(/^(\d{1,2})\.(\d{4})$/, "$2-$1")
      .replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, "$3-$2-$1"),
  );
  if (!match) return null;
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? null : Number(part)));
  const from = iso(year, month ?? 1, day ?? 1);
  const until = iso(year, month ?? 12, day ?? lastDay(year, month ?? 12));
  return from && until ? { from, until } : null;
}

/** A day as short as it can be typed again: '2015-01-01' as the beginning of a period is '2015'. */
export function shortened(day, end) {
  const year = day.slice(0, 4);
  const month = day.slice(0, 7);
  return [year, month].find((form) => periodOf(form)?.[end] === day) ?? day;
}

function lastDay(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function iso(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}
