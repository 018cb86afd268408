"""What a command shows of how far it is: a bar on a terminal, and the log that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from koopgraph.cli.logs import Talk
from koopgraph.events import StageEvents
from koopgraph.progress import Progress, silent

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import Task
    from rich.text import Text

SILENT = Talk()


@contextmanager
def progress_bar(*, quiet: bool = False, talk: Talk = SILENT) -> Iterator[Progress]:
    """Yield what draws its stage, steps, rate, remaining time and failures on a terminal, and logs the stages.

    Where standard error is no terminal, or ``talk`` asks for JSON there, nothing is drawn.
    """
    with nullcontext(silent) if quiet or talk.json else _drawing() as draw:
        events = StageEvents(draw)
        yield events
        events.close()


@contextmanager
def _drawing() -> Iterator[Progress]:
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    with _bar(console) as bar:
        task = bar.add_task("starting", total=None, failed=0)
        shown = ""

        def draw(stage: str, done: int, total: int | None, failed: int = 0) -> None:
            nonlocal shown, task
            if stage != shown:
                shown = stage
                bar.remove_task(task)  # the rate of one stage says nothing of the next one's
                task = bar.add_task(stage, total=total, completed=done, failed=failed)
            bar.update(task, completed=done, total=total, failed=failed)

        yield draw


def _bar(console: Console) -> Bar:
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.table import Column
    from rich.text import Text

    class Rate(ProgressColumn):
        """Steps a second over the last half minute, once they are known."""

        max_refresh = 0.5

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    class Failed(ProgressColumn):
        """How many steps failed, where any did."""

        def render(self, task: Task) -> Text:
            failed = task.fields["failed"]
            return Text(f"{failed:,} failed" if failed else "", style="red")

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None, table_column=Column(ratio=1)),  # as wide as the numbers leave it
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(compact=True),
        Failed(),
    )
    return Bar(*columns, console=console, transient=True, expand=True)
