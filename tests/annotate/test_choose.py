"""Choosing among overlapping candidates: what stays stands side by side."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate.names.choose import choose
from koopgraph.model import EntityType, Mention

SPANS = st.tuples(
    st.integers(0, 30), st.integers(1, 12), st.sampled_from(list(EntityType)), st.sampled_from([0.4, 0.9])
)
CANDIDATES = st.lists(SPANS, max_size=12).map(lambda spans: [candidate(s, s + n, k, c) for s, n, k, c in spans])


def candidate(start: int, end: int, kind: EntityType = EntityType.CITY, confidence: float = 0.5) -> Mention:
    text = ("ab " * 20)[start:end]
    return Mention(start, end, text, kind, text, "test", confidence)


def overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


@given(CANDIDATES)
def test_the_chosen_stand_in_order_and_do_not_overlap(candidates: list[Mention]) -> None:
    assert all(left.end <= right.start for left, right in pairwise(choose(candidates)))


@given(CANDIDATES)
def test_whoever_was_left_out_overlaps_one_of_the_chosen(candidates: list[Mention]) -> None:
    chosen = choose(candidates)
    assert set(chosen) <= set(candidates)
    assert all(any(overlap(c, k) for k in chosen) for c in candidates)


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(candidates: list[Mention], random: object) -> None:
    shuffled = sorted(candidates, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert choose(shuffled) == choose(candidates)


def test_the_surer_of_two_candidates_for_one_span_wins() -> None:
    sure, doubtful = candidate(0, 2, EntityType.PERSON, 0.9), candidate(0, 2, EntityType.CITY, 0.5)
    assert choose([doubtful, sure]) == (sure,)


def test_a_longer_name_beats_a_part_of_it_that_is_a_little_surer() -> None:
    text = "Hochschule Mannheim"
    whole = Mention(0, 19, text, EntityType.ORGANISATION, text, "test", 0.8)
    part = Mention(11, 19, "Mannheim", EntityType.CITY, "Mannheim", "test", 0.9)
    assert choose([part, whole]) == (whole,)
