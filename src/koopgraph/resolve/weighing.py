"""What company makes of two names that a rule takes for one thing's: shared company adds, another city takes away."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from koopgraph.model import EntityType
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.spelling import is_local
from koopgraph.resolve.variant import Variant

SUREST = 0.99
"""No score is higher."""
SHARED_COMPANY = 0.3
COMPANIES = 16384
"""Senses whose company is remembered."""
CROWD = 50
"""Of so many things in the company of both one is shared by chance: more must be."""
SHARED_CITY = 0.15
STATED_CITY = 0.05
"""What it adds that statements tie both to the city."""
SHARED_ROLE = 0.1
OTHER_CITY = -0.25
TOGETHER = frozenset(
    [
        "surname",
        "given name's initial",
        "initials",
        "acronym introduced",
        "begins with acronym",
        "with its region",
        "without owner",
        "head word alone",
    ]
)
"""Rules that one article speaks for: it hardly shortens two names alike without telling them apart."""


class Link(NamedTuple):
    """A variant as it was decided: its weight is its score with company."""

    variant: Variant
    weight: float

    @property
    def score(self) -> float:
        """The weight as a probability: nothing is certain. Readings are compared by their weights."""
        return min(SUREST, self.weight)


class Weighed(NamedTuple):
    """What a sense is weighed by, made once where it is asked often: a ministry keeps company with thousands."""

    things: frozenset[str]
    cities: frozenset[str]
    own_cities: frozenset[str]
    stated: frozenset[str]
    roles: frozenset[str]


class Weighing:
    """Weighs variants of senses by the company of both."""

    def __init__(self, senses: Senses) -> None:
        """Take the senses that variants are about."""
        self._senses = senses
        self.company = _remembered(senses)

    def link(self, variant: Variant) -> Link:
        """Return the variant with its weight."""
        kind = self._senses.kind(variant.senses[0])
        one, other = (self.company(n) for n in variant.senses)
        cities = not one.cities.isdisjoint(other.cities)
        score = variant.score
        if self._keep_company(variant, one, other):
            score += SHARED_COMPANY
        if not one.roles.isdisjoint(other.roles):
            score += SHARED_ROLE
        if cities:
            score += SHARED_CITY + (0.0 if one.stated.isdisjoint(other.stated) else STATED_CITY)
        elif any(is_local(form, kind) for form in variant.forms):
            score = 0.0  # every town has one: without a town in common the name says nothing
        elif (one.own_cities and other.own_cities) if kind is EntityType.PERSON else (one.stated and other.stated):
            score += OTHER_CITY
        return Link(variant, round(score, 4))

    def _keep_company(self, variant: Variant, one: Weighed, other: Weighed) -> bool:
        shared = len(one.things & other.things)
        if shared and shared > min(len(one.things), len(other.things)) // CROWD:
            return True
        a, b = variant.senses
        return variant.rule in TOGETHER and not self._senses.articles(a).isdisjoint(self._senses.articles(b))

    def shared(self, one: int, other: int) -> frozenset[str]:
        """Return the company and the cities that two senses have in common."""
        a, b = self.company(one), self.company(other)
        return (a.things & b.things) | (a.cities & b.cities)


def _remembered(senses: Senses) -> Callable[[int], Weighed]:
    """Return what gives the company of a sense, which is made anew only where it was not asked for long."""

    @lru_cache(maxsize=COMPANIES)
    def company(number: int) -> Weighed:
        context = senses.context(number)
        return Weighed(context.company, context.all_cities, context.own_cities, context.stated, context.roles)

    return company
