"""What matches the rules of relations (:mod:`koopgraph.extract.rule_sets`) against an article's passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.extract.assertion import is_asserted
from koopgraph.extract.rule_sets import Rule
from koopgraph.extract.salience import Salience
from koopgraph.extract.shadow import Marked, Shadow
from koopgraph.model import (
    Amount,
    Annotated,
    Evidence,
    Language,
    Mention,
    Statement,
    TimeExpression,
    Value,
    ValueKind,
)


def match(
    rules: Iterable[Rule], shadow: Shadow, annotated: Annotated, salience: Salience, family: str
) -> Iterator[Statement]:
    """Yield what ``rules`` find in one passage; what the passage denies or only wishes is left out."""
    for rule in rules:
        yield from _apply(rule, shadow, annotated, salience, family)


def _apply(rule: Rule, shadow: Shadow, annotated: Annotated, salience: Salience, family: str) -> Iterator[Statement]:
    language = annotated.article.language
    position = 0
    while found := rule.pattern.search(shadow.text, position):
        position = found.start() + 1
        groups = found.groupdict()
        role = groups.get("role")
        if role is not None and (role := clean_role(role, language)) is None:
            continue
        if not is_asserted(shadow.text, found.start(), found.end(), language):
            continue
        evidence = Evidence.of(annotated.article, shadow.start, shadow.end)
        for subject, target in _pairs(rule, shadow, found, salience):
            thing = as_object(target)
            confidence = _confidence(rule, subject, target)
            yield Statement(subject, rule.relation, thing, evidence, family, confidence, role, rule.name)


def _pairs(rule: Rule, shadow: Shadow, found: re.Match[str], salience: Salience) -> Iterator[tuple[Mention, Marked]]:
    named = found.groupdict()
    slots: dict[str, list[Marked]] = {}
    for slot in ("subject", "object", "value"):
        if slot in named:
            slots[slot] = _marks(shadow, found, slot)
    if rule.spread is not None:
        slots[rule.spread] += _following(shadow, found.end(rule.spread), slots[rule.spread][0])
    if rule.main is not None:
        slot, kinds = rule.main
        others = [m for marks in slots.values() for m in marks if isinstance(m, Mention)]
        main = salience.about(shadow, kinds, others)
        slots[slot] = [main] if main is not None else []
    objects = slots.get("object") or slots.get("value") or []
    subjects = slots.get("subject") or []
    if max(len(objects), len(subjects)) < rule.at_least:
        return
    for subject in subjects:
        for target in objects:
            if isinstance(subject, Mention) and subject is not target:
                yield subject, target


def _following(shadow: Shadow, position: int, like: Marked) -> list[Marked]:
    """Return what follows ``position`` in the passage and is of the same class as ``like``."""
    return [
        marked
        for at, marked in sorted(shadow.marks.items())
        if at >= position and isinstance(marked, Mention) and isinstance(like, Mention) and marked.type is like.type
    ]


def _confidence(rule: Rule, subject: Mention, target: Marked) -> float:
    """A name that is itself doubtful makes what is said of it doubtful."""
    doubt = 1.0
    for marked in (subject, target):
        if isinstance(marked, Mention):
            doubt *= min(1.0, 0.5 + 0.6 * marked.confidence)
    return round(rule.confidence * doubt, 3)


def _marks(shadow: Shadow, found: re.Match[str], group: str) -> list[Marked]:
    start, end = found.span(group)
    return [shadow.marks[i] for i in range(start, end) if i in shadow.marks]


def as_object(marked: Marked) -> Mention | Value:
    """Return a mention as it is, a time as a date value, a sum as a budget value."""
    if isinstance(marked, TimeExpression):
        return Value(ValueKind.DATE, marked.edtf)
    if isinstance(marked, Amount):
        return Value(ValueKind.BUDGET, marked.value)
    return marked


_ROLE_LEAD = re.compile(
    r"^(?:(?:der|die|das|den|dem|des|ein|eine|einer|als|und|auch|so|sagte?|the|a|an|as|its|their|his|her|ihr|ihre|sein|seine|heutige[rn]?|langjährige[rn]?|neue[rn]?|"
    r"damalige[rn]?|frühere[rn]?|ehemalige[rn]?|former|then|new|neu gewählte[rn]?|zuständige[rn]?|für|von)\s+)+",
    re.IGNORECASE,
)
# What leads on from an office to its house: 'Leiterin im', 'Professorin an der', 'director of the'.
_ROLE_END = re.compile(
    r"(?:\s+(?:im|in|am|an|bei|beim|vom|von|zum|zur|für|der|die|das|den|dem|des|of|at|for|with|from|the|a))+$",
    re.IGNORECASE,
)


def clean_role(text: str, language: Language) -> str | None:
    """Return the office in the article's words, or None where no word of it names an office.

    >>> clean_role("die neue Baubürgermeisterin", "de")
    'Baubürgermeisterin'
    >>> clean_role("Professorin an der", "de")
    'Professorin'
    >>> clean_role("und das Wetter", "de") is None
    True
    """
    text = _ROLE_END.sub("", _ROLE_LEAD.sub("", text.strip(" ,–-"))).strip()
    words = re.findall(r"[\w-]+", text)
    if not words or len(words) > 8:
        return None
    known = load_lexicon(language)
    if not any(known.is_role(w) and (language == "en" or w[0].isupper()) for w in words):
        return None
    return text
