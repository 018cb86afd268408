// What lies under the map's symbols: land with its coasts and borders, and the scale bar.

import { scaleBar } from "./mercator.js";

/** Draw the land of { land, borders } (see outlines.js) as far as it is in view; `at(point)` maps the plane to pixels. */
export function drawLand(context, { land, borders }, at, size, colours) {
  context.lineJoin = "round";
  context.fillStyle = colours.land;
  context.strokeStyle = colours.border;
  context.beginPath();
  for (const line of land) trace(context, line, at, size, true);
  context.fill();
  context.lineWidth = 0.7;
  context.stroke();
  context.lineWidth = 1.1;
  context.beginPath();
  for (const line of borders) trace(context, line, at, size, false);
  context.stroke();
}

function trace(context, { points, box }, at, size, closed) {
  const [start, end] = [at({ x: box.left, y: box.top }), at({ x: box.right, y: box.bottom })];
  if (end.x < 0 || end.y < 0 || start.x > size.width || start.y > size.height) return;
  points.forEach((point, number) => {
    const { x, y } = at(point);
    if (number) context.lineTo(x, y);
    else context.moveTo(x, y);
  });
  if (closed) context.closePath();
}

/** Draw a scale bar into the lower right corner. */
export function drawScale(context, view, size, colours, words) {
  const { metres, pixels } = scaleBar(view, 110);
  const [x, y] = [size.width - 16 - pixels, size.height - 14];
  context.strokeStyle = colours.soft;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y - 4);
  context.lineTo(x, y);
  context.lineTo(x + pixels, y);
  context.lineTo(x + pixels, y - 4);
  context.stroke();
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.soft;
  const said = metres < 1000 ? `${words.number(metres)} m` : `${words.number(metres / 1000)} km`;
  context.fillText(said, x + pixels / 2, y - 9);
}
