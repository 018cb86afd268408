"""Research bundles: complete, citable, the same bytes each time, and read back by the rocrate package."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import zipfile
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pyoxigraph import RdfFormat, Store, parse

import koopgraph
from koopgraph.errors import ExportError
from koopgraph.export import export
from koopgraph.export.bundle import Bundle, bundle_files, write_bundle
from koopgraph.export.crate import FILES
from koopgraph.report import PASSING, schema
from koopgraph.store import open_graph

DATA = Path(__file__).resolve().parents[1] / "data"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(autouse=True)
def _no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> koopgraph.KnowledgeGraph:
    """Return a small build with a file of judgements."""
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "articles").mkdir()
    for name in ("koopstadt-bilanz.txt", "bilbao-ria-2000.txt"):
        shutil.copy(DATA / "articles" / name, folder / "articles")
    (folder / "articles" / "curation.yaml").write_text("# no judgement yet\n[]\n", encoding="utf-8")
    return koopgraph.build([folder / "articles"], output=folder / "output")


@pytest.fixture(scope="module")
def folder(built: koopgraph.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "bundle"
    built.export(made, "ro-crate", bundle=built.bundle(date="2026-01-31", licence=LICENCE, creators=["Jana Muster"]))
    return made


def names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_a_bundle_of_a_build_has_every_file(folder: Path) -> None:
    assert names(folder) == {*FILES, "ro-crate-metadata.json"}
    for name in ("graph.ttl", "dataset.trig"):
        assert (folder / "data" / name).stat().st_size > 1000


def test_the_metadata_names_every_file_with_its_size_and_hash(folder: Path) -> None:
    graph = json.loads((folder / "ro-crate-metadata.json").read_bytes())["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    root = entities["./"]
    assert len(entities) == len(graph)
    assert {part["@id"] for part in root["hasPart"]} == names(folder) - {"ro-crate-metadata.json"}
    for part in root["hasPart"]:
        content = (folder / part["@id"]).read_bytes()
        entity = entities[part["@id"]]
        assert (entity["contentSize"], entity["sha256"]) == (str(len(content)), sha256(content).hexdigest())
    assert (root["datePublished"], root["license"]) == ("2026-01-31", {"@id": LICENCE})
    assert entities["#maker-1"]["name"] == "Jana Muster"


def test_whatever_the_metadata_refer_to_is_described(folder: Path) -> None:
    graph = json.loads((folder / "ro-crate-metadata.json").read_bytes())["@graph"]
    known = {entity["@id"] for entity in graph}

    def references(value: object) -> set[str]:
        if isinstance(value, dict):
            return {str(value["@id"])} if set(value) == {"@id"} else set().union(*map(references, value.values()))
        return set().union(*map(references, value)) if isinstance(value, list) else set()

    assert references(graph) - known == {"https://w3id.org/ro/crate/1.2"}


def test_the_rocrate_package_reads_it_back(folder: Path) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    crate = rocrate.ROCrate(folder)
    assert crate.root_dataset["datePublished"] == "2026-01-31"
    assert {entity.id for entity in crate.data_entities} == names(folder) - {"ro-crate-metadata.json"}
    assert crate.get("data/graph.ttl")["encodingFormat"] == "text/turtle"


def test_the_validator_of_rocrates_finds_nothing(folder: Path) -> None:
    program = os.environ.get("ROCRATE_VALIDATOR") or shutil.which("rocrate-validator")
    if program is None:
        pytest.skip("rocrate-validator is not installed")
    done = subprocess.run(
        [program, "-y", "validate", "--offline", str(folder)], capture_output=True, text=True, timeout=300
    )
    if "cache" in done.stdout + done.stderr and done.returncode:
        pytest.skip("rocrate-validator has no copy of the context, and there is no network")
    assert done.returncode == 0, done.stdout


def test_the_citation_file_is_one(folder: Path) -> None:
    citation = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert citation["authors"] == [{"name": "Jana Muster"}]
    assert str(citation["date-released"]) == "2026-01-31"
    assert citation["license-url"] == LICENCE


def test_the_sources_are_listed_without_their_texts(folder: Path, built: koopgraph.KnowledgeGraph) -> None:
    rows = list(csv.DictReader(StringIO((folder / "sources.csv").read_text(encoding="utf-8"))))
    assert [row["file"] for row in rows] == ["bilbao-ria-2000.txt", "koopstadt-bilanz.txt"]
    assert [row["sha256"] for row in rows] == [stored.article.content_hash for stored in built.articles]
    assert not (folder / "texts").exists()


def test_the_report_has_no_times_and_no_paths(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_bytes())
    assert not set(PASSING) & set(report)
    Draft202012Validator(schema()).validate(report)
    assert report["curation"]["file"] == "curation.yaml"


def test_the_description_names_the_files_of_the_bundle(folder: Path) -> None:
    content = (folder / "void.ttl").read_bytes()
    assert len(list(parse(content, format=RdfFormat.TURTLE, base_iri=folder.as_uri() + "/void.ttl"))) > 50
    assert b"<data/graph.ttl>" in content


def test_texts_are_put_in_only_where_that_is_asked(built: koopgraph.KnowledgeGraph) -> None:
    files = bundle_files(built.store, built.bundle(date="2026-01-31", texts=True))
    texts = {name: content.decode() for name, content in files.items() if name.startswith("texts/")}
    assert sorted(texts.values()) == sorted(stored.article.text for stored in built.articles)
    assert "`texts/`" in files["README.md"].decode()


def test_a_zip_has_the_files_of_the_folder_and_the_same_bytes_twice(
    built: koopgraph.KnowledgeGraph, folder: Path, tmp_path: Path
) -> None:
    bundle = built.bundle(date="2026-01-31", licence=LICENCE, creators=["Jana Muster"])
    for name in ("a.zip", "b.ZIP"):
        built.export(tmp_path / name, "ro-crate", bundle=bundle)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.ZIP").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: (folder / name).read_bytes() for name in names(folder)
        }


def test_a_graph_from_a_file_makes_a_bundle_dated_by_its_newest_article(tmp_path: Path) -> None:
    export(open_graph(DATA / "sample.trig"), tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        assert "report.json" not in archive.namelist()
        assert b'"datePublished": "2015-09-21"' in archive.read("ro-crate-metadata.json")
        assert b"named no licence" in archive.read("README.md")


def test_the_day_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    files = bundle_files(open_graph(DATA / "sample.trig"), Bundle())
    assert b'"datePublished": "2023-11-14"' in files["ro-crate-metadata.json"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ExportError, match="no number of seconds"):
        bundle_files(Store(), Bundle())


def test_a_graph_whose_articles_tell_no_day_needs_one() -> None:
    with pytest.raises(ExportError, match="--date YYYY-MM-DD"):
        bundle_files(Store(), Bundle())
    assert "sources.csv" in bundle_files(Store(), Bundle(date="2026-01-31"))


@pytest.mark.parametrize("day", ["31.01.2026", "2026-02-30", "2026", "2026-1-1"])
def test_a_date_that_is_none_says_so(day: str) -> None:
    with pytest.raises(ExportError, match="is no date"):
        Bundle(date=day)


def test_a_licence_that_is_no_address_says_so() -> None:
    with pytest.raises(ExportError, match="Give a licence's"):
        Bundle(licence="CC BY")


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="something here already"):
        write_bundle(open_graph(DATA / "sample.trig"), tmp_path, Bundle())
    assert names(tmp_path) == {"mine.txt"}


def test_an_empty_folder_is_filled_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    write_bundle(open_graph(DATA / "sample.trig"), tmp_path / "bundle", Bundle())
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be written"):
        write_bundle(open_graph(DATA / "sample.trig"), tmp_path / "file" / "bundle", Bundle())
