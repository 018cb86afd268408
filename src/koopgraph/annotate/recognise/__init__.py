"""recognise: names by trained models — linear-chain CRFs over what the words and the rules tell.

1. A general model (people, places, organisations, others; public labelled data) reads every sentence.
2. The domain's model (nine classes; gold articles) reads the sentence with what the general model, the rules, the
   gazetteer, the lexicon and the rest of the article tell.
3. Spans that are probable enough and do not overlap become mentions; the probability is their confidence.

Reference: Lafferty, McCallum and Pereira (2001), Conditional random fields.
"""

from __future__ import annotations

from koopgraph.annotate.names import propose
from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.decode import best_apart, possible_spans
from koopgraph.annotate.recognise.domain import Reading, read_view
from koopgraph.annotate.recognise.mentions import mentions_of
from koopgraph.annotate.recognise.model import NameModel
from koopgraph.annotate.recognise.sums import lattices
from koopgraph.model import Mention

FLOOR = 0.4  # the least probability of a name; the best F1 in cross-validation over the training articles


def find(view: TextView, model: NameModel) -> tuple[Mention, ...]:
    """Return the mentions in ``view``, side by side and in the order of the text."""
    return decide(read_view(view, propose(view), model.general), model)


def decide(reading: Reading, model: NameModel) -> tuple[Mention, ...]:
    """Return the mentions that ``model`` decides on in an article read already."""
    sums = lattices(model.domain, reading.chunks, reading.words)
    spans = [
        span
        for (begin, _), lattice in zip(reading.places, sums, strict=True)
        for span in possible_spans(lattice, begin)
    ]
    return tuple(mentions_of(reading, best_apart(spans, FLOOR)))
