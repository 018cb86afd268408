// The reader view: an article with everything that it names marked, and the sentence of a statement in sight.

import { dateInWords } from "./dates.js";
import { drawing, element, outsideLink, textButton } from "./elements.js";
import { fold } from "./folding.js";
import { mentionPieces } from "./marking.js";
import { sentenceOf, textOf } from "./records.js";
import { pathOf } from "./shapes.js";

/** Articles that the list shows at once. */
const LISTED = 300;

/** Lists the passing articles, and shows the one that the state names. */
export class ReaderView {
  constructor(place, graph, words, act) {
    Object.assign(this, { place, graph, words, act, query: "" });
  }

  show(seen) {
    this.seen = seen;
    if (!this.list) this.build();
    const { article, at } = this.act.reading();
    this.fillList(article);
    this.place.classList.toggle("open", article !== null);
    const key = JSON.stringify([article, at, this.words.language, seen.selected]);
    if (key === this.shown) return;
    const moved = article !== this.article || at !== this.at;
    Object.assign(this, { shown: key, article, at });
    this.fillPage(moved);
  }

  build() {
    this.input = element("input", { type: "search", autocomplete: "off" });
    this.input.addEventListener("input", () => {
      this.query = this.input.value;
      this.fillList(this.article);
    });
    this.list = element("ul", { class: "titles" });
    this.page = element("article", { class: "page", tabindex: "0" });
    this.order = this.graph.articles
      .map((_, number) => number)
      .sort((a, b) => this.compare(this.graph.articles[a], this.graph.articles[b]) || a - b);
    this.place.replaceChildren(element("nav", { class: "shelf" }, this.input, this.list), this.page);
  }

  /** The newest first; what has no date comes last. */
  compare(a, b) {
    return a.issued === b.issued ? 0 : a.issued < b.issued ? 1 : -1;
  }

  fillList(chosen) {
    const { words } = this;
    this.input.placeholder = words.say("reader.search");
    this.input.setAttribute("aria-label", words.say("reader.search"));
    this.input.parentElement.setAttribute("aria-label", words.say("reader.articles"));
    const wanted = fold(this.query);
    const passing = this.order.filter(
      (number) => this.seen.articles[number] && this.titled(number).folded.includes(wanted),
    );
    const rows = passing.slice(0, LISTED).map((number) => this.entry(number, number === chosen));
    const rest = passing.length - rows.length;
    const note = rest > 0 ? words.say("reader.more", { count: words.number(rest) }) : "";
    this.list.replaceChildren(
      ...rows,
      passing.length && !note ? "" : element("li", { class: "note" }, note || words.say("reader.none")),
    );
    if (chosen !== this.listed) this.list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    this.listed = chosen;
  }

  titled(number) {
    this.titles ??= this.graph.articles.map(({ title, source, publisher }) => {
      return { name: title || source, folded: fold(`${title} ${source} ${publisher}`) };
    });
    return this.titles[number];
  }

  entry(number, current) {
    const { issued, publisher } = this.graph.articles[number];
    const said = [publisher, issued && this.date(issued)].filter(Boolean).join(" · ");
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", "aria-current": current ? "true" : null, on: { click: () => this.act.open(number, null) } },
        element("span", {}, this.titled(number).name),
        said ? element("span", { class: "note" }, said) : "",
      ),
    );
  }

  date(issued) {
    return dateInWords(issued, this.words.language, (key, fields) => this.words.say(key, fields));
  }

  fillPage(moved) {
    const { graph, words, article } = this;
    if (article === null) {
      this.page.replaceChildren(element("p", { class: "hint" }, words.say("reader.choose")));
      return;
    }
    const text = textOf(graph, article);
    this.page.replaceChildren(
      this.heading(article),
      ...(text === null ? this.quoted(article) : this.text(article, text)),
      this.statements(article),
    );
    if (!moved) return;
    const sentence = this.page.querySelector(".sentence");
    if (sentence) sentence.scrollIntoView({ block: "center" });
    else this.page.scrollTop = 0;
  }

  heading(number) {
    const { title, source, url, issued, publisher, authors } = this.graph.articles[number];
    const by = authors.map((id) => this.mention(id, this.graph.nodes[id].label));
    const rest = [publisher, issued && this.date(issued)].filter(Boolean).join(" · ");
    return element(
      "header",
      {},
      element(
        "button",
        { type: "button", class: "plain back", on: { click: () => this.act.back() } },
        this.words.say("reader.back"),
      ),
      element("p", { class: "note" }, rest || source),
      by.length ? element("p", { class: "authors" }, ...joined(by, ", ")) : "",
      url ? element("p", { class: "note" }, outsideLink(url, this.words.say("reader.original"))) : "",
      element("h2", { class: "unseen" }, title || source),
    );
  }

  /** The whole text, in paragraphs; the first line is its title. */
  text(number, text) {
    const sentence = this.passageAt(number);
    const things = this.graph
      .named()
      [number].map((id) => ({ id, names: [this.graph.nodes[id].label, ...this.graph.nodes[id].names] }));
    const { language } = this.graph.articles[number];
    let begin = 0;
    return text.split(/(\n\n+)/).map((part, index) => {
      const [from, to] = [begin, begin + part.length];
      begin = to;
      if (index % 2) return "";
      const pieces = split(mentionPieces(part, things), from, sentence).map((piece) => this.piece(piece));
      return element(index === 0 ? "h3" : "p", { lang: language || null, class: "part" }, ...pieces);
    });
  }

  passageAt(number) {
    if (this.at === null) return null;
    const found = this.graph.passages.find(({ article, begin }) => article === number && begin === this.at);
    return found ? { from: found.begin, to: found.begin + found.length } : null;
  }

  piece({ text, mark, sentence }) {
    const made = mark === null ? text : this.mention(mark, text);
    return sentence ? element("span", { class: "sentence" }, made) : made;
  }

  mention(id, text) {
    const { group, label } = this.graph.nodes[id];
    const title = `${label} (${this.words.say(`class.${group}`)})`;
    const kind = `mention ${group}${id === this.seen.selected ? " chosen" : ""}`;
    return textButton({ class: kind, title }, () => this.act.select(id), text);
  }

  /** Where the page does not hold the text: the sentences that it quotes, in their order. */
  quoted(number) {
    const { graph, words } = this;
    const own = graph.passages.filter(({ article }) => article === number).sort((a, b) => a.begin - b.begin);
    const things = graph
      .named()
      [number].map((id) => ({ id, names: [graph.nodes[id].label, ...graph.nodes[id].names] }));
    return [
      element("p", { class: "note" }, words.say("reader.quoted")),
      ...own.map((passage) => {
        const chosen = passage.begin === this.at;
        const pieces = mentionPieces(sentenceOf(graph, passage), things).map(({ text, mark }) =>
          this.piece({ text, mark, sentence: chosen }),
        );
        return element("p", { lang: graph.articles[number].language || null, class: "part" }, ...pieces);
      }),
    ];
  }

  /** What the graph has learnt from the article; each leads to its sentence. */
  statements(number) {
    const { graph, words } = this;
    const rows = graph.named()[number].flatMap((id) =>
      graph.nodes[id].links
        .map((link) => graph.edges[link])
        .filter(({ from }) => from === id)
        .flatMap((edge) => {
          const passage = edge.evidence.map((at) => graph.passages[at]).find(({ article }) => article === number);
          return passage ? [this.statement(edge, passage)] : [];
        }),
    );
    if (!rows.length) return "";
    return element(
      "section",
      { class: "stated" },
      element("h3", {}, words.say("reader.statements")),
      element("ul", {}, ...rows),
    );
  }

  statement({ from, relation, to }, { article, begin }) {
    const name = (id) => [
      drawing(pathOf(this.graph.nodes[id].group), `shape ${this.graph.nodes[id].group}`),
      this.graph.nodes[id].label,
    ];
    const said = element("span", { class: "note" }, ` ${this.words.say(`relation.${relation}`)} `);
    const go = () => this.act.open(article, begin);
    return element(
      "li",
      {},
      element("button", { type: "button", class: "said", on: { click: go } }, ...name(from), said, ...name(to)),
    );
  }
}

function joined(parts, separator) {
  return parts.flatMap((part, number) => (number ? [separator, part] : [part]));
}

/** Cut pieces once more where the sentence { from, to } begins and ends, in offsets of the text; `begin` is the first one's. */
function split(pieces, begin, sentence) {
  let at = begin;
  return pieces.flatMap(({ text, mark }) => {
    const from = at;
    at += text.length;
    if (!sentence || at <= sentence.from || from >= sentence.to) return [{ text, mark, sentence: false }];
    const cuts = [0, Math.max(sentence.from - from, 0), Math.min(sentence.to - from, text.length), text.length];
    const parts = [0, 1, 2].map((number) => ({
      text: text.slice(cuts[number], cuts[number + 1]),
      mark,
      sentence: number === 1,
    }));
    return parts.filter((part) => part.text);
  });
}
