"""Statements that the context alone gives: two things, and the passage of the article that tells it best."""

from __future__ import annotations

from koopgraph.extract.assertion import is_asserted
from koopgraph.extract.grammar import clean_role
from koopgraph.model import EntityType, Evidence, Mention, Statement, ValueKind
from koopgraph.weigh.periods import NEAR
from koopgraph.weigh.scene import KIND, Scene

LONGEST_ROLE = 70  # characters between a person and what they belong to


def context_statement(
    scene: Scene, relation: str, subject: int, target: int, near: tuple[int, int], extractor: str, confidence: float
) -> Statement:
    """Return the statement that the things ``subject`` and ``target`` stand in ``relation``.

    ``near`` are their closest occurrences. Where these stand in two sentences, the one is quoted in which the
    rarer of the two things occurs: there the other one is only meant. A period that is told in two places is quoted
    with both.
    """
    thing = scene.things[subject].object
    if not isinstance(thing, Mention):
        raise TypeError(f"{thing!r} cannot be the subject of a statement")
    of_subject, of_object = (scene.sentence.item(place) for place in near)
    is_date = scene.things[target].kind == KIND[ValueKind.DATE]
    is_inferred = is_date and scene.is_reference.item(near[1])
    quoted = _together(scene, target, of_object) if is_date else (of_object,)
    if not is_inferred and scene.often[subject] < scene.often[target]:
        quoted = (of_subject,)
    first, last = (scene.annotated.sentences[number] for number in (quoted[0], quoted[-1]))
    role = _role(scene, near) if relation == "affiliatedWith" and of_subject == of_object else None
    return Statement(
        thing,
        relation,
        scene.things[target].object,
        Evidence.of(scene.annotated.article, first.start, last.end),
        extractor,
        confidence,
        role,
    )


def is_told(scene: Scene, near: tuple[int, int]) -> bool:
    """Whether the article asserts what stands around two occurrences; in two sentences, nothing is said against it."""
    number = scene.sentence.item(near[0])
    if number != scene.sentence.item(near[1]):
        return True
    article, sentence = scene.annotated.article, scene.annotated.sentences[number]
    begin = scene.start.item(min(near)) - sentence.start
    end = max(scene.tokens[scene.last_token.item(place) - 1].end for place in near) - sentence.start
    return is_asserted(article.text[sentence.start : sentence.end], begin, end, article.language)


def _together(scene: Scene, thing: int, sentence: int) -> tuple[int, ...]:
    """Return the sentences that tell a period: the one given and those near it with another end of the period."""
    told = scene.sentence[scene.thing == thing]
    return tuple(sorted({int(s) for s in told if abs(int(s) - sentence) <= NEAR} | {sentence}))


def _role(scene: Scene, near: tuple[int, int]) -> str | None:
    """Return the office that stands between a person and what they belong to, or None."""
    left, right = sorted(near)
    begin, end = scene.tokens[scene.last_token.item(left) - 1].end, scene.start.item(right)
    if not 0 < end - begin <= LONGEST_ROLE:
        return None
    between = scene.annotated.article.text[begin:end]
    person = scene.things[scene.thing.item(near[0])].object
    if not isinstance(person, Mention) or person.type is not EntityType.PERSON:
        return None
    return clean_role(between.strip(" ,;:–-(").split(",")[0], scene.annotated.article.language)
