"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from koopgraph.progress import Progress as ProgressFunction


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[ProgressFunction]:
    """Yield a function that takes (stage, steps done, steps in all or None) and draws them."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
    with bar:
        task = bar.add_task("reading", total=None)

        def advance(stage: str, done: int, total: int | None, failed: int = 0) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield advance
