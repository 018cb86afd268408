"""Whatever a service sends as an id: it gives an entry of its own space, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from koopgraph.link.reconcile.manifest import read_manifest

SPACE = "https://d-nb.info/gnd/"
VIEW = "https://lobid.org/show?id={{id}}&format=html"
BY_SPACE = read_manifest({"name": "x", "identifierSpace": SPACE}, "x")
BY_VIEW = read_manifest({"name": "x", "identifierSpace": "urn:gnd", "view": {"url": VIEW}}, "x")


@given(st.text() | st.text(alphabet="Q1:/.%#?&<> javascriptdta\\\ud800"))
def test_every_id_gives_a_valid_iri_inside_the_services_space_or_none(identifier: str) -> None:
    for manifest, start in ((BY_SPACE, SPACE), (BY_VIEW, "https://lobid.org/show?id=")):
        iri = manifest.iri(identifier)
        if iri is not None:
            assert NamedNode(iri).value.startswith(start)
            assert "/../" not in iri
            assert not iri.endswith("/..")


@pytest.mark.parametrize(
    ("identifier", "iri"),
    [
        ("4035206-7", f"{SPACE}4035206-7"),
        ("viaf/123", f"{SPACE}viaf/123"),
        ("München", f"{SPACE}M%C3%BCnchen"),
        ("a?b#c", f"{SPACE}a%3Fb%23c"),
        (f"{SPACE}4035206-7", f"{SPACE}4035206-7"),
        ("https://evil.example/", None),
        ("/etc", None),
        ("a/../b", None),
        ("..", None),
    ],
)
def test_ids_stand_behind_the_identifier_space(identifier: str, iri: str | None) -> None:
    assert BY_SPACE.iri(identifier) == iri
