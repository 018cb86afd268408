"""Times in EDTF: what counts as a time, its value, its open ends, and the year that is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate.dates import find
from koopgraph.model import Language

TRAIN = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "train"
FLOOR = 0.9


def values(text: str, language: Language = "de", reference: str | None = None) -> list[str]:
    return [time.edtf for time in find(text, language, reference)]


def is_edtf(value: str) -> bool:
    """Ask the edtf library, which cannot read the unknown year of an open interval ('XXXX-05/..')."""
    return parse_edtf(value.replace("XXXX", "2000") if "/" in value else value) is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Montag, 3. Mai 2021", "2021-05-03"),
        ("Mo, 3. Februar 2025", "2025-02-03"),
        ("am 03.05.21 um zehn", "2021-05-03"),
        ("zum 1.1.2020", "2020-01-01"),
        ("2021-05-03", "2021-05-03"),
        ("am 2. Mai", "XXXX-05-02"),
        ("vom 16.-18.09. in Leipzig", "XXXX-09-16/XXXX-09-18"),
        ("vom 16.–18. September", "XXXX-09-16/XXXX-09-18"),
        ("3./4. Mai 2019", "2019-05-03/2019-05-04"),
        ("5. + 6. September 2019", "2019-09-05/2019-09-06"),
        ("Mi 22. bis So 26. Mai 2024", "2024-05-22/2024-05-26"),
        ("vom 30. September bis 2. Oktober 2021", "2021-09-30/2021-10-02"),
        ("1.6.–3.6.2022", "2022-06-01/2022-06-03"),
        ("am 9. und 10. Oktober 2019", "2019-10-09/2019-10-10"),
        ("im Mai 2020", "2020-05"),
        ("Mitte Mai 2020", "2020-05"),
        ("im Frühjahr 2015", "2015"),
        ("Ende 2018 war Schluss", "2018"),
        ("im vierten Quartal 2027", "2027"),
        ("KW 23/2020", "2020-06"),
        ("Laufzeit 01/2019 – 12/2023", "2019-01/2023-12"),
        ("zum Schuljahr 2026/27", "2026"),
    ],
)
def test_german_dates(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zwischen 2007 und 2015", "2007/2015"),
        ("2007–2015", "2007/2015"),
        ("2007/08", "2007/2008"),
        ("von 2007 bis 2015 gefördert", "2007/2015"),
        ("2012 und 2013 gebaut", "2012/2013"),
        ("Juli 2023 bis Dezember 2026", "2023-07/2026-12"),
        ("von November bis Februar 2020", "2019-11/2020-02"),
        ("seit 2016", "2016/.."),
        ("von 2017 an", "2017/.."),
        ("ab Herbst 2024", "2024/.."),
        ("bis Ende 2027", "../2027"),
        ("bis zum Frühjahr 2021", "../2021"),
    ],
)
def test_german_ranges_and_open_ends(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("May 3, 2021", "2021-05-03"),
        ("on Wednesday, 3 May 2021", "2021-05-03"),
        ("the 3rd of May", "XXXX-05-03"),
        ("Sept. 5, 2019", "2019-09-05"),
        ("on 14/03/2021", "2021-03-14"),
        ("12–14 October 2022", "2022-10-12/2022-10-14"),
        ("October 12 to 14", "XXXX-10-12/XXXX-10-14"),
        ("31 July – 3 August 2022", "2022-07-31/2022-08-03"),
        ("between March and May 2020", "2020-03/2020-05"),
        ("since 2016", "2016/.."),
        ("from 2016 to 2020", "2016/2020"),
        ("by the end of 2027", "../2027"),
        ("in the autumn of 2023", "2023"),
        ("in late 2024", "2024"),
    ],
)
def test_english_dates(text: str, value: str) -> None:
    assert values(text, "en") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Er kam gestern.", "2021-04-30"),
        ("Am kommenden Freitag wird gefeiert.", "2021-05-07"),
        ("Am vergangenen Mittwoch war es so weit.", "2021-04-28"),
        ("Am Donnerstag hat der Rat zugestimmt.", "2021-04-29"),
        ("Die Feier ist am Montag um 10 Uhr.", "2021-05-03"),
        ("Das war letztes Jahr.", "2020"),
        ("Im kommenden Jahr ist Schluss.", "2022"),
        ("Vor zwei Jahren fing es an.", "2019"),
        ("Seit drei Jahren läuft das.", "2018/.."),
        ("Am 3. Juni wird eröffnet.", "2021-06-03"),
        ("Im Dezember wurde gebaut.", "2020-12"),
        ("Ab November wird gebaut.", "2021-11/.."),
        ("Im Herbst soll es losgehen.", "2021"),
        ("vom 16.-18.09.", "2021-09-16/2021-09-18"),
    ],
)
def test_the_article_s_date_settles_what_is_left_out(text: str, value: str) -> None:
    assert values(text, "de", "2021-05-01") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [("last Friday", "2021-04-30"), ("next year", "2022"), ("two years ago", "2019"), ("tomorrow", "2021-05-02")],
)
def test_relative_english_times(text: str, value: str) -> None:
    assert values(f"It was {text}.", "en", "2021-05-01") == [value]


def test_relative_times_need_the_article_s_day() -> None:
    assert values("Gestern, am kommenden Freitag und letztes Jahr.", "de", None) == []
    assert values("Gestern und letztes Jahr.", "de", "2021-05") == ["2020"]


def test_without_a_date_of_publication_the_first_full_date_of_the_text_settles_the_year() -> None:
    text = "Protokoll vom 17. März 2021\n\nDas Protokoll vom 16. Dezember wird genehmigt. Eröffnung am 26. Juni."
    assert values(text) == ["2021-03-17", "2020-12-16", "2021-06-26"]


def test_weekdays_of_a_programme_are_days_of_the_congress() -> None:
    text = "12. und 13. Juni 2024\n\nMITTWOCH\n10.00 Begrüßung\n\nDONNERSTAG\n9.00 Exkursion"
    assert values(text) == ["2024-06-12/2024-06-13", "2024-06-12", "2024-06-13"]


@pytest.mark.parametrize(
    "text", ["im Jahr 2015", "2015 eröffnet", "Das Haus (2015) steht.", "Der Preis ging 2015 an Ulm."]
)
def test_a_year_that_stands_like_a_date_is_one(text: str) -> None:
    assert values(text) == ["2015"]


@pytest.mark.parametrize(
    "text",
    [
        "Agenda 2030",
        "Stuttgart 21",
        "Das INSEK Leipzig 2030 gilt.",
        "Die IBA 2027 kommt.",
        "Das kostet 2015 Euro.",
        "Ein Quartier mit 2000 Wohnungen",
        "Musterstraße 12, 04109 Leipzig, Tel. 0341 2015",
        "in den 1990er Jahren",
        "Drucksache 17/2015",
        "2,015 Mio., 12:2015, §2015, 20150",
        "Juli Zeh las, und August Macke malte.",
        "Die Stadt von morgen ist bis heute ein Traum.",
    ],
)
def test_names_amounts_and_numbers_are_no_times(text: str) -> None:
    assert values(text, "de", "2020-01-01") == []


@pytest.mark.parametrize(
    "text", ["31.02.2020", "12.13.2020", "29. Februar 2021", "im Jahr 99999", "0.0.2020", "32. Mai 2020"]
)
def test_impossible_dates_never_come_out(text: str) -> None:
    assert values(text) == []


def test_a_leap_day_needs_a_leap_year() -> None:
    assert values("am 29. Februar") == ["XXXX-02-29"]
    assert values("am 29. Februar", "de", "2020-05-01") == ["2020-02-29"]
    assert values("am 29. Februar", "de", "2021-05-01") == []


_PIECES = st.sampled_from(
    ["16.", "-", "18.09.", " ", "September", "2015", "2015/16", " bis ", " und ", "seit ", "am ", "Freitag", "kommenden ", "29.2.", "\n",
     "May ", "3", ", ", "KW ", "99", "Ende ", "heute ", "in ", "Herbst ", "0", "31.", "1.", "to ", "until ", "vor zwei Jahren"]
)  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(_PIECES, max_size=25).map("".join)),
    st.sampled_from(["de", "en", "und"]),
    st.sampled_from([None, "2015-09-21", "2015-09", "2015", "9999-12-31", "1000-01-01", "nonsense", "2015-02-31"]),
)
def test_whatever_the_text_the_times_are_valid_edtf_and_disjoint(
    text: str, language: Language, reference: str | None
) -> None:
    end = 0
    for expression in find(text, language, reference):
        assert end <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        assert is_edtf(expression.edtf)
        end = expression.end


@pytest.mark.skipif(not TRAIN.is_dir(), reason="the annotated articles are not beside this checkout")
def test_dates_of_the_annotated_articles_are_found() -> None:
    total = found = 0
    for path in sorted(TRAIN.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not gold["file"].endswith((".txt", ".md")):
            continue
        text = (TRAIN / gold["file"]).read_text(encoding="utf-8")
        known = set(values(text, gold["language"], gold["article"].get("published")))
        ends = {end for value in known for end in value.split("/")} | {value[:4] for value in known}
        dates = [relation["value"] for relation in gold["relations"] if relation["p"] == "date"]
        total += len(dates)
        found += sum(value in known or set(value.split("/")) <= ends for value in dates)
    assert found / total >= FLOOR
