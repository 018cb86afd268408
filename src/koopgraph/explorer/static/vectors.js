// A canvas that remembers: what the picture draws, as SVG. Only what the picture uses of a canvas's context is here.

const SVG = "http://www.w3.org/2000/svg";

/** Stands in for a CanvasRenderingContext2D; `svg` is the drawing, made of elements and text nodes alone. */
export class VectorContext {
  constructor(width, height, measuring) {
    this.measuring = measuring;
    this.svg = document.createElementNS(SVG, "svg");
    const size = { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif" };
    for (const [name, value] of Object.entries(size)) this.svg.setAttribute(name, value);
    this.saved = [];
    this.matrix = [1, 0, 0, 1, 0, 0];
    this.path = [];
    Object.assign(this, { globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter" });
    Object.assign(this, { font: "12px sans-serif", textAlign: "start", textBaseline: "alphabetic" });
  }

  save() {
    const { matrix, globalAlpha, fillStyle, strokeStyle, lineWidth, lineJoin, font, textAlign, textBaseline } = this;
    this.saved.push({
      matrix,
      globalAlpha,
      fillStyle,
      strokeStyle,
      lineWidth,
      lineJoin,
      font,
      textAlign,
      textBaseline,
    });
  }

  restore() {
    Object.assign(this, this.saved.pop() ?? {});
  }

  setTransform(...matrix) {
    this.matrix = matrix;
  }

  translate(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    this.matrix = [a, b, c, d, e + a * x + c * y, f + b * x + d * y];
  }

  scale(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    this.matrix = [a * x, b * x, c * y, d * y, e, f];
  }

  beginPath() {
    this.path = [];
  }

  moveTo(x, y) {
    this.path.push(`M${round(x)} ${round(y)}`);
  }

  lineTo(x, y) {
    this.path.push(`L${round(x)} ${round(y)}`);
  }

  closePath() {
    this.path.push("Z");
  }

  /** Whole circles only. */
  arc(x, y, radius) {
    const [left, right] = [round(x - radius), round(x + radius)];
    this.path.push(
      `M${right} ${round(y)}A${round(radius)} ${round(radius)} 0 1 1 ${left} ${round(y)}A${round(radius)} ${round(radius)} 0 1 1 ${right} ${round(y)}Z`,
    );
  }

  /** Fill the present path, or one in the words of SVG. */
  fill(path = this.path.join("")) {
    this.add("path", { d: path, fill: this.fillStyle });
  }

  stroke(path = this.path.join("")) {
    this.add("path", { d: path, fill: "none", ...this.line() });
  }

  fillRect(x, y, width, height) {
    this.add("rect", { x: round(x), y: round(y), width: round(width), height: round(height), fill: this.fillStyle });
  }

  fillText(text, x, y) {
    this.write(text, x, y, { fill: this.fillStyle });
  }

  strokeText(text, x, y) {
    this.write(text, x, y, { fill: "none", ...this.line() });
  }

  measureText(text) {
    this.measuring.font = this.font;
    return this.measuring.measureText(text);
  }

  write(text, x, y, paint) {
    const [, weight = "400", size = "12"] = /^(\d{3})?\s*(\d+)px/.exec(this.font) ?? [];
    const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign] ?? "start";
    // A baseline in the middle is not known to every program that reads SVG; a third of the letters' size is.
    const down = this.textBaseline === "middle" ? Number(size) * 0.35 : 0;
    const made = this.add("text", {
      x: round(x),
      y: round(y + down),
      "font-size": size,
      "font-weight": weight,
      "text-anchor": anchor,
      ...paint,
    });
    made.textContent = clean(text);
  }

  line() {
    return { stroke: this.strokeStyle, "stroke-width": round(this.lineWidth), "stroke-linejoin": this.lineJoin };
  }

  add(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (this.globalAlpha < 1) made.setAttribute("opacity", String(round(this.globalAlpha)));
    if (this.matrix.join() !== "1,0,0,1,0,0")
      made.setAttribute("transform", `matrix(${this.matrix.map(round).join(" ")})`);
    this.svg.append(made);
    return made;
  }
}

/** An SVG element as the text of a file. */
export function svgFile(svg) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** XML cannot hold control characters, not even escaped. */
function clean(text) {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
