"""``koopgraph validate``: 0 for a graph that holds, 1 for one that does not, 2 for what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
SPOILT = """
@prefix koop: <https://w3id.org/koopgraph/ontology#> .
<https://w3id.org/koopgraph/id/city/halle> a koop:City .
"""


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """Return a file with a city that has no name."""
    file = tmp_path / "spoilt.ttl"
    file.write_text(SPOILT, encoding="utf-8")
    return file


def test_a_build_that_holds_to_the_shapes_exits_0(koopgraph: Run, built: Path) -> None:
    done = koopgraph("validate", built)
    assert (done.returncode, done.stdout) == (0, b"The graph holds to all shapes.\n")


def test_a_graph_with_a_fault_exits_1_and_says_what_is_wrong(koopgraph: Run, spoilt: Path) -> None:
    done = koopgraph("validate", spoilt, "--language", "de")
    text = done.stdout.decode("utf-8")
    assert done.returncode == 1
    assert "city:halle" in text
    assert "Die Sache braucht genau ein rdfs:label" in text
    assert text.split()[:6] == ["Schwere", "Knoten", "Eigenschaft", "Wert", "Meldung", "Artikel"]
    assert text.splitlines()[2].startswith("Verstoß")
    assert text.splitlines()[-1] == "1 Verstoß, 0 Warnungen oder Hinweise"


def test_the_report_comes_as_json_and_turtle(koopgraph: Run, spoilt: Path) -> None:
    report = json.loads(koopgraph("validate", spoilt, "--format", "json").stdout)
    assert [finding["focus"] for finding in report["findings"]] == ["https://w3id.org/koopgraph/id/city/halle"]
    assert b"sh:ValidationReport" in koopgraph("validate", spoilt, "--format", "turtle").stdout


def test_shapes_of_ones_own_are_checked(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix koop: <https://w3id.org/koopgraph/ontology#> .
        <https://e.org/P> a sh:NodeShape ; sh:targetClass koop:Award ;
            sh:property [ sh:path koop:date ; sh:minCount 1 ; sh:message "When was it given?" ] .""",
        encoding="utf-8",
    )
    done = koopgraph("validate", built, "--shapes", shapes)
    assert done.returncode == 1
    assert b"When was it given?" in done.stdout
    assert b"bundeskongress.txt" in done.stdout


def test_shapes_that_only_the_reference_checks_are_named_in_one_line(
    koopgraph: Run, spoilt: Path, tmp_path: Path
) -> None:
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix koop: <https://w3id.org/koopgraph/ontology#> .
        <https://e.org/P> a sh:NodeShape ; sh:targetClass koop:City ;
            sh:sparql [ sh:select "SELECT $this { $this a ?c BIND(1 AS ?n) }" ; sh:message "Nein"@de , "No"@en ] .""",
        encoding="utf-8",
    )
    done = koopgraph("validate", spoilt, "--shapes", shapes)
    assert done.returncode == 1
    assert done.stderr == b"koopgraph: 1 shape was checked by pySHACL, which is slower (sh:sparql with BIND)\n"
    assert koopgraph("validate", spoilt, "--shapes", shapes, "--engine", "reference").stdout == done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["nowhere"], "Run koopgraph build first"), (["--shapes", "none.ttl"], "none.ttl"), (["--language", "fr"], "fr")],
)
def test_what_cannot_be_read_is_one_clear_line_and_exit_2(koopgraph: Run, arguments: list[str], says: str) -> None:
    done = koopgraph("validate", *arguments)
    assert done.returncode == 2
    assert says in done.stderr.decode("utf-8", "replace")
    assert len(done.stderr.splitlines()) == 1
