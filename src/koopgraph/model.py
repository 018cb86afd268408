"""The nouns that pass between the stages: frozen, slotted, comparable, printable.

``read`` makes an :class:`Article`, ``annotate`` an :class:`Annotated`, ``extract`` yields
:class:`Statement` (between mentions), ``resolve`` turns mentions into :class:`Entity` and statements
into :class:`Fact` (between entities), one :class:`ArticleGraph` an article. All offsets are
half-open and count characters (code points) of ``Article.text``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Literal, TypeAlias

from koopgraph.errors import LimitError, ReadError
from koopgraph.limits import DEFAULT, Limits

Language: TypeAlias = Literal["de", "en", "und"]
"""ISO 639 code of an article's language; ``und`` where neither German nor English was recognised."""


class EntityType(StrEnum):
    """The nine classes of things, named as in the ontology."""

    PROJECT = "Project"
    PROGRAMME = "Programme"
    EVENT = "Event"
    CITY = "City"
    PLACE = "Place"
    ORGANISATION = "Organisation"
    PERSON = "Person"
    AWARD = "Award"
    DOCUMENT = "Document"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is stored: the text that all offsets refer to, and what is known about it.

    ``source`` is the file's path relative to the folder that was given (or its bare name), with
    ``#n`` for the ``n``-th of a file with many (a line, entry, record, chapter): it names the article and
    its IRI. ``text`` is NFC with ``\\n`` line ends and begins with the title. ``published`` is EDTF
    ('2015-09-21', '2015-09').
    """

    source: str
    text: str
    title: str
    language: Language = "und"
    authors: tuple[str, ...] = ()
    published: str | None = None
    publisher: str | None = None
    url: str | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 of the stored text, as hexadecimal digits."""
        return sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item: ``article.text[start:end]``, without surrounding white space."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names a thing. ``name`` is its base form ('Leipzig' for the text 'Leipzigs')."""

    start: int
    end: int
    text: str
    type: EntityType
    name: str
    annotator: str
    confidence: float = 1.0

    def __post_init__(self) -> None:
        """Refuse an empty or reversed span."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"mention {self.text!r} has the impossible span {self.start}–{self.end}")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A passage that names a time, and its value in EDTF (ISO 8601-2)."""

    start: int
    end: int
    text: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A passage that names a sum of money; ``value`` is e.g. '12500000 EUR'."""

    start: int
    end: int
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with everything that was recognised in it, each list in the order of the text."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...] = ()
    amounts: tuple[Amount, ...] = ()
    _sentence_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the sentences, so that :meth:`sentence_at` is a binary search."""
        object.__setattr__(self, "_sentence_starts", tuple(s.start for s in self.sentences))

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds ``offset`` (or the last one before it).

        Raises ``IndexError`` where the article has no sentence.
        """
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage of the article that states something: ``article.text[start:end] == quote``."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        """Refuse a quote that cannot stand at the offsets."""
        if not self.quote or self.end - self.start != len(self.quote) or self.start < 0:
            raise ValueError(f"evidence {self.quote!r} does not fit the span {self.start}–{self.end}")

    @classmethod
    def of(cls, article: Article, start: int, end: int) -> Evidence:
        """Quote ``article.text[start:end]``."""
        return cls(start, end, article.text[start:end])


class ValueKind(StrEnum):
    """Relations whose object is a literal or a theme, not an entity; named as the relation is."""

    DATE = "date"
    BUDGET = "budget"
    MOTTO = "motto"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Value:
    """The object of a ``date`` (EDTF), ``budget`` ('12500000 EUR'), ``motto`` or ``theme`` (theme id)."""

    kind: ValueKind
    text: str


def _check_claim(claim: Statement | Fact) -> None:
    if not isinstance(claim.evidence, Evidence):
        raise ValueError(f"a statement of {claim.relation!r} without evidence cannot be made")
    if not 0.0 <= claim.confidence <= 1.0:
        raise ValueError(f"confidence {claim.confidence} of {claim.relation!r} is outside 0–1")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage states about two mentions, or a mention and a value: an extractor's result.

    ``rule`` names the rule of the extractor that found it, where it has rules.
    """

    subject: Mention
    relation: str
    object: Mention | Value
    evidence: Evidence
    extractor: str
    confidence: float
    role: str | None = None
    rule: str | None = None

    def __post_init__(self) -> None:
        """Refuse a statement without evidence or with an impossible confidence."""
        _check_claim(self)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing under one IRI. ``names`` are all forms found, the preferred ``name`` among them.

    ``language`` is that of the article (the label's tag); ``mentions`` are the sentences that name it,
    first one first: empty only for an author who is known from the page's metadata alone. ``forms`` are those
    of the names that the article gives it in their base form ('Leipzig' for 'Leipzigs', nothing derived):
    what identity is judged by. ``authority`` is the IRI of the same thing in GeoNames, where it is known.
    """

    iri: str
    type: EntityType
    name: str
    names: tuple[str, ...]
    language: Language
    mentions: tuple[Evidence, ...] = ()
    forms: tuple[str, ...] = ()
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement between entities, or an entity and a value; ``object`` is an IRI or a value.

    ``curator`` is who judged it right or added it, where a person did.
    """

    subject: str
    relation: str
    object: str | Value
    evidence: Evidence
    extractor: str
    confidence: float
    role: str | None = None
    curator: str | None = None

    def __post_init__(self) -> None:
        """Refuse a fact without evidence or with an impossible confidence."""
        _check_claim(self)


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """What one article states: the content of its named graph. ``authors`` are IRIs of persons."""

    iri: str
    article: Article
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """Where an article names a thing: ``evidence`` is the sentence, None where only metadata names it."""

    article: str
    form: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two names are one thing: the ``rule`` that says so, how surely (0–1), and where either stands.

    ``entity`` is the IRI of the thing; ``shared`` are labels of what both have in common (a city, an organisation);
    ``curator`` is who judged it, where a person did.
    """

    entity: str
    rule: str
    score: float
    namings: tuple[Naming, Naming]
    shared: tuple[str, ...] = ()
    curator: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two things that may be one, which a person should judge; ``entities`` are their IRIs, the smaller first."""

    entities: tuple[str, str]
    rule: str
    score: float
    namings: tuple[Naming, Naming]
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a contradiction: what ``article`` (an IRI), read from ``source``, gives as the object, and where."""

    object: str | Value
    article: str
    source: str
    language: Language
    published: str | None
    evidence: Evidence
    confidence: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What articles say of one subject and one relation that cannot all hold, the newest article first."""

    subject: str
    relation: str
    claims: tuple[Claim, ...]


ProblemKind: TypeAlias = Literal["unreadable", "failed", "extractor", "limit", "curation", "link"]
"""What sort of thing went wrong; ``report.schema.json`` says what each means."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a build could not use: where, why, what to do about it, and of which kind it is.

    Most are sources that became no article; a judgement or a link that is about nothing is one too.
    """

    source: str
    reason: str
    remedy: str
    kind: ProblemKind = "unreadable"

    @classmethod
    def of(cls, error: ReadError) -> Problem:
        """Return the problem that ``error`` is."""
        return cls(error.source, error.reason, error.remedy, "limit" if isinstance(error, LimitError) else "unreadable")


@dataclass(frozen=True, slots=True)
class Options:
    """What a build can be told.

    ``base`` begins every IRI of data; ``extractors`` None means all built-in ones; ``min_confidence`` leaves out
    statements below it, None means the cut that gave the best F1 on the gold articles that the models were fitted
    on; ``model`` is a folder that ``koopgraph train`` wrote, None means the shipped one; ``settings`` are those of
    extractors that take any, by the extractor's name: ``{"spacy": {"model": "…"}}``. ``curation`` is the file of
    people's judgements, None means ``curation.yaml`` beside the articles, where there is one; ``links`` that of links
    to authorities, None means ``links.jsonl`` in the output folder. ``infer`` adds a graph of what follows by the
    ontology. ``limits`` bound what is read.
    """

    base: str = "https://w3id.org/koopgraph/id/"
    extractors: tuple[str, ...] | None = None
    min_confidence: float | None = None
    model: str | None = None
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    curation: str | None = None
    links: str | None = None
    infer: bool = False
    limits: Limits = DEFAULT
