"""Within one article: mentions of one thing become one entity, statements between mentions become facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias

from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.memo import of_last
from koopgraph.model import Annotated, ArticleGraph, Entity, EntityType, Evidence, Fact, Mention, Statement, Value
from koopgraph.rdf import iris
from koopgraph.resolve.forest import Forest
from koopgraph.resolve.forms import shorter_forms
from koopgraph.resolve.fuller import FullerNames
from koopgraph.resolve.names import fullness, key


def resolve(annotated: Annotated, statements: Iterable[Statement], *, base: str) -> ArticleGraph:
    """Return what the article states as entities with IRIs below ``base`` and facts between them.

    The order of ``statements`` does not matter. Of facts that say the same with the same passage, the
    surest stays.
    """
    authors = _authors(annotated)
    groups = group([*annotated.mentions, *authors]) if authors else groups_of(annotated.mentions)
    named = _by_name(annotated.mentions)
    entities: dict[str, Entity] = {}
    iri_of: dict[tuple[EntityType, str], str] = {}
    for kind, names in groups:
        name = sorted(names, key=lambda n: fullness(n, kind))[0]
        iri = _iri(annotated, base, kind, name)
        for form in names:
            iri_of[kind, key(form, kind)] = iri
        entities[iri] = _entity(annotated, named, iri, kind, name, names, entities.get(iri))
    facts = _facts(statements, lambda m: iri_of.get((m.type, key(m.name, m.type))))
    return ArticleGraph(
        iri=iris.article_iri(base, annotated.article.source),
        article=annotated.article,
        entities=tuple(sorted(entities.values(), key=lambda e: e.iri)),
        facts=facts,
        authors=tuple(iri_of[EntityType.PERSON, key(a, EntityType.PERSON)] for a in annotated.article.authors),
    )


def _iri(annotated: Annotated, base: str, kind: EntityType, name: str) -> str:
    """Return the IRI of a thing: that of its name, or, where the name only describes it, one of this article's own."""
    if load_lexicon(annotated.article.language).is_description(name, kind):
        name = f"{name} {annotated.article.source}"
    return iris.entity_iri(base, kind, name)


def _authors(annotated: Annotated) -> list[Mention]:
    """Authors are people too, also where only the page's metadata names them; the span is a formality then."""
    return [Mention(0, len(a), a, EntityType.PERSON, a, "authors") for a in annotated.article.authors if a]


@of_last
def groups_of(mentions: tuple[Mention, ...]) -> list[tuple[EntityType, tuple[str, ...]]]:
    """Return :func:`group` of the mentions; the last article's are kept, since one stage after the other asks."""
    return group(mentions)


def group(mentions: Iterable[Mention]) -> list[tuple[EntityType, tuple[str, ...]]]:
    """Return the groups of names (base forms) that name one thing each, with their class.

    1. Names that differ by inflection, hyphens or quotation marks alone are one.
    2. An acronym joins the one long form whose initials it has; a name in brackets after it as well.
    3. A surname or a shortened name joins the one fuller name that it fits; it stays alone where several fit.
    """
    by_kind: dict[EntityType, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention in mentions:
        by_kind[mention.type][key(mention.name, mention.type)].add(mention.name)
    written_out = _bracketed(mentions)
    result = []
    for kind in sorted(by_kind):
        result += [(kind, names) for names in _merge(kind, by_kind[kind], written_out)]
    return result


def _merge(
    kind: EntityType, forms: dict[str, set[str]], written_out: Mapping[tuple[EntityType, str], set[str]]
) -> list[tuple[str, ...]]:
    forest = Forest[str]()
    fuller = FullerNames(kind, forms)
    keys = sorted(forms, key=lambda k: (len(k), k))
    for short in keys:
        fits = (fuller.of(short) | written_out.get((kind, short), set())) - {short}
        if not fits:
            continue
        longest = max(fits, key=lambda k: (len(k), k))
        roots = {forest.root(long) for long in fits} - {forest.root(short)}
        if len(roots) == 1 or all(f in longest for f in fits):
            forest.join(short, longest)
    groups: dict[str, set[str]] = defaultdict(set)
    for k in keys:
        groups[forest.root(k)] |= forms[k]
    return [tuple(sorted(names)) for _, names in sorted(groups.items())]


def _bracketed(mentions: Iterable[Mention]) -> dict[tuple[EntityType, str], set[str]]:
    """Return the long forms of 'long form (SHORT)': two mentions of one class, nothing but quote and bracket between.

    They are keys, by the class and the key of the short form.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    pairs: dict[tuple[EntityType, str], set[str]] = defaultdict(set)
    for long, short in pairwise(ordered):
        gap = short.start - long.end
        if (
            long.type is short.type
            and short.annotator == "acronyms"
            and 1 <= gap <= 3
            and long.type is not EntityType.PERSON
            and len(short.name) < len(long.name)
        ):
            pairs[long.type, key(short.name, short.type)].add(key(long.name, long.type))
    return pairs


def _by_name(mentions: Iterable[Mention]) -> dict[tuple[EntityType, str], list[Mention]]:
    found: dict[tuple[EntityType, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.type, key(mention.name, mention.type)].append(mention)
    return found


def _entity(
    annotated: Annotated,
    named: Mapping[tuple[EntityType, str], list[Mention]],
    iri: str,
    kind: EntityType,
    name: str,
    names: tuple[str, ...],
    other: Entity | None,
) -> Entity:
    passages: dict[int, Evidence] = {}
    surface, forms = set(names), set(names)
    for wanted in sorted({key(n, kind) for n in names}):
        for mention in named.get((kind, wanted), ()):
            sentence = annotated.sentence_at(mention.start)
            passages.setdefault(sentence.start, Evidence.of(annotated.article, sentence.start, sentence.end))
            surface.add(mention.text)
    language = annotated.article.language
    surface |= {short for form in names for short in shorter_forms(form, kind, language)}
    if other is not None:
        surface |= set(other.names)
        forms |= set(other.forms)
        passages = {e.start: e for e in other.mentions} | passages
    return Entity(
        iri=iri,
        type=kind,
        name=name if other is None else min(name, other.name, key=lambda n: fullness(n, kind)),
        names=tuple(sorted(surface)),
        language=annotated.article.language,
        mentions=tuple(passages[start] for start in sorted(passages)),
        forms=tuple(sorted(forms)),
    )


def _facts(statements: Iterable[Statement], iri_of: Callable[[Mention], str | None]) -> tuple[Fact, ...]:
    facts = []
    for statement in statements:
        subject = iri_of(statement.subject)
        target = statement.object if isinstance(statement.object, Value) else iri_of(statement.object)
        if subject is None or target is None or subject == target:
            continue
        facts.append(
            Fact(
                subject,
                statement.relation,
                target,
                statement.evidence,
                statement.extractor,
                statement.confidence,
                statement.role,
            )
        )
    return surest(facts)


Claim: TypeAlias = tuple[str, str, str | Value, Evidence, str]

# Who moderates or speaks takes part too: of these the surest is what the article says of a person and an event.
PARTS = frozenset({"moderates", "speaksAt", "participatesIn"})


def claim_of(fact: Fact) -> Claim:
    """Return what facts share that say the same with the same passage, by the same extractor."""
    return (fact.subject, fact.relation, fact.object, fact.evidence, fact.extractor)


def surest(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts in order: of those that say the same with the same passage the surest.

    Of those that say how one takes part in one event only the surest relation stays.
    """
    best: dict[Claim, Fact] = {}
    for fact in facts:
        known = best.get(claim_of(fact))
        if known is None or (fact.confidence, fact.role or "") > (known.confidence, known.role or ""):
            best[claim_of(fact)] = fact
    return tuple(sorted(_one_part_each(best.values()), key=_fact_order))


def _one_part_each(facts: Collection[Fact]) -> Iterator[Fact]:
    parts: dict[tuple[str, str | Value], Fact] = {}
    for fact in facts:
        if fact.relation in PARTS:
            pair = (fact.subject, fact.object)
            known = parts.get(pair)
            if known is None or (-fact.confidence, fact.relation) < (-known.confidence, known.relation):
                parts[pair] = fact
    for fact in facts:
        if fact.relation not in PARTS or parts[fact.subject, fact.object].relation == fact.relation:
            yield fact


def _fact_order(fact: Fact) -> tuple[str, str, str, int, int, str]:
    target = fact.object.text if isinstance(fact.object, Value) else fact.object
    return (fact.subject, fact.relation, target, fact.evidence.start, fact.evidence.end, fact.extractor)
