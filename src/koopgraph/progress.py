"""How long work tells what it does, so that whoever waits can see how far it is."""

from __future__ import annotations

from typing import Protocol

DONE = "done"
"""The stage that says that all is done: nothing is worked at in it."""


class Progress(Protocol):
    """What long work calls as it goes on: from one thread of the process that was asked, often, so it returns fast.

    ``stage`` says what is being done ('reading articles'); a new name begins a new stage and ends the one before.
    ``done`` counts its steps so far, out of ``total``, or of None where nobody knows how many there will be.
    ``failed`` is how many of those done became a problem instead of a result. An exception that is raised here ends
    the work, as an interrupt would.
    """

    def __call__(self, stage: str, done: int, total: int | None, failed: int = 0) -> None:
        """Take the stage, the steps done, their number in all, and how many of those done failed."""


def silent(stage: str, done: int, total: int | None, failed: int = 0) -> None:
    """Tell nobody."""
