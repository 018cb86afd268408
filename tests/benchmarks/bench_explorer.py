"""How long people wait for the explorer, and how smoothly it moves, beside the page that pyvis makes of the same network.

    python tests/benchmarks/bench_explorer.py [--quick]

makes networks with communities (``networks.py``) of 1,000 things and 2,000 statements between them, 5,000 and 10,000, and
20,000 and 40,000, writes their pages and opens them in headless Chromium (1440 × 900, no graphics card). Two tables each:

- Python: seconds for the network of the stored quads, its layout, the page (with the articles' texts), and of all of it
  again, as the next build has it, where everything has its place; bytes of the page with these texts, with the quoted
  sentences alone, and with neither;
- the browser: from navigation to the first frame with things on it and until all is ready, and milliseconds a frame
  while the view is dragged and zoomed in each frame, in full view and close up. pyvis's page comes twice: as it is
  (physics; it gets 120 seconds) and at our places, without physics.

Numbers are medians of three runs, but for pyvis's physics: one. ``--quick`` leaves that and the largest network out.
Nothing here is a test: the numbers depend on the machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeVar

import networks
import networkx as nx
from pyoxigraph import Store
from rich.console import Console
from rich.table import Table

from koopgraph.explorer.page import render
from koopgraph.network.convert import to_networkx
from koopgraph.network.layout import Arrangement, arrange

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_Result = TypeVar("_Result")

SIZES = ((1_000, 2_000), (5_000, 10_000), (20_000, 40_000))
QUICK = SIZES[:2]
REPEATS = 3
PATIENCE = 120.0  # seconds that a page gets until its first frame
FRAMES = 30
LONGEST = 3.0  # seconds of one movement, where frames are slow
PAUSE = 0.5  # seconds in which a page settles after the view jumped

# vis-network draws nothing but things with fill(); the frame after the first one shows them.
FIRST_FILL = """{
  const { fill } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fill = function (...told) {
    CanvasRenderingContext2D.prototype.fill = fill;
    requestAnimationFrame(() => performance.mark("drawn"));
    return fill.apply(this, told);
  };
}"""
MARK = "(name) => performance.getEntriesByName(name)[0]?.startTime ?? null"
NETWORK = "(window.koopgraph?.stage?.network ?? window.network)"
CLOSE = f"{NETWORK}.moveTo({{ scale: 1, animation: false }}); window.koopgraph?.stage?.refresh(); null"
FIT = f"if (!window.koopgraph) {NETWORK}.fit({{ animation: false }}); null"
# Moves the view in each frame, as a hand does, and returns the milliseconds from frame to frame.
MOVE = f"""async ([kind, frames]) => {{
  const net = {NETWORK};
  const [position, scale] = [net.getViewPosition(), net.getScale()];
  const at = (number) =>
    kind === "zoom"
      ? {{ position, scale: scale * (1 + 0.4 * Math.sin(number / 5)) }}
      : {{ position: {{ x: position.x + (60 * Math.sin(number / 5)) / scale, y: position.y }}, scale }};
  const next = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  for (let number = 0; number <= frames && !(times.at(-1) - times[0] > {1000 * LONGEST}); number += 1) {{
    net.moveTo({{ ...at(number), animation: false }});
    times.push(await next());
  }}
  net.moveTo({{ position, scale, animation: false }});
  return times.slice(1).map((time, number) => time - times[number]);
}}"""


@dataclass(frozen=True, slots=True)
class Written:
    """What Python did for one network: seconds of each step, and bytes of the page in three contents."""

    seconds: dict[str, float]
    sizes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser did with one page: seconds until something is there, None where they are unknown; and frames."""

    first: float | None
    ready: float | None
    frames: dict[str, float]


def timed(step: Callable[[], _Result], repeats: int) -> tuple[_Result, float]:
    """Return what the step returns, and the median of its seconds."""
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        result = step()
        seconds.append(time.perf_counter() - started)
    return result, median(seconds)


def write(nodes: int, edges: int, folder: Path, repeats: int) -> tuple[Written, nx.MultiDiGraph[str], Arrangement]:
    """Write the page of a network to ``network.html``, and return what that took, the network and its places."""
    made = networks.articles(nodes, edges)
    store = Store(str(folder / f"store-{nodes}"))
    store.bulk_extend(networks.quads(made))
    graph, converting = timed(lambda: to_networkx(store), repeats)
    arrangement, arranging = timed(lambda: arrange(graph), repeats)
    _, again = timed(lambda: arrange(graph, known=arrangement.places), repeats)
    page, rendering = timed(lambda: render(graph, articles=made), repeats)
    (folder / "network.html").write_text(page, encoding="utf-8")
    sizes = {"with texts": page, "sentences": render(graph), "neither": render(_without_sentences(graph))}
    # The page lays out too: that is counted once.
    drawing = max(0.0, rendering - arranging)
    steps = {"convert": converting, "layout": arranging, "page": drawing}
    seconds = steps | {"in all": sum(steps.values()), "again": converting + again + drawing}
    return Written(seconds, {name: len(text.encode()) for name, text in sizes.items()}), graph, arrangement


def _without_sentences(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    bare = nx.MultiDiGraph(graph)
    for _, data in bare.nodes(data=True):
        data.update(mentions=[], values=[{**value, "evidence": []} for value in data["values"]])
    for *_, data in bare.edges(data=True):
        data["evidence"] = []
    return bare


def write_stock(graph: nx.MultiDiGraph[str], path: Path, arrangement: Arrangement | None) -> None:
    """Write the page that pyvis makes of the network: with its physics, or at given places."""
    from pyvis.network import Network

    stock = Network(directed=True, cdn_resources="in_line")
    number = {iri: at for at, iri in enumerate(graph)}
    # Not add_edge(), which looks through all edges each time.
    stock.nodes = [{"id": number[iri], "label": data["label"], "shape": "dot"} for iri, data in graph.nodes(data=True)]
    stock.edges = [{"from": number[a], "to": number[b], "arrows": "to"} for a, b in graph.edges()]
    if arrangement is not None:
        for node, (x, y) in zip(stock.nodes, arrangement.places.values(), strict=True):
            node.update(x=x, y=y)
        stock.toggle_physics(False)
    path.write_text(stock.generate_html(), encoding="utf-8")


def look(browser: Browser, path: Path, *, patience: float = PATIENCE) -> Seen:
    """Open a page without a network and measure it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    context.route(lambda url: url.startswith("http"), lambda route: route.abort())
    try:
        page = context.new_page()
        page.set_default_timeout(1000 * patience)
        page.add_init_script(FIRST_FILL)
        page.goto(path.as_uri(), wait_until="commit")
        # Not the page's own mark koopgraph:first-paint: for both pages the same counts.
        first = _marked(page, "drawn", patience)
        ours = "koopgraph:ready" in path.read_text("utf-8")
        ready = _marked(page, "koopgraph:ready", patience) if ours else None
        return Seen(first, ready, _frames(page) if first is not None else {})
    finally:
        context.close()


def _marked(page: Page, name: str, patience: float) -> float | None:
    """Return when the page set a mark, in seconds from navigation; None where it did not in time."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if (at := page.evaluate(MARK, name)) is not None:
            return float(at) / 1000
        time.sleep(0.05)
    return None


def _frames(page: Page) -> dict[str, float]:
    """Return milliseconds a frame for each kind of movement."""
    taken: dict[str, float] = {}
    for distance, jump in (("full", FIT), ("close", CLOSE)):
        page.evaluate(jump)
        time.sleep(PAUSE)
        for kind in ("drag", "zoom"):
            taken[f"{kind}, {distance}"] = median(page.evaluate(MOVE, [kind, FRAMES]))
    return taken


def looks(browser: Browser, path: Path, repeats: int) -> Seen:
    """Return the medians of several visits; what was unknown once is unknown."""
    seen = [look(browser, path) for _ in range(repeats)]

    def middle(values: list[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return median(known) if len(known) == len(values) else None

    kinds = seen[0].frames if all(one.frames for one in seen) else {}
    frames = {kind: median(one.frames[kind] for one in seen) for kind in kinds}
    return Seen(middle([one.first for one in seen]), middle([one.ready for one in seen]), frames)


def python_table(name: str, done: Written) -> Table:
    """Make the table of what Python did with the network ``name``."""
    steps, contents = ("convert", "layout", "page", "in all", "again"), ("with texts", "sentences", "neither")
    table = _table("Python: seconds, and MB of the page", ("things / statements", *steps, *contents))
    sizes = [f"{done.sizes[content] / 1e6:.2f}" for content in contents]
    table.add_row(name, *(f"{done.seconds[step]:.2f}" for step in steps), *sizes)
    return table


def browser_table(name: str, pages: Mapping[str, Seen]) -> Table:
    """Make the table of what the browser did with the pages of the network ``name``."""
    kinds = ("drag, full", "zoom, full", "drag, close", "zoom, close")
    title = "Browser: seconds from navigation, and milliseconds a frame"
    table = _table(title, ("things / statements", "page", "first paint", "ready", *kinds))
    for page, seen in pages.items():
        first = f"> {PATIENCE:.0f}" if seen.first is None else f"{seen.first:.2f}"
        frames = [f"{seen.frames[kind]:.0f}" if kind in seen.frames else "–" for kind in kinds]
        table.add_row(name, page, first, "–" if seen.ready is None else f"{seen.ready:.2f}", *frames)
    return table


def _table(title: str, names: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number and name != "page" else "left", no_wrap=True)
    return table


def find_chromium() -> str:
    """Return the browser named by KOOPGRAPH_CHROMIUM or one in PATH; end this program where there is none."""
    found = os.environ.get("KOOPGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("no browser: neither chromium nor google-chrome is in PATH, and KOOPGRAPH_CHROMIUM is not set")
    return found


def measure(
    browser: Browser, folder: Path, nodes: int, edges: int, *, stock: bool, repeats: int = REPEATS
) -> tuple[Written, dict[str, Seen]]:
    """Return what Python and the browser did with a network of that size, the latter by page."""
    written, graph, arrangement = write(nodes, edges, folder, repeats)
    seen = {"koopgraph": looks(browser, folder / "network.html", repeats)}
    write_stock(graph, folder / "placed.html", arrangement)
    seen["pyvis, our places"] = looks(browser, folder / "placed.html", repeats)
    if stock:
        write_stock(graph, folder / "stock.html", None)
        seen["pyvis"] = looks(browser, folder / "stock.html", 1)
    return written, seen


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description="Measure how fast the explorer is.")
    parser.add_argument("--quick", action="store_true", help="without 20,000 things and without pyvis's physics")
    quick = parser.parse_args().quick
    from playwright.sync_api import sync_playwright

    console = Console(width=130)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for nodes, edges in QUICK if quick else SIZES:
            written, seen = measure(browser, Path(work), nodes, edges, stock=not quick)
            name = f"{nodes:,} / {edges:,}"
            # Tables of each network for itself: the largest one takes minutes.
            console.print(python_table(name, written))
            console.print(browser_table(name, seen))
        browser.close()


if __name__ == "__main__":
    main()
