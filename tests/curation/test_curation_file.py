"""The file of judgements: what is written comes back, what is no judgement is refused with its line."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from koopgraph.curation.file import CurationFile, parse_curation, read_curation
from koopgraph.curation.judgements import Judgement, Made, Rename, ThingKey
from koopgraph.curation.writing import to_yaml
from koopgraph.errors import CurationError
from koopgraph.model import EntityType

from .strategies import judgements

EXAMPLE = """\
# Judgements of curators; koopgraph applies them at every build.
- same:
    - {class: Organisation, name: BBSR}
    - {class: Organisation, name: "Bundesinstitut für Bau-, Stadt- und Raumforschung"}
  by: Jana Muster
  on: 2026-11-23
  note: "…"

# Two people.
- different:
    - {class: Person, name: Jana Schmidt, article: a.txt}
    - {class: Person, name: Jana Schmidt, article: b.txt}   # the younger one
- unsure: [{class: City, name: A}, {class: City, name: B}]
- unsure: {subject: {class: Event, name: E}, relation: date, value: 2015-09-16}
- reject: {subject: {class: Person, name: P}, relation: leads, object: {class: Project, name: Q}, article: dev-001.txt}
- rename: {class: City, name: Frankfurt}
  to: Frankfurt am Main
- retype: {class: Project, name: Q}
  to: Programme
- add: {class: Person, name: P, names: [R, S]}
  source: {article: a.txt, quote: "exact words"}
- state:
    subject: {class: Person, name: P}
    relation: leads
    object: {class: Project, name: Q}
    role: Leiterin
  source: {citation: "Amtsblatt 3/2015", url: https://example.org/}
- link: {class: City, name: Leipzig}
  to: https://www.wikidata.org/entity/Q2079
- unlink: {class: City, name: Leipzig}
  from: https://www.wikidata.org/entity/Q1
"""
FRANKFURT = Rename(ThingKey(EntityType.CITY, "Frankfurt"), "Frankfurt am Main", Made(by="Jana Muster"))


def bare(judgement: Judgement) -> Judgement:
    return replace(judgement, made=replace(judgement.made, span=None, line=None))


def refused(text: str) -> CurationError:
    with pytest.raises(CurationError) as caught:
        parse_curation(text, "c.yaml")
    assert "\n" not in str(caught.value)
    return caught.value


def test_every_kind_of_judgement_is_read_with_its_place() -> None:
    found = parse_curation(EXAMPLE, "c.yaml").judgements
    assert len(found) == 11
    first = found[0].made
    assert (first.by, first.on, first.note, first.line) == ("Jana Muster", "2026-11-23", "…", 2)
    assert EXAMPLE[slice(*first.span or ())].startswith("same:")
    assert EXAMPLE[slice(*first.span or ())].endswith('note: "…"')
    assert EXAMPLE[slice(*found[1].made.span or ())].endswith("article: b.txt}")


@given(judgements)
def test_what_is_written_is_read(judgement: Judgement) -> None:
    written = to_yaml(judgement)
    (read,) = parse_curation(written, "c.yaml").judgements
    assert bare(read) == judgement
    assert to_yaml(read) == written


@given(judgements)
def test_other_readers_of_yaml_can_read_what_is_written(judgement: Judgement) -> None:
    assert len(yaml.safe_load(to_yaml(replace(judgement, made=Made())))) == 1


@settings(max_examples=25)
@given(judgement=judgements)
@pytest.mark.parametrize(
    "before",
    [
        None,
        b"",
        EXAMPLE.encode(),
        EXAMPLE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf# x",
        EXAMPLE.rstrip().encode(),
    ],
)
def test_append_and_undo_restore_the_bytes(
    judgement: Judgement, before: bytes | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("c") / "curation.yaml"
    if before is not None:
        path.write_bytes(before)
    file = CurationFile(path)
    for _ in range(2):
        file.append(judgement)
    assert file.curation == read_curation(path)
    assert bare(file.curation.judgements[-1]) == judgement
    assert path.read_bytes().startswith(before or b"")
    assert file.undo() == judgement == file.undo()
    assert file.undo() is None
    assert (path.read_bytes() if path.exists() else None) == before


def test_entries_that_are_set_in_stay_so(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("  - rename: {class: City, name: A}\n    to: B\n", encoding="utf-8")
    file = CurationFile(path)
    file.append(FRANKFURT)
    file.append(FRANKFURT)
    assert len(read_curation(path).judgements) == 3
    assert file.curation == read_curation(path)


def test_what_others_write_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    file = CurationFile(path)
    file.append(FRANKFURT)
    other = to_yaml(replace(FRANKFURT, name="Main-Frankfurt"))
    path.write_text("# mine\n" + path.read_text(encoding="utf-8") + other, encoding="utf-8")
    file.append(replace(FRANKFURT, name="Mainhattan"))
    assert [j.name for j in file.curation.judgements if isinstance(j, Rename)] == [
        "Frankfurt am Main",
        "Main-Frankfurt",
        "Mainhattan",
    ]
    file.undo()
    file.undo()
    left = path.read_text(encoding="utf-8")
    assert left.startswith("# mine\n")
    assert left.endswith(other)
    assert len(read_curation(path).judgements) == 1


def test_a_judgement_that_was_changed_cannot_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    file = CurationFile(path)
    file.append(FRANKFURT)
    path.write_text(path.read_text(encoding="utf-8").replace("am Main", "a. M."), encoding="utf-8")
    with pytest.raises(CurationError, match="changed meanwhile"):
        file.undo()


@pytest.mark.parametrize("text", ["[]\n", "- rename: {class: City, name: A}\n  to: B\n...\n"])
def test_a_file_that_cannot_grow_is_left_alone(text: str, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CurationError):
        CurationFile(path).append(FRANKFURT)
    assert path.read_text(encoding="utf-8") == text


def test_nothing_is_written_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    file = CurationFile(path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("koopgraph.files.os.replace", full)
    with pytest.raises(ValueError, match="No space"):
        file.append(FRANKFURT)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == EXAMPLE
    assert [p.name for p in tmp_path.iterdir()] == ["c.yaml"]
    assert file.undo() is None


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "null\n", "[]\n"])
def test_a_file_may_say_nothing(text: str) -> None:
    assert parse_curation(text, "c.yaml").judgements == ()


def test_an_absent_file_is_an_empty_one(tmp_path: Path) -> None:
    assert read_curation(tmp_path / "none.yaml").judgements == ()


PERSON = "{class: Person, name: P}"
WRONG = [
    ("- !!python/object/apply:os.system [ls]\n", 1, "tag"),
    ("- rename: &a {class: City, name: A}\n  to: B\n", 1, "anchor"),
    ("# x\n- *a\n", 2, "alias"),
    ("[" * 100_000, 1, "nested"),
    ("- " * 100_000, 1, "nested"),
    ("- " + "{a: " * 100_000, 1, "nested"),
    ("- a: [\n", 2, "YAML"),
    ("- a: \x00\n", 1, "YAML"),
    ('- a: "\\ud800"\n', 1, "YAML"),
    ("a: b\n", 1, "list"),
    ("text\n", 1, "list"),
    ("- []\n---\n- []\n", 2, "second document"),
    ("- text\n", 1, "no judgement"),
    ("- {}\n", 1, "no judgement"),
    ("- ? [a]\n  : b\n", 1, "key"),
    ("- smae: []\n", 1, "same"),
    (f"- rename: {PERSON}\n  link: {PERSON}\n  to: X\n", 1, "both"),
    (f"- rename: {PERSON}\n  to: X\n  to: Y\n", 3, "twice"),
    (f"- rename: {PERSON}\n  too: X\n", 2, "'to'"),
    (f"- rename: {PERSON}\n", 1, "missing"),
    (f"- rename: {PERSON}\n  to:\n", 2, "empty"),
    (f"- rename: {PERSON}\n  to: [a]\n", 2, "text"),
    (f"- rename: {PERSON}\n  to: X\n  on: 2026-13-01\n", 3, "day"),
    ("- rename: {class: Persn, name: P}\n  to: X\n", 1, "'Person'"),
    ("- rename: {class: Person}\n  to: X\n", 1, "missing"),
    ("- rename: P\n  to: X\n", 1, "thing"),
    (f"- same: [{PERSON}]\n", 1, "two things"),
    (f"- same: [{PERSON}, {{class: Event, name: E}}]\n", 1, "retype"),
    (f"- different: [{PERSON}, {PERSON}]\n", 1, "article"),
    (f"- accept: {{subject: {PERSON}, relation: leeds, object: {PERSON}}}\n", 1, "'leads'"),
    (f"- accept: {{subject: {PERSON}, relation: date, value: '2015'}}\n", 1, "ontology"),
    (f"- accept: {{subject: {PERSON}, relation: locatedIn, object: {PERSON}}}\n", 1, "ontology"),
    (f"- accept: {{subject: {PERSON}, relation: leads, value: x}}\n", 1, "'value'"),
    ("- accept: {subject: {class: Event, name: E}, relation: date, value: 16.09.2015}\n", 1, "EDTF"),
    ("- accept: {subject: {class: Event, name: E}, relation: date, value: 2015, object: {}}\n", 1, "'object'"),
    ("- accept: {subject: {class: Project, name: E}, relation: budget, value: 12 Mio}\n", 1, "amount"),
    ("- accept: {subject: {class: Project, name: E}, relation: theme, value: nonsense}\n", 1, "theme"),
    (f"- add: {PERSON}\n", 1, "source"),
    (f"- add: {PERSON}\n  source: {{article: a.txt}}\n", 2, "quote"),
    (f"- add: {PERSON}\n  source: {{article: a.txt, quote: x, citation: y}}\n", 2, "quote"),
    (f"- add: {PERSON}\n  source: {{citation: y, url: 'javascript:x'}}\n", 2, "address"),
    ("- add: {class: Person, name: P, article: b.txt}\n  source: {article: a.txt, quote: x}\n", 2, "another"),
    (f"- link: {PERSON}\n  to: Q2079\n", 2, "address"),
    (f"- link: {PERSON}\n  from: https://example.org/\n", 2, "unknown key"),
]


@pytest.mark.parametrize(("text", "line", "told"), WRONG, ids=[t[:40] for t, _, _ in WRONG])
def test_what_is_no_judgement_is_refused_with_its_line(text: str, line: int, told: str) -> None:
    error = refused(text)
    assert error.line == line, error
    assert told in str(error)
    assert str(error).startswith(f"c.yaml, line {line}: ")


def test_a_bomb_of_aliases_costs_nothing() -> None:
    levels = "\n".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 50))
    tracemalloc.start()
    assert "alias" in str(refused(f"- &a0 x\n{levels}\n"))
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("data", [b"- \xff\n", "- ä".encode("utf-16")])
def test_a_file_that_is_no_utf_8_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(data)
    with pytest.raises(CurationError, match="UTF-8"):
        read_curation(path)


def test_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="no file"):
        read_curation(tmp_path)
    huge = tmp_path / "c.yaml"
    with huge.open("wb") as file:
        file.truncate(2**36)
    with pytest.raises(CurationError, match="larger"):
        read_curation(huge)


def test_the_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without libyaml, places and values are the same."""
    fast = parse_curation(EXAMPLE, "c.yaml")
    monkeypatch.setattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert parse_curation(EXAMPLE, "c.yaml") == fast
