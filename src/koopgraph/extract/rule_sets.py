"""Rules of relations as readable data: what their files hold, read into regular expressions.

A rule is a pattern over the shadow of a passage (see :mod:`koopgraph.extract.shadow`):

- ``{subject:Person}`` and ``{object:City|Place}`` are slots for mentions of those classes; a ``+`` after the
  classes takes a whole list ('Bremen, Leipzig und Nürnberg') and gives one statement a member;
- ``{time}`` (``{span}`` for those with two ends) and ``{money}`` are the object of ``date`` and ``budget``;
- ``{role}`` takes the words of an office, checked against the lexicon;
- ``..`` stands for up to 60 characters without another name, time or sum, ``...`` for up to 110 with them;
- ``@name`` stands for a word list of the same file; all else is a regular expression, where a blank
  matches any white space; upper and lower case are the same.

A rule with ``main = "subject:Project"`` (or ``object:…``) leaves that slot out of its pattern: the thing of that
class which the passage is about takes it (see :mod:`koopgraph.extract.salience`). ``at_least = 3`` asks for as
many members of a ``+`` list. ``spread = "subject"`` (or ``"object"``) takes all that follow the slot in the sentence
too, whatever stands between them ('Es sprechen: A (TU X), B (Stadt Y) und C').
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from types import MappingProxyType

from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.errors import OntologyError
from koopgraph.extract.required import Required, WordFinder, fold, holds, rarest, required_words
from koopgraph.extract.shadow import SIGNS, TIMES
from koopgraph.model import EntityType, Language

FAMILIES = ("awards", "events", "people", "places", "undertakings")
_ALL_SIGNS = "".join(SIGNS.values())
_SLOT = re.compile(
    r"\{(subject|object):([A-Za-z|]+)(\+?)\}|\{(time|span|money|role)\}|@(\w+)|(\.\.\.)|(\.\.)|( +)(\?)?"
)
_CLAUSE_GAP = r"[^;!?\n" + _ALL_SIGNS + r"]{0,60}?"
_SENTENCE_GAP = r"[^;!?\n]{0,110}?"
_OFFICE = "{role}"
_WORD = re.compile(r"\w+")
_FIRST_LETTER = 0xF0000  # of a private area: no pattern has such letters
# What stands between the members of a list: ', ', ' und die ', '/' …
_COMMA_GAP = (
    r"(?:,? (?:und|sowie|and|&|plus|as well as) (?:(?:der|die|das|den|dem|in|the|mit|von|from) )?"
    r"|, (?:(?:der|die|das|den|dem|the|in|mit|von) )?|/| \+ )"
)
_ROLE = r"(?P<role>[^\W\d_][^,;:.!?()\n" + _ALL_SIGNS + r"]{1,70}?)"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One pattern of one relation; ``confidence`` ranks it among the rules, set by hand. Equal to itself alone.

    A passage that lacks one of the ``signs`` or ``words`` is not searched: each set must have one in it.
    """

    name: str
    relation: str
    expression: str
    signs: tuple[frozenset[str], ...]
    confidence: float
    main: tuple[str, tuple[EntityType, ...]] | None = None
    at_least: int = 1
    spread: str | None = None
    words: Required = ()

    @property
    def family(self) -> str:
        """The family whose file the rule stands in."""
        return self.name.partition(".")[0]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression: made when a passage is searched for it first, which most rules wait for long."""
        return _compiled(self.expression)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


class RuleSet(tuple[Rule, ...]):
    """Rules in the order of their files, indexed by what a passage must hold for them."""

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self):
            for word in rarest(rule.words) if rule.words else ():
                found[word].append(number)
        return dict(found)

    @cached_property
    def _by_signs(self) -> dict[frozenset[str], tuple[int, ...]]:
        return {}  # filled as passages come: many have the same signs

    def applicable(self, signs: frozenset[str], words: frozenset[str]) -> list[Rule]:
        """Return the rules that can match a passage that holds ``signs`` and, of the words of rules, ``words``."""
        numbers = self._by_signs.get(signs)
        if numbers is None:
            without_words = (number for number, rule in enumerate(self) if not rule.words and holds(rule.signs, signs))
            numbers = self._by_signs[signs] = tuple(without_words)
        named = {number for word in words for number in self._by_word.get(word, ())}
        fitting = [n for n in named if holds(self[n].signs, signs) and holds(self[n].words, words)]
        return [self[number] for number in (sorted((*numbers, *fitting)) if fitting else numbers)]


def load(family: str, language: Language) -> RuleSet:
    """Return the rules of ``family``: those for both languages, then those for ``language`` (German for 'und').

    They stand in ``extract/rules/{family}.toml`` and ``{family}.de.toml`` or ``{family}.en.toml``.
    Raises :class:`OntologyError` where a rule is malformed, naming file and rule.
    """
    return _load(family, "en" if language == "en" else "de")


@cache
def _load(family: str, language: Language) -> RuleSet:
    return RuleSet(rule for name in (f"{family}.toml", f"{family}.{language}.toml") for rule in _read(name, language))


def _read(name: str, language: Language) -> Iterator[Rule]:
    path = files("koopgraph") / "extract" / "rules" / name
    if not path.is_file():
        return
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{name}: is no valid TOML: {error}") from error
    words = {name: "(?:" + "|".join(entries) + ")" for name, entries in data.get("words", {}).items()}
    try:
        of_words = {list_name: required_words(expression) for list_name, expression in words.items()}
        of_words[_OFFICE] = _required_of_offices(language)
    except re.error as error:
        raise OntologyError(f"{name}: a word list is malformed: {error} in {error.pattern!r}") from error
    for number, entry in enumerate(data["rule"], start=1):
        try:
            expression, signs, required = read_pattern(entry["pattern"], words, of_words)
            yield Rule(
                name=f"{name.removesuffix('.toml')}.{number}",
                relation=entry["relation"],
                expression=expression,
                signs=signs,
                words=required,
                confidence=entry["confidence"],
                main=_main(entry),
                at_least=entry.get("at_least", 1),
                spread=entry.get("spread"),
            )
        except (re.error, KeyError, ValueError) as error:
            raise OntologyError(f"{name}: rule {number} ({entry.get('pattern')!r}) is malformed: {error}") from error


def _main(entry: dict[str, str]) -> tuple[str, tuple[EntityType, ...]] | None:
    if "main" not in entry:
        return None
    slot, _, kinds = entry["main"].partition(":")
    return slot, tuple(EntityType(kind) for kind in kinds.split("|"))


def read_pattern(
    pattern: str, words: Mapping[str, str], required: Mapping[str, Required] = MappingProxyType({})
) -> tuple[str, tuple[frozenset[str], ...], Required]:
    """Return the regular expression of a rule's pattern, and the sets of signs and of words of which each must occur.

    ``words`` are the word lists as expressions, ``required`` the words without which none of a list matches.
    Raises ``KeyError`` for an unknown class or word list, ``re.error`` for a malformed expression.
    """
    needs: list[frozenset[str]] = []

    def replace(match: re.Match[str]) -> str:
        slot, kinds, many, value, word, wide, narrow, _, optional = match.groups()
        if slot:
            signs = "[" + "".join(SIGNS[EntityType(k).value] for k in kinds.split("|")) + "]"
            needs.append(frozenset(signs[1:-1]))
            return f"(?P<{slot}>{signs}(?:{_COMMA_GAP}{signs})*)" if many else f"(?P<{slot}>{signs})"
        if value == "role":
            return _ROLE
        if value:
            signs = TIMES if value == "time" else SIGNS[value]
            needs.append(frozenset(signs))
            return f"(?P<value>[{signs}])"
        if word:
            return words[word]
        if wide or narrow:
            return _SENTENCE_GAP if wide else _CLAUSE_GAP
        return r"\s*" if optional else r"\s+"

    try:
        expression = _SLOT.sub(replace, pattern)
    except ValueError as error:
        raise KeyError(str(error)) from error
    return expression, tuple(needs), _required_words(pattern, required)


def _required_words(pattern: str, required: Mapping[str, Required]) -> Required:
    """Return what a pattern requires: read off with a letter in the place of each word list, which is read once."""
    letter_of = {name: chr(_FIRST_LETTER + number) for number, name in enumerate(required)}

    def replace(match: re.Match[str]) -> str:
        if match[8]:
            return r"\s"
        return letter_of.get(_OFFICE if match[4] == "role" else match[5], ".")

    bare = _SLOT.sub(replace, pattern)
    return required_words(bare, parts={letter: required[name] for name, letter in letter_of.items()})


@cache
def _required_of_offices(language: Language) -> Required:
    """Return the words of which each office holds one; its other words may be any."""
    known = (max(_WORD.findall(fold(office)), key=len, default="") for office in load_lexicon(language).words["roles"])
    return (frozenset(known),)


def rules_of_all_families(language: Language) -> tuple[RuleSet, WordFinder]:
    """Return the rules of all families, one family after the other, and what finds the words that they require."""
    return _rules_of_all_families("en" if language == "en" else "de")


@cache
def _rules_of_all_families(language: Language) -> tuple[RuleSet, WordFinder]:
    rules = RuleSet(chain.from_iterable(_load(family, language) for family in FAMILIES))
    return rules, WordFinder(word for rule in rules for words in rule.words for word in words)
