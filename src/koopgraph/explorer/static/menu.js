// What can be taken away from the page: a picture, a link, a print.

import { element } from "./elements.js";
import { copy, fileName, save } from "./saving.js";
import { svgFile } from "./vectors.js";

/** Fills the menu. A view may offer `svg()` (an SVG element) and `canvas()` (an HTMLCanvasElement) of what is seen. */
export class Menu {
  constructor(place, words, explorer) {
    Object.assign(this, { place, words, explorer });
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !place.open) return;
      event.preventDefault();
      place.open = false;
      place.querySelector("summary").focus();
    });
    addEventListener("pointerdown", (event) => {
      if (!place.contains(event.target)) place.open = false;
    });
  }

  show(view) {
    const { words, explorer } = this;
    const entries = [
      view.svg || view.canvas ? ["menu.png", () => this.savePng(view)] : null,
      view.svg ? ["menu.svg", () => this.saveSvg(view)] : null,
      view.csv ? ["menu.csv", () => view.save()] : null,
      ["menu.link", () => this.link()],
      ["menu.print", () => print()],
      ["menu.reset", () => explorer.reset()],
    ];
    this.place
      .querySelector("div")
      .replaceChildren(
        ...entries
          .filter(Boolean)
          .map(([key, click]) =>
            element(
              "button",
              { type: "button", "data-entry": key, on: { click: () => this.take(click) } },
              words.say(key),
            ),
          ),
      );
  }

  take(click) {
    this.place.open = false;
    this.place.querySelector("summary").focus();
    click();
  }

  saveSvg(view) {
    save(new Blob([svgFile(view.svg())], { type: "image/svg+xml" }), fileName(document.title, "svg"));
  }

  async savePng(view) {
    const canvas = view.canvas ? view.canvas() : await painted(view.svg());
    canvas.toBlob((blob) => save(blob, fileName(document.title, "png")), "image/png");
  }

  async link() {
    const done = await copy(location.href);
    document.getElementById("status").textContent = this.words.say(done ? "menu.copied" : "list.notcopied");
  }
}

/** An SVG element on a canvas of twice its size, sharp enough for print. */
async function painted(svg) {
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const image = new Image(width * 2, height * 2);
  const address = URL.createObjectURL(new Blob([svgFile(svg)], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: width * 2, height: height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}
