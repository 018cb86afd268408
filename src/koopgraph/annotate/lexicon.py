"""Head nouns, titles, roles and given names: the word knowledge behind the name finders."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from koopgraph.annotate.word_facts import WORDS_KEPT, WordFacts, facts_of
from koopgraph.annotate.word_tables import word_table
from koopgraph.model import EntityType, Language

_INFLECTIONS = ("", "s", "es", "e", "en", "n", "er")
_LONGEST_ENDING = 26
_CASES: dict[int, str | tuple[str, ...]] = {1: ("s", "n"), 2: "en"}  # endings of cases by their length
# A short ending tells a compound only after enough of a first part: 'Beirat', but not 'Murat'.
_SHORT_ENDING, _FIRST_PART = 4, 3
DESCRIBED = (EntityType.EVENT, EntityType.ORGANISATION, EntityType.PLACE)


@dataclass(frozen=True, slots=True)
class Heads:
    """The head nouns of one class in one language; ``alone`` ones name a thing without further words."""

    type: EntityType
    endings: frozenset[str]
    alone: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What single words of one language tell about the names they stand in or beside."""

    language: Language
    heads: tuple[Heads, ...]
    words: dict[str, frozenset[str]]
    first_names: frozenset[str]
    last_names: frozenset[str]
    _ending_types: dict[str, EntityType] = field(init=False, repr=False)
    _facts: dict[str, WordFacts] = field(init=False, repr=False, default_factory=dict)
    _groups: dict[str, tuple[str, ...]] = field(init=False, repr=False, default_factory=dict)
    _shortest: int = field(init=False, repr=False)
    _last_letters: frozenset[str] = field(init=False, repr=False)
    _alone: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the endings; the class that stands first in the file wins a tie."""
        index: dict[str, EntityType] = {}
        for heads in self.heads:
            for ending in sorted(heads.endings):
                index.setdefault(ending, heads.type)
        object.__setattr__(self, "_ending_types", index)
        for group, entries in self.words.items():
            for entry in entries:
                self._groups[entry] = (*self._groups.get(entry, ()), group)
        shortest = min(map(len, index), default=1)
        object.__setattr__(self, "_shortest", shortest)
        object.__setattr__(self, "_last_letters", frozenset(ending[-shortest:] for ending in index))
        object.__setattr__(self, "_alone", frozenset[str]().union(*(heads.alone for heads in self.heads)))

    def head(self, word: str) -> EntityType | None:
        """Return the class that ``word`` (or its last part) is a head noun of, or None.

        >>> load_lexicon("de").head("Stadtplanungsamt")
        <EntityType.ORGANISATION: 'Organisation'>
        >>> load_lexicon("de").head("Projektforums")
        <EntityType.EVENT: 'Event'>
        """
        return self.facts(word).head

    def alone(self, word: str) -> EntityType | None:
        """Return the class of a word that names one thing by itself ('Tiefbauamt', 'Richtfest'), or None."""
        return self.facts(word).alone

    def is_description(self, name: str, kind: EntityType) -> bool:
        """Whether ``name`` says what a thing is rather than which: 'Richtfest', 'Gemeinderat', 'nächste Sitzung'.

        Every town has such things; in another article the same words mean another one.

        >>> load_lexicon("de").is_description("Richtfest", EntityType.EVENT)
        True
        >>> load_lexicon("de").is_description("Bund", EntityType.ORGANISATION)
        False
        """
        if kind is EntityType.EVENT and name[:1].islower():
            return True
        key = name.casefold()
        if " " in name or self.is_word("unique", key):
            return False
        return any(key in heads.alone for heads in self.heads if heads.type is kind and kind in DESCRIBED)

    def is_word(self, group: str, word: str) -> bool:
        """Whether ``word`` (case folded) stands in the word list ``group`` of words.toml."""
        return word.casefold() in self.words.get(group, frozenset())

    def is_role(self, word: str) -> bool:
        """Whether ``word`` names an office or profession ('Baubürgermeisterin', 'chair')."""
        return self.facts(word).is_role

    def facts(self, word: str) -> WordFacts:
        """Return all that ``word`` tells by itself.

        >>> load_lexicon("de").facts("Baubürgermeisterin").is_role
        True
        """
        known = self._facts.get(word)
        if known is None:
            if len(self._facts) >= WORDS_KEPT:
                self._facts.clear()
            known = self._facts[word] = self._find_facts(word)
        return known

    def _find_facts(self, word: str) -> WordFacts:
        key = word.casefold()
        return facts_of(
            word,
            groups=frozenset(self._groups.get(key, ())),
            classes=(self._find_head(key.rstrip("-‐")), self._find_alone(key)),
            is_role=self._find_role(key),
            names=(self.first_names, self.last_names),
        )

    def _find_role(self, key: str) -> bool:
        if self.language == "en":
            return key in self.words.get("roles", frozenset())
        endings = _role_endings(self.words.get("roles", frozenset()))
        return any(
            key[: len(key) - cut].endswith(endings) for cut in (0, 1, 2) if cut == 0 or key.endswith(_CASES[cut])
        )

    def _find_head(self, key: str) -> EntityType | None:
        if self.language == "en":
            return self._ending_types.get(key)
        size = len(key)
        bases = [key[: size - len(inflection)] for inflection in _INFLECTIONS if key.endswith(inflection)]
        bases = [base for base in bases if base[-self._shortest :] in self._last_letters]
        if not bases:
            return None
        for length in range(min(size, _LONGEST_ENDING), 2, -1):
            before = size - length
            for base in bases:
                stem = base[before:]
                found = self._ending_types.get(stem)
                if found is not None and (len(stem) > _SHORT_ENDING or before == 0 or before >= _FIRST_PART):
                    return found
        return None

    def _find_alone(self, key: str) -> EntityType | None:
        for inflection in ("", "s", "es"):
            if inflection and not key.endswith(inflection):
                continue
            stem = key[: len(key) - len(inflection)]
            if stem not in self._alone and not _ends(stem, self._alone):
                continue
            for heads in self.heads:
                if stem in heads.never or key in heads.never or _ends(stem, heads.never):
                    continue
                if stem in heads.alone or _ends(stem, heads.alone):
                    return heads.type
        return None


def _ends(stem: str, entries: frozenset[str]) -> bool:
    """Whether ``stem`` is a compound that ends like an entry written with a leading hyphen."""
    endings = _endings(entries)
    return stem.endswith(endings) and any(stem.endswith(e) and len(stem) > len(e) + 2 for e in endings)


@cache
def _endings(entries: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(e[1:] for e in entries if e.startswith("-")))


@cache
def _role_endings(roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(ending for role in roles for ending in (role, role + "in")))


def _load_names(name: str) -> frozenset[str]:
    text = (files("koopgraph") / "data" / name).read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the lexicon of ``language``; that of German also serves ``und`` (unknown)."""
    code: Language = "en" if language == "en" else "de"
    heads = word_table("lexicon/heads.toml")[code]
    words = word_table("lexicon/words.toml")[code]
    return Lexicon(
        language=code,
        heads=tuple(
            Heads(EntityType(name), frozenset(h["endings"]), frozenset(h["alone"]), frozenset(h["never"]))
            for name, h in heads.items()
        ),
        words={group: frozenset(w.casefold() for w in entries) for group, entries in words.items()},
        first_names=_load_names("first_names.txt"),
        last_names=_load_names("last_names.txt"),
    )
