"""Write ``docs/questions.md``, the catalogue of the named questions, from the heads of their files.

python scripts/make_questions_page.py
"""

from __future__ import annotations

from pathlib import Path

from koopgraph.query import list_questions
from koopgraph.query.pages import page

PAGE = Path(__file__).resolve().parents[1] / "docs" / "questions.md"

if __name__ == "__main__":
    PAGE.write_text(page(list_questions()), encoding="utf-8")
