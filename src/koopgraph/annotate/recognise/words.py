"""What a word by itself tells about the name it may stand in: form, affixes, cluster, gazetteer, lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.lexicon import Lexicon, load_lexicon
from koopgraph.annotate.recognise.clusters import Clusters, bit_features, load_clusters
from koopgraph.model import Language

# Word lists of words.toml that tell something about a name beside the word.
GROUPS = (
    "articles",
    "titles",
    "says",
    "particles",
    "not_names",
    "city_words",
    "place_prepositions",
    "motion_prepositions",
    "name_adjectives",
    "motto_words",
    "descriptors_award",
    "descriptors_programme",
    "descriptors_event",
    "descriptors_document",
    "descriptors_project",
    "descriptors_organisation",
)
LARGE_CITY = 15_000
_SAME = re.compile(r"(.)\1+")
_ISH = ("isch", "ische", "ischer", "isches", "ischen", "ischem")
SHAPE_LENGTH = 12
WORDS_KEPT = 20_000  # words whose features are remembered; chains keep what they add up to
PREFIXES = (1, 2, 3, 4)
SUFFIXES = (1, 2, 3, 4, 5, 6, 8)
_PREFIXED = tuple((n, f"p{n}=") for n in PREFIXES)
_SUFFIXED = tuple((n, f"q{n}=") for n in SUFFIXES)


class _Forms(dict[int, str]):
    """The sign that stands for a character in the form of a word, found out once a character."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        sign = self[code] = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c
        return sign


_FORMS = _Forms()


def shape(word: str) -> str:
    """Return the form of ``word``: capitals X, small letters x, digits d, signs as they are.

    >>> shape("KielQuer-2030")
    'XxxxXxxx-dddd'
    """
    return word.translate(_FORMS)


@lru_cache(maxsize=4096)
def _shape_features(form: str) -> tuple[str, str]:
    return f"s={_SAME.sub(chr(92) + '1', form)}", f"S={form[:SHAPE_LENGTH]}"


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """Features of single words of one language; ``rich`` for the word itself, ``plain`` for its neighbours."""

    language: Language
    clusters: Clusters
    lexicon: Lexicon
    gazetteer: Gazetteer
    _kept: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict, repr=False)
    _groups: dict[str, list[str]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Index the word lists by their words."""
        for group in GROUPS:
            for entry in self.lexicon.words.get(group, ()):
                self._groups.setdefault(entry, []).append(f"L={group}")

    @staticmethod
    @cache
    def load(language: Language) -> WordFeatures:
        """Return the features of ``language``; those of German serve every other one."""
        code: Language = "en" if language == "en" else "de"
        return WordFeatures(code, load_clusters(code), load_lexicon(code), Gazetteer.load())

    def rich(self, word: str) -> tuple[str, ...]:
        """Return everything that ``word`` tells about itself."""
        return self.both(word)[0]

    def plain(self, word: str) -> tuple[str, ...]:
        """Return what ``word`` tells about its neighbour."""
        return self.both(word)[1]

    def both(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what ``word`` tells about itself, and what about its neighbour."""
        known = self._kept.get(word)
        if known is None:
            if len(self._kept) >= WORDS_KEPT:
                self._kept.clear()
            known = self._kept[word] = self._describe(word)
        return known

    def _describe(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        low, length = word.lower(), len(word.lower())
        collapsed, form = _shape_features(shape(word))
        cluster = self.clusters.get(word)
        shared = [f"w={low}", collapsed, *self._lexical(word)]
        rich = [*shared, form, *bit_features(cluster)]
        if "-" in word:
            rich += self._parts(word)
        rich += [mark + low[:n] for n, mark in _PREFIXED if length > n]
        rich += [mark + low[-n:] for n, mark in _SUFFIXED if length > n]
        if low.endswith(_ISH):
            rich.append("ish")
        plain = shared
        if cluster is not None:
            plain += [f"b6={cluster & 63}", f"b10={cluster & 1023}"]
        if len(low) > 3:
            plain.append(f"q3={low[-3:]}")
        return tuple(rich), tuple(plain)

    def _lexical(self, word: str) -> Iterator[str]:
        lexicon = self.lexicon
        if word[:1].isupper():
            yield from self._listed(word)
        key = word.casefold()
        yield from self._groups.get(key, ())
        if word[:1].isupper() or lexicon.language == "en":
            head, alone = lexicon.head(word), lexicon.alone(word)
            if head is not None:
                yield f"h={head}"
            if alone is not None:
                yield f"a={alone}"
            if lexicon.is_role(word):
                yield "role"

    def _listed(self, word: str) -> Iterator[str]:
        if not word[:1].isupper():
            return
        for form, mark in ((word, ""), (word[:-1], "s")):
            if mark and not (len(word) > 4 and word.endswith("s")):
                continue
            if form in self.lexicon.first_names:
                yield f"first{mark}"
            if form in self.lexicon.last_names:
                yield f"last{mark}"
            if self.gazetteer.region(form):
                yield f"region{mark}"
            if self.gazetteer.is_city_name(form):
                large = self.gazetteer.cities(form)[0].population >= LARGE_CITY
                yield f"city{mark}"
                yield f"city{mark}={'L' if large else 'S'}{'A' if self.gazetteer.is_ambiguous(form) else ''}"
        if word.endswith("er") and len(word) > 5:
            stems = (word[:-2], word[:-1], word[:-2] + "en")
            if any(self.gazetteer.is_city_name(s) or self.gazetteer.region(s) for s in stems):
                yield "fromcity"

    def _parts(self, word: str) -> Iterator[str]:
        """A hyphenated word tells by its first and last part: 'Wüstenrot-Stiftung', 'Berlin-Mitte'."""
        if "-" not in word or len(word) < 3:
            return
        first, last = word.split("-")[0], word.split("-")[-1]
        yield "hyphen"
        yield f"h0={first.lower()}"
        yield f"h1={last.lower()}"
        for mark, part in (("0", first), ("1", last)):
            yield from (f"hy{mark}{x}" for x in self._listed(part))
