// A span on the timeline: a shape or a bar, and its name beside or inside it.

import { drawShape } from "./shapes.js";

export const FONT = "12.5px system-ui, sans-serif";
/** The widest name, in pixels. */
const WIDEST = 190;
const HEIGHT = 18;
/** Shorter bars are drawn as their class's shape. */
const SHORT = 12;
/** How far an open end fades out, and in how many steps. */
const FADE = 40;
const STEPS = 4;

/** A name that is cut where it is too wide: { said, width } in the present font of the context. */
export function shortened(context, name) {
  const { width } = context.measureText(name);
  if (width <= WIDEST) return { said: name, width };
  const letters = [...name];
  const kept = letters.slice(0, Math.floor((letters.length * WIDEST) / width)).join("");
  const said = `${kept.trimEnd()}…`;
  return { said, width: context.measureText(said).width };
}

/** Draw an item of the timeline with its middle line at { x, y }. */
export function drawSpan(context, item, { x, y }, { kind, fill, chosen, colours }) {
  if (item.bar <= SHORT) drawShape(context, kind, x + 5, y, 6, { fill });
  else drawBar(context, item, x, y, fill);
  if (chosen) frame(context, x - 3, y - 10, item.inside ? item.bar + 6 : item.end - item.start, 20, colours.accent);
  context.font = FONT;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.ink;
  // A long bar keeps its name in view.
  const left = item.inside ? Math.max(x + 8, Math.min(8, x + item.bar - item.text.width - 8)) : x + item.bar + 5;
  context.strokeText(item.text.said, left, y);
  context.fillText(item.text.said, left, y);
}

function drawBar(context, { from, to, bar }, x, y, fill) {
  const alpha = context.globalAlpha;
  const fade = Math.min(FADE, bar / 2);
  const [starts, ends] = [Number.isFinite(from), Number.isFinite(to)];
  const [left, right] = [starts ? x : x + fade, ends ? x + bar : x + bar - fade];
  const box = (at, width) => context.fillRect(at, y - HEIGHT / 2, width, HEIGHT);
  context.fillStyle = fill;
  context.globalAlpha = alpha * 0.55;
  box(left, right - left);
  for (let step = 0; step < STEPS; step += 1) {
    context.globalAlpha = alpha * (0.42 - 0.1 * step);
    if (!ends) box(right + (step * fade) / STEPS, fade / STEPS);
    if (!starts) box(left - ((step + 1) * fade) / STEPS, fade / STEPS);
  }
  context.globalAlpha = alpha;
  if (starts) box(x, 3);
  if (ends) box(x + bar - 3, 3);
}

function frame(context, x, y, width, height, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y + height);
  context.lineTo(x, y + height);
  context.closePath();
  context.stroke();
}
