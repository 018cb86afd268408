// One shape and one colour for each class: either alone tells them apart.

/** Outlines around (0, 0), of about the same area as a circle of radius 1. */
export const PATHS = {
  Person: "M.95 0A.95.95 0 1 1-.95 0A.95.95 0 1 1 .95 0Z",
  Organisation: "M-.84-.84H.84V.84H-.84Z",
  City: "M0-1.1L.95-.55V.55L0 1.1L-.95.55V-.55Z",
  Place: "M0 1.15L-1.15-.82H1.15Z",
  Project: "M0-1.2L1.2 0L0 1.2L-1.2 0Z",
  Programme: "M-.4-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z",
  Event: "M0-1.15L1.15.82H-1.15Z",
  Award: "M0-1.3L.34-.46L1.24-.4L.55.18L.76 1.05L0 .57L-.76 1.05L-.55.18L-1.24-.4L-.34-.46Z",
  Document: "M-.75-1.05H.25L.75-.55V1.05H-.75Z",
};
const OTHER = "M.5-.95L.95-.5V.5L.5.95H-.5L-.95.5V-.5L-.5-.95Z";

/** The outline of a class; any class that is not known looks the same. */
export function pathOf(kind) {
  return Object.hasOwn(PATHS, kind) ? PATHS[kind] : OTHER;
}

const outlines = new Map();

/** Draw a class's shape at (x, y) in the context's units. */
export function drawShape(context, kind, x, y, radius, { fill, line, lineWidth = 0 }) {
  if (!outlines.has(kind)) outlines.set(kind, new Path2D(pathOf(kind)));
  // A drawing in vectors takes the outline in words: a Path2D does not tell it.
  const outline = context.svg ? pathOf(kind) : outlines.get(kind);
  context.save();
  context.translate(x, y);
  context.scale(radius, radius);
  context.fillStyle = fill;
  context.fill(outline);
  if (lineWidth > 0) {
    context.lineWidth = lineWidth / radius;
    context.lineJoin = "round";
    context.strokeStyle = line;
    context.stroke(outline);
  }
  context.restore();
}

/** The colours of the style sheet, read again when the reader's system changes between light and dark. */
export function readColours(kinds) {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const colours = {
    ground: read("--ground"),
    ink: read("--ink"),
    soft: read("--soft"),
    edge: read("--edge"),
    line: read("--line"),
    accent: read("--accent"),
  };
  colours.kinds = new Map();
  for (const kind of kinds)
    colours.kinds.set(kind, (Object.hasOwn(PATHS, kind) && read(`--${kind}`)) || read("--other"));
  return colours;
}
