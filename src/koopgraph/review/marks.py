"""Where a sentence names the things that a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from koopgraph.review.items import Mark

_ENDING = r"(?:(?:es|en|er|e|s|n)(?!\w))?"
"""A case ending: 'Leipzig' is marked in 'Leipzigs'."""
_YEAR = re.compile(r"\d{4}")


def find_marks(text: str, names: Sequence[Iterable[str]], *, first: int = 0) -> tuple[Mark, ...]:
    """Return where ``text`` has one of the names, those of ``names[0]`` for side 0 and so on, without overlaps.

    Longer names win; where both sides bear the same name, the side ``first`` has it.

    >>> find_marks("Das BBSR lädt nach Bonn ein.", [["BBSR"], ["Bonn"]])
    (Mark(start=4, end=8, side=0), Mark(start=19, end=23, side=1))
    """
    wanted = {(name, side) for side, forms in enumerate(names) for name in forms if name.strip()}
    taken: list[Mark] = []
    for name, side in sorted(wanted, key=lambda n: (-len(n[0]), n[1] != first, n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?:{_ENDING}(?!\w))", text):
            mark = Mark(match.start(), match.end(), side)
            if all(mark.end <= other.start or other.end <= mark.start for other in taken):
                taken.append(mark)
    return tuple(sorted(taken, key=lambda mark: mark.start))


def value_forms(value: str) -> tuple[str, ...]:
    """Return the words by which a sentence may give a value: itself, and the years of a date.

    >>> value_forms("2015-09-16/2016")
    ('2015-09-16/2016', '2015', '2016')
    """
    return (value, *dict.fromkeys(_YEAR.findall(value)))
