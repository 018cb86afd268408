"""Two different names that may be one thing's: which rule says so, and what that is worth.

A rule's score is what it is worth by itself; :mod:`koopgraph.resolve.clusters` weighs it against the company of both
things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from koopgraph.resolve.families import Family, Keys
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Senses

SCORES = {
    "same authority": 0.99,
    "same letters": 0.9,
    "acronym introduced": 0.92,  # an article names both, one in brackets after the other or with its initials
    "other form": 0.75,
    "same meaning": 0.85,
    "subtitle": 0.85,
    "quoted name": 0.8,
    "legal form": 0.85,
    "without descriptor": 0.75,
    "with its city": 0.85,
    "with its year": 0.8,
    "with its region": 0.6,
    "head word more": 0.6,
    "head word alone": 0.5,
    "begins with acronym": 0.62,
    "named after": 0.75,
    "without owner": 0.6,
    "initials": 0.62,
    "middle name": 0.85,
    "given name's initial": 0.55,
    "double name": 0.5,
    "surname": 0.55,
    "typing error": 0.65,
}
"""What a rule is worth before company is looked at: set by hand on ``tests/data/resolution/tune``."""
SHORTENING = frozenset(
    [
        "acronym introduced",
        "other form",
        "initials",
        "with its region",
        "begins with acronym",
        "head word alone",
        "given name's initial",
        "double name",
        "surname",
    ]
)
"""Rules whose shorter name may be short for several longer ones: there the company must choose."""
MOST_PARTNERS = 40
"""Of names in one block each is compared with so many neighbours at most."""

T = TypeVar("T")
Found: TypeAlias = "Callable[[Senses], Iterator[Variant]]"
"""Gives the variants among senses: what a rule knows of all names, it has looked up."""
Rule: TypeAlias = Callable[[Records], Found]
"""Looks up once which names may be one thing's; senses are asked for afterwards, as often as they change."""


class FamilyRule(NamedTuple):
    """A rule on names that have something in common: what that is, and what it makes of the families."""

    keys: Keys
    found: Callable[[Records, Sequence[Family]], Found]


class Variant(NamedTuple):
    """Two senses (by number) that ``rule`` takes for one; ``forms`` are the names that it compared, in that order.

    Where the rule shortens, the first one is the shorter. ``town`` is the city that the longer name has and the other
    has not, as its identities.
    """

    senses: tuple[int, int]
    rule: str
    score: float
    forms: tuple[str, str]
    town: frozenset[str] = frozenset()


def variant_of(rule: str, one: int, other: int, forms: tuple[str, str]) -> Variant:
    """Return the variant with the score of its rule."""
    return Variant((one, other), rule, SCORES[rule], forms)


def neighbours(entries: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Yield pairs of the entries of one block, each with so many after it that cost stays linear."""
    for n, one in enumerate(entries):
        for other in entries[n + 1 : n + 1 + MOST_PARTNERS]:
            yield one, other
