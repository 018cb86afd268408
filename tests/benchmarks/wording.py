"""Sentences that state nothing, for the room between the statements of a generated article (``wording.toml``).

1. A frame is drawn; its slots are filled with phrases in the case they need, subject and verb agree.
2. A noun's rank is drawn by a power law. The first ranks are the listed nouns, all others compounds of two or three
   parts which follow from the rank alone: few words are very frequent, and new ones come up however long one reads.
3. Adjectives likewise; verbs, adverbs and the like are listed.

The same random numbers give the same sentence.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from things import Draws

from koopgraph.model import Language

WORDS = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
# Fitted to the type-token curve of the real articles (make_articles.py --report shows both).
HEAD = {"de": 40.0, "en": 130.0}
TAIL = {"de": 0.38, "en": 0.42}
RAREST = 1 << 40
COMPOUNDS_OF_TWO = 8000  # ranks behind the listed nouns; the compounds behind them have three parts
ADJECTIVE, GENITIVE, PLURAL = 0.38, 0.06, 0.34
FREQUENT_VERB = 12  # Zipf's law, flattened: the first verbs are about equally frequent

Chance: TypeAlias = Callable[[], float]
Numbers: TypeAlias = tuple[bool, bool, bool]  # whether the subject of clause 0, 1, 2 is plural
Slot: TypeAlias = Callable[[Chance, Numbers], str]


class Noun(NamedTuple):
    """One noun: singular and plural, each as it stands and with its ending (genitive, dative); '' for none."""

    singular: str
    genitive: str
    plural: str
    dative: str
    gender: str


# By case and gender ('p': plural): determiners, as often as they stand here, each with the ending of the adjective.
_DER = {"m": "der den dem des", "f": "die die der der", "n": "das das dem des", "p": "die die den der"}
_DIES = {"m": "er en em es", "f": "e e er er", "n": "es es em es", "p": "e e en er"}
_EIN = {"m": " en em es", "f": "e e er er", "n": "  em es", "p": "e e en er"}
_WEAK = {"m": "e en en en", "f": "e e en en", "n": "e e en en", "p": "en en en en"}
_MIXED = {"m": "er en en en", "f": "e e en en", "n": "es es en en", "p": "en en en en"}
_STRONG_PLURAL = "e e en er"


def _determiners() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for gender in "mfnp":
        for at, case in enumerate("nadg"):
            of = {
                name: table[gender].split(" ")[at]
                for name, table in {"der": _DER, "dies": _DIES, "ein": _EIN, "weak": _WEAK, "mixed": _MIXED}.items()
            }
            definite = [(of["der"], of["weak"])] * 11 + [("dies" + of["dies"], of["weak"])]
            if gender == "p":
                strong = _STRONG_PLURAL.split(" ")[at]
                others = [("", strong)] * 5 + [("einige" + of["dies"][1:], strong), ("viele" + of["dies"][1:], strong)]
            else:
                others = [("ein" + of["ein"], of["mixed"])] * 6
            owned = [(word + of["ein"], of["mixed"]) for word in ("kein", "ihr", "sein", "unser")]
            found[case + gender] = tuple(definite + others + owned)
    return found


_DETERMINERS = _determiners()
_ENGLISH = (("the", ""),) * 8 + (("a", ""),) * 4 + (("its", ""), ("this", ""), ("no", ""), ("every", ""))
_ENGLISH_PLURAL = (("the", ""),) * 5 + (("", ""),) * 5 + (("many", ""), ("some", ""), ("its", ""), ("these", ""))


class Wording:
    """The sentences of one language."""

    def __init__(self, language: Language) -> None:
        table = WORDS[language]
        self._language = language
        self._head, self._tail = HEAD[language], -1 / TAIL[language]
        self._nouns = tuple(_noun(entry, language) for entry in table["nouns"])
        self._parts = tuple(table["parts"])
        self._adjectives = tuple(table["adjectives"])
        self._adjective_parts, self._adjective_heads = tuple(table["adjective_parts"]), tuple(table["adjective_heads"])
        verbs = [entry.split(" ") for entry in table["verbs"]]
        most = FREQUENT_VERB
        self._verbs = tuple(verb for at, verb in enumerate(verbs) for _ in range(1 + 8 * most // (most + at)))
        self._noun = lru_cache(maxsize=100_000)(self._make_noun)
        self._adjective = lru_cache(maxsize=100_000)(self._make_adjective)
        self._slots = self._make_slots()
        self._frames, self._quotes, self._questions = (
            tuple(self._compiled(frame) for frame in table[name]) for name in ("frames", "quotes", "questions")
        )

    def sentence(self, chance: Chance) -> str:
        """Return a sentence, with its full stop."""
        return self._filled(self._frames[int(chance() * len(self._frames))], chance)

    def quote(self, chance: Chance) -> str:
        """Return what somebody says: a sentence without its full stop."""
        return self._filled(self._quotes[int(chance() * len(self._quotes))], chance)

    def noun(self, chance: Chance) -> str:
        """Return a noun in the singular."""
        return self._bare(False, chance)

    def heading(self, chance: Chance) -> str:
        """Return a heading between paragraphs."""
        return self._filled(self._questions[int(chance() * len(self._questions))], chance)

    def _filled(self, frame: tuple[str | Slot, ...], chance: Chance) -> str:
        numbers = (False, chance() < PLURAL, chance() < PLURAL)
        text = "".join(part if isinstance(part, str) else part(chance, numbers) for part in frame)
        return text[0].upper() + text[1:]

    def _compiled(self, frame: str) -> tuple[str | Slot, ...]:
        parts: list[str | Slot] = []
        for literal, slot, _, _ in string.Formatter().parse(frame):
            if literal:
                parts.append(literal)
            if slot:
                parts.append(self._slots[slot])
        return tuple(parts)

    def _rank(self, chance: Chance) -> int:
        return min(int(self._head * ((1 - chance()) ** self._tail - 1)), RAREST)

    def _make_noun(self, rank: int) -> Noun:
        if rank < len(self._nouns):
            return self._nouns[rank]
        draws = Draws(len(self._parts), rank)
        head = self._nouns[draws.below(len(self._nouns))]
        before = draws.one_of(self._parts)
        if rank >= COMPOUNDS_OF_TWO:
            before += _joined(draws.one_of(self._parts), self._language)
        forms = (before + _joined(form, self._language) if form else "" for form in head[:-1])
        return Noun(*forms, head.gender)

    def _make_adjective(self, rank: int) -> str:
        if rank < len(self._adjectives):
            return self._adjectives[rank]
        draws = Draws(len(self._adjectives), rank)
        if self._language == "en":
            return f"{draws.one_of(self._adjective_parts + self._parts)}-{draws.one_of(self._adjective_heads)}"
        before = draws.one_of(self._adjective_parts + self._parts).lower()
        return before + draws.one_of(self._adjective_heads)

    def _phrase(self, case: str, plural: bool, chance: Chance) -> str:
        """Return a noun with what stands before it, in that case and number."""
        noun = self._noun(self._rank(chance))
        while (noun.plural if plural else noun.singular) == "":
            noun = self._noun(self._rank(chance))
        if self._language == "en":
            options = _ENGLISH_PLURAL if plural else _ENGLISH
        else:
            options = _DETERMINERS[case + ("p" if plural else noun.gender)]
        determiner, ending = options[int(chance() * len(options))]
        if plural:
            word = noun.dative if case == "d" else noun.plural
        else:
            word = noun.genitive if case == "g" else noun.singular
        if chance() < ADJECTIVE:
            word = f"{self._adjective(self._rank(chance))}{ending} {word}"
        if determiner == "a" and word[0] in "aeio":
            determiner = "an"
        if case != "g" and chance() < GENITIVE:
            word += (" of " if self._language == "en" else " ") + self._phrase("g", False, chance)
        return f"{determiner} {word}" if determiner else word

    def _bare(self, plural: bool, chance: Chance) -> str:
        while True:
            noun = self._noun(self._rank(chance))
            if word := noun.plural if plural else noun.singular:
                break
        if plural and chance() < ADJECTIVE:
            return f"{self._adjective(self._rank(chance))}{'e' if self._language == 'de' else ''} {word}"
        return word

    def _verb(self, chance: Chance) -> list[str]:
        return self._verbs[int(chance() * len(self._verbs))]

    def _make_slots(self) -> Mapping[str, Slot]:
        slots: dict[str, Slot] = {
            "pl": lambda chance, _: self._bare(True, chance),
            "one": lambda chance, _: self._bare(False, chance),
            "adj": lambda chance, _: self._adjective(self._rank(chance)),
            "inf": lambda chance, _: self._verb(chance)[0],
            "pp": lambda chance, _: self._verb(chance)[3],
            "v3": lambda chance, _: self._verb(chance)[1],
            "v4": lambda chance, _: self._verb(chance)[0],
            "num": lambda chance, _: str(2 + int(60 * chance() ** 2)),
            "pct": lambda chance, _: str(3 + int(90 * chance())),
            "big": lambda chance, _: (
                f"{1 + int(90 * chance() ** 2)}{'.,'[self._language == 'en']}{int(10 * chance())}00"
            ),
            "past_year": lambda chance, _: str(2022 - int(60 * chance() ** 2)),
            "s4": lambda chance, _: _are(self._language)[1],
            "s5": lambda chance, _: _are(self._language)[1],
        }
        for slot, key in (("adv", "adverbs"), ("time", "times"), ("where", "places")):
            slots[slot] = _listed(tuple(WORDS[self._language][key]))
        for case in "adg":
            slots[case] = lambda chance, _, case=case: self._phrase(case, chance() < PLURAL, chance)  # type: ignore[misc]
        for clause in (1, 2):
            slots |= self._clause_slots(clause)
        return slots

    def _clause_slots(self, clause: int) -> Mapping[str, Slot]:
        """Return the slots whose number is that of the clause's subject."""
        german = self._language == "de"

        def past(chance: Chance, numbers: Numbers) -> str:
            form = self._verb(chance)[2]
            return form + ("n" if form.endswith("e") else "en") if german and numbers[clause] else form

        slots: dict[str, Slot] = {
            f"n{clause}": lambda chance, numbers: self._phrase("n", numbers[clause], chance),
            f"v{clause}": lambda chance, numbers: self._verb(chance)[0 if numbers[clause] else 1],
            f"p{clause}": past,
        }
        pairs = {"k": ("kann", "können"), "w": ("war", "waren"), "b": ("wurde", "wurden"), "t": ("kommt", "kommen")}
        if not german:
            pairs = {"k": ("can", "can"), "w": ("was", "were"), "b": ("was", "were")}
        for name, forms in {**pairs, "s": _are(self._language)}.items():
            slots[f"{name}{clause}"] = lambda _, numbers, forms=forms: forms[numbers[clause]]  # type: ignore[misc]
        return slots


@cache
def wording(language: Language) -> Wording:
    """Return the sentences of that language; made once, since compiling the frames takes a while."""
    return Wording(language)


def _listed(options: tuple[str, ...]) -> Slot:
    return lambda chance, _: options[int(chance() * len(options))]


def _are(language: Language) -> tuple[str, str]:
    return ("is", "are") if language == "en" else ("ist", "sind")


def _joined(word: str, language: Language) -> str:
    """Return the word as it stands behind the first part of a compound."""
    return f" {word}" if language == "en" else word[0].lower() + word[1:]


def _noun(entry: str, language: Language) -> Noun:
    singular, gender, plural = entry.split(" ")
    plural = plural.replace("-", "")
    if gender == "p":
        singular = ""
    if language == "en":
        return Noun(singular, singular, plural, plural, gender)
    hissing = singular.endswith(("s", "ß", "x", "z", "sch", "st"))
    genitive = singular + ("es" if hissing else "s") if gender in "mn" else singular
    dative = plural if not plural or plural.endswith(("n", "s")) else plural + "n"
    return Noun(singular, genitive, plural, dative, gender)
