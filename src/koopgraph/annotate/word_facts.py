"""What single words tell, wherever they stand: found out once a word, as newspapers repeat their words."""

from __future__ import annotations

from dataclasses import dataclass

from koopgraph.annotate.tokens import is_acronym, is_odd
from koopgraph.model import EntityType

LONGEST_ACRONYM = 6  # longer words in capitals are mostly headings
WORDS_KEPT = 50_000  # words whose facts are remembered: some 20 MB, however many articles are read


@dataclass(frozen=True, slots=True)
class WordFacts:
    """One word: its forms, what the lexicon says of it, and how it is written.

    ``groups`` are the lists of words.toml that have it, ``given`` says that it is a given name or several ones
    joined by hyphens, ``surname`` that it is one with or without a genitive -s, ``names_people`` that it may be part of
    a person's name, ``may_be_acronym`` that it is one where capitals are not the rule around it. ``letters`` and
    ``capitals`` are how many it has. The rest is as in
    :class:`koopgraph.annotate.lexicon.Lexicon` and :class:`koopgraph.annotate.tokens.Token`.
    """

    low: str
    key: str
    groups: frozenset[str]
    head: EntityType | None
    alone: EntityType | None
    is_role: bool
    first_name: bool
    given: bool
    surname: bool
    is_acronym: bool
    may_be_acronym: bool
    is_odd: bool
    is_capitalised: bool
    letters: int
    capitals: int
    is_name_word: bool
    names_people: bool


def word_key(word: str) -> str:
    """Return what the forms of one word in an article share: case folded, without a genitive -s.

    >>> word_key("Leipzigs") == word_key("LEIPZIG")
    True
    """
    low = word.casefold()
    return low[:-1] if len(low) > 4 and low.endswith("s") else low


def _may_be_acronym(word: str, *, capitals: bool) -> bool:
    """Whether a short word is written in ``capitals`` or begins and ends with one (IfL, KfW)."""
    if not 2 <= len(word) <= LONGEST_ACRONYM or not word[0].isalnum() or any(map(str.isdigit, word)):
        return False
    upper = sum(map(str.isupper, word))
    return capitals or (upper >= 2 and word[0].isupper() and word[-1].isupper() and upper >= len(word) - 2)


def facts_of(
    word: str,
    *,
    groups: frozenset[str],
    classes: tuple[EntityType | None, EntityType | None],
    is_role: bool,
    names: tuple[frozenset[str], frozenset[str]],
) -> WordFacts:
    """Return the facts of ``word``; ``classes`` are those it has as a head and alone, ``names`` first and last ones."""
    first_names, last_names = names
    first_name = word in first_names
    surname = word in last_names or word.removesuffix("s") in last_names
    acronym = is_acronym(word)
    capitalised = word[:1].isupper()
    # A single capital is an initial or a currency's letter.
    name_word = capitalised and len(word) > 1 and "not_names" not in groups
    # A head noun is no surname; that of a place may be one ('Bamberg'), but not '…straße'.
    headed = classes[0] is not None and (classes[0] is not EntityType.PLACE or classes[1] is not None)
    return WordFacts(
        low=word.lower(),
        key=word_key(word),
        groups=groups,
        head=classes[0],
        alone=classes[1],
        is_role=is_role,
        first_name=first_name,
        given=first_name or ("-" in word and all(part in first_names for part in word.split("-"))),
        surname=surname,
        is_acronym=acronym,
        may_be_acronym="not_acronyms" not in groups and _may_be_acronym(word, capitals=acronym),
        is_odd=is_odd(word),
        is_capitalised=capitalised,
        letters=sum(map(str.isalpha, word)),
        capitals=sum(map(str.isupper, word)),
        is_name_word=name_word,
        names_people=name_word
        and not any(map(str.isdigit, word))
        and "titles" not in groups
        and not (acronym and len(word) < 5)
        and (surname or not headed)
        and not is_role,
    )
