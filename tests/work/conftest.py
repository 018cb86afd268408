"""Articles to be read by several processes, and an extractor that ends them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from koopgraph.extract.registry import GROUP
from koopgraph.report import PASSING

CITIES = ("Leipzig", "Köln", "Bremen", "Nürnberg", "Zürich", "Halle")
DEADLY = "deadly"
"""The name of the extractor: it kills its process at TÖDLICH, wants all memory at SPEICHER, fails at BALD for a while."""

_CODE = """
import os, signal
from pathlib import Path
from koopgraph.extract.registry import extractor

@extractor("deadly", version="1")
def deadly(annotated):
    text = annotated.article.text
    if "TÖDLICH" in text:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if "SPEICHER" in text:
        bytearray(1 << 62)
    if "BALD" in text and not Path(__file__).with_name("now").exists():
        raise RuntimeError("not yet")
    return []
"""


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install the extractor, for this process and those that it starts; return the folder that it is in."""
    folder = tmp_path / "package"
    info = folder / "deadly-1.dist-info"
    info.mkdir(parents=True)
    (folder / "deadly.py").write_text(_CODE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{DEADLY} = deadly:deadly\n", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "deadly", raising=False)  # that of another test
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with two dozen articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(24):
        city = CITIES[number % len(CITIES)]
        text = (
            f"Richtfest {number}\n\nDie Stadt {city} fördert das Projekt Talpark. In {city} fand das Richtfest statt."
        )
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def _outputs(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {
        name: (folder / name).read_bytes() for name in ("graph.ttl", "dataset.trig", "network.html")
    }
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return found | {name: value for name, value in report.items() if name not in PASSING}


@pytest.fixture
def outputs() -> Callable[[Path], dict[str, object]]:
    """Return what reads the outputs of a build, without what differs from build to build."""
    return _outputs
