"""Lines of a page become paragraphs: words that a line end cut are whole again, words with a hyphen keep it."""

from __future__ import annotations

import pytest

from koopgraph.read.line_flow import paragraphs
from koopgraph.read.page_lines import Line, Page, without_running_lines


def column(*texts: str, top: float = 700, size: float = 10, step: float = 12) -> list[Line]:
    return [Line(text, 50, top - number * step, size) for number, text in enumerate(texts)]


def flow(*pages: list[Line]) -> list[str]:
    return [text for text, _ in paragraphs(pages)]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Nationale Stadtent-", "wicklungspolitik wirkt", "Nationale Stadtentwicklungspolitik wirkt"),
        ("in den Stadt- ", "und Landkreisen", "in den Stadt- und Landkreisen"),
        ("zwischen Bau-", "oder Planungsamt", "zwischen Bau- oder Planungsamt"),
        ("die Ost-", "West-Achse", "die Ost-West-Achse"),
        ("in den Jahren 2015-", "2016 gebaut", "in den Jahren 2015-2016 gebaut"),
        ("der Zür\xad", "cher Stadtrat", "der Zürcher Stadtrat"),
        ("die Gross\u2010", "baustelle", "die Grossbaustelle"),
        ("der Hof –", "so heißt es", "der Hof – so heißt es"),
    ],
)
def test_a_word_that_the_line_end_cut_is_joined(above, below, joined):
    assert flow(column(above, below)) == [joined]


def test_a_hyphen_that_the_text_has_elsewhere_stays():
    lines = column("a well-known place and a long-", "term plan with a well-", "known end of a longterm")
    assert flow(lines) == ["a well-known place and a longterm plan with a well-known end of a longterm"]


FULL = "Die Stadt Zürich hat am Hardplatz einen Hof begrünt und"


def test_a_gap_or_other_letters_end_a_paragraph():
    lines = [*column(FULL, FULL, "mehr."), *column(FULL, FULL, top=640), *column("Zwischentitel", top=616, size=14)]
    assert len(flow(lines)) == 3


def test_an_indented_line_begins_a_paragraph_once_the_sentence_has_ended():
    first = column(FULL, f"{FULL[:-4]}.")
    second = [Line(FULL, 60, 676, 10), Line(FULL, 50, 664, 10)]
    assert len(flow([*first, *second])) == 2
    assert len(flow([*column(FULL, FULL), *second])) == 1


def test_a_line_with_room_for_the_next_word_ends_a_paragraph():
    assert flow(column("Von Jana Muster", FULL, FULL, FULL))[0] == "Von Jana Muster"


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page():
    left, right = column(FULL, FULL, top=100), [Line(FULL, 300, 700, 10)]
    assert len(flow([*left, *right])) == 1
    assert len(flow(left, column(FULL))) == 1
    assert len(flow(column(FULL, FULL, FULL, "Ende."), column(FULL, FULL))) == 2


def test_a_cut_word_goes_on_however_short_its_line_is():
    assert flow(column(FULL, FULL, FULL, "Der Ober-", "bürgermeister kam."))[0].endswith("Der Oberbürgermeister kam.")


def test_items_of_a_list_stay_apart():
    assert flow(column("Es gibt", "• Höfe und", "Brücken", "• Parks", "2. Plätze")) == [
        "Es gibt",
        "• Höfe und Brücken",
        "• Parks",
        "2. Plätze",
    ]


def page(number: int, *, head: str = "Leipziger Blatt · Ausgabe 3/2015", foot: str = "Seite {}") -> Page:
    head_line, foot_line = Line(head, 50, 800 + number % 2, 8), Line(foot.format(number), 280, 30, 8)
    return Page((head_line, *column(FULL, f"{FULL} {'ä' * number}"), foot_line), 0, 842)


@pytest.mark.parametrize("foot", ["Seite {}", "{}", "- {} -", "{}/12", "Page {} of 12", "| {}", "Blatt, 3.{}.2015"])
def test_running_lines_and_page_numbers_are_no_text(foot):
    kept = without_running_lines([page(number, foot=foot) for number in range(1, 5)])
    assert [len(lines) for lines in kept] == [2, 2, 2, 2]
    assert all(line.text.startswith(FULL) for lines in kept for line in lines)


def test_what_stands_in_the_margin_of_one_page_only_is_text():
    pages = [page(1, head="Ein Titel ganz oben"), page(2), page(3)]
    assert without_running_lines(pages)[0][0].text == "Ein Titel ganz oben"


def test_a_line_that_is_repeated_within_the_text_stays():
    kept = without_running_lines([Page(tuple(column("Kontakt", FULL)), 0, 842)] * 4)
    assert [len(lines) for lines in kept] == [2, 2, 2, 2]


def test_no_lines_are_no_paragraphs():
    assert paragraphs([]) == []
    assert paragraphs([[], [Line(" ", 0, 0, 0)]]) == []
