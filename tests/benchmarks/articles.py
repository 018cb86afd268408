"""Articles of any number, about 600 words each: texts as they come from newspapers, one in ten of them English.

1. An article has a home city, a year, and things of all nine classes, drawn by ``things.World``: a few things come in
   very many articles, most in one or two, and new ones come up however many articles there are.
2. Sentences that state something come from the grammar of the sample articles (``articles.toml``), the sentences between
   them from ``wording.py``. How often which comes was fitted to the real articles (``make_articles.py --report``).
3. A name is declined as far as its determiner and first adjective go; named again, a thing may go by a shorter form.

Article *n* follows from the seed and *n* alone, so any part of a corpus can be made by itself. Its version 1 is the same
text with an addition at the end, as an edited article.
"""

from __future__ import annotations

import random
import string
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeAlias

from things import TABLE, Setting, Thing, World, role_of
from wording import wording

from koopgraph.model import EntityType, Language

GRAMMAR = tomllib.loads(Path(__file__).with_name("articles.toml").read_text(encoding="utf-8"))
FEWEST_WORDS, MOST_WORDS = 500, 640  # before the last paragraph ends
ENGLISH = 0.1
STATING = {"de": 0.25, "en": 0.26}  # share of sentences that name or state something
FIRST_YEAR, YEARS = 2005, 20
AGAIN = 0.56  # things that the article has named already
SHORTER = 0.5
SPOKEN, LISTED = 0.08, 0.12  # of sentences between the statements; of paragraphs
KINDS = {kind.value: kind for kind in EntityType}
SENTENCES = 4  # of a paragraph, beside the first two: fewer than so many

Template: TypeAlias = tuple["str | Slot", ...]


class Slot(NamedTuple):
    """A gap in a template: what stands there, which one of several, in which case."""

    key: str
    kind: EntityType | None
    case: str


class Templates(NamedTuple):
    """The grammar of one language."""

    groups: tuple[tuple[Template, ...], ...]
    sums: tuple[float, ...]  # of the groups' weights
    others: dict[str, tuple[Template, ...]]
    months: tuple[str, ...]


class Article(NamedTuple):
    """One generated article; the first line of the text is the title."""

    number: int
    language: Language
    title: str
    text: str


def article(world: World, seed: int, number: int, version: int = 0) -> Article:
    """Return article ``number``; version 1 and above have something added at the end.

    ``world`` must have been made with the same seed.
    """
    return _Writer(world, seed, number).article(version)


class _Writer:
    """Writes one article."""

    def __init__(self, world: World, seed: int, number: int) -> None:
        self._world, self._seed, self._number = world, seed, number
        self._random = random.Random(seed * 1_000_003 + number)
        self._chance = self._random.random
        self._language: Language = "en" if self._chance() < ENGLISH else "de"
        home = world.draw_city(self._random)
        self._setting = Setting(f"article-{number}.txt", home, FIRST_YEAR + int(YEARS * self._chance()))
        self._home = world.city(home)
        self._templates, self._wording = _templates(self._language), wording(self._language)
        self._named: dict[EntityType, list[Thing]] = {}
        self._heard: set[str] = set()
        self._date = self._day()

    def article(self, version: int) -> Article:
        others = self._templates.others
        title = self._one_of(others["titles"])
        body = [title, self._one_of(others["authors"])]
        lead = self._one_of(others["datelines"]) + self._one_of(others["leads"])
        body.append(f"{lead} {self._paragraph()}")
        left = FEWEST_WORDS + int((MOST_WORDS - FEWEST_WORDS) * self._chance()) - len(" ".join(body).split())
        while left > 0:
            if self._chance() < 0.2:
                body.append(self._wording.heading(self._chance))
            body.append(self._list() if self._chance() < LISTED else self._paragraph())
            left -= len(body[-1].split())
        if version:
            self._random.seed((self._seed * 1_000_003 + self._number) * 1009 + version)
            body.append(
                f"{self._one_of(others['updates'])} {self._paragraph()} {self._statement()} {self._statement()}"
            )
        text = "\n\n".join(part for part in body if part) + "\n"
        return Article(self._number, self._language, title, text)

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(2 + int(SENTENCES * self._chance())))

    def _list(self) -> str:
        items = range(2 + int(3 * self._chance()))
        return "\n".join(f"– {self._sentence()} {self._wording.sentence(self._chance)}" for _ in items)

    def _sentence(self) -> str:
        chance = self._chance
        if chance() >= STATING[self._language]:
            if chance() < SPOKEN:
                return self._one_of(self._templates.others["spoken"])
            return self._wording.sentence(chance)
        return self._statement()

    def _statement(self) -> str:
        luck = self._chance() * self._templates.sums[-1]
        group = next(at for at, end in enumerate(self._templates.sums) if luck < end)
        return self._one_of(self._templates.groups[group])

    def _one_of(self, templates: Sequence[Template]) -> str:
        template = templates[int(self._chance() * len(templates))]
        things: dict[str, Thing] = {}
        text = "".join(part if isinstance(part, str) else self._filled(part, things) for part in template)
        return text[:1].upper() + text[1:]

    def _filled(self, slot: Slot, things: dict[str, Thing]) -> str:
        if slot.kind is None:
            return self._value(slot.key, things)
        first = slot.key not in things
        thing = things[slot.key] if not first else self._thing(slot, things)
        return declined(self._called(thing), slot.kind, slot.case, self._language)

    def _thing(self, slot: Slot, things: dict[str, Thing]) -> Thing:
        """Draw the thing of that slot: one of the article's, or a new one, but none that the sentence names already."""
        assert slot.kind is not None
        chance, known = self._chance, self._named.setdefault(slot.kind, [])
        if slot.key == "Home":
            thing = self._home
        elif known and chance() < AGAIN:
            thing = known[int(chance() * len(known))]
        else:
            thing = self._world.draw(slot.kind, self._setting, self._random)
        if thing in things.values():
            thing = self._world.draw(slot.kind, self._setting, self._random)
        things[slot.key] = thing
        known.append(thing)
        return thing

    def _called(self, thing: Thing) -> str:
        """Return the form by which the article calls the thing here."""
        forms = thing.english if self._language == "en" and thing.english else thing.forms
        if thing.type is EntityType.CITY:
            return forms[0].split(" (")[0]  # 'Oldenburg (Oldenburg)' is an entry of a gazetteer, not what articles say
        if thing.key in self._heard and self._chance() < SHORTER:
            return forms[-1]
        short = forms[-1] if forms[-1].isupper() and thing.key not in self._heard else ""
        self._heard.add(thing.key)
        return f"{forms[0]} ({short})" if short and short != forms[0] else forms[0]

    def _value(self, key: str, things: dict[str, Thing]) -> str:
        chance = self._chance
        match key:
            case "role":
                person = things.get("Person") or self._thing(Slot("Person", EntityType.PERSON, ""), things)
                return role_of(person, GRAMMAR["roles"]["en"]) if self._language == "en" else role_of(person)
            case "quote":
                return self._wording.quote(chance)
            case "date":
                return self._written(*self._day())
            case "printed":
                year, month, day = self._date
                return f"{day:02}.{month:02}.{year}"
            case "month":
                return self._templates.months[int(12 * chance())]
            case "year":
                return str(self._setting.year - int(15 * chance() ** 2))
            case "range":
                return self._range()
            case "amount":
                return self._amount()
            case "one":
                return self._wording.noun(chance)
        topics = GRAMMAR["topics"]["en"] if self._language == "en" else TABLE["words"]["topics"]
        return str(topics[int(len(topics) * chance() ** 2)])

    def _day(self) -> tuple[int, int, int]:
        return (
            self._setting.year - int(4 * self._chance() ** 2),
            1 + int(12 * self._chance()),
            1 + int(28 * self._chance()),
        )

    def _written(self, year: int, month: int, day: int) -> str:
        return f"{day}{'' if self._language == 'en' else '.'} {self._templates.months[month - 1]} {year}"

    def _range(self) -> str:
        year, month, day = self._day()
        first, last = (day, day + 2) if day < 27 else (day - 2, day)
        if self._language == "en":
            return f"{first} to {self._written(year, month, last)}"
        return f"{first}. bis {self._written(year, month, last)}"

    def _amount(self) -> str:
        number = 0.5 + 80 * self._chance() ** 3
        if self._language == "en":
            return f"{number:.1f} million euros"
        return f"{number:.1f} Millionen Euro".replace(".", ",")


@cache
def _templates(language: Language) -> Templates:
    table, weights = GRAMMAR[language], GRAMMAR["weights"]
    groups = tuple(tuple(map(_compiled, table[name]["sentences"])) for name in weights)
    others = {
        name: tuple(map(_compiled, table[name]))
        for name in ("authors", "datelines", "titles", "leads", "updates", "spoken")
    }
    return Templates(groups, tuple(accumulate(weights.values())), others, tuple(table["months"]))


def _compiled(template: str) -> Template:
    parts: list[str | Slot] = []
    for literal, field, _, _ in string.Formatter().parse(template):
        if literal:
            parts.append(literal)
        if field:
            key, _, case = field.partition(".")
            kind = EntityType.CITY if key == "Home" else KINDS.get(key.rstrip("23"))
            parts.append(Slot(key, kind, case))
    return tuple(parts)


_DETERMINERS = {"m": "der den dem", "f": "die die der", "n": "das das dem", "p": "die die den"}
_CONTRACTED = {"von dem": "vom", "bei dem": "beim", "zu dem": "zum", "zu der": "zur", "in dem": "im"}
_ENDINGS = {ending: gender for gender, endings in GRAMMAR["genders"].items() if len(gender) == 1 for ending in endings}


@lru_cache(maxsize=200_000)
def declined(name: str, kind: EntityType, case: str, language: Language) -> str:
    """Return the name with its determiner in that case, or behind 'von', 'bei', 'zu', 'in'.

    Names whose gender the grammar does not know, and all names in English articles, stand as they are.
    """
    before, case = ("", case) if len(case) < 2 else (case, "d")
    gender = _gender(name) if case and language == "de" and kind not in (EntityType.CITY, EntityType.PERSON) else None
    if gender is None:
        return f"{before} {name}" if before else name
    determiner = _DETERMINERS[gender].split(" ")["nad".index(case)]
    first, _, rest = name.partition(" ")
    for stem in GRAMMAR["genders"]["adjectives"]:
        if first.startswith(stem) and len(first) <= len(stem) + 2:
            weak = "e" if gender != "p" and (case == "n" or (case == "a" and gender in "fn")) else "en"
            name = f"{stem}{weak} {rest}"
    if not before:
        return f"{determiner} {name}"
    both = f"{before} {determiner}"
    return f"{_CONTRACTED.get(both, both)} {name}"


def _gender(name: str) -> str | None:
    """Return the gender of the first word of the name with a known ending, by its longest one."""
    for word in name.lower().split(" "):
        for start in range(len(word)):
            if gender := _ENDINGS.get(word[start:]):
                return gender
    return None
