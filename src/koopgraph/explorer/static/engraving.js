// The network once more, drawn whole by ourselves: vis-network knows canvases only, and papers want vectors.

import { drawShape } from "./shapes.js";

/** Draw what `stage` shows onto a context, as vis-network and the backdrop do together. */
export function drawStage(stage, context, { width, height }) {
  const { graph, seen, colours } = stage;
  const scale = stage.network.getScale();
  const origin = stage.network.canvasToDOM({ x: 0, y: 0 });
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  context.setTransform(scale, 0, 0, scale, origin.x, origin.y);
  const near = new Set(
    graph.bundles.filter((bundle) => seen.bundles[bundle.id] && stage.lookOf(bundle) === "near").map(({ id }) => id),
  );
  stage.backdrop.lines(context, near, seen, colours, seen.near !== null, scale);
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.6;
  context.beginPath();
  for (const number of near) {
    const [a, b] = [graph.nodes[graph.bundles[number].from], graph.nodes[graph.bundles[number].to]];
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
  }
  context.globalAlpha = 0.9;
  if (near.size) context.stroke();
  stage.backdrop.dots(context, seen.near ?? new Set(), seen, colours, seen.near !== null, scale);
  context.globalAlpha = 1;
  for (const id of seen.near ?? []) {
    const { group, x, y, size } = graph.nodes[id];
    if (!seen.nodes[id]) continue;
    if (stage.isChosen(id)) stage.ring(context, x, y, size, true);
    drawShape(context, group, x, y, size, { fill: colours.kinds.get(group), line: colours.ground, lineWidth: 1.2 });
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  stage.labels.draw(context, { width, height }, stage.labelled(width, height));
}
