"""What the text around a word tells: title and lists, quotation marks, runs of capitals, the rest of the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from koopgraph.annotate.matches import places_of
from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.context_scores import Bundle
from koopgraph.model import EntityType

_BULLET = re.compile(r"[ \t]*[-*•–+]|[ \t]*\d{1,2}[.)] ")
_CELL = re.compile(r"([\w-]+)[ \t]*[:|][ \t]+")
_QUOTES_OPEN, _QUOTES_CLOSE = frozenset('„«»“"‚'), frozenset('“”»«"‘')
LONGEST_QUOTED = 14
SHORT_LINE, LONG_LINE = 40, 100
_BRACKET = ("bracket",)
_OFTEN = (1, 2, 3, 5, 9)


def add_surroundings(view: TextView, features: Sequence[list[Bundle]]) -> None:
    """Add to each token's ``features`` what its line, its quotation, its run and the rest of the article tell."""
    _lines(view, features)
    inside = _quotations(view, features)
    for first, last in _runs(view):
        _run(view, first, last, features)
    _document(view, features, inside)


def _lines(view: TextView, features: Sequence[list[Bundle]]) -> None:
    starts = [t.start for t in view.tokens]
    breaks = [*places_of(view.text, "\n"), len(view.text)]
    begin = first = 0
    for stop in breaks:
        end = bisect_left(starts, stop, first)
        if end > first:
            line = view.text[begin:stop]
            kind = _line_kind(line, view, range(first, end), titled=begin < view.title_end)
            for found in features[first:end]:
                found.append(kind)
            if ":" in line or "|" in line:
                _cells(line, begin, view, range(first, end), features)
        begin, first = stop + 1, end


def _cells(line: str, begin: int, view: TextView, tokens: range, features: Sequence[list[Bundle]]) -> None:
    """Mark what stands behind a label: 'Ort: …', '| Träger | …'."""
    labels = deque((begin + m.end(), (f"cell={m.group(1).casefold()}",)) for m in _CELL.finditer(line))
    label: Bundle = ()
    for i in tokens if labels else ():
        while labels and labels[0][0] <= view.tokens[i].start:
            label = labels.popleft()[1]
        if label:
            features[i].append(label)


def _line_kind(line: str, view: TextView, tokens: range, *, titled: bool) -> Bundle:
    found = ["title"] if titled else []
    if _BULLET.match(line):
        found.append("bullet")
    if "|" in line:
        found.append("table")
    plain = line.rstrip()
    length = "short" if len(plain) < SHORT_LINE else "long" if len(plain) > LONG_LINE else "middle"
    found.append(f"line={length}{'.' if plain[-1:] in '.!?' else ''}")
    facts = view.facts[tokens.start : tokens.stop]
    if sum([f.capitals for f in facts]) > 0.8 * sum([f.letters for f in facts]):
        found.append("capitals")
    return tuple(found)


def _quotations(view: TextView, features: Sequence[list[Bundle]]) -> frozenset[int]:
    """Mark what stands in quotation marks or brackets; return the tokens in quotation marks."""
    inside: set[int] = set()
    after = -1
    for opening in [i for i, word in enumerate(view.words) if word in _QUOTES_OPEN]:
        last = _closing(view, opening) if opening > after else None
        if last is None:
            continue
        before = view.word(opening - 1).lower()
        size = min(last - opening - 1, 6)
        for place in range(opening + 1, last):
            edge = ("B" if place == opening + 1 else "") + ("E" if place == last - 1 else "")
            features[place].append((f"Q{edge}", f"Q{edge}{size}", f"Q<{before}"))
        inside.update(range(opening + 1, last))
        after = last
    if "(" in view.words:
        _brackets(view, features)
    return frozenset(inside)


def _brackets(view: TextView, features: Sequence[list[Bundle]]) -> None:
    inside = False
    for i, word in enumerate(view.words):
        if word == "(":
            inside = True
        elif inside and (word == ")" or "\n" in view.text[view.tokens[i - 1].end : view.tokens[i].start]):
            inside = False
        elif inside:
            features[i].append(_BRACKET)


def _closing(view: TextView, index: int) -> int | None:
    if not view.adjacent(index, index + 1):
        return None
    if view.tokens[index].end != view.tokens[index + 1].start:
        return None
    for last in range(index + 2, min(index + LONGEST_QUOTED, len(view.tokens))):
        if "\n" in view.text[view.tokens[last - 1].end : view.tokens[last].start]:
            return None
        if view.word(last) in _QUOTES_CLOSE:
            return last
    return None


def _runs(view: TextView) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each run of capitalised words side by side."""
    last = -1
    for i in view.capitalised:
        if i <= last:
            continue
        last = i
        while view.adjacent(last, last + 1) and view.facts[last + 1].is_capitalised:
            last += 1
        yield i, last


def _run(view: TextView, first: int, last: int, features: Sequence[list[Bundle]]) -> None:
    before = view.facts[first - 1].low if view.adjacent(first - 1, first) else "¶"
    after = view.facts[last + 1].low if last + 1 < len(view.facts) else ""
    heads = tuple([facts.head for facts in view.facts[first : last + 1]])
    bundles = (
        _run_form(heads, begins=view.begins_sentence(first)),
        _before_run(before, heads[-1]),
        (f"R>{after}",),
    )
    for i in range(first, last + 1):
        found = features[i]
        found += bundles
        found.append(_place_in_run(i - first, len(heads)))


@lru_cache(maxsize=4096)
def _run_form(heads: tuple[EntityType | None, ...], *, begins: bool) -> Bundle:
    found = [f"R{min(len(heads), 5)}", f"Rh={heads[-1]}", f"R1={heads[0]}"]
    found += [f"Ra={kind}" for kind in sorted({h for h in heads if h})]
    return (*found, "Rs") if begins else tuple(found)


@lru_cache(maxsize=16_384)
def _before_run(before: str, head: EntityType | None) -> Bundle:
    return f"R<{before}", f"R<{before}|{head}"


@lru_cache(maxsize=512)
def _place_in_run(place: int, size: int) -> Bundle:
    edge = ("B" if place == 0 else "") + ("E" if place == size - 1 else "")
    return f"R{edge}", f"R{edge}{min(size, 5)}"


def _document(view: TextView, features: Sequence[list[Bundle]], inside: frozenset[int]) -> None:
    """How often a capitalised word comes, whether the title or a quotation has it, whether it is written small too."""
    places: dict[str, list[int]] = {facts.key: [] for facts in view.facts if facts.is_capitalised}
    for i, facts in enumerate(view.facts):
        if facts.key in places:
            places[facts.key].append(i)
    for found in places.values():
        bundle = _told(view, [i for i in found if view.tokens[i].is_word], inside)
        for i in found:
            if view.facts[i].is_capitalised:
                features[i].append(bundle)


def _told(view: TextView, places: Sequence[int], inside: frozenset[int]) -> Bundle:
    """Return what the ``places`` of one word tell about it."""
    if len(places) == 1:  # most words
        (place,) = places
        word = view.facts[place - 1].low if view.adjacent(place - 1, place) else ""
        return _told_once(
            word if word in _TELLING else "",
            titled=view.tokens[place].end <= view.title_end,
            quoted=place in inside,
        )
    often = bisect_right(_OFTEN, len(places))
    told = [f"D{often}"]
    if not all(view.facts[i].is_capitalised for i in places):
        told.append("Dsmall")
    if not inside.isdisjoint(places):
        told.append("Dquoted")
    if any(view.tokens[i].end <= view.title_end and view.facts[i].is_capitalised for i in places):
        told += ["Dtitle", f"Dtitle{often}"]
    before = [view.facts[i - 1].low for i in places if view.adjacent(i - 1, i)]
    if not _TELLING.isdisjoint(before):
        told += [f"D<{w}" for w, n in Counter(before).most_common(3) if w in _TELLING]
    return tuple(told)


@cache
def _told_once(before: str, *, titled: bool, quoted: bool) -> Bundle:
    told = ["D1", *["Dquoted"] * quoted, *["Dtitle", "Dtitle1"] * titled]
    return (*told, f"D<{before}") if before else tuple(told)


# Words before a name elsewhere in the article that tell its class.
_TELLING = frozenset(
    """in nach aus bei projekt programm stadt stadtteil quartier herr frau dr büro verein preis im am an der die das
    the at from to project programme city district mr ms""".split()  # noqa: SIM905 - one word a line would be long
)
