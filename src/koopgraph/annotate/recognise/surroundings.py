"""What the text around a word tells: title and lists, quotation marks, runs of capitals, the rest of the article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from koopgraph.annotate.names.view import TextView

_BULLET = re.compile(r"[ \t]*[-*•–+]|[ \t]*\d{1,2}[.)] ")
_CELL = re.compile(r"([\w-]+)[ \t]*[:|][ \t]+")
_QUOTES_OPEN, _QUOTES_CLOSE = frozenset('„«»“"‚'), frozenset('“”»«"‘')
LONGEST_QUOTED = 14
SHORT_LINE, LONG_LINE = 40, 100
_OFTEN = (1, 2, 3, 5, 9)


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words side by side: the tokens ``first`` to ``last``."""

    first: int
    last: int


def add_surroundings(view: TextView, features: Sequence[list[str]]) -> None:
    """Add to each token's ``features`` what its line, its quotation, its run and the rest of the article tell."""
    _lines(view, features)
    inside = _quotations(view, features)
    for run in _runs(view):
        _run(view, run, features)
    _document(view, features, inside)


def _lines(view: TextView, features: Sequence[list[str]]) -> None:
    starts = [0, *(m.end() for m in re.finditer("\n", view.text)), len(view.text) + 1]
    number, cells = -1, ""
    kinds: list[str] = []
    labels: list[tuple[int, str]] = []
    for i, token in enumerate(view.tokens):
        if number < 0 or token.start >= starts[number + 1]:
            number = bisect_right(starts, token.start) - 1
            line = view.text[starts[number] : starts[number + 1] - 1]
            kinds = _line_kind(line, starts[number], view)
            labels = [(starts[number] + m.end(), f"cell={m.group(1).casefold()}") for m in _CELL.finditer(line)]
            cells = ""
        while labels and labels[0][0] <= token.start:
            cells = labels.pop(0)[1]
        features[i] += kinds
        if cells:
            features[i].append(cells)


def _line_kind(line: str, start: int, view: TextView) -> list[str]:
    found = []
    if start < view.title_end:
        found.append("title")
    if _BULLET.match(line):
        found.append("bullet")
    if "|" in line:
        found.append("table")
    plain = line.rstrip()
    length = "short" if len(plain) < SHORT_LINE else "long" if len(plain) > LONG_LINE else "middle"
    found.append(f"line={length}{'.' if plain[-1:] in '.!?' else ''}")
    if sum(map(str.isupper, plain)) > 0.8 * sum(map(str.isalpha, plain)):
        found.append("capitals")
    return found


def _quotations(view: TextView, features: Sequence[list[str]]) -> frozenset[int]:
    """Mark what stands in quotation marks or brackets; return the tokens in quotation marks."""
    inside: set[int] = set()
    tokens = view.tokens
    i = 0
    while i < len(tokens):
        last = _closing(view, i) if tokens[i].text in _QUOTES_OPEN else None
        if last is None:
            i += 1
            continue
        before = view.word(i - 1).lower()
        size = min(last - i - 1, 6)
        for place in range(i + 1, last):
            edge = ("B" if place == i + 1 else "") + ("E" if place == last - 1 else "")
            features[place] += [f"Q{edge}", f"Q{edge}{size}", f"Q<{before}"]
        inside.update(range(i + 1, last))
        i = last + 1
    depth = 0
    for i, token in enumerate(tokens):
        if token.text == "(":
            depth = 1
        elif not depth:
            continue
        elif token.text == ")" or "\n" in view.text[tokens[i - 1].end : token.start]:
            depth = 0
        else:
            features[i].append("bracket")
    return frozenset(inside)


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


def _runs(view: TextView) -> list[Run]:
    runs = []
    last = -1
    for i in [i for i, token in enumerate(view.tokens) if token.is_capitalised]:
        if i <= last:
            continue
        last = i
        while view.adjacent(last, last + 1) and view.tokens[last + 1].is_capitalised:
            last += 1
        runs.append(Run(i, last))
    return runs


def _run(view: TextView, run: Run, features: Sequence[list[str]]) -> None:
    before, after = view.word(run.first - 1).lower(), view.word(run.last + 1).lower()
    if not view.adjacent(run.first - 1, run.first):
        before = "¶"
    size = min(run.last - run.first + 1, 5)
    heads = [view.lexicon.head(view.word(i)) for i in range(run.first, run.last + 1)]
    common = [f"R{size}", f"R<{before}", f"R>{after}", f"Rh={heads[-1]}", f"R1={heads[0]}"]
    common += [f"R<{before}|{heads[-1]}"]
    common += [f"Ra={kind}" for kind in sorted({h for h in heads if h})]
    if view.begins_sentence(run.first):
        common.append("Rs")
    for i in range(run.first, run.last + 1):
        edge = ("B" if i == run.first else "") + ("E" if i == run.last else "")
        features[i] += [f"R{edge}", f"R{edge}{size}", *common]


def word_key(word: str) -> str:
    """Return what the forms of one word in an article share: case folded, without a genitive -s.

    >>> word_key("Leipzigs") == word_key("LEIPZIG")
    True
    """
    low = word.casefold()
    return low[:-1] if len(low) > 4 and low.endswith("s") else low


def _document(view: TextView, features: Sequence[list[str]], inside: frozenset[int]) -> None:
    """How often a capitalised word comes, whether the title or a quotation has it, whether it is written small too."""
    counts: Counter[str] = Counter()
    small: set[str] = set()
    titled: set[str] = set()
    quoted: set[str] = set()
    following: dict[str, Counter[str]] = {}
    keys = [word_key(t.text) for t in view.tokens]
    capitals = {key for key, token in zip(keys, view.tokens, strict=True) if token.is_capitalised}
    for i, token in enumerate(view.tokens):
        if not token.is_word:
            continue
        key = keys[i]
        if key not in capitals:
            continue
        counts[key] += 1
        if not token.is_capitalised:
            small.add(key)
        elif token.end <= view.title_end:
            titled.add(key)
        if i in inside:
            quoted.add(key)
        if view.adjacent(i - 1, i):
            following.setdefault(key, Counter())[view.word(i - 1).lower()] += 1
    told: dict[str, list[str]] = {}
    for i, token in enumerate(view.tokens):
        if not token.is_capitalised:
            continue
        key = keys[i]
        if key not in told:
            often = sum(counts[key] >= n for n in _OFTEN)
            told[key] = [f"D{often}", *["Dsmall"] * (key in small), *["Dquoted"] * (key in quoted)]
            if key in titled:
                told[key] += ["Dtitle", f"Dtitle{often}"]
            before = following.get(key)
            told[key] += [f"D<{w}" for w, n in before.most_common(3) if w in _TELLING] if before else []
        features[i] += told[key]


# Words before a name elsewhere in the article that tell its class.
_TELLING = frozenset(
    """in nach aus bei projekt programm stadt stadtteil quartier herr frau dr büro verein preis im am an der die das
    the at from to project programme city district mr ms""".split()  # noqa: SIM905 - one word a line would be long
)
