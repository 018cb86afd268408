"""Timings: seconds by stage, summed over processes."""

from __future__ import annotations

import pickle

import pytest

from koopgraph.timings import Timings


def test_a_block_adds_its_time_to_the_stage_even_where_it_raises() -> None:
    timings = Timings()
    with pytest.raises(RuntimeError), timings.of("read"):
        raise RuntimeError
    first = timings.seconds["read"]
    with timings.of("read"):
        pass
    assert timings.seconds["read"] > first > 0
    assert timings.wall >= timings.seconds["read"]


def test_what_a_worker_spent_is_added_to_the_sum() -> None:
    worker = Timings()
    worker.add("read", 1.0)
    worker.add("extract", 0.25)
    timings = Timings(processes=2)
    timings.add("extract", 0.5)
    timings.merge(pickle.loads(pickle.dumps(worker.seconds)))  # noqa: S301 - as it comes from a worker
    assert timings.rounded() == {"extract": 0.75, "read": 1.0}
    assert timings.processes == 2


def test_stages_stand_in_the_order_in_which_they_began_to_the_millisecond() -> None:
    timings = Timings()
    timings.add("read", 0.12345)
    timings.add("annotate", 1)
    timings.add("read", 0.1)
    assert list(timings.rounded().items()) == [("read", 0.223), ("annotate", 1)]
