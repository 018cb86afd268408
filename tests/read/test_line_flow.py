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


def test_where_first_lines_begin_is_learnt_from_the_layout():
    ends = (f"{FULL} mehr", "– so hieß es gestern im Rat der Stadt, und so steht es")
    lines: list[Line] = []
    for number in range(8):  # the layout, not a full stop, ends these paragraphs
        lines.append(Line(f"{number} {FULL}", 60, 700 - 24 * number, 10))
        lines.append(Line(ends[number % 2], 50, 688 - 24 * number, 10))
    assert len(flow(lines)) == 8


def test_in_a_list_of_short_paragraphs_gaps_are_not_taken_for_lines():
    singles = [line for number in range(10) for line in column(FULL, top=700 - 18 * number)]
    longer = column(FULL, FULL, FULL, FULL, top=500)
    assert len(flow([*singles, *longer])) == 11


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
    lines = column("Es gibt", "• Höfe und", "Brücken", "• Parks")
    assert flow(lines) == ["Es gibt", "• Höfe und Brücken", "• Parks"]
    assert flow(column(FULL, "Geplant sind:", "1. Höfe", "2. Parks", "3. Plätze"))[-3:] == [
        "1. Höfe",
        "2. Parks",
        "3. Plätze",
    ]


def test_a_dash_or_a_day_at_the_beginning_of_a_line_is_no_item():
    assert (
        len(
            flow(
                column(
                    FULL,
                    "– so hieß es gestern im Rat der Stadt Zürich – und am",
                    "26. Mai 2024 soll er fertig sein, sagt der Rat dort.",
                )
            )
        )
        == 1
    )


def page(
    number: int, *, head: str = "Leipziger Blatt · Ausgabe 3/2015", foot: str = "Seite {}", size: float = 8
) -> Page:
    head_line, foot_line = Line(head, 50, 800 + number % 2, size), Line(foot.format(number), 280, 30, 8)
    return Page((head_line, *column(FULL, f"{FULL} {'ä' * number}"), foot_line), 0, 842)


@pytest.mark.parametrize("foot", ["Seite {}", "{}", "- {} -", "{}/12", "Page {} of 12", "| {}", "Blatt, 3.{}.2015"])
def test_running_lines_and_page_numbers_are_no_text(foot):
    kept = without_running_lines([page(number, foot=foot) for number in range(1, 5)])
    assert [len(lines) for lines in kept] == [2, 2, 2, 2]
    assert all(line.text.startswith(FULL) for lines in kept for line in lines)


def test_what_stands_in_the_margin_of_one_page_only_is_text():
    pages = [page(1, head="Ein Titel ganz oben", size=14), page(2), page(3)]
    assert without_running_lines(pages)[0][0].text == "Ein Titel ganz oben"


def test_the_head_of_a_single_page_is_told_by_small_letters_with_nothing_near_them():
    (kept,) = without_running_lines([page(1)])
    assert [line.text for line in kept] == [FULL, f"{FULL} ä"]


def test_footnotes_stay():
    notes = column("1 Dazu der Beschluss des Rates vom Mai", "2 Ebenda", top=80, size=8, step=9)
    (kept,) = without_running_lines([Page((*column(FULL, FULL), *notes), 0, 842)])
    assert len(kept) == 4


def test_a_line_that_is_repeated_within_the_text_stays():
    kept = without_running_lines([Page(tuple(column("Kontakt", FULL)), 0, 842)] * 4)
    assert [len(lines) for lines in kept] == [2, 2, 2, 2]


def test_no_lines_are_no_paragraphs():
    assert paragraphs([]) == []
    assert paragraphs([[], [Line(" ", 0, 0, 0)]]) == []
