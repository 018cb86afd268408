"""What a name finder looks at: the text, its words and sentences, and the word knowledge of its language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.lexicon import Lexicon
from koopgraph.annotate.matches import wholes_of
from koopgraph.annotate.tokens import Token
from koopgraph.annotate.word_facts import WordFacts
from koopgraph.model import EntityType, Mention, Sentence

OPENING_QUOTES = "„“”\"»«‹›‚‘'"
PAIRS = {"„": '“”"', "“": "”", '"': '"', "«": "»", "»": "«", "‚": "‘’", "‘": "’"}
LONGEST_QUOTED = 16  # tokens
_BLANK = " \u00a0"


@dataclass(frozen=True, slots=True)
class TextView:
    """One text ready for the name finders. Token indices count from 0; spans are half-open.

    ``words`` and ``facts`` are the texts of the tokens and what the lexicon tells of each; ``first_at`` and ``last_at``
    are the tokens that begin and end at an offset, ``capitalised`` those that begin with a capital.
    """

    text: str
    title_end: int
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    lexicon: Lexicon
    gazetteer: Gazetteer
    words: tuple[str, ...] = field(init=False, repr=False)
    facts: tuple[WordFacts, ...] = field(init=False, repr=False)
    capitalised: tuple[int, ...] = field(init=False, repr=False)
    first_at: dict[int, int] = field(init=False, repr=False)
    last_at: dict[int, int] = field(init=False, repr=False)
    _starts: frozenset[int] = field(init=False, repr=False)
    _joined: tuple[bool, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Remember where sentences begin (a capital there says nothing), gaps between tokens, and words."""
        object.__setattr__(self, "_starts", frozenset(s.start for s in self.sentences))
        text, tokens = self.text, self.tokens
        object.__setattr__(self, "words", tuple(t.text for t in tokens))
        object.__setattr__(self, "facts", tuple(map(self.lexicon.facts, self.words)))
        borders = [(a.end, b.start) for a, b in pairwise(tokens)]
        joined = [
            end == start or (end + 1 == start and text[end] == " ") or not text[end:start].strip(_BLANK)
            for end, start in borders
        ]
        object.__setattr__(self, "_joined", tuple(joined))
        capitalised = tuple([i for i, facts in enumerate(self.facts) if facts.is_capitalised])
        object.__setattr__(self, "capitalised", capitalised)
        object.__setattr__(self, "first_at", {t.start: i for i, t in enumerate(tokens)})
        object.__setattr__(self, "last_at", {t.end: i for i, t in enumerate(tokens)})

    def begins_sentence(self, index: int) -> bool:
        """Whether token ``index`` is the first word of a sentence (an opening quote or dash may precede it)."""
        token = self.tokens[index]
        if token.start in self._starts:
            return True
        previous = self.tokens[index - 1] if index else None
        return previous is None or (previous.text in OPENING_QUOTES + "–-•*+:" and previous.start in self._starts)

    def word(self, index: int) -> str:
        """Return the text of token ``index``, or '' outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def adjacent(self, left: int, right: int) -> bool:
        """Whether nothing but spaces (no line break) stands between two tokens."""
        if left < 0 or right >= len(self.tokens):
            return False
        if right == left + 1:
            return self._joined[left]
        return self.text[self.tokens[left].end : self.tokens[right].start].strip(_BLANK) == ""

    def is_ordinal(self, index: int) -> bool:
        """Whether token ``index`` is the number of an ordinal: '9' of '9. Bundeskongress'."""
        word = self.word(index)
        if not (0 < len(word) <= 3 and word.isdigit()) or index + 2 >= len(self.tokens):
            return False
        return self.text[self.tokens[index].end : self.tokens[index + 2].start].strip(" \u00a0") == "."

    def closing_quote(self, index: int) -> int | None:
        """Return the token that closes the quotation which token ``index`` opens on the same line, or None."""
        opening = self.word(index)
        if not opening or opening not in PAIRS or not self.adjacent(index - 1, index):
            return None
        for last in range(index + 2, min(index + LONGEST_QUOTED, len(self.tokens))):
            if "\n" in self.text[self.tokens[last - 1].end : self.tokens[last].start]:
                return None
            if self.tokens[last].text in PAIRS[opening]:
                return last
        return None

    def adjacent_run(self, first: int, last: int) -> bool:
        """Whether the tokens ``first`` to ``last`` stand on one line with nothing but single gaps between them."""
        return "\n" not in self.text[self.tokens[first].start : self.tokens[last].end]

    def is_name_word(self, index: int) -> bool:
        """Whether token ``index`` is a capitalised word that may be part of a name."""
        return 0 <= index < len(self.facts) and self.facts[index].is_name_word

    def is_place_adjective(self, index: int) -> bool:
        """Whether token ``index`` is a German adjective made from a city or region: 'Leipziger', 'Thüringer'."""
        word = self.word(index)
        return word.endswith("er") and bool(self.gazetteer.cities(word[:-2]) or self.gazetteer.region(word[:-2]))

    def occurrences(self, name: str) -> Iterator[int]:
        """Yield the offsets at which ``name`` stands as words of its own, no part of a longer or hyphenated one."""
        for start in wholes_of(self.text, name):
            end = start + len(name)
            if not _joins(self.text[start - 1 : start]) and not _joins(self.text[end : end + 1]):
                yield start

    def mention(
        self, first: int, last: int, kind: EntityType, annotator: str, confidence: float, name: str | None = None
    ) -> Mention:
        """Return the mention that spans the tokens ``first`` to ``last`` (inclusive)."""
        start, end = self.tokens[first].start, self.tokens[last].end
        text = self.text[start:end]
        return Mention(start, end, text, kind, name or text, annotator, confidence)


def _joins(character: str) -> bool:
    return character.isalnum() or character == "_" or character == "-"


Finder: TypeAlias = Callable[[TextView], Iterator[Mention]]
