"""The time limit for what cannot be stopped."""

from __future__ import annotations

import time
from typing import Never

import pytest

from koopgraph.errors import QueryTimeoutError
from koopgraph.query.deadline import within


def test_what_is_done_in_time_is_returned_and_what_fails_is_raised() -> None:
    def fail() -> Never:
        raise KeyError("x")

    assert within(0, lambda: "ä") == "ä"
    assert within(5, lambda: None) is None
    with pytest.raises(KeyError, match="x"):
        within(5, fail)


def test_what_takes_longer_is_left_behind() -> None:
    begin = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"no answer within 0.2 seconds.*--timeout"):
        within(0.2, lambda: time.sleep(3))
    assert time.monotonic() - begin < 2
