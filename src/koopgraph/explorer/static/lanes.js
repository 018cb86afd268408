// Bars and their names in lanes, so that nothing covers anything else.

/**
 * Give each item { start, end } (pixels) the first of `count` lanes where nothing overlaps it; earlier items go first. Sets
 * `lane`, -1 where none is free. Lanes depend on the zoom alone: panning moves no bar up or down.
 */
export function packed(items, count) {
  const lanes = Array.from({ length: count }, () => []);
  for (const item of items) {
    item.lane = lanes.findIndex((lane) => insert(lane, item));
  }
  return items;
}

/** Put an item into a lane sorted by start if there is room; says whether there was. */
function insert(lane, item) {
  let [low, high] = [0, lane.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lane[middle].start < item.start) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && lane[low - 1].end > item.start) return false;
  if (low < lane.length && lane[low].start < item.end) return false;
  lane.splice(low, 0, item);
  return true;
}
