"""Settings of extractors: tables in a file, single values from the environment, one line for a slip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from koopgraph.errors import SettingsError
from koopgraph.extract.settings import environment_variable, fill, read_settings


@dataclass(frozen=True, slots=True)
class Bells:
    """What bells can be told."""

    tower: str
    number: int = 3
    loudness: float = 0.5
    names: Mapping[str, str] = field(default_factory=dict)


def test_a_file_has_one_table_an_extractor(tmp_path: Path) -> None:
    file = tmp_path / "koopgraph.toml"
    file.write_text('[extractors.bells]\ntower = "Süd"\n[extractors.bells.names]\na = "b"\n', encoding="utf-8")
    table = read_settings(file).extractors["bells"]
    assert fill(Bells, "bells", table, {}) == Bells("Süd", names={"a": "b"})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[extractors.bells", "is no TOML"),
        ("[bells]\ntower = 1", "bells is not expected"),
        ("limits = 3", "limits is not expected"),
        ("[limits]\npages = 3", "there is no limit pages; there are: file_bytes"),
        ("[limits]\npdf_pages = true", "'pdf_pages' must be a whole number from 1, not True"),
        ("[limits]\npdf_pages = 0", "whole number from 1, not 0"),
        ("extractors = 3", "extractors is not expected"),
        ("[extractors]\nbells = 3", "extractors is not expected"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_file_that_is_not_like_that_is_refused(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "koopgraph.toml"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=says):
        read_settings(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(tmp_path / "nothing.toml")


def test_the_environment_goes_before_the_file() -> None:
    environment = {"KOOPGRAPH_BELLS_TOWER": "Nord", "KOOPGRAPH_BELLS_NUMBER": "7", "KOOPGRAPH_BELLS_NAMES": "x"}
    assert fill(Bells, "bells", {"tower": "Süd", "number": 2}, environment) == Bells("Nord", 7)


def test_an_extractors_hyphen_is_an_underscore_in_the_environment() -> None:
    assert environment_variable("twin-towns", "model") == "KOOPGRAPH_TWIN_TOWNS_MODEL"


def test_a_whole_number_may_stand_for_any_number() -> None:
    filled = fill(Bells, "bells", {"tower": "Süd", "loudness": 1}, {})
    assert (filled.loudness, type(filled.loudness)) == (1.0, float)


@pytest.mark.parametrize(
    ("table", "environment", "says"),
    [
        ({}, {}, "needs the setting 'tower': set KOOPGRAPH_BELLS_TOWER"),
        ({"tower": "a", "towr": "b"}, {}, "has no setting towr; it has: loudness, names, number, tower"),
        ({"tower": 1}, {}, "'tower' .* must be a text, not 1"),
        ({"tower": "a", "number": "b"}, {}, "must be a whole number"),
        ({"tower": "a", "number": True}, {}, "must be a whole number"),
        ({"tower": "a", "loudness": "b"}, {}, "must be a number"),
        ({"tower": "a", "names": "b"}, {}, "must be a table"),
        ({"tower": "a"}, {"KOOPGRAPH_BELLS_NUMBER": "many"}, "KOOPGRAPH_BELLS_NUMBER must be a whole number"),
    ],
)
def test_a_wrong_setting_is_one_line_that_says_what_is_right(
    table: dict[str, object], environment: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingsError, match=says) as error:
        fill(Bells, "bells", table, environment)
    assert "\n" not in str(error.value)
