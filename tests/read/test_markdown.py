"""Markdown becomes the text that a reader of the rendered page sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.errors import ReadError
from koopgraph.model import Article
from koopgraph.read.markdown import read_markdown

FRONT = """---
title: "Der Hof hinter dem Haus"
author: Dr. Mira Öztürk
date: 2019-06-04
publisher: Quartiersblog
url: https://quartiersblog.example/hof
---
"""


def text_of(markdown: str) -> str:
    return read_markdown("a.md", f"# Titel\n\n{markdown}".encode()).text.removeprefix("Titel\n\n")


def test_front_matter_gives_the_metadata():
    assert read_markdown("a.md", f"{FRONT}\nEin *Satz*.".encode()) == Article(
        source="a.md",
        text="Der Hof hinter dem Haus\n\nEin Satz.",
        title="Der Hof hinter dem Haus",
        authors=("Mira Öztürk",),
        published="2019-06-04",
        publisher="Quartiersblog",
        url="https://quartiersblog.example/hof",
    )


def test_a_title_that_the_body_repeats_stands_once():
    assert read_markdown("a.md", f"{FRONT}\n# Der Hof hinter dem Haus\n\nEin Satz.".encode()).text.count("Der Hof") == 1


def test_without_front_matter_the_first_heading_is_the_title():
    article = read_markdown("a.md", b"# Hof **und** Haus\n\nEin Satz.\n\n## Mehr\n\nNoch einer.")
    assert article.title == "Hof und Haus"
    assert article.text == "Hof und Haus\n\nEin Satz.\n\nMehr\n\nNoch einer."


def test_without_a_heading_the_first_line_is_the_title():
    assert read_markdown("a.md", b"Hof und Haus\n\nEin Satz.\n\n## Mehr\n\nNoch einer.").title == "Hof und Haus"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Ein **fetter** [Verweis](http://a.example) und `Code`.", "Ein fetter Verweis und Code."),
        ("![Bild](a.png) Ein Satz.", "Ein Satz."),
        ("~~5. September~~ (entfällt)", "5. September (entfällt)"),
        ("- eins\n- zwei\n  - innen\n- drei", "- eins\n- zwei\n  - innen\n- drei"),
        ("1. eins\n2. zwei", "1. eins\n2. zwei"),
        ("> Zitat\n> weiter", "Zitat weiter"),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "A | B\n1 | 2"),
        ("<!-- weg --><div>Bleibt &amp; steht</div>", "Bleibt & steht"),
        ("<script>alert('weg')</script>\n\nText", "Text"),
        ("Eins<br>Zwei", "Eins\nZwei"),
        ("{{< youtube abc >}}\n\nText", "Text"),
        ("Fu&szlig;weg \\*bleibt\\*", "Fußweg *bleibt*"),
    ],
)
def test_marks_go_and_words_stay(markdown, text):
    assert text_of(markdown) == text


def test_a_date_at_the_beginning_of_a_line_keeps_its_day_although_markdown_takes_it_for_a_list():
    assert text_of("16. September 2015 war es so.") == "16. September 2015 war es so."
    assert text_of("* 2. Juli: Radtour") == "- 2. Juli: Radtour"


def test_a_wrapped_line_is_joined_and_a_line_ended_on_purpose_is_not():
    wrapped = "Diese Zeile hat der Editor umgebrochen, weil in ihr kein Platz für\nWörter mehr war."
    assert text_of(wrapped) == wrapped.replace("\n", " ")
    assert text_of("**Ort:** Rathaus\n**Leitung:** Jana Muster") == "Ort: Rathaus\nLeitung: Jana Muster"


@pytest.mark.parametrize(
    "front",
    [
        "title: [Hof",
        "title: Hof\n  author: - x: y",
        "exploit: !!python/object/apply:os.system ['touch exploited']",
        "date: 2020-02-31",
    ],
)
def test_broken_front_matter_and_yaml_that_is_code_are_refused(front):
    with pytest.raises(ReadError, match="front matter"):
        read_markdown("a.md", f"---\n{front}\n---\nText".encode())


def test_yaml_that_would_run_code_does_not(tmp_path):
    target = tmp_path / "ran"
    with pytest.raises(ReadError):
        read_markdown("a.md", f"---\nx: !!python/object/apply:pathlib.Path.touch ['{target}']\n---\nText".encode())
    assert not target.exists()


def test_the_line_of_broken_front_matter_is_named():
    with pytest.raises(ReadError, match="line 3"):
        read_markdown("a.md", b"---\ntitle: Hof\nauthor: [Jana\n---\nText")


def test_front_matter_that_unfolds_without_end_is_cut():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    article = read_markdown("a.md", f"---\n{bomb}authors: *i\ntitle: Hof\n---\nText".encode())
    assert article.authors == ()


def test_a_rule_at_the_beginning_begins_no_front_matter():
    assert read_markdown("a.md", b"---\n\nEin Satz.\n\n---\n\nNoch einer.").text == "Ein Satz.\n\nNoch einer."


@given(st.text(alphabet=st.sampled_from("ab *_#-`[]()<>|\n\t!~1.:{}&;\\"), max_size=120))
def test_any_markdown_gives_text_or_a_read_error(markdown):
    try:
        article = read_markdown("a.md", markdown.encode())
    except ReadError:
        return
    assert article.title in article.text
