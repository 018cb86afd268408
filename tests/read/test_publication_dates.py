"""Dates as they are written become EDTF; what is no certain date becomes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.read.dates import find_dates, to_edtf


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2015-09-21", "2015-09-21"),
        ("2015-09-21T08:00:00+02:00", "2015-09-21"),
        ("2015-09-21 08:00", "2015-09-21"),
        ("20150921", "2015-09-21"),
        ("2015/09/21", "2015-09-21"),
        ("2015-09", "2015-09"),
        ("2015", "2015"),
        (2015, "2015"),
        ("21.09.2015", "2015-09-21"),
        ("21. 9. 2015", "2015-09-21"),
        ("21.9.15", "2015-09-21"),
        ("Montag, 21. September 2015", "2015-09-21"),
        ("1. Jänner 2025", "2025-01-01"),
        ("3. Mrz 2020", "2020-03-03"),
        ("21 September 2015", "2015-09-21"),
        ("September 21, 2015", "2015-09-21"),
        ("Sept. 21st, 2015", "2015-09-21"),
        ("März 2021", "2021-03"),
        ("Mon, 21 Sep 2015 10:00:00 GMT", "2015-09-21"),
        ("21/09/2015", "2015-09-21"),
        ("09/21/2015", "2015-09-21"),
        (date(2015, 9, 21), "2015-09-21"),
        (datetime(2015, 9, 21, 23, 30, tzinfo=UTC), "2015-09-21"),
    ],
)
def test_a_date_is_read_in_its_usual_forms(written, edtf):
    assert to_edtf(written) == edtf


@pytest.mark.parametrize(
    "written",
    [
        "",
        "gestern",
        "3/4/2020",
        "31.02.2020",
        "2020-13-01",
        "2020-02-30",
        "21. September",
        "16.–18.09.2015",
        None,
        True,
        7,
        [],
        1442793600,
    ],
)
def test_what_is_no_certain_date_is_none(written):
    assert to_edtf(written) is None


@pytest.mark.parametrize(
    "span", ["16. bis 18.9.2015", "2–3 October 2025", "5. + 6. September 2019", "12., und Donnerstag, 13. Juni 2024"]
)
def test_the_end_of_a_span_of_time_is_marked_as_such(span):
    assert all(found.in_range for found in find_dates(span))


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_survives_the_german_the_english_and_the_iso_form(day):
    english = f"{day:%B} {day.day}, {day.year}"
    assert {to_edtf(text) for text in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", english)} == {
        day.isoformat()
    }


@given(st.text(max_size=80))
def test_any_text_is_searched_without_an_error(text):
    for found in find_dates(text):
        assert to_edtf(found.edtf) == found.edtf
        assert 0 <= found.start < found.end <= len(text)
