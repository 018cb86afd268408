"""``koopgraph ontology``."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from koopgraph.cli.ontology import ontology
from koopgraph.ontology import ontology_page
from koopgraph.rdf.vocabulary import ontology_file


def test_the_page_is_written_to_a_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(ontology, ["--html", "-o", str(tmp_path / "ontology.html")])
    assert result.exit_code == 0
    assert (tmp_path / "ontology.html").read_text(encoding="utf-8") == ontology_page()


def test_turtle_goes_to_standard_output() -> None:
    result = CliRunner().invoke(ontology, ["--turtle"])
    assert result.stdout_bytes == ontology_file("koopgraph.ttl").read_bytes()
