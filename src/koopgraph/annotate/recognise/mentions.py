"""From spans to mentions: the passage, its base form, and which rule proposed the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from koopgraph.annotate.names.base_forms import in_base_form
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
        mention = view.mention(span.first, span.last, span.type, ANNOTATOR, round(span.probability, 4))
        rule = ruled.get((mention.start, mention.end, mention.type))
        if rule is not None:
            mention = replace(mention, name=rule.name, annotator=rule.annotator)
        elif span.type in _PLAIN:
            mention = replace(mention, name=_without_genitive(reading, mention, known))
        yield in_base_form(mention, view)


def _without_genitive(reading: Reading, mention: Mention, known: set[str]) -> str:
    """Return the name without the genitive's ending, where the shorter form is known or stands in the text."""
    text = mention.text
    for ending in ("'s", "’s"):
        if text.endswith(ending):
            return text.removesuffix(ending)
    short = text[:-1]
    if text.endswith("s") and len(text) > 4:
        listed = reading.view.gazetteer.is_city_name(short) or reading.view.gazetteer.region(short)
        if (listed and not reading.view.gazetteer.is_city_name(text)) or short in known:
            return short
    return text
