"""Make ``docs/images/review.svg`` anew: the terminal interface on a graph of the test articles.

    python scripts/make_review_image.py

Needs ``koopgraph[review]``. The picture loads nothing: it has the reader's own monospaced font.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from koopgraph import build
from koopgraph.curation.file import CurationFile
from koopgraph.review.queue import Queue
from koopgraph.review.screen import ReviewApp
from koopgraph.review.session import Session
from koopgraph.review.texts import Texts
from koopgraph.review.words import Words
from koopgraph.store import open_generation

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = (ROOT / "tests/data/articles", ROOT / "tests/data/resolution/tune")
IMAGE = ROOT / "docs/images/review.svg"
SIZE = (110, 30)
SUBJECT = {"DSK", "städtische Denkmalschutzkommission"}
"""The names of the two things that the picture asks about."""
FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def without_fonts(svg: str) -> str:
    """Return the picture without the fonts that it would load, its identifiers the same at every run."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;\"]+", f"font-family: {FONTS}", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


async def picture(session: Session) -> str:
    """Return the screen of the question about :data:`SUBJECT`."""
    app = ReviewApp(session, Words("en"), file="curation.yaml")
    async with app.run_test(size=SIZE) as pilot:
        for _ in session.left:
            item = session.current
            if item is not None and {side.name for side in item.sides} == SUBJECT:
                break
            await pilot.press("n")
        await pilot.pause()
        return app.export_screenshot(title="koopgraph review output")


def main() -> None:
    """Build the graph in a temporary folder and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        build(ARTICLES, output=folder)
        generation = open_generation(Path(folder))
        file = CurationFile(Path(folder, "curation.yaml"))
        session = Session(Queue(generation.store, Texts(generation)), file, by="nobody")
        IMAGE.write_text(without_fonts(asyncio.run(picture(session))), encoding="utf-8", newline="\n")
    sys.stderr.write(f"{IMAGE} is written\n")


if __name__ == "__main__":
    main()
