"""Run a command in a fresh process; how long it took, and how much memory it and its children had."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

LAUNCHER = str(Path(__file__).with_name("launch.py"))
SAMPLE_EVERY = 0.1  # seconds
ENDING = 5.0  # seconds that processes are given to end by themselves


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall and processor time in seconds, memory in bytes, and what it printed.

    ``tree_bytes`` is the highest sum, sampled, of what the process and its children held (pages that they share count
    in each); ``peak_bytes`` the most that a single process held, by the operating system's own account, which Windows
    does not give, nor the processor's time. ``timed_out`` is whether the run was ended because it took too long.
    """

    seconds: float
    processor: float | None
    tree_bytes: int
    peak_bytes: int | None
    printed: str = ""
    timed_out: bool = False


class Failed(Exception):
    """A command that ended with another status than 0."""


class _Sampler(threading.Thread):
    """Adds up the memory of what a process has started, until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self._ended = threading.Event()
        self._most = 0

    def run(self) -> None:
        while not self._ended.wait(SAMPLE_EVERY):
            self._most = max(self._most, self._held())

    def stop(self) -> int:
        """Stop sampling; return the highest sum."""
        self._ended.set()
        self.join()
        return self._most

    def _held(self) -> int:
        held = 0
        try:
            for process in self._process.children(recursive=True):
                try:
                    held += process.memory_info().rss
                except psutil.Error:  # it has just ended
                    continue
        except psutil.Error:
            pass
        return held


def run(*command: str, timeout: float | None = None) -> Run:
    """Run ``command`` to its end, or for ``timeout`` seconds.

    Raises :class:`Failed` with what it said where it ends with another status than 0.
    """
    with tempfile.TemporaryDirectory() as folder:
        used, printed, said = (Path(folder) / name for name in ("used", "printed", "said"))
        with printed.open("w") as out, said.open("w") as messages:
            started = time.perf_counter()
            process = subprocess.Popen([sys.executable, LAUNCHER, str(used), *command], stdout=out, stderr=messages)
            sampler = _Sampler(process.pid)
            sampler.start()
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                _end(process)
            seconds = time.perf_counter() - started
            tree = sampler.stop()
        if process.returncode != 0:
            return Run(seconds, None, tree, None, timed_out=True)
        account = json.loads(used.read_text(encoding="utf-8"))
        if account["status"] != 0:
            message = said.read_text(encoding="utf-8")[-2000:]
            raise Failed(f"{' '.join(command)} ended with {account['status']}:\n{message}")
        tree = max(tree, account["peak"] or 0)
        return Run(seconds, account["processor"], tree, account["peak"], printed.read_text(encoding="utf-8"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the launcher and what it has started, and nothing else."""
    launcher = psutil.Process(process.pid)
    started = launcher.children(recursive=True)
    process.kill()
    process.wait()
    for way in ("terminate", "kill"):
        for one in started:
            try:
                getattr(one, way)()
            except psutil.Error:  # it has ended already
                continue
        _, started = psutil.wait_procs(started, timeout=ENDING)


def command_line() -> tuple[str, ...]:
    """Return the ``koopgraph`` command of this Python, as words."""
    return sys.executable, "-c", "import sys; from koopgraph.cli import main; sys.exit(main())"


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size
