"""The picture of the terminal interface in the documentation loads nothing and names no machine."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

IMAGE = Path(__file__).resolve().parents[2] / "docs/images/review.svg"


def test_the_picture_is_well_formed_and_loads_nothing() -> None:
    text = IMAGE.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)  # noqa: S314 (a file of this repository)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert set(re.findall(r"https?://[^\"' )]+", text)) == {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in text
    assert "@import" not in text
