"""EDTF as XSD literals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import SH, Graph, URIRef

from koopgraph.rdf.dates import bounds, days, is_edtf
from koopgraph.rdf.vocabulary import XSD, ontology_file

DAY, MONTH, YEAR, YEARLESS = "date", "gYearMonth", "gYear", "gMonthDay"


def pattern() -> re.Pattern[str]:
    shapes = Graph().parse(data=ontology_file("shapes.ttl").read_bytes(), format="turtle")
    return re.compile(str(shapes.value(URIRef("https://w3id.org/koopgraph/shapes#date-object"), SH.pattern)))


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2015-09-18", ("2015-09-18", DAY), ("2015-09-18", DAY)),
        ("2015-09", ("2015-09", MONTH), ("2015-09", MONTH)),
        ("2015", ("2015", YEAR), ("2015", YEAR)),
        ("2015-09-16/2015-09-18", ("2015-09-16", DAY), ("2015-09-18", DAY)),
        ("2015-09/2016", ("2015-09", MONTH), ("2016", YEAR)),
        ("2019/..", ("2019", YEAR), None),
        ("../2027-06", None, ("2027-06", MONTH)),
        ("2019/", ("2019", YEAR), None),
        ("/2027", None, ("2027", YEAR)),
        ("XXXX-09-16", ("--09-16", YEARLESS), ("--09-16", YEARLESS)),
        ("XXXX-09-16/XXXX-09-18", ("--09-16", YEARLESS), ("--09-18", YEARLESS)),
        ("XXXX-02-29", ("--02-29", YEARLESS), ("--02-29", YEARLESS)),
        ("XXXX-09", None, None),
        ("201X", ("2010", YEAR), ("2019", YEAR)),
        ("19XX", ("1900", YEAR), ("1999", YEAR)),
        ("2015-XX", ("2015", YEAR), ("2015", YEAR)),
        ("2015-09-XX", ("2015-09", MONTH), ("2015-09", MONTH)),
        ("2015-21", ("2015", YEAR), ("2015", YEAR)),
        ("2015-09-18?", ("2015-09-18", DAY), ("2015-09-18", DAY)),
        ("1984~/2004-06", ("1984", YEAR), ("2004-06", MONTH)),
    ],
)
def test_a_date_gives_its_first_and_last_literal(
    edtf: str, start: tuple[str, str] | None, end: tuple[str, str] | None
) -> None:
    found = [bound and (bound.value, bound.datatype.value) for bound in bounds(edtf)]

    assert found == [expected and (expected[0], XSD[expected[1]]) for expected in (start, end)]
    assert is_edtf(edtf)


@pytest.mark.parametrize(
    "text",
    ["", "/", "..", "../..", "16.09.2015", "2015-13", "2015-02-30", "2015-9", "2015/2016/2017", "2015-09-18/x", "XXXX",
     "2015-9-1", "20150918", "２０１５", "2015-21-03", "2015-XX-03", "15X5", " 2015", "2015\n"],
)  # fmt: skip
def test_what_is_no_edtf_has_no_bounds_and_is_refused_by_the_shape(text: str) -> None:
    assert bounds(text) == (None, None)
    assert not is_edtf(text)
    # A pattern knows no calendar; nor does it, by '$', mind a line end.
    assert pattern().search(text) is None or text in ("2015-02-30", "2015\n")


@given(st.from_regex(pattern(), fullmatch=True))
def test_whatever_the_shape_takes_is_edtf_unless_the_calendar_forbids_it(text: str) -> None:
    assert is_edtf(text) or re.search(r"-(02-(29|30|31)|(04|06|09|11)-31)", text)


@given(st.text(max_size=25))
def test_any_text_has_bounds_or_none_but_never_raises(text: str) -> None:
    assert is_edtf(text) or bounds(text) == (None, None)


@given(st.dates())
def test_every_day_of_the_calendar_is_its_own_first_and_last_day(day: object) -> None:
    start, end = bounds(str(day))

    assert start == end
    assert start is not None
    assert start.value == str(day)


@pytest.mark.parametrize(
    ("edtf", "first", "last", "yearless"),
    [
        ("2015-09-18", "2015-09-18", "2015-09-18", False),
        ("2015-02", "2015-02-01", "2015-02-28", False),
        ("2015", "2015-01-01", "2015-12-31", False),
        ("2015-XX", "2015-01-01", "2015-12-31", False),
        ("2015-22", "2015-01-01", "2015-12-31", False),
        ("201X", "2010-01-01", "2019-12-31", False),
        ("201X-02-29", "2010-02-28", "2019-02-28", False),
        ("XXXX-02-29", "2000-02-29", "2000-02-29", True),
        ("XXXX-02", "2000-02-01", "2000-02-29", True),
    ],
)
def test_a_date_may_mean_any_of_its_days(edtf: str, first: str, last: str, yearless: bool) -> None:
    found = days(edtf)

    assert found is not None
    assert (str(found.first), str(found.last), found.yearless) == (first, last, yearless)


@given(st.from_regex(pattern(), fullmatch=True) | st.text(max_size=12))
def test_days_are_in_order_and_only_of_single_dates(text: str) -> None:
    found = days(text)

    assert found is None or (found.first <= found.last and "/" not in text and is_edtf(text))
