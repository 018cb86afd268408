"""Each relation comes out of English sentences that state it, with those sentences as evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from koopgraph.model import Annotated
from koopgraph.rdf.vocabulary import RELATIONS

Mark = Callable[..., Annotated]
Said = Callable[[Annotated], set[tuple[str, str, str]]]
TITLE = "News from [Project|Green Seam]"
WEEK = "[Event|Harbour Week] is near"

# (title, text, subject, relation, object)
CASES = [
    (TITLE, "Partner cities: [City|Leeds], [City|York] and [City|Hull].", "Green Seam", "partnerCity", "Hull"),
    ("", "[Project|Green Seam] in [City|Leeds] is done.", "Green Seam", "locatedIn", "Leeds"),
    ("", "[Place|Holbeck], a quiet district of [City|Leeds], has changed.", "Holbeck", "locatedIn", "Leeds"),
    ("", "[Organisation|Timber Trust], a [City|Leeds]-based charity, helps.", "Timber Trust", "locatedIn", "Leeds"),
    ("", "The [Event|Harbour Week] was held at [Place|Corn Hall].", "Harbour Week", "takesPlaceIn", "Corn Hall"),
    (WEEK, "Venue: [Place|Corn Hall]", "Harbour Week", "takesPlaceIn", "Corn Hall"),
    ("", "The [Event|Harbour Week] starts on [time=2019-05-03|3 May 2019].", "Harbour Week", "date", "2019-05-03"),
    (TITLE, "Duration: [time=2019/2022|2019 to 2022]", "Green Seam", "date", "2019/2022"),
    ("", "[Project|Green Seam] is part of the [Programme|Parks Fund].", "Green Seam", "partOf", "Parks Fund"),
    ("", "The [Event|Timber Talk] was part of the [Event|Harbour Week].", "Timber Talk", "partOf", "Harbour Week"),
    (TITLE, "It is funded by the [Organisation|Timber Trust].", "Green Seam", "fundedBy", "Timber Trust"),
    (TITLE, "A grant of [money=5 GBP|£5] came from the [Programme|Parks Fund].", "Green Seam", "fundedBy", "Parks Fund"),
    ("", "[Person|Ann Briggs] leads [Project|Green Seam].", "Ann Briggs", "leads", "Green Seam"),
    ("", "[Project|Green Seam] was designed by [Organisation|Moss Studio].", "Moss Studio", "leads", "Green Seam"),
    (TITLE, "Partners: [Organisation|Timber Trust], [Organisation|Moss Studio]", "Green Seam", "partner", "Moss Studio"),
    (TITLE, "They work together with [Organisation|Timber Trust].", "Green Seam", "partner", "Timber Trust"),
    ("", "[Organisation|Timber Trust] hosts the [Event|Harbour Week].", "Timber Trust", "organises", "Harbour Week"),
    (WEEK, "Organised by the [Organisation|Timber Trust].", "Timber Trust", "organises", "Harbour Week"),
    ("", "[City|York] took part in the [Event|Harbour Week].", "York", "participatesIn", "Harbour Week"),
    (WEEK, "[Person|Ann Briggs] moderated the debate.", "Ann Briggs", "moderates", "Harbour Week"),
    (WEEK, "Chair: [Person|Ann Briggs]", "Ann Briggs", "moderates", "Harbour Week"),
    ("", "[Person|Ann Briggs] spoke at the [Event|Harbour Week].", "Ann Briggs", "speaksAt", "Harbour Week"),
    (WEEK, "Speakers: [Person|Ann Briggs]", "Ann Briggs", "speaksAt", "Harbour Week"),
    ("", "[Project|Green Seam] was unveiled at the [Event|Harbour Week].", "Green Seam", "presentedAt", "Harbour Week"),
    ("", "[Person|Ann Briggs], director of the [Organisation|Timber Trust], came.", "Ann Briggs", "affiliatedWith", "Timber Trust"),
    ("", "[Person|Ann Briggs] of the [Organisation|Timber Trust] came.", "Ann Briggs", "affiliatedWith", "Timber Trust"),
    ("", "[City|Leeds]'s mayor [Person|Ann Briggs] came.", "Ann Briggs", "affiliatedWith", "Leeds"),
    ("", "[Project|Green Seam] won the [Award|Timber Prize].", "Green Seam", "receives", "Timber Prize"),
    ("", "The [Award|Timber Prize] went to [City|Leeds].", "Leeds", "receives", "Timber Prize"),
    ("", "[Organisation|Timber Trust] awards the [Award|Timber Prize].", "Timber Prize", "awardedBy", "Timber Trust"),
    ("", "[City|Leeds] and [City|York] have agreed on a partnership.", "Leeds", "cooperatesWith", "York"),
    (TITLE, "The total cost is [money=5000000 GBP|£5m].", "Green Seam", "budget", "5000000 GBP"),
    ("", "The motto of the [Event|Harbour Week] is “Wood lives”.", "Harbour Week", "motto", "Wood lives"),
    ("", "[Project|Green Seam] brings 90 new homes.", "Green Seam", "theme", "housing"),
]  # fmt: skip


def test_every_relation_of_the_ontology_has_a_sentence_here() -> None:
    assert {case[3] for case in CASES} == set(RELATIONS)


@pytest.mark.parametrize(("title", "text", "subject", "relation", "target"), CASES)
def test_the_statement_comes_out(
    mark: Mark, said: Said, title: str, text: str, subject: str, relation: str, target: str
) -> None:
    assert (subject, relation, target) in said(mark(text, title=title, language="en"))


@pytest.mark.parametrize(
    "text",
    [
        "[Project|Oak Seam] did not win the [Award|Timber Prize].",
        "The [Event|Harbour Week] in [City|Leeds] was cancelled.",
        "[Person|Ann Briggs] might lead [Project|Oak Seam].",
        "Residents called for [City|Leeds] and [City|York] to cooperate.",
        "[Organisation|Timber Trust] won't host the [Event|Harbour Week].",
    ],
)
def test_denied_cancelled_possible_and_demanded_things_are_not_stated(mark: Mark, said: Said, text: str) -> None:
    assert said(mark(text, language="en")) == set()
