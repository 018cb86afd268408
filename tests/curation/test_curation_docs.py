"""What docs/curation.md shows is read as it says."""

from __future__ import annotations

import re
from pathlib import Path

from koopgraph.curation.file import parse_curation

PAGE = Path(__file__).parents[2] / "docs" / "curation.md"


def test_every_example_is_a_file_of_judgements() -> None:
    text = PAGE.read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    found = [judgement for example in examples for judgement in parse_curation(example, PAGE.name).judgements]
    kinds = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert len(found) >= len(kinds) == 11
    assert all(re.search(rf"^- {kind}:", text, re.MULTILINE) for kind in kinds)
