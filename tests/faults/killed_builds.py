"""Kills builds at random points and finishes them: ``python killed_builds.py FOLDER ROUNDS SEED JOBS`` prints JSON.

A process of its own, which has loaded everything once and forks: so a round takes a second instead of four. It never
opens a store or a shelf itself, whose threads a fork would not have.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

from koopgraph.graph import KnowledgeGraph
from koopgraph.model import Options
from koopgraph.pipeline import build
from koopgraph.records import Shelf
from koopgraph.report import PASSING
from koopgraph.work.article_graph import chosen_extractors

CITIES = ("Leipzig", "Köln", "Bremen", "Nürnberg", "Zürich", "Halle")
OUTPUTS = ("graph.ttl", "dataset.trig", "network.html", "layout.json", "report.json")
ARTICLES = 20


def write_articles(folder: Path, project: str) -> None:
    """Write articles about a project."""
    folder.mkdir()
    for number in range(ARTICLES):
        city = CITIES[number % len(CITIES)]
        text = f"Richtfest {number}\n\nDie Stadt {city} fördert das Projekt {project}. In {city} war das Richtfest."
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")


def forked(source: Path, out: Path, jobs: int) -> int:
    """Build in a process of its own; return its pid."""
    pid = os.fork()
    if pid:
        return pid
    try:
        build([source], output=out, jobs=jobs)
    except BaseException as error:
        print(f"build: {error!r}", file=sys.stderr)
        os._exit(1)
    os._exit(0)


def asked(out: Path, scratch: Path) -> dict[str, Any]:
    """Return which projects the store has and how many records are whole, as a process of its own finds them."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        query = "SELECT ?name { ?p a koop:Project ; rdfs:label ?name }"
        projects = sorted({str(row["name"]) for row in KnowledgeGraph.open(out).query(query).rows})
        os.write(write, json.dumps({"projects": projects, "records": records_in(out, scratch)}).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        content = told.read()
    os.waitpid(pid, 0)
    found: dict[str, Any] = json.loads(content or b"{}")
    return found


def finished(pid: int) -> bool:
    """Wait for the build; tell whether it came to its end."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def contents(out: Path) -> dict[str, Any]:
    """Return the outputs, the report without what differs from build to build."""
    found: dict[str, Any] = {}
    for name in OUTPUTS:
        if (out / name).exists():
            found[name] = (out / name).read_bytes()
    if "report.json" in found:
        report = json.loads(found["report.json"])
        found["report.json"] = {name: value for name, value in report.items() if name not in PASSING}
    return found


def records_in(out: Path, scratch: Path) -> int:
    """Count the records that are whole, in a copy, for opening a shelf removes what is not."""
    folder = out / "store" / "records"
    if not folder.exists():
        return 0
    shutil.copytree(folder, scratch)
    count = len(Shelf(scratch))
    shutil.rmtree(scratch)
    return count


def round_(folder: Path, old: Path, expected: dict[str, Any], before: dict[str, Any], after: float, jobs: int) -> Any:
    """Kill a build after some seconds, look at what is there, and finish it; return what is wrong, and what was kept."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(old, out)
    pid = forked(folder / "new", out, jobs)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    wrong = [f"{name} is neither old nor new" for name, content in contents(out).items()
             if content not in (before[name], expected[name])]  # fmt: skip
    found = asked(out, folder / "copy")
    if found.get("projects") not in (["Uferpark"], ["Talpark"]):
        wrong.append(f"the store has {found.get('projects')}")
    # The records of the old articles are kept until the new build is done.
    kept = max(0, found.get("records", 0) - ARTICLES)
    if not finished(forked(folder / "new", out, jobs)):
        wrong.append("the next build failed")
    wrong += [f"{name} differs" for name, content in contents(out).items() if content != expected[name]]
    reused = json.loads((out / "report.json").read_bytes())["cache"]["reused"]
    if reused < kept:
        wrong.append(f"{kept} articles had been read, {reused} were reused")
    wrong += [str(path.relative_to(out)) for path in out.rglob("*") if path.suffix == ".tmp" or path.name == "scratch"]
    return {"after": round(after, 3), "kept": kept, "wrong": wrong}


def main() -> None:
    """Build without disturbance, then kill."""
    folder, rounds, seed, jobs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    chosen_extractors(Options())
    write_articles(folder / "old", "Uferpark")
    write_articles(folder / "new", "Talpark")
    assert finished(forked(folder / "old", folder / "old-out", 1))
    before = contents(folder / "old-out")
    shutil.copytree(folder / "old-out", folder / "new-out")
    begin = time.monotonic()
    assert finished(forked(folder / "new", folder / "new-out", jobs))
    duration = time.monotonic() - begin
    expected = contents(folder / "new-out")
    points = random.Random(seed)
    results = [
        round_(folder, folder / "old-out", expected, before, points.uniform(0, duration), jobs) for _ in range(rounds)
    ]
    print(json.dumps({"duration": duration, "rounds": results}))


if __name__ == "__main__":
    main()
