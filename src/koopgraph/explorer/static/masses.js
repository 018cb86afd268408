// Where the mass of some values lies: single ones far off must not squash a picture.

/** Fewer values than this are shown whole. */
const MANY = 20;

/** The shortest range [first, last] that holds this share of many values, and all of a few. */
export function massOf(values, share) {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length < MANY ? sorted.length : Math.ceil(sorted.length * share);
  let best = 0;
  for (let start = 1; start + count <= sorted.length; start += 1)
    if (sorted[start + count - 1] - sorted[start] < sorted[best + count - 1] - sorted[best]) best = start;
  return [sorted[best], sorted[best + count - 1]];
}
