// Dates (EDTF) and amounts in words of the reader's language.

const PART = /^(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%]?)$/;

/**
 * Say an EDTF date in words: '2015-09-16/2015-09-18' as '16.–18. September 2015'. `say(key, fields)` gives
 * the words for open ends and approximate dates. What is not understood is returned as it is.
 */
export function dateInWords(edtf, language, say) {
  const [from, to, ...more] = edtf.split("/");
  if (more.length) return edtf;
  if (to === undefined) return single(from, language, say) ?? edtf;
  const open = (end) => end === ".." || end === "";
  if (open(from) && open(to)) return edtf;
  const [start, end] = [single(from, language, say), single(to, language, say)];
  if (open(to) && start) return say("date.since", { date: start });
  if (open(from) && end) return say("date.until", { date: end });
  if (!start || !end) return edtf;
  return range(parsed(from), parsed(to), language) ?? `${start} – ${end}`;
}

function single(text, language, say) {
  const date = parsed(text);
  if (!date) return null;
  const words = formatter(date, language).format(date.time);
  return date.rough ? say("date.about", { date: words }) : words;
}

function range(start, end, language) {
  if (start.rough || end.rough || start.shape !== end.shape) return null;
  if (start.shape === "year") return `${start.year}–${end.year}`;
  return start.time <= end.time ? formatter(start, language).formatRange(start.time, end.time) : null;
}

/** Read one date: { time (of its first day, or of that day in 2000), year, shape, rough }, or null. */
export function parsed(text) {
  const match = PART.exec(text);
  if (!match) return null;
  const [, year, month, day, rough] = match;
  const known = (part) => part !== undefined && !part.startsWith("X");
  if (!known(year) && !known(month)) return null;
  if (known(day) && !known(month)) return null;
  // 2000 is a leap year, so that 29 February without a year exists.
  // Date.UTC takes the years 0 to 99 for those of the twentieth century; setUTCFullYear does not.
  const time = new Date(0).setUTCFullYear(
    known(year) ? +year : 2000,
    known(month) ? +month - 1 : 0,
    known(day) ? +day : 1,
  );
  const shape = known(day)
    ? known(year)
      ? "day"
      : "day without year"
    : known(month)
      ? known(year)
        ? "month"
        : "month without year"
      : "year";
  return { time, year, shape, rough: rough !== "" };
}

function formatter({ shape }, language) {
  const options = { timeZone: "UTC" };
  if (!shape.includes("without year")) options.year = "numeric";
  if (!shape.startsWith("year")) options.month = "long";
  if (shape.startsWith("day")) options.day = "numeric";
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options);
}

/** Say an amount such as '12500000 EUR' as the reader's language writes it: '12.500.000 €'. */
export function amountInWords(amount, language) {
  const match = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(amount);
  if (!match) return amount;
  const options = { style: "currency", currency: match[2], maximumFractionDigits: match[1].includes(".") ? 2 : 0 };
  return new Intl.NumberFormat(language === "en" ? "en-GB" : language, options).format(Number(match[1]));
}
