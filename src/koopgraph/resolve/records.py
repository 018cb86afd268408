"""What all articles know of their things, made comparable: their names, and the company in which each is named.

A record is one thing of one article. Millions of them are held as columns of numbers; :class:`Record` shows one. They
are numbered in the order of time: by the article's date (undated ones last), its source, and the thing's IRI.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from koopgraph.model import ArticleGraph, Entity, EntityType
from koopgraph.resolve.column import Column, Numbers, as_array, as_numbers
from koopgraph.resolve.company import Company
from koopgraph.resolve.context import NOTHING, YEAR, Context
from koopgraph.resolve.interned import Names, Strings

Node: TypeAlias = tuple[str, str]
"""An article's IRI and the IRI that its own resolution gave the thing."""
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Told:
    """An article as far as its records need it: IRI, source, main city and year as numbers of strings or none."""

    iri: str
    source: str
    order: tuple[str, str]
    home: frozenset[str]
    published: frozenset[str]


class Records:
    """The records of all articles.

    ``name``, ``article``, ``iri``, ``identity`` and ``authority`` are numbers by record (of :attr:`names`,
    :attr:`articles`, :attr:`iris` and :attr:`strings`; :data:`UNKNOWN` for no authority), ``start`` is where its first
    sentence begins. ``forms`` are its other names by their numbers; the other columns are those of
    :class:`~koopgraph.resolve.context.Context`. ``begins`` are the first records of the articles, ``counts`` says for
    each string how many records have it as their key.
    """

    def __init__(self, graphs: Iterable[ArticleGraph]) -> None:
        """Take in the things of all ``graphs``, whatever their order; none of these is held."""
        self.strings = Strings()
        self.iris = Strings()
        self.names = Names(self.strings)
        self.articles: list[Told] = []
        self.begins = array("i", [0])
        self.name, self.article, self.iri = array("i"), array("i"), array("i")
        self.identity, self.authority, self.start = array("i"), array("i"), array("i")
        self.forms = Column()
        self.located, self.stated, self.near = Column(), Column(), Column()
        self.tied, self.beside, self.roles, self.dates = Column(), Column(), Column(), Column()
        self._homes: dict[str, frozenset[str]] = {"": NOTHING}
        for graph in graphs:
            self._take_in(graph)
        self.iris.close()
        self.names.close()
        self.places = self._in_order_of_time()
        self.counts = as_array(np.bincount(self.key_numbers(), minlength=len(self.strings.texts)))

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.name)

    def __getitem__(self, number: int) -> Record:
        """Return the record of the number."""
        return Record(self, number)

    def __iter__(self) -> Iterator[Record]:
        """Go through all records in the order of time."""
        return (Record(self, number) for number in range(len(self)))

    def _take_in(self, graph: ArticleGraph) -> None:
        entities = sorted(graph.entities, key=lambda e: e.iri)
        names = [self.names.number(e.type, e.name) for e in entities]
        company = Company(graph, entities, names, self.names, self.strings)
        article = len(self.articles)
        self.articles.append(self._told(graph, company))
        self.name.extend(names)
        self.identity.extend(company.identity)
        for n, entity in enumerate(entities):
            self.article.append(article)
            self.iri.append(self.iris.number(entity.iri))
            self.authority.append(self.strings.number(entity.authority) if entity.authority else UNKNOWN)
            self.start.append(entity.mentions[0].start if entity.mentions else 0)
            self.forms.append(self._forms(entity, names[n]))
            tied, beside = company.tied(n), company.beside(n)
            self.located.append(company.cities(company.located(n)))
            self.stated.append(company.cities(tied))
            self.near.append(company.cities(beside))
            self.tied.append(company.others(tied))
            self.beside.append(company.others(beside))
            self.roles.append(company.roles(n))
            self.dates.append(company.dates(n))
        self.begins.append(len(self.name))

    def _told(self, graph: ArticleGraph, company: Company) -> Told:
        home = self.strings.texts[company.home[0]] if company.home else ""
        year = next(iter(YEAR.findall(graph.article.published or "")), "")
        order = (graph.article.published or "~", graph.article.source)  # undated articles after all dated ones
        kept = (self._homes.setdefault(text, frozenset((text,))) for text in (home, year))
        return Told(graph.iri, graph.article.source, order, *kept)

    def _forms(self, entity: Entity, name: int) -> Sequence[int]:
        """Return the thing's other forms, one a key; no surnames alone, which are anybody's."""
        if len(entity.forms) < 2 and entity.forms[:1] == (entity.name,):
            return ()
        found: dict[int, int] = {}
        for text in entity.forms:
            form = self.names.number(entity.type, text)
            if self.names.keys[form] == self.names.keys[name] or form in self.names.voiceless:
                continue
            if entity.type is not EntityType.PERSON or " " in self.names.key(form):
                found.setdefault(self.names.keys[form], form)
        return tuple(found.values())

    def _in_order_of_time(self) -> Sequence[int]:
        """Number the articles and records by time; return the number of each article as they came."""
        order = sorted(range(len(self.articles)), key=lambda n: (self.articles[n].order, self.articles[n].iri))
        places = array("i", bytes(4 * len(order)))
        for place, article in enumerate(order):
            places[article] = place
        if any(place != article for article, place in enumerate(places)):
            begins = as_numbers(self.begins)
            ranges = [np.arange(begins[article], begins[article + 1], dtype=np.int32) for article in order]
            self._reorder(np.concatenate(ranges))
            self.article = as_array(as_numbers(places)[as_numbers(self.article)])
            self.begins = as_array(np.concatenate(([0], np.cumsum(np.diff(begins)[order]))))
            self.articles = [self.articles[article] for article in order]
        return places

    def _reorder(self, order: Numbers) -> None:
        for field in ("name", "article", "iri", "identity", "authority", "start"):
            setattr(self, field, as_array(as_numbers(getattr(self, field))[order]))
        for column in (
            self.forms,
            self.located,
            self.stated,
            self.near,
            self.tied,
            self.beside,
            self.roles,
            self.dates,
        ):
            column.reorder(order)

    def key_numbers(self) -> Numbers:
        """Return the key of each record as the number of a string."""
        return as_numbers(self.names.keys)[as_numbers(self.name)]

    def rename(self, identities: Numbers) -> Numbers:
        """Replace identities in contexts by those that stand at their places; return the records that this changed."""
        return np.union1d(self.tied.translate(identities), self.beside.translate(identities))

    def forget_company(self) -> None:
        """Give the memory of all contexts back: they are asked for no more."""
        self.forms = self.located = self.stated = self.near = Column()
        self.tied = self.beside = self.roles = self.dates = Column()
        self.start = array("i")

    def context(self, numbers: Sequence[int]) -> Context:
        """Return the company that these records have together."""
        if len(numbers) == 1:
            return self._context(numbers[0])
        articles = [self.articles[article] for article in {self.article[n] for n in numbers}]
        return Context(
            located=self.texts(self.located, numbers),
            stated=self.texts(self.stated, numbers),
            near=self.texts(self.near, numbers),
            home=NOTHING.union(*(article.home for article in articles)),
            tied=self.texts(self.tied, numbers),
            beside=self.texts(self.beside, numbers),
            roles=self.texts(self.roles, numbers),
            dates=self.texts(self.dates, numbers),
            published=NOTHING.union(*(article.published for article in articles)),
        )

    def _context(self, number: int) -> Context:
        """Return the company of one record, for which this is quick: most are asked for alone."""
        article = self.articles[self.article[number]]
        text = self.strings.texts.__getitem__
        return Context(
            frozenset(map(text, found)) if (found := self.located[number]) else NOTHING,
            frozenset(map(text, found)) if (found := self.stated[number]) else NOTHING,
            frozenset(map(text, found)) if (found := self.near[number]) else NOTHING,
            article.home,
            frozenset(map(text, found)) if (found := self.tied[number]) else NOTHING,
            frozenset(map(text, found)) if (found := self.beside[number]) else NOTHING,
            frozenset(map(text, found)) if (found := self.roles[number]) else NOTHING,
            frozenset(map(text, found)) if (found := self.dates[number]) else NOTHING,
            article.published,
        )

    def texts(self, column: Column, numbers: Sequence[int]) -> frozenset[str]:
        """Return the strings that the column has for these records."""
        found: set[int] = set()
        for number in numbers:
            found.update(column[number])
        return frozenset(map(self.strings.texts.__getitem__, found)) if found else NOTHING

    def numbers_of(self, nodes: Iterable[Node]) -> dict[Node, int]:
        """Return the record of each of the things."""
        wanted = set(nodes)
        articles = {iri for iri, _ in wanted}
        found: dict[Node, int] = {}
        for number, article in enumerate(self.articles if wanted else ()):
            for record in range(*self.begins[number : number + 2]) if article.iri in articles else ():
                node = (article.iri, self.iris.texts[self.iri[record]])
                if node in wanted:
                    found[node] = record
        return found


class Record:
    """One thing of one article."""

    __slots__ = ("_context", "_records", "name_number", "number")

    def __init__(self, records: Records, number: int) -> None:
        """Show the record of this number."""
        self._records = records
        self._context: Context | None = None
        self.number = number
        self.name_number = records.name[number]

    @property
    def name(self) -> str:
        """What the article calls the thing."""
        return self._records.names.texts[self.name_number]

    @property
    def type(self) -> EntityType:
        """The thing's class."""
        return self._records.names.kind(self.name_number)

    @property
    def key(self) -> str:
        """What equal names of its class share."""
        return self._records.names.key(self.name_number)

    @property
    def is_local(self) -> bool:
        """Whether every town may have a thing of this name."""
        return bool(self._records.names.local[self.name_number])

    @property
    def article(self) -> int:
        """The article's number."""
        return self._records.article[self.number]

    @property
    def source(self) -> str:
        """The article's source."""
        return self._records.articles[self.article].source

    @property
    def node(self) -> Node:
        """The article's IRI, and the thing's there."""
        records = self._records
        return records.articles[self.article].iri, records.iris.texts[records.iri[self.number]]

    @property
    def authority(self) -> str | None:
        """The IRI of the same thing in the gazetteer, where it is known."""
        number = self._records.authority[self.number]
        return None if number == UNKNOWN else self._records.strings.texts[number]

    @property
    def identity(self) -> str:
        """What stands for the thing in the company of others."""
        return self._records.strings.texts[self._records.identity[self.number]]

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """The keys of its other names, each with the name, sorted."""
        names = self._records.names
        return tuple(sorted((names.key(form), names.texts[form]) for form in self._records.forms[self.number]))

    @property
    def context(self) -> Context:
        """The company in which the article names it, looked up once."""
        if self._context is None:
            self._context = self._records.context((self.number,))
        return self._context
