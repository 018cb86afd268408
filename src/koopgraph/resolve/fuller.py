"""Fuller names: of which other names of the same article and class a name may be the short form.

Names are looked up by the words that a short form shares with a fuller one, and by initials, instead of being compared
each with each: an article of many names has few that fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from koopgraph.model import EntityType
from koopgraph.resolve.names import initials, is_acronym, is_acronym_of, is_short_form


class FullerNames:
    """The names of one class, by their keys (:func:`koopgraph.resolve.names.key`)."""

    def __init__(self, kind: EntityType, forms: Mapping[str, Collection[str]]) -> None:
        """Index the names; ``forms`` are, by their key, those that differ by inflection or hyphens alone."""
        self._kind = kind
        self._forms = forms
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._by_initials: dict[str, set[str]] = defaultdict(set)
        for key, names in forms.items():
            words = key.split()
            if len(words) > 1:
                self._by_word[words[0]].add(key)
                self._by_word[words[-1]].add(key)
            for name in names:
                for letters in initials(name):
                    self._by_initials[letters].add(key)

    def of(self, short: str) -> set[str]:
        """Return the keys of the names that are a fuller form of one under the key ``short``, or written out."""
        found = {long for name in self._forms[short] for long in self._written_out(name)}
        return (found | {long for long in self._alike(short) if self._is_short_form(short, long)}) - {short}

    def _written_out(self, name: str) -> Iterator[str]:
        if is_acronym(name):
            letters = "".join(c for c in name.casefold() if c.isalpha())
            for long in self._by_initials.get(letters, ()):
                if any(is_acronym_of(name, one) for one in self._forms[long]):
                    yield long

    def _alike(self, short: str) -> Iterator[str]:
        """Yield the keys of names that begin or end with the first or last word; surnames may have a genitive's s."""
        words = short.split()
        if not words:
            return
        ends = {words[0], words[-1]}
        if self._kind is EntityType.PERSON:
            ends |= {words[-1] + "s", words[-1].removesuffix("s")}
        for word in ends:
            yield from self._by_word.get(word, ())

    def _is_short_form(self, short: str, long: str) -> bool:
        # What is a short form is told by the keys, so any name under them will do.
        name, fuller = (next(iter(self._forms[key])) for key in (short, long))
        return short != long and is_short_form(name, fuller, self._kind)
