"""The questions as text: the page of the documentation is current, a description has all that one needs."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from koopgraph.cli import group
from koopgraph.query import find_question, list_questions
from koopgraph.query.pages import described, page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"


def test_the_page_of_the_documentation_is_what_the_heads_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(list_questions()), "run python scripts/make_questions_page.py"


def test_a_description_has_titles_parameters_an_example_and_the_query_without_its_head() -> None:
    text = described(find_question("city-projects"))
    assert "Welche Projekte hat eine Stadt" in text
    assert "--bind city=Leipzig  name or IRI of the city (required)" in text
    assert "projectName  date" in text
    assert "ORDER BY ?projectName" in text
    assert "# param" not in text


def test_the_command_line_describes_a_question() -> None:
    done = CliRunner().invoke(group, ["query", "--describe", "awards"])
    assert done.exit_code == 0
    assert done.output == described(find_question("awards"))


def test_an_unknown_question_is_one_line_and_exit_2() -> None:
    assert CliRunner().invoke(group, ["query", "--describe", "award"]).exit_code != 0
