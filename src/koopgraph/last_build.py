"""What the last build into a folder wrote, and of what, so that the next one does only what is new.

Where nothing has changed, the outputs stay as they are. Where the dataset is still the one that the store was loaded
from, the store is changed by what differs. The note of it is written last and holds digests of the outputs: after a
build that was cut short, or where anybody changed a file, it does not fit and counts for nothing. It may be deleted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import msgspec

from koopgraph.curation.judgements import Curation
from koopgraph.errors import StoreError
from koopgraph.files import atomic_write
from koopgraph.generations import current_generation, root_of
from koopgraph.link.reconcile.links_file import Links
from koopgraph.model import Problem
from koopgraph.outputs import PAGE, PLACES, TRIG, TURTLE
from koopgraph.report import REPORT

NOTE = "last-build.json"
"""The note's name in the store's folder."""
_OUTPUTS = (TURTLE, TRIG, PAGE, PLACES, REPORT)


class LastBuild(msgspec.Struct, frozen=True):
    """What a build was made of (:func:`made_of`), which generation of the store it wrote, and the outputs' digests.

    ``problems`` are those that the articles have together: judgements and links about nothing.
    """

    inputs: str
    generation: str
    outputs: dict[str, str]
    problems: tuple[Problem, ...]

    def stands(self, folder: Path) -> bool:
        """Tell whether all outputs in ``folder`` are as the build left them."""
        return self._has_store(folder) and all(_digest(folder / name) == self.outputs.get(name) for name in _OUTPUTS)

    def dataset_stands(self, folder: Path) -> bool:
        """Tell whether ``dataset.trig`` is as the build left it, and the store what was loaded from it."""
        return self._has_store(folder) and _digest(folder / TRIG) == self.outputs.get(TRIG)

    def _has_store(self, folder: Path) -> bool:
        try:
            return current_generation(folder).name == self.generation
        except StoreError:
            return False


def made_of(mark: bytes, keys: Sequence[bytes], curation: Curation, links: Links, told: Mapping[str, Any]) -> str:
    """Return a digest of all that decides what a build writes.

    ``mark`` tells the code, ``keys`` the articles in their order, ``told`` what else is to be the same.
    """
    rest = {"curation": curation.text, "links": [asdict(link) for link in links.records], "told": told}
    digest = sha256(mark + len(keys).to_bytes(8, "big") + b"".join(keys))
    digest.update(json.dumps(rest, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read_last(folder: Path) -> LastBuild | None:
    """Return what is noted of the last build into the output folder; None where that is nothing or broken."""
    try:
        return msgspec.json.decode((root_of(folder) / NOTE).read_bytes(), type=LastBuild)
    except (OSError, msgspec.DecodeError):
        return None


def note_build(folder: Path, inputs: str, problems: Sequence[Problem]) -> None:
    """Note a build into the output folder that has just written everything."""
    outputs = {name: digest for name in _OUTPUTS if (digest := _digest(folder / name))}
    last = LastBuild(inputs, current_generation(folder).name, outputs, tuple(problems))
    with atomic_write(root_of(folder) / NOTE) as file:
        file.write(msgspec.json.encode(last))


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
