"""Records of equal names and class, block by block: which of them are one thing.

Blocks are judged anew where the company of their records has changed: once it is known which names are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from koopgraph.resolve.acronyms import acronym_in_front, all_initials
from koopgraph.resolve.column import Numbers, as_numbers
from koopgraph.resolve.interned import key_of
from koopgraph.resolve.names import is_acronym
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Grouped
from koopgraph.resolve.senses import Readings, parted
from koopgraph.resolve.spelling import TRANSLATED, concept_key


class Blocks:
    """The blocks of all records; :attr:`first_of` is the first record of the thing that each record is taken for."""

    def __init__(self, records: Records) -> None:
        """Make the blocks, and part each whose records name several things."""
        self._records = records
        keys = records.key_numbers()
        self._blocks = Grouped(keys, len(records.strings.texts))
        self._readings = _readings(records, self._blocks)
        order = np.argsort(keys, kind="stable")
        begins = np.flatnonzero(np.diff(keys[order], prepend=-1))
        self.first_of = np.empty(len(keys), dtype=np.int32)
        self.first_of[order] = np.repeat(order[begins], np.diff(begins, append=len(keys)))
        for key in self._blocks.larger_than(1):
            self._part(int(key))

    def part_again(self, changed: Numbers) -> None:
        """Part those blocks anew that any of the ``changed`` records is in."""
        for key in np.unique(self._records.key_numbers()[changed]):
            if self._blocks.size(int(key)) > 1:
                self._part(int(key))

    def _part(self, key: int) -> None:
        block = [self._records[number] for number in self._blocks[key]]
        for group in parted(block, self._readings.get(key, {})):
            numbers = [record.number for record in group]
            self.first_of[numbers] = min(numbers)


def _readings(records: Records, blocks: Grouped) -> Mapping[int, Readings]:
    """Return for each short name, by article, the longer name that it may stand for there: the first one named."""
    found: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    names, strings = records.names, records.strings
    by_name = Grouped(as_numbers(records.name), len(names))

    def note(short: int, number: int) -> None:
        reading = (records.start[number], concept_key(records[number].name, records[number].type))
        known = found[short].setdefault(records.article[number], reading)
        found[short][records.article[number]] = min(known, reading)

    for name, text in enumerate(names.texts):
        kind = names.kind(name)
        for short in {*all_initials(text), *acronym_in_front(text)} if kind in TRANSLATED else ():
            key = strings.known(key_of(kind, short))
            if key is not None and blocks.size(key):
                for number in by_name[name]:
                    note(key, number)
    for number in records.forms.filled().tolist():
        for form in records.forms[number] if records[number].type in TRANSLATED else ():
            if blocks.size(names.keys[form]) and is_acronym(names.texts[form]):
                note(names.keys[form], number)
    return {short: {a: meaning for a, (_, meaning) in by_article.items()} for short, by_article in found.items()}
