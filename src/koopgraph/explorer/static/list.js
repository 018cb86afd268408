// The list view: everything that passes the filters as a table, the equivalent of every picture.

import { drawing, element } from "./elements.js";
import { copy, fileName, save } from "./saving.js";
import { pathOf } from "./shapes.js";
import { COLUMNS, csvOf, matching, sorted, statementRows, thingRows } from "./tables.js";
import { dateInWords } from "./dates.js";
import { valueInWords } from "./values.js";

/** Rows that are made at once; a page of 20,000 would take seconds. */
const ROWS = 200;

/** Shows the table, sorted and searched as the state says. */
export class ListView {
  constructor(place, graph, words, act) {
    Object.assign(this, { place, graph, words, act, limit: ROWS });
  }

  show(seen) {
    this.seen = seen;
    const { table, sort, find } = this.act.tabled();
    Object.assign(this, { name: table, sort: sortOf(sort), query: find });
    if (!this.body) this.build();
    if (this.input.value !== find) this.input.value = find;
    this.label();
    this.fill();
  }

  build() {
    const { words } = this;
    this.input = element("input", { type: "search", autocomplete: "off" });
    this.input.addEventListener("input", () => {
      this.limit = ROWS;
      this.act.refine({ find: this.input.value });
    });
    const choose = (table) =>
      element("button", { type: "button", "data-table": table, on: { click: () => this.choose(table) } });
    this.switches = ["things", "statements"].map(choose);
    this.count = element("p", { class: "note", role: "status" });
    this.copied = element("button", { type: "button", class: "plain", on: { click: () => this.copy() } });
    this.saved = element("button", { type: "button", class: "plain", on: { click: () => this.save() } });
    this.head = element("thead");
    this.body = element("tbody");
    this.caption = element("caption", { class: "unseen" });
    this.more = element("button", { type: "button", class: "plain more", on: { click: () => this.addRows() } });
    const group = { class: "switch", role: "group", "data-name": "list.table", "aria-label": words.say("list.table") };
    const region = {
      class: "scroll",
      tabindex: "0",
      role: "region",
      "data-name": "view.list",
      "aria-label": words.say("view.list"),
    };
    this.place.replaceChildren(
      element(
        "div",
        { class: "tools" },
        element("div", group, ...this.switches),
        this.input,
        this.count,
        this.copied,
        this.saved,
      ),
      element("div", region, element("table", {}, this.caption, this.head, this.body), this.more),
    );
  }

  choose(table) {
    this.limit = ROWS;
    this.act.change({ table, sort: "" });
  }

  addRows() {
    const at = this.limit;
    this.limit += ROWS * 5;
    this.fill();
    this.body.children[at]?.querySelector("button")?.focus();
  }

  label() {
    const { words, name } = this;
    for (const button of this.switches) {
      button.textContent = words.say(`list.${button.dataset.table}`);
      button.setAttribute("aria-pressed", String(button.dataset.table === name));
    }
    this.input.placeholder = words.say("list.filter");
    this.input.setAttribute("aria-label", words.say("list.filter"));
    this.copied.textContent = words.say("list.copy");
    this.saved.textContent = words.say("list.save");
    this.caption.textContent = words.say(`list.${name}`);
  }

  /** The rows are made anew only when what they show has changed: a selection alone marks one. */
  rows() {
    const key = [this.seen.nodes, this.seen.edges, this.name, this.words.language];
    if (!this.made || key.some((part, at) => part !== this.made.key[at])) {
      const make = this.name === "things" ? thingRows : statementRows;
      const rows = make(
        this.graph,
        this.seen,
        (word) => this.words.say(word),
        (relation, text) => valueInWords(this.graph, this.words, relation, text),
      );
      this.made = { key, rows };
    }
    const columns = COLUMNS[this.name];
    const { column, descending } = this.sort;
    const wanted = columns.find(({ key: name }) => name === column);
    return sorted(matching(this.made.rows, columns, this.query), wanted, descending, this.words.language);
  }

  fill() {
    const { words, name } = this;
    const rows = this.rows();
    this.head.replaceChildren(element("tr", {}, ...COLUMNS[name].map((column) => this.heading(column))));
    this.body.replaceChildren(...rows.slice(0, this.limit).map((row) => this.row(row)));
    this.count.textContent = words.say("list.count", { count: words.number(rows.length) });
    this.more.hidden = rows.length <= this.limit;
    this.more.textContent = words.say("list.more", { count: words.number(rows.length - this.limit) });
  }

  heading({ key, number }) {
    const { column, descending } = this.sort;
    const direction = column === key ? (descending ? "descending" : "ascending") : "none";
    const button = element(
      "button",
      { type: "button", "data-column": key, on: { click: () => this.sortBy(key, Boolean(number)) } },
      this.words.say(`list.${key}`),
    );
    return element("th", { scope: "col", class: number ? "number" : null, "aria-sort": direction }, button);
  }

  /** First as one expects (names upwards, numbers downwards), then the other way, then as before. */
  sortBy(key, number) {
    const { column, descending } = this.sort;
    const first = number ? `-${key}` : key;
    const other = number ? key : `-${key}`;
    const sort = column !== key ? first : descending === number ? other : "";
    this.act.refine({ sort });
    this.head.querySelector(`[data-column="${key}"]`).focus();
  }

  row(row) {
    const chosen = row.id === this.seen.selected || row.to === this.seen.selected;
    const cells = COLUMNS[this.name].map(({ key, number }) => {
      const cell = this.cell(row, key);
      return element("td", { class: number ? "number" : key }, cell);
    });
    return element("tr", { class: chosen && this.seen.selected !== null ? "chosen" : null }, ...cells);
  }

  cell(row, key) {
    if (key === "name" || key === "subject") return this.goTo(row.id, row[key]);
    if (key === "object" && row.to !== null) return this.goTo(row.to, row.object);
    if (key === "class") return element("span", { class: "kind" }, row.class);
    if (key === "sure") return this.words.percent(row.sure);
    if (key === "issued" && row.issued)
      return dateInWords(row.issued, this.words.language, (word, fields) => this.words.say(word, fields));
    if (key === "article" && row.passage && row.article) return this.toArticle(row);
    return typeof row[key] === "number" ? this.words.number(row[key]) : row[key];
  }

  goTo(id, name) {
    const { group } = this.graph.nodes[id];
    return element(
      "button",
      { type: "button", class: "go", on: { click: () => this.act.select(id) } },
      drawing(pathOf(group), `shape ${group}`),
      element("span", {}, name),
    );
  }

  toArticle({ article, passage }) {
    const open = () => this.act.open(passage.article, passage.begin);
    return element("button", { type: "button", class: "go", on: { click: open } }, element("span", {}, article));
  }

  csv() {
    const { words, name } = this;
    const headings = COLUMNS[name].map(({ key }) => words.say(`list.${key}`));
    const extra =
      name === "things"
        ? ["IRI"]
        : [words.say("list.subject.iri"), words.say("list.object.iri"), words.say("list.sentence")];
    return csvOf(this.graph, this.rows(), COLUMNS[name], [...headings, ...extra], (id) => this.act.iri(id));
  }

  async copy() {
    const done = await copy(this.csv());
    this.count.textContent = this.words.say(done ? "list.copied" : "list.notcopied");
  }

  save() {
    // Excel takes a CSV without a byte order mark for Windows-1252.
    save(new Blob(["\ufeff", this.csv()], { type: "text/csv;charset=utf-8" }), fileName(document.title, "csv"));
  }
}

/** A sorting as the address has it: 'name', or '-articles' downwards. */
function sortOf(text) {
  return { column: text.replace(/^-/, ""), descending: text.startsWith("-") };
}
