// One shape and one colour for each class: either alone tells them apart.

let paths = null;

/** Outlines around (0, 0), of about the same area as a circle of radius 1, as the page holds them (shapes.json). */
function known() {
  paths ??= JSON.parse(document.getElementById("shapes-data").textContent);
  return paths;
}

/** The outline of a class; any class that is not known looks the same. */
export function pathOf(kind) {
  return Object.hasOwn(known(), kind) ? known()[kind] : known().other;
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
    colours.kinds.set(kind, (Object.hasOwn(known(), kind) && read(`--${kind}`)) || read("--other"));
  return colours;
}
