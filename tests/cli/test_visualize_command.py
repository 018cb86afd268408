"""`koopgraph visualize`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from koopgraph.cli import group, main
from koopgraph.explorer.frame import Frame

SAMPLE = str(Path(__file__).resolve().parents[1] / "data" / "sample.trig")


def test_a_part_is_written_as_a_page(tmp_path: Path) -> None:
    page = tmp_path / "part.html"
    arguments = ["--from", SAMPLE, "--focus", "koopstadt", "--depth", "1", "--language", "en", "--title", "Cities"]
    result = CliRunner().invoke(group, ["visualize", *arguments, "-o", str(page)])
    assert result.exit_code == 0, result.output
    text = page.read_text("utf-8")
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Cities</title>" in text
    assert "Elke Pahl-Weber" not in text


def test_without_a_file_the_page_goes_to_standard_output() -> None:
    result = CliRunner().invoke(group, ["visualize", "--from", SAMPLE])
    assert result.stdout_bytes.rstrip().endswith(b"</html>")


@pytest.mark.parametrize(
    "arguments", [["--focus", "Kopstadt"], ["--class", "Town"], ["--since", "gestern"], ["--depth", "-1"]]
)
def test_bad_usage_is_one_line_and_exit_2(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["visualize", "--from", SAMPLE, *arguments])
    assert left.value.code == 2
    assert "Traceback" not in capfd.readouterr().err


def test_a_notebook_gets_a_frame_that_nothing_breaks_out_of() -> None:
    html = Frame('<p title="x">&</p></iframe>', 300)._repr_html_()
    assert html.count("<iframe ") == html.count("</iframe>") == 1
    assert "&lt;p title=&#34;x&#34;&gt;&amp;&lt;/p&gt;" in html
    assert "allow-same-origin" not in html
