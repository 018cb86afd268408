"""From spans to mentions: the passage, its base form, and which rule proposed the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from koopgraph.annotate.names.base_forms import base_name
from koopgraph.annotate.recognise.decode import Span
from koopgraph.annotate.recognise.domain import Reading
from koopgraph.model import EntityType, Mention

ANNOTATOR = "model"
_PLAIN = (EntityType.CITY, EntityType.PLACE, EntityType.PERSON)


def mentions_of(reading: Reading, spans: Iterable[Span]) -> Iterator[Mention]:
    """Yield the mention of each span; ``confidence`` is the probability that the model gives it."""
    view = reading.view
    ruled = {(m.start, m.end, m.type): m for m in reversed(reading.proposals.candidates)}
    ruled |= {(m.start, m.end, m.type): m for m in reading.proposals.settled}
    known = {m.name for m in reading.proposals.settled}
    for span in spans:
        start, end, kind = view.tokens[span.first].start, view.tokens[span.last].end, span.type
        text, annotator = view.text[start:end], ANNOTATOR
        name = text
        rule = ruled.get((start, end, kind))
        if rule is not None:
            name, annotator = rule.name, rule.annotator
        elif kind in _PLAIN:
            name = _without_genitive(reading, text, known) or text
        name = base_name(name, kind, annotator, view)
        yield Mention(start, end, text, kind, name, annotator, round(span.probability, 4))


def _without_genitive(reading: Reading, text: str, known: set[str]) -> str:
    """Return the name without the genitive's ending, where the shorter form is known or stands in the text."""
    for ending in ("'s", "’s"):
        if text.endswith(ending):
            return text.removesuffix(ending)
    short = text[:-1]
    if text.endswith("s") and len(text) > 4:
        listed = reading.view.gazetteer.is_city_name(short) or reading.view.gazetteer.region(short)
        if (listed and not reading.view.gazetteer.is_city_name(text)) or short in known:
            return short
    return text
