"""Fuller names: what looking up finds is what comparing each name with each finds."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.model import EntityType
from koopgraph.resolve.fuller import FullerNames
from koopgraph.resolve.names import is_acronym_of, is_short_form, key

WORDS = ("Amt", "für", "Bau", "Planung", "Planungs", "BP", "AfB", "ABP", "Otto", "Ottos", "Neue", "GmbH", "e.V.", "–")
NAMES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), max_size=12)


@pytest.mark.parametrize("kind", list(EntityType))
@given(names=NAMES)
def test_the_names_that_fit_are_found_and_no_others(kind: EntityType, names: list[str]) -> None:
    forms: dict[str, set[str]] = defaultdict(set)
    for name in names:
        forms[key(name, kind)].add(name)
    fuller = FullerNames(kind, forms)
    for short in forms:
        fits = {
            long
            for long in forms
            if long != short
            and any(is_acronym_of(s, n) or is_short_form(s, n, kind) for s in forms[short] for n in forms[long])
        }
        assert fuller.of(short) == fits
