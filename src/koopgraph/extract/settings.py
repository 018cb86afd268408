"""Settings of extractors: a table each in a TOML file, single values by environment variables.

A setting ``model`` of the extractor ``spacy`` stands in the table ``[extractors.spacy]``; the environment
variable ``KOOPGRAPH_SPACY_MODEL`` goes before it. Which settings there are, and of which type, is what the
extractor's dataclass says.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from koopgraph.errors import SettingsError
from koopgraph.extract.registry import Settings, Table
from koopgraph.limits import Limits, limits_of

PREFIX = "KOOPGRAPH"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file of settings says: the tables ``[extractors.NAME]`` and the limits of ``[limits]``."""

    extractors: Settings
    limits: Limits


def read_settings(path: str | Path) -> Configuration:
    """Return what the TOML file says; raise :class:`SettingsError` where it is malformed."""
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}). Name a TOML file.") from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise SettingsError(f"{path}: is no TOML ({error})") from error
    tables, limits = content.pop("extractors", {}), content.pop("limits", {})
    wrong = sorted(content)
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        wrong.append("extractors")
    if not isinstance(limits, dict):
        wrong.append("limits")
    if wrong:
        remedy = "Write one table [extractors.NAME] an extractor, and one [limits]."
        raise SettingsError(f"{path}: {', '.join(wrong)} is not expected. {remedy}")
    try:
        return Configuration(tables, limits_of(limits))
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def environment_variable(extractor: str, setting: str) -> str:
    """Return the environment variable of a setting.

    >>> environment_variable("spacy", "model")
    'KOOPGRAPH_SPACY_MODEL'
    """
    return f"{PREFIX}_{extractor}_{setting}".upper().replace("-", "_")


def fill(kind: type[T], extractor: str, table: Table, environment: Mapping[str, str] = os.environ) -> T:
    """Return an extractor's settings, the dataclass ``kind``, from its table and the environment.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Bells:
    ...     tower: str
    ...     loudness: float = 0.5
    >>> fill(Bells, "bells", {"tower": "Sankt Nikolai"}, {"KOOPGRAPH_BELLS_LOUDNESS": "0.9"})
    Bells(tower='Sankt Nikolai', loudness=0.9)
    """
    types = get_type_hints(kind)
    if unknown := sorted(set(table) - set(types)):
        raise SettingsError(
            f"extractor {extractor!r} has no setting {', '.join(unknown)}; it has: {', '.join(sorted(types))}"
        )
    values: dict[str, Any] = {name: _checked(extractor, name, types[name], value) for name, value in table.items()}
    for name, wanted in types.items():
        variable = environment_variable(extractor, name)
        if variable in environment and wanted in (str, int, float):
            values[name] = _parsed(variable, wanted, environment[variable])
    required = [f.name for f in fields(kind) if f.name not in values and _is_required(f)]  # type: ignore[arg-type]
    if required:
        variable = environment_variable(extractor, required[0])
        raise SettingsError(
            f"extractor {extractor!r} needs the setting {required[0]!r}: set {variable}, or give --config a file "
            f"with the table [extractors.{extractor}]"
        )
    return kind(**values)


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _checked(extractor: str, name: str, wanted: Any, value: object) -> object:
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    expected = wanted if isinstance(wanted, type) else Mapping
    if not isinstance(value, expected) or isinstance(value, bool):
        raise SettingsError(
            f"setting {name!r} of extractor {extractor!r} must be {_WORDS.get(expected, 'a table')}, not {value!r}"
        )
    return value


_WORDS = {str: "a text", int: "a whole number", float: "a number"}


def _parsed(variable: str, wanted: Any, text: str) -> object:
    try:
        return wanted(text)
    except ValueError:
        raise SettingsError(f"{variable} must be {_WORDS[wanted]}, not {text!r}") from None
