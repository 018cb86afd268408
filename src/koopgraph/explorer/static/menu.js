// What can be taken away from the page: a picture, a link, a print.

import { element } from "./elements.js";
import { copy, fileName, save } from "./saving.js";
import { svgFile } from "./vectors.js";

/** Fills the menu. A view may offer what is seen as `svg()` (an SVG element) and `picture()` (an HTMLCanvasElement). */
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
      view.picture ? ["menu.png", () => this.savePng(view)] : null,
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

  savePng(view) {
    view.picture().toBlob((blob) => save(blob, fileName(document.title, "png")), "image/png");
  }

  async link() {
    const done = await copy(location.href);
    document.getElementById("status").textContent = this.words.say(done ? "menu.copied" : "list.notcopied");
  }
}
