"""Log records of worker processes: kept there, logged here."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator

import pytest

from koopgraph.worker_logs import MOST, keep_logs, replay_logs, taken_logs

log = logging.getLogger("koopgraph.test")


@pytest.fixture(autouse=True)
def _as_in_a_worker() -> Iterator[None]:
    root, package = logging.getLogger(), logging.getLogger("koopgraph")
    before = list(root.handlers), package.level
    keep_logs(logging.DEBUG)
    taken_logs()
    yield
    root.handlers[:] = before[0]
    package.setLevel(before[1])


def test_records_cross_to_another_process_with_fields_and_traceback(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise RuntimeError("out of ideas")
    except RuntimeError:
        log.debug("internal error in %s", "a.txt", exc_info=True, extra={"source": "a.txt", "odd": lambda: None})
    kept = pickle.loads(pickle.dumps(taken_logs()))  # noqa: S301 - as it comes from a worker
    caplog.clear()
    with caplog.at_level(logging.DEBUG, logger="koopgraph"):
        replay_logs(kept)
    (record,) = caplog.records
    assert (record.getMessage(), record.levelname, record.name) == (
        "internal error in a.txt",
        "DEBUG",
        "koopgraph.test",
    )
    assert record.__dict__["source"] == "a.txt"
    assert "RuntimeError: out of ideas" in str(record.exc_text)


def test_what_is_taken_is_gone_and_what_nobody_wants_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    log.debug("small talk")
    kept = taken_logs()
    assert taken_logs() == ()
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="koopgraph"):
        replay_logs(kept)
    assert caplog.records == []


def test_a_flood_is_cut() -> None:
    for number in range(MOST + 5):
        log.warning("%s", number)
    assert len(taken_logs()) == MOST


def test_keeping_twice_keeps_once() -> None:
    keep_logs(logging.DEBUG)
    log.warning("once")
    assert len(taken_logs()) == 1
