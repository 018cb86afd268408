"""A question as styled text. What comes from articles is never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from koopgraph.curation.judgements import Verdict
from koopgraph.query.table import printable
from koopgraph.review.items import Item, Kind, Quote
from koopgraph.review.words import Words

NAMES = ("bold $name-1-text on $name-1", "bold $name-2-text on $name-2")
"""Styles of both names, wherever they stand."""
QUIET = "$quiet"
MOST_OTHERS = 3
"""Other names that a card shows."""
MOST_SHARED = 3
"""Things in common that a reason names."""
_METER = 10


def question(item: Item, words: Words) -> Content:
    """Return what is asked."""
    asked = {Kind.PROPOSAL: "ask-pair", Kind.MERGE: "ask-merge", Kind.STATEMENT: "ask-statement"}[item.entry.kind]
    kind = words.say(item.entry.kind.value)
    return Content.assemble((f" {kind} ", "bold $badge-text on $badge"), "  ", (words.say(asked), "bold"))


def reason(item: Item, words: Words) -> Content:
    """Return why it is asked: the rule, how sure it is, what both things have in common."""
    percent = round(item.entry.confidence * 100)
    filled = round(item.entry.confidence * _METER)
    rule = [f"{words.rule(item.entry.rule)}, "] if item.entry.rule else []
    common = ", ".join(map(printable, item.shared[:MOST_SHARED]))
    shared = [f"  ·  {words.say('shared', things=common)}"] if common else []
    return Content.assemble(
        ("━" * filled, "$accent"),
        ("━" * (_METER - filled), "$track"),
        "  ",
        ("".join((*rule, words.say("confidence", percent=percent))), "bold"),
        ("".join(shared), QUIET),
    )


def thing(item: Item, side: int, words: Words) -> Content:
    """Return one side of the question: class, name, other names, articles; or the value of a statement."""
    if side >= len(item.sides):
        return _value(item, words)
    one = item.sides[side]
    lines = [
        Content.styled(f"{words.term(one.type.value)} · {_articles(one.articles, words)}", QUIET),
        Content.styled(f" {printable(one.name)} ", NAMES[side]),
    ]
    if one.others:
        others = [printable(name) for name in one.others[:MOST_OTHERS]]
        rest = " …" if len(one.others) > MOST_OTHERS else ""
        lines.append(Content.styled(f"{words.say('also')}: {' · '.join(others)}{rest}", QUIET))
    return Content("\n").join(lines)


def relation(item: Item, words: Words) -> Content:
    """Return the relation of a statement, as what stands between its two cards."""
    return Content.assemble(("── ", QUIET), (words.term(item.entry.relation), "bold"), (" ─▶", QUIET))


def quotes(found: Sequence[Quote], words: Words, *, more: int = 0) -> Content:
    """Return sentences, each below its article's title, date and source."""
    blocks = [Content("\n").join([_article(quote), _sentence(quote)]) for quote in found]
    if more:
        blocks.append(Content.styled(words.say("more", count=words.said(more)), QUIET))
    return Content("\n\n").join(blocks)


def keys(pairs: Iterable[tuple[str, str]], *, loud: bool = False) -> Content:
    """Return keys with what they do: in one line, those of decisions loud."""
    style, after = ("bold $key-text on $key", "  ") if loud else ("bold", "  ")
    parts: list[Content | str] = []
    for key, word in pairs:
        parts += [Content.styled(f" {key} " if loud else key, style), " ", Content.styled(word, "" if loud else QUIET)]
        parts.append(after)
    return Content.assemble(*parts[:-1])


def in_turn(found: Sequence[Quote]) -> list[Quote]:
    """Return the quotes of both sides by turns, for a screen that shows them one below the other."""
    places: dict[int | None, int] = {}
    ranked = []
    for quote in found:
        places[quote.side] = places.get(quote.side, -1) + 1
        ranked.append((places[quote.side], quote.side or 0, quote))
    return [quote for _, _, quote in sorted(ranked, key=lambda one: one[:2])]


def summary(item: Item, words: Words) -> str:
    """Return the question in a few words: both names, or the statement."""
    names = [printable(side.name) for side in item.sides]
    if item.entry.kind is not Kind.STATEMENT:
        return " = ".join(names)
    if item.entry.value is not None:
        names.append(printable(words.value(item.entry.relation, item.entry.value)))
    return f" {words.term(item.entry.relation)} ".join(names)


def said(verdict: Verdict | None, words: Words) -> Content:
    """Return what this session said already."""
    if verdict is None:
        return Content("")
    return Content.styled(words.say("said", verdict=words.say(verdict.value)), "bold $accent")


def _value(item: Item, words: Words) -> Content:
    shown = printable(words.value(item.entry.relation, item.entry.value or ""))
    return Content("\n").join(
        [Content.styled(words.term(item.entry.relation), QUIET), Content.styled(f" {shown} ", NAMES[1])]
    )


def _articles(articles: Sequence[str], words: Words) -> str:
    if len(articles) == 1:
        return words.say("in-one", article=printable(articles[0]))
    return words.say("in-many", count=words.said(len(articles)))


def _article(quote: Quote) -> Content:
    details = " · ".join(printable(part) for part in (quote.published, quote.article) if part)
    # In a column of half the width both would seldom fit into one line.
    between = "  " if quote.side is None else "\n"
    return Content.assemble((printable(quote.title), "bold"), (f"{between}{details}", QUIET))


def _sentence(quote: Quote) -> Content:
    # ``printable`` replaces character by character: offsets stay. What stands around the sentence is quiet.
    text = printable(quote.text)
    content = Content(text, strip_control_codes=False)
    content = content.stylize(QUIET, 0, quote.start).stylize(QUIET, quote.end)
    for mark in quote.marks:
        content = content.stylize(NAMES[mark.side], mark.start, mark.end)
    return content
