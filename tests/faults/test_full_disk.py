"""A full disk: one line that says so, outputs that are old or new, and a next build that goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from koopgraph.errors import KoopgraphError
from koopgraph.graph import KnowledgeGraph
from koopgraph.pipeline import build

OUTPUTS = ("graph.ttl", "dataset.trig", "network.html")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small disk of its own, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("only root may mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def articles(folder: Path, project: str) -> Path:
    folder.mkdir()
    for number in range(12):
        text = f"Richtfest {number}\n\nDie Stadt Köln fördert das Projekt {project}. In Köln war das Richtfest."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("left", [2, 20, 40, 100, 700])
def test_what_does_not_fit_leaves_outputs_old_or_new(disk: Path, tmp_path: Path, left: int) -> None:
    """``left`` are the kilobytes that are free: records, files, the store and the page are what fills them in turn."""
    out = disk / "out"
    build([articles(tmp_path / "old", "Uferpark")], output=out)
    before = {name: (out / name).read_bytes() for name in OUTPUTS}
    source = articles(tmp_path / "new", "Talpark")
    filling = disk / "filling"
    free = int(subprocess.run(["df", "--output=avail", "-k", disk], capture_output=True, text=True).stdout.split()[1])
    filling.write_bytes(bytes(1024 * max(0, free - left)))
    with pytest.raises(KoopgraphError, match="No space left on device"):
        build([source], output=out)
    after = {name: (out / name).read_bytes() for name in OUTPUTS}
    (name,) = KnowledgeGraph.open(out).query("SELECT ?name { ?p a koop:Project ; rdfs:label ?name }").rows
    filling.unlink()
    build([source], output=out)
    new = {name: (out / name).read_bytes() for name in OUTPUTS}
    assert all(after[name] in (before[name], new[name]) for name in OUTPUTS)
    assert str(name["name"]) in ("Uferpark", "Talpark")
    build([source], output=tmp_path / "fresh")
    assert all((tmp_path / "fresh" / name).read_bytes() == new[name] for name in OUTPUTS[:2])
