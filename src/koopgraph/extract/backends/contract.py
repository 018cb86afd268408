"""What a model is told about the ontology: the prompt and the JSON schema of its answer, both made from it.

The schema lets a statement join only what the relation's domain and range allow: one alternative a relation.
The prompts are data (``prompt.de.md``, ``prompt.en.md``); the classes, relations and themes are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from koopgraph.model import EntityType, ValueKind
from koopgraph.rdf.vocabulary import RELATIONS, Relation, term_definitions, themes

Schema: TypeAlias = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_ABOUT_RDF = re.compile(r"[.;:] (?=[^.;]*(?:koop:|IRI))")
WITH_ROLE = "affiliatedWith"
"""The one relation whose statements carry a role."""


def definition(term: str, language: str) -> str:
    """Return a class's or relation's definition without what it says of RDF, which no text is about.

    >>> definition("affiliatedWith", "en")
    'Works for, belongs to or holds an office in the organisation, project or city.'
    """
    return _ABOUT_RDF.split(term_definitions()[term][language])[0].rstrip(".") + "."


@cache
def prompt(language: str) -> str:
    """Return the instructions in German for German articles, in English for all others."""
    language = "de" if language == "de" else "en"
    text = (files("koopgraph.extract.backends") / f"prompt.{language}.md").read_text(encoding="utf-8")
    classes = "\n".join(f"- {kind}: {definition(kind, language)}" for kind in EntityType)
    relations = "\n".join(f"- {name} ({_ends(one)}): {definition(name, language)}" for name, one in RELATIONS.items())
    topics = "\n".join(f"- {name}: {labels[language]}" for name, labels in themes().items())
    for slot, content in (("classes", classes), ("relations", relations), ("themes", topics)):
        text = text.replace(f"{{{slot}}}", content)
    return text


def _ends(relation: Relation) -> str:
    """Describe a relation's domain and range: 'Event → City, Place'."""
    parts = [
        f"{_names(subjects)} → {relation.value or _names(objects)}" for subjects, objects in _alternatives(relation)
    ]
    return "; ".join(parts)


def _names(types: Iterable[EntityType]) -> str:
    return ", ".join(sorted(types))


def _alternatives(relation: Relation) -> Iterator[tuple[frozenset[EntityType], frozenset[EntityType]]]:
    """Yield which classes may stand in the relation to which: one pair, or several where some may not use all."""
    rest = relation.domain - set(relation.narrowed)
    if rest:
        yield rest, relation.range
    for subject in sorted(relation.domain & set(relation.narrowed)):
        yield frozenset({subject}), relation.narrowed[subject]


@cache
def answer_schema() -> Schema:
    """Return the JSON schema of an answer, with nothing optional and nothing beside it, as strict modes want it."""
    entity = _object(type=_one_of(EntityType), name=_TEXT, mentions={"type": "array", "items": _TEXT})
    statements = [
        _statement(relation, subjects, objects)
        for relation in RELATIONS.values()
        for subjects, objects in _alternatives(relation)
    ]
    return _object(
        entities={"type": "array", "items": entity},
        statements={"type": "array", "items": {"anyOf": statements}},
    )


def _statement(relation: Relation, subjects: Iterable[EntityType], objects: Iterable[EntityType]) -> Schema:
    target: Schema
    role: Schema = {"role": {"type": ["string", "null"]}} if relation.name == WITH_ROLE else {}
    if relation.value is None:
        target = {"object": _object(type=_one_of(objects), name=_TEXT)}
    else:
        target = {"value": _one_of(themes()) if relation.value is ValueKind.THEME else _TEXT}
    return _object(
        relation=_one_of([relation.name]),
        subject=_object(type=_one_of(subjects), name=_TEXT),
        **target,
        **role,
        quote=_TEXT,
    )


def _one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": sorted(str(value) for value in values)}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
