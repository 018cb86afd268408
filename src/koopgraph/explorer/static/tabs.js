// The tabs of the views, after the ARIA authoring practices: one is in the order of the Tab key, arrows go to the others.

/** Joins the buttons `[data-view]` in `place`; `choose(view)` hears which view is wanted. */
export class Tabs {
  constructor(place, views, choose) {
    this.buttons = views.map((view) => place.querySelector(`[data-view="${view}"]`));
    this.buttons.forEach((button, at) => {
      button.addEventListener("click", () => choose(button.dataset.view));
      button.addEventListener("keydown", (event) => this.key(event, at));
    });
  }

  key(event, at) {
    const last = this.buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    this.buttons[to].focus();
    this.buttons[to].click();
  }

  show(view) {
    for (const button of this.buttons) {
      const chosen = button.dataset.view === view;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      document.getElementById(`view-${button.dataset.view}`).hidden = !chosen;
    }
  }
}
