// Names beside the nodes: as many as fit without touching each other, the most central first.

const LINE = 15;
const WIDEST = 24;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** Cut a name into at most two lines of about 24 letters. */
export function linesOf(name) {
  if (name.length <= WIDEST) return [name];
  const words = name.split(/\s+/);
  let first = words.shift();
  while (words.length && `${first} ${words[0]}`.length <= WIDEST) first += ` ${words.shift()}`;
  return [cut(first), cut(words.join(" "))].filter(Boolean);
}

function cut(text) {
  const letters = [...text];
  if (letters.length <= WIDEST) return text;
  const kept = letters.slice(0, WIDEST - 1).join("");
  return `${kept.trimEnd()}…`;
}

/** Boxes that are taken; a new one is only accepted where it touches none. */
export class Room {
  constructor(width, height) {
    this.bounds = { width, height };
    this.boxes = [];
  }

  free({ x, y, width, height }) {
    if (x < 2 || y < 2 || x + width > this.bounds.width - 2 || y + height > this.bounds.height - 2) return false;
    return !this.boxes.some((b) => x < b.x + b.width && x + width > b.x && y < b.y + b.height && y + height > b.y);
  }

  take(box) {
    this.boxes.push(box);
  }
}

/** How many names a view of this size bears: 40 to 60 on a screen, fewer on a telephone. */
export function mostLabels(width, height) {
  return Math.max(8, Math.min(60, Math.round((width * height) / 13000)));
}

/** Draws names onto the network's canvas, in screen coordinates, and keeps measured widths. */
export class Labels {
  constructor() {
    this.widths = new Map();
    this.shown = 0;
  }

  /**
   * Draw `areas` (see areas.js), then the names of `items` ({ id, name, x, y, radius, strong, faded, chosen } in pixels)
   * that no area is called after, in their order, and then the `captions` ({ text, x, y, room }) of lines. The `first` are
   * drawn even where they cover a shape, but never over the chosen one.
   */
  draw(context, { width, height }, { items, areas, captions, colours, first }) {
    const room = new Room(width, height);
    const shapes = new Room(width, height);
    for (const { x, y, radius, chosen } of items) {
      if (radius <= 3) continue;
      const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
      (chosen ? room : shapes).take(box);
    }
    const most = mostLabels(width, height);
    this.shown = 0;
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.lineJoin = "round";
    const named = new Set(
      areas.slice(0, most).flatMap((area) => (this.area(context, area, room, colours) ? area.named : [])),
    );
    for (const [number, item] of items.entries()) {
      if (this.shown >= Math.max(most, first)) break;
      if (named.has(item.id)) continue;
      const box = this.place(context, item, room, shapes, !item.faded && number < Math.max(first, 12));
      if (!box) continue;
      room.take(box);
      this.write(context, item, box, colours);
      this.shown += 1;
    }
    for (const caption of captions) this.caption(context, caption, room, colours);
  }

  area(context, { name, x, y, reach }, room, colours) {
    const lines = linesOf(name);
    const font = `650 15px ${FONT}`;
    const width = Math.max(...lines.map((line) => this.measure(context, font, line))) + 10;
    const box = { x: x - width / 2, y: y - lines.length * 9, width, height: lines.length * 18 };
    if (width > Math.max(reach * 2.4, 180) || !room.free(box)) return false;
    room.take(box);
    this.shown += 1;
    context.font = font;
    context.lineWidth = 5;
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.ink;
    lines.forEach((line, number) => {
      context.strokeText(line, x, box.y + 18 * (number + 0.5));
      context.fillText(line, x, box.y + 18 * (number + 0.5));
    });
    return true;
  }

  place(context, item, room, shapes, forced) {
    item.lines = linesOf(item.name);
    const font = fontOf(item);
    const width = Math.max(...item.lines.map((line) => this.measure(context, font, line))) + 4;
    const height = LINE * item.lines.length;
    const { x, y, radius } = item;
    const gap = radius + 3;
    const places = [
      { x: x - width / 2, y: y + gap, width, height },
      { x: x + gap, y: y - height / 2, width, height },
      { x: x - width / 2, y: y - gap - height, width, height },
      { x: x - gap - width, y: y - height / 2, width, height },
    ];
    const open = places.filter((box) => room.free(box));
    return open.find((box) => shapes.free(box)) ?? (forced ? open[0] : undefined);
  }

  write(context, item, box, colours) {
    context.font = fontOf(item);
    context.textAlign = "center";
    context.globalAlpha = item.faded ? 0.35 : 1;
    context.lineWidth = 3.5;
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.ink;
    item.lines.forEach((line, number) => {
      const [x, y] = [box.x + box.width / 2, box.y + LINE * (number + 0.5)];
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    });
    context.globalAlpha = 1;
  }

  caption(context, { text, x, y, room: length }, room, colours) {
    const font = `11px ${FONT}`;
    const width = this.measure(context, font, text) + 6;
    const box = { x: x - width / 2, y: y - 7, width, height: 14 };
    if (width > length || !room.free(box)) return;
    room.take(box);
    context.font = font;
    context.textAlign = "center";
    context.lineWidth = 4;
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.soft;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }

  measure(context, font, text) {
    const key = `${font}${text}`;
    if (!this.widths.has(key)) {
      context.font = font;
      this.widths.set(key, context.measureText(text).width);
    }
    return this.widths.get(key);
  }
}

function fontOf({ strong }) {
  return strong ? `600 13px ${FONT}` : `12px ${FONT}`;
}
