"""The trained models as a folder: a manifest and named parts, read once a process.

``manifest.json`` says what the parts were fitted on and how well they do. The part of names is two general chains
(``general.de.npz``, ``general.en.npz``), the domain's chain (``domain.npz``) and the decision (``decision.json``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from koopgraph.annotate.recognise.chain import Chain
from koopgraph.annotate.recognise.decision import Decision
from koopgraph.errors import ModelError

FORMAT = 1
MANIFEST = "manifest.json"
LANGUAGES = ("de", "en")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, eq=False)
class NameModel:
    """What finds names: a general chain a language, the domain's chain, and the decision on its candidates."""

    general: Mapping[str, Chain]
    domain: Chain
    decision: Decision


def shipped() -> Traversable:
    """Return the folder of the models that ship."""
    return files("koopgraph").joinpath("models")


@cache
def load_names(folder: str | None = None) -> NameModel:
    """Return the name model in ``folder``, or the shipped one; raise :class:`ModelError` where there is none."""
    place = shipped() if folder is None else Path(folder)
    check_manifest(place)
    return NameModel(
        _OnDemand(place) if folder is None else load_general(place),
        _part(place, "domain.npz", Chain.from_bytes),
        _part(place, "decision.json", Decision.from_bytes),
    )


def load_general(place: Traversable) -> dict[str, Chain]:
    """Return the general chains in ``place`` by language."""
    return dict(_OnDemand(place))


class _OnDemand(Mapping[str, Chain]):
    """The general chains in a folder, each read when it is first asked for: most builds are of one language."""

    def __init__(self, place: Traversable) -> None:
        self._place = place
        self._read: dict[str, Chain] = {}

    def __getitem__(self, language: str) -> Chain:
        if language not in LANGUAGES:
            raise KeyError(language)
        if language not in self._read:
            self._read[language] = _part(self._place, f"general.{language}.npz", Chain.from_bytes)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


def check_manifest(place: Traversable) -> None:
    """Raise :class:`ModelError` unless ``place`` holds a model of this format."""
    try:
        manifest = json.loads(place.joinpath(MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{place}: holds no model ({MANIFEST} is missing or malformed); koopgraph train makes one"
        ) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ModelError(f"{place}: this model is not of format {FORMAT}; train it again with this koopgraph")


def _part(place: Traversable, name: str, read: Callable[[bytes], Part]) -> Part:
    """Return the part ``name`` of the model in ``place``, as ``read`` makes it of its bytes."""
    try:
        return read(place.joinpath(name).read_bytes())
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ModelError(f"{place}: its part {name} is missing or malformed; train the model again") from error
