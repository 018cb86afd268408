"""The one place that mints IRIs: readable, deterministic from content, valid for every RDF library.

Everything in a slug is ``[a-z0-9-]``, everything before it is the checked base; so no name, however
hostile, can break out of an IRI.

>>> entity_iri("https://example.org/id/", EntityType.PERSON, "Jörg Müßig-Žižek")
'https://example.org/id/person/joerg-muessig-zizek'
>>> article_iri("https://example.org/id/", "dev-001.txt")
'https://example.org/id/article/dev-001-txt'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

from anyascii import anyascii
from pyoxigraph import Literal, NamedNode

from koopgraph.errors import KoopgraphError
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import THEMES, themes

MAX_SLUG = 80
"""Longest slug in characters; file names and URLs with a few such parts stay below the usual 255."""

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ß": "ss", "ẞ": "ss"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_BASE = re.compile(r"(https?://[^\s/?#]+[^\s]*|urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[^\s]*)[/#]", re.ASCII)
_LOCAL = re.compile(r"[a-z]+/[a-z0-9-]+", re.ASCII)
_PLAIN_SOURCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z][a-z0-9]{0,5}(#[1-9][0-9]{0,6})?", re.ASCII)


def _digest(text: str, digits: int) -> str:
    # Lone surrogates reach here from broken JSON; they must not end a build.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


@lru_cache(maxsize=16)
def check_base(base: str) -> str:
    """Return ``base`` if it can begin IRIs; raise :class:`KoopgraphError` with the remedy otherwise.

    It must be an absolute ``http``, ``https`` or ``urn`` IRI that ends in ``/`` or ``#``.
    """
    try:
        if _BASE.fullmatch(base):
            NamedNode(base + "x")
            return base
    except ValueError:
        pass
    raise KoopgraphError(
        f"{base!r} cannot begin IRIs. Give an absolute http, https or urn IRI that ends in '/' or '#', "
        "such as https://example.org/id/"
    )


@lru_cache(maxsize=65536)  # names come again in article after article
def slug(name: str) -> str:
    """Return ``name`` in ``[a-z0-9-]``: umlauts spelt out, other letters by sound, the rest as hyphens.

    A slug of more than ``MAX_SLUG`` characters is cut and ends in a hash of the whole; a name without
    any letter or digit becomes ``x-`` and a hash.

    >>> slug("„Städtische Energien“ – Straße 7")
    'staedtische-energien-strasse-7'
    """
    composed = unicodedata.normalize("NFC", name)
    ascii_name = anyascii(composed.translate(_GERMAN)).lower()
    found = _NOT_SLUG.sub("-", ascii_name).strip("-")
    if not found:
        return f"x-{_digest(composed, 10)}"
    if len(found) > MAX_SLUG:
        return f"{found[: MAX_SLUG - 9].rstrip('-')}-{_digest(found, 8)}"
    return found


def entity_iri(base: str, type_: EntityType, name: str) -> str:
    """Return the IRI of the entity of that type and name: ``{base}city/leipzig``."""
    return f"{check_base(base)}{type_.lower()}/{slug(name)}"


def article_iri(base: str, source: str) -> str:
    """Return the IRI of the article that was read from ``source``.

    Different sources get different IRIs. A source of lower-case letters, digits and single hyphens with
    an extension of at most six characters (and ``#n`` for a line) can be read back from its slug and
    stays as it is; any other one loses something in the slug, so eight digits of its hash follow. Those
    cannot be mistaken for an extension or a line number, which are shorter.

    >>> article_iri("https://example.org/", "feed.jsonl#3")
    'https://example.org/article/feed-jsonl-3'
    >>> article_iri("https://example.org/", "2015/Bericht.txt")
    'https://example.org/article/2015-bericht-txt-6269efbc'
    """
    local = slug(source)
    if not _PLAIN_SOURCE.fullmatch(source) or len(source) > MAX_SLUG:
        local = f"{local}-{_digest(source, 8)}"
    return f"{check_base(base)}article/{local}"


def passage_iri(base: str, article: str, start: int, end: int) -> str:
    """Return the IRI of the characters ``start`` to ``end`` (half-open) of the article with that IRI."""
    local = article.removeprefix(f"{check_base(base)}article/")
    if local == article:
        raise KoopgraphError(f"{article} is no article under {base}. Mint articles with the same base.")
    return f"{base}passage/{local}_{start}_{end}"


def statement_iri(base: str, subject: NamedNode, predicate: NamedNode, object_: NamedNode | Literal) -> str:
    """Return the IRI of the statement that says this triple, a hash of its three terms."""
    parts = [subject.value, predicate.value, object_.value]
    if isinstance(object_, Literal):
        parts += [object_.datatype.value, object_.language or ""]
    return f"{check_base(base)}statement/{_digest(chr(0).join(parts), 20)}"


def membership_iri(base: str, member: str, organisation: str) -> str:
    """Return the IRI of the ``org:Membership`` that ties the person to the organisation, city or project."""
    return f"{check_base(base)}membership/{_digest(chr(0).join((member, organisation)), 20)}"


def merge_iri(base: str, *parts: str) -> str:
    """Return the IRI of the record why two names are one thing, a hash of what it is told apart by."""
    return f"{check_base(base)}merge/{_digest(chr(0).join(parts), 20)}"


def proposal_iri(base: str, *parts: str) -> str:
    """Return the IRI of the proposal that two things are one, a hash of what it is told apart by."""
    return f"{check_base(base)}proposal/{_digest(chr(0).join(parts), 20)}"


def contradiction_iri(base: str, subject: str, relation: str) -> str:
    """Return the IRI of the contradiction about that relation of the thing with that IRI, a hash of both."""
    return f"{check_base(base)}contradiction/{_digest(chr(0).join((subject, relation)), 20)}"


def link_iri(base: str, thing: str, authority: str) -> str:
    """Return the IRI of the proposal that the thing is that entry of an authority file."""
    return f"{check_base(base)}link/{_digest(chr(0).join((thing, authority)), 20)}"


def curator_iri(base: str, curator: str) -> str:
    """Return the IRI of the person who judges: ``{base}curator/jana-muster``."""
    return f"{check_base(base)}curator/{slug(curator)}"


def geometry_iri(base: str, entity: str) -> str:
    """Return the IRI of the geometry of the entity with that IRI: ``{base}geometry/city_leipzig``.

    An entity of elsewhere has a hash for its name.

    >>> geometry_iri("https://example.org/id/", "https://example.org/id/city/leipzig")
    'https://example.org/id/geometry/city_leipzig'
    """
    local = entity.removeprefix(check_base(base))
    if not _LOCAL.fullmatch(local):
        return f"{base}geometry/{_digest(entity, 20)}"
    return f"{base}geometry/{local.replace('/', '_')}"


def provenance_graph_iri(base: str) -> str:
    """Return the name of the graph that says why every statement is made."""
    return f"{check_base(base)}graph/provenance"


def inferred_graph_iri(base: str) -> str:
    """Return the name of the graph that holds what follows from the statements by the ontology."""
    return f"{check_base(base)}graph/inferred"


def theme_iri(theme: str) -> str:
    """Return the IRI of the theme with that id; raise :class:`KoopgraphError` for an unknown one."""
    if theme not in themes():
        raise KoopgraphError(f"unknown theme {theme!r}. Known are: {', '.join(themes())}")
    return THEMES + theme


def data_prefixes(base: str) -> dict[str, str]:
    """Return a prefix for each kind of data under ``base``: ``city:leipzig`` instead of a whole IRI."""
    records = (
        "article",
        "contradiction",
        "curator",
        "geometry",
        "link",
        "membership",
        "merge",
        "passage",
        "proposal",
        "statement",
    )
    kinds = [*(type_.lower() for type_ in EntityType), *records]
    return {kind: f"{check_base(base)}{kind}/" for kind in kinds}
