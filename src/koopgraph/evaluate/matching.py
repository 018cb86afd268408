"""Gold and graph of one article laid side by side: which things are the same, which relations are right.

1. Things are matched one to one: the same class and a name in common; agreement on the full name first, then the
   number of common names.
2. A relation is right if the gold has it between the things that were matched, or with the same value. Names are
   compared without case, punctuation, articles and (of people) titles; a season of a date counts as its year.

This is strict: half of a name, or the wrong one of two halls, is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from koopgraph.evaluate.gold import GoldArticle, GoldEntity, GoldRelation
from koopgraph.evaluate.predictions import Predicted, PredictedEntity, PredictedRelation
from koopgraph.model import EntityType, ValueKind
from koopgraph.rdf.vocabulary import RELATIONS

Key: TypeAlias = tuple[str, str, str]
"""Subject, relation and object: ids of gold entities, a normal value, or ``?IRI`` of what no gold entity is."""

_Relation = TypeVar("_Relation", GoldRelation, PredictedRelation)

UNMATCHED = "?"
_TITLES = re.compile(
    r"\b(?:prof(?:essor(?:in)?)?|dr|ing|habil|h ?c|mag|dipl|arch|phil|rer|nat|med|iur|jur|pol|msc|bsc|ma|ba|phd|mba"
    r"|herr|frau|mr|mrs|ms|sir|dame)\b\.?"
)
_ARTICLE = re.compile(r"^(?:der|die|das|des|dem|den|the|ein|eine|einer|a|an)\s+")
_QUOTES_AND_BRACKETS = re.compile(r"[„“”\"'’‘»«›‹()\[\]]")
_PUNCTUATION = re.compile(r"[-–—_/.,;:!?*|+&]")
_SEASON = re.compile(r"(\d{4}|XXXX)-2[1-4]\b")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article: the gold, what the graph has (``None`` where it lacks the article), and what fits what.

    ``matched`` leads from the ids of gold entities to IRIs; ``wanted`` and ``found`` are the relations of both
    sides under keys that can be compared.
    """

    gold: GoldArticle
    predicted: Predicted
    missing: bool
    matched: Mapping[str, str]
    wanted: Mapping[Key, tuple[GoldRelation, ...]]
    found: Mapping[Key, tuple[PredictedRelation, ...]]

    @property
    def entities(self) -> tuple[GoldEntity, ...]:
        """The gold entities that count: not the optional ones."""
        return tuple(entity for entity in self.gold.entities if not entity.optional)

    @property
    def spurious_entities(self) -> tuple[PredictedEntity, ...]:
        """What the graph takes for a thing and the gold does not."""
        known = set(self.matched.values())
        return tuple(entity for iri, entity in self.predicted.entities.items() if iri not in known)


def compare(gold: GoldArticle, predicted: Predicted | None) -> Comparison:
    """Lay an article's gold and graph side by side; ``predicted`` is None where the graph lacks the article."""
    missing = predicted is None
    predicted = predicted or Predicted()
    matched = match_entities(gold.entities, predicted.entities.values())
    back = {iri: id for id, iri in matched.items()}
    wanted: dict[Key, list[GoldRelation]] = defaultdict(list)
    for relation in gold.relations:
        end = relation.object if relation.object is not None else value(relation.relation, relation.value or "")
        wanted[_key(relation.subject, relation.relation, end)].append(relation)
    found: dict[Key, list[PredictedRelation]] = defaultdict(list)
    for stated in predicted.relations:
        subject = back.get(stated.subject, UNMATCHED + stated.subject)
        if RELATIONS[stated.relation].value is None:
            end = back.get(stated.object, UNMATCHED + stated.object)
        else:
            end = value(stated.relation, stated.object)
        found[_key(subject, stated.relation, end)].append(stated)
    return Comparison(gold, predicted, missing, matched, _frozen(wanted), _frozen(found))


def match_entities(gold: Iterable[GoldEntity], predicted: Iterable[PredictedEntity]) -> dict[str, str]:
    """Match one to one, by class and a shared name; return the IRI by the gold entity's id.

    >>> entity = GoldEntity("e1", EntityType.PERSON, "Ada Weiß", ("Ada Weiß", "Weiß"))
    >>> match_entities([entity], [PredictedEntity("person/weiss", EntityType.PERSON, frozenset({"Dr. Weiß"}))])
    {'e1': 'person/weiss'}
    """
    by_type: dict[EntityType, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for guess in predicted:
        by_type[guess.type].append((guess.iri, frozenset(normal(n, guess.type) for n in guess.names)))
    pairs = []
    for entity in gold:
        full = normal(entity.name, entity.type)
        names = {full} | {normal(mention, entity.type) for mention in entity.mentions}
        for iri, labels in by_type[entity.type]:
            if shared := labels & names:
                pairs.append((full not in labels, -len(shared), entity.id, iri))
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for *_, id, iri in sorted(pairs):
        if id not in matched and iri not in taken:
            matched[id] = iri
            taken.add(iri)
    return matched


def normal(name: str, kind: EntityType | None = None) -> str:
    """Return the form of a name in which two count as the same.

    >>> normal("Die „Leipzig-Charta“"), normal("Prof. Dr. Elke Pahl-Weber", EntityType.PERSON)
    ('leipzig charta', 'elke pahl weber')
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _PUNCTUATION.sub(" ", _QUOTES_AND_BRACKETS.sub("", text))
    if kind is EntityType.PERSON:
        text = _TITLES.sub(" ", text)
    return _ARTICLE.sub("", " ".join(text.split()))


def value(relation: str, text: str) -> str:
    """Return the form of a date, budget, motto or theme in which two count as the same.

    >>> value("date", "2024-21/2025"), value("motto", "Stadt für alle!")
    ('2024/2025', 'stadt für alle')
    """
    if relation == ValueKind.DATE:
        return _SEASON.sub(r"\1", text.strip())
    return normal(text) if relation == ValueKind.MOTTO else text.strip()


def _key(subject: str, relation: str, end: str) -> Key:
    if RELATIONS[relation].symmetric:
        subject, end = sorted((subject, end))
    return subject, relation, end


def _frozen(relations: Mapping[Key, list[_Relation]]) -> dict[Key, tuple[_Relation, ...]]:
    return {key: tuple(those) for key, those in sorted(relations.items())}
