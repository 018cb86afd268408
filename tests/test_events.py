"""What long work logs: an event each stage's beginning and end, in between, and each problem."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from koopgraph.events import StageEvents, duration, problem_event
from koopgraph.model import Problem
from koopgraph.progress import DONE


class Clock:
    """A clock that stands still until it is put forward."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _informed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="koopgraph")


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [vars(record) for record in caplog.records]


def test_a_stage_begins_goes_on_and_ends(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    tell = StageEvents(clock=clock, every=10)
    for second in range(26):
        tell("reading articles", second * 4, 200, second // 10)
        clock.now += 1
    tell("resolving names", 0, 1)
    assert [line.getMessage() for line in caplog.records] == [
        "reading articles",
        "reading articles: 40 of 200, 4.0/s, 40 s left, 1 failed",
        "reading articles: 80 of 200, 4.0/s, 30 s left, 2 failed",
        "reading articles: 100 in 26 s, 3.8/s, 2 failed",
        "resolving names",
    ]
    events = told(caplog)
    assert [event["event"] for event in events] == [
        "stage-begin",
        "stage-progress",
        "stage-progress",
        "stage-end",
        "stage-begin",
    ]
    expected = {"stage": "reading articles", "done": 40, "total": 200, "failed": 1, "seconds": 10.0, "rate": 4.0}
    assert {name: events[1][name] for name in expected} == expected
    assert events[1]["remaining"] == 40.0


def test_the_rate_is_that_of_the_last_half_minute(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    tell = StageEvents(clock=clock, every=10)
    done = 0
    for second in range(101):
        tell("reading articles", done, None)
        done += 100 if second < 50 else 10
        clock.now += 1
    assert told(caplog)[-1]["rate"] == 10.0
    assert caplog.messages[-1] == "reading articles: 5,500, 10.0/s"


def test_a_stage_without_steps_has_no_rate_and_done_is_no_stage(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    tell = StageEvents(clock=clock)
    tell("writing store", 2, 4)
    clock.now += 3
    tell(DONE, 4, 4)
    tell.close()
    assert caplog.messages == ["writing store", "writing store: 3.0 s"]
    assert "rate" not in told(caplog)[-1]


def test_a_stage_that_stands_still_has_no_time_left(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    tell = StageEvents(clock=clock)
    tell("reading articles", 0, 10)
    clock.now += 11
    tell("reading articles", 0, 10)
    assert caplog.messages[-1] == "reading articles: 0 of 10, 0.0/s"
    assert "remaining" not in told(caplog)[-1]


def test_everything_is_passed_on() -> None:
    heard: list[tuple[object, ...]] = []
    tell = StageEvents(lambda *step: heard.append(step))
    tell("reading articles", 1, 2, 1)
    tell(DONE, 4, 4)
    assert heard == [("reading articles", 1, 2, 1), (DONE, 4, 4, 0)]


def test_a_problem_is_a_warning_with_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    problem_event(Problem("a%s.txt", "is empty", "Check it.", "unreadable"))
    (event,) = told(caplog)
    assert event["levelno"] == logging.WARNING
    assert caplog.messages == ["a%s.txt: is empty. Check it."]
    assert (event["event"], event["source"], event["kind"]) == ("problem", "a%s.txt", "unreadable")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1:00"),
        (3599.7, "1:00:00"),
        (90061, "25:01:01"),
    ],
)
def test_durations_are_as_people_say_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
