"""``koopgraph export``: files, folders of tables, and bytes to a pipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]


def test_turtle_has_the_bytes_of_the_build(koopgraph: Run, built: Path) -> None:
    done = koopgraph("export", "--format", "turtle", "--from", built)
    assert done.returncode == 0
    assert done.stdout == (built / "graph.ttl").read_bytes()


@pytest.mark.parametrize("format", ["trig", "ntriples", "nquads", "json-ld", "rdf-xml", "graphml", "gexf", "svg"])
def test_a_file_has_what_a_pipe_gets(koopgraph: Run, built: Path, tmp_path: Path, format: str) -> None:
    file = tmp_path / "written"
    assert koopgraph("export", "--format", format, "-o", file, "--from", built).returncode == 0
    assert file.read_bytes() == koopgraph("export", "--format", format, "-o", "-", "--from", built).stdout != b""


def test_the_suffix_decides_where_no_format_is_named(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    assert koopgraph("export", "-o", tmp_path / "again.ttl", "--from", built).returncode == 0
    assert (tmp_path / "again.ttl").read_bytes() == (built / "graph.ttl").read_bytes()


def test_a_drawing_has_the_heading_and_the_language_that_it_is_told(koopgraph: Run, built: Path) -> None:
    told = ("--title", "Bremen & Leipzig", "--language", "en")
    done = koopgraph("export", "--format", "svg", *told, "--from", built)
    assert "<title>Bremen &amp; Leipzig</title>" in done.stdout.decode("utf-8")
    assert "things" in done.stdout.decode("utf-8")


def test_csv_makes_a_folder_of_tables(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    assert koopgraph("export", "--format", "csv", "-o", tmp_path / "tables", "--from", built).returncode == 0
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv", "values.csv"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a format"),
        (["--format", "csv"], "Name a folder"),
        (["--format", "parquet"], "Name a folder"),
        (["--format", "ro-crate"], "Name a folder or a zip"),
        (["--format", "ro-crate", "-o", "b.zip", "--date", "May"], "is no date"),
        (["--format", "turtle", "--date", "2026-01-31"], "belong to --format ro-crate"),
        (["--format", "turtle", "--title", "Netz"], "belong to --format svg"),
        (["--format", "excel"], "excel"),
        (["-o", "graph.xlsx"], "says no format"),
        (["--format", "turtle", "-o", "none/graph.ttl"], "cannot be written"),
        (["--format", "turtle", "--from", "nowhere"], "Run koopgraph build first"),
        (["--format", "graphml", "--geosparql"], "no place for GeoSPARQL geometries"),
    ],
)
def test_a_slip_is_one_clear_line_and_exit_2(koopgraph: Run, built: Path, arguments: list[str], says: str) -> None:
    place = [] if "--from" in arguments else ["--from", built]
    done = koopgraph("export", *arguments, *place)
    assert done.returncode == 2
    assert done.stdout == b""
    assert says in done.stderr.decode("utf-8", "replace")
    assert len(done.stderr.splitlines()) == 1


def test_parquet_makes_a_folder_of_tables(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    assert koopgraph("export", "--format", "parquet", "-o", tmp_path / "tables", "--from", built).returncode == 0
    assert sorted(path.stem for path in (tmp_path / "tables").iterdir()) == ["edges", "nodes", "values"]


def test_a_bundle_says_what_it_is_told(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    told = ("--date", "2026-01-31", "--licence", "https://example.org/l", "--creator", "Jana Muster")
    done = koopgraph("export", "--format", "ro-crate", "-o", tmp_path / "bundle", "--from", built, *told)
    assert done.returncode == 0, done.stderr
    metadata = (tmp_path / "bundle" / "ro-crate-metadata.json").read_text(encoding="utf-8")
    assert all(text in metadata for text in ("2026-01-31", "https://example.org/l", "Jana Muster"))
    assert not (tmp_path / "bundle" / "texts").exists()


def test_a_zip_is_a_bundle_and_a_description_goes_to_a_pipe(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    assert koopgraph("export", "-o", file, "--date", "2026-01-31", "--from", built).returncode == 0
    assert file.read_bytes().startswith(b"PK")
    assert b"void:triples" in koopgraph("export", "--format", "void", "--from", built).stdout
