"""Shorter forms that stand inside a name: without the descriptor, the owner, the year; never of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.model import EntityType
from koopgraph.resolve.forms import SHORTEST, shorter_forms


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("Büro stadtland", EntityType.ORGANISATION, "stadtland"),
        ("Fachbereich Stadtplanung der Stadt Kiel", EntityType.ORGANISATION, "Fachbereich Stadtplanung"),
        ("Stadtteil Gröpelingen", EntityType.PLACE, "Gröpelingen"),
        ("Biel/Bienne", EntityType.CITY, "Bienne"),
        ("Baukulturpreis 2024", EntityType.AWARD, "Baukulturpreis"),
        ("Stadtentwicklungsplan (STEP)", EntityType.DOCUMENT, "Stadtentwicklungsplan"),
    ],
)
def test_what_stands_inside_a_name_is_another_name(name: str, kind: EntityType, form: str) -> None:
    assert form in shorter_forms(name, kind, "de")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Peter der Große", EntityType.PERSON),
        ("Rat der Stadt Kiel", EntityType.ORGANISATION),
        ("Uferband", EntityType.PROJECT),
    ],
)
def test_too_little_is_no_name(name: str, kind: EntityType) -> None:
    assert shorter_forms(name, kind, "de") == ()


@given(st.text(max_size=40), st.sampled_from(list(EntityType)))
def test_forms_are_shorter_parts_of_the_name_in_a_fixed_order(name: str, kind: EntityType) -> None:
    forms = shorter_forms(name, kind, "de")
    assert list(forms) == sorted(set(forms))
    assert all(SHORTEST <= len(form) < len(name) and form in name for form in forms)
