"""A model's answer: read with distrust, and used only as far as the article bears it out.

What counts: names and quotes that stand in the article, between things that the answer itself names, by
relations that the ontology allows. All else is dropped and counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from koopgraph.extract.backends.contract import WITH_ROLE
from koopgraph.extract.backends.naming import base_name, mention_of
from koopgraph.extract.backends.passages import occurrences, quoted, settled
from koopgraph.model import Annotated, Article, EntityType, Evidence, Mention, Statement, Value, ValueKind
from koopgraph.rdf.vocabulary import RELATIONS, themes
from koopgraph.resolve.names import key

_FENCE = re.compile(r"\A```(?:json)?\s*\n(.*)\n```\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Thing:
    """What the answer says that the article names, with the forms that it gives."""

    type: EntityType
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the answer says that the article states. ``object`` is a reference (class, name) or a value's text."""

    relation: str
    subject: tuple[str, str]
    object: tuple[str, str] | str
    quote: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The well-formed things and claims of an answer, and how many entries were neither."""

    things: tuple[Thing, ...]
    claims: tuple[Claim, ...]
    malformed: int


def parse(content: str) -> Answer:
    """Read an answer; raise ``ValueError`` where it is no JSON object with the two lists.

    >>> parse('{"entities": [{"type": "City", "name": "Gera", "mentions": []}, 7], "statements": []}').malformed
    1
    """
    content = content.strip()
    fenced = _FENCE.match(content)
    try:
        answer = json.loads(fenced[1] if fenced else content)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    entities, statements = (answer.get(k) if isinstance(answer, dict) else None for k in ("entities", "statements"))
    if not isinstance(entities, list) or not isinstance(statements, list):
        raise ValueError("no object with the lists entities and statements")
    things = [thing for entry in entities if (thing := _thing(entry))]
    claims = [claim for entry in statements if (claim := _claim(entry))]
    malformed = len(entities) + len(statements) - len(things) - len(claims)
    return Answer(tuple(things), tuple(claims), malformed)


def _thing(entry: Any) -> Thing | None:
    match entry:
        case {"type": str(kind), "name": str(name), "mentions": list(forms)} if kind in set(EntityType):
            named = dict.fromkeys((name, *(form for form in forms if isinstance(form, str))))
            return Thing(EntityType(kind), name, tuple(named))
    return None


def _claim(entry: Any) -> Claim | None:
    match entry:
        case {"relation": str(relation), "subject": subject, "quote": str(quote)}:
            values = (entry.get("value"), entry.get("object"))
            target = next((v for v in values if isinstance(v, str)), None) or _reference(entry.get("object"))
            source, role = _reference(subject), entry.get("role")
            if source and target:
                return Claim(relation, source, target, quote, role if isinstance(role, str) else None)
    return None


def _reference(entry: Any) -> tuple[str, str] | None:
    match entry:
        case {"type": str(kind), "name": str(name)}:
            return kind, name
    return None


class Verified:
    """An answer held against its article. ``dropped`` counts what the article or the ontology does not bear out."""

    def __init__(self, answer: Answer, annotator: str, confidence: float) -> None:
        """Take an answer, and whose name and confidence its mentions and statements carry."""
        self._things: Mapping[tuple[str, str], Thing] = {(thing.type, thing.name): thing for thing in answer.things}
        self._claims = answer.claims
        self._annotator = annotator
        self._confidence = confidence
        self.dropped = Counter({"malformed": answer.malformed})

    def mentions(self, article: Article) -> Iterator[Mention]:
        """Yield every place at which the article names a thing of the answer."""
        for thing in self._things.values():
            standing = [form for form in thing.forms if next(occurrences(article, form), None)]
            self.dropped["names_not_in_article"] += len([f for f in thing.forms[1:] if f not in standing])
            self.dropped["things_not_in_article"] += not standing
            name = _name(thing, standing, article.language)
            for form in standing:
                for start, end in occurrences(article, form):
                    found = mention_of(
                        article, start, end, thing.type, annotator=self._annotator, confidence=self._confidence
                    )
                    if found is not None:
                        yield replace(found, name=name)

    def statements(self, annotated: Annotated) -> Iterator[Statement]:
        """Yield the claims whose quote, names and relation hold."""
        for claim in self._claims:
            found = self._statement(annotated, claim)
            if isinstance(found, str):
                self.dropped[found] += 1
            else:
                yield found

    def _statement(self, annotated: Annotated, claim: Claim) -> Statement | str:
        """Return the statement that a claim makes, or the reason for which it is dropped."""
        article = annotated.article
        evidence = quoted(article, claim.quote)
        if evidence is None:
            return "quotes_not_in_article"
        if claim.relation not in RELATIONS:
            return "against_the_ontology"
        subject = self._mention(annotated, claim.subject, evidence)
        target = (
            _value(article, claim.relation, claim.object)
            if isinstance(claim.object, str)
            else self._mention(annotated, claim.object, evidence)
        )
        if subject is None or target is None:
            return "things_or_values_unknown"
        kind = target.kind if isinstance(target, Value) else target.type
        if not RELATIONS[claim.relation].allows(subject.type, kind):
            return "against_the_ontology"
        role = _role(article, claim)
        return Statement(subject, claim.relation, target, evidence, self._annotator, self._confidence, role)

    def _mention(self, annotated: Annotated, reference: tuple[str, str], evidence: Evidence) -> Mention | None:
        """Return the mention of the thing that is meant: one in the quote before others, the first one of these."""
        thing = self._things.get(reference)
        if thing is None:
            return None
        spans = [span for form in thing.forms for span in occurrences(annotated.article, form)]
        spans.sort(key=lambda s: (not (evidence.start <= s[0] and s[1] <= evidence.end), s))
        candidates = [(m, span) for span in spans if (m := settled(annotated, *span))]
        same = (m for m, span in candidates if m.type is thing.type)
        # The same words under another class are the same thing; a longer name of another class is not.
        otherwise = (m for m, span in candidates if (m.start, m.end) == span)
        return next(same, None) or next(otherwise, None)


def _name(thing: Thing, standing: list[str], language: str) -> str:
    """Return the answer's name where it is a form of the article's own but for inflection, else the fullest form."""
    keys = {key(form, thing.type) for form in standing}
    if key(thing.name, thing.type) in keys or not standing:
        return thing.name
    return base_name(max(standing, key=lambda form: (len(form), form)), thing.type, language)


def _value(article: Article, relation: str, text: str) -> Value | None:
    kind = RELATIONS[relation].value
    if kind is None or (kind is ValueKind.THEME and text not in themes()):
        return None
    if kind is ValueKind.MOTTO:
        motto = quoted(article, text)
        return Value(kind, " ".join(motto.quote.split())) if motto else None
    return Value(kind, text)


def _role(article: Article, claim: Claim) -> str | None:
    role = quoted(article, claim.role) if claim.role and claim.relation == WITH_ROLE else None
    return " ".join(role.quote.split()) if role else None
