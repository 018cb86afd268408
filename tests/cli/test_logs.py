"""What commands say while they work: nothing, lines, or JSON lines, on standard error alone."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from koopgraph.cli import main
from koopgraph.cli.logs import JsonLines, Talk, complain, say, set_up, take_down
from koopgraph.cli.progress import progress_bar

Run = Callable[..., "CompletedProcess[bytes]"]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with a good article and an empty one, inside the folder that the command runs in."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "köln.txt").write_text("Neues aus Köln\n\nIn Köln fand das Richtfest statt.", encoding="utf-8")
    (folder / "leer-ö.txt").touch()
    return folder


@pytest.fixture
def _taken_down() -> Iterator[None]:
    """Leave no logging set up behind."""
    yield
    take_down()


def lines(done: CompletedProcess[bytes]) -> list[str]:
    return done.stderr.decode("utf-8", "replace").splitlines()


def events(done: CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines(done)]


def test_without_being_asked_a_pipe_gets_the_summary_alone(koopgraph: Run, articles: Path) -> None:
    said = "\n".join(lines(koopgraph("build", articles, "-o", "out")))
    assert "reading articles" not in said
    assert said.count("is empty") == 1
    assert "annotate" not in said
    assert "1 articles in" in said


def test_v_tells_each_stage_each_problem_and_a_table_of_times(koopgraph: Run, articles: Path) -> None:
    done = koopgraph("build", articles, "-o", "out", "-v")
    said = lines(done)
    begun = [line.split(maxsplit=1)[1] for line in said if line[2:3] == ":"]
    for stage in ("reading articles", "resolving names", "writing graph.ttl", "writing network.html"):
        assert stage in begun
        assert any(line.startswith(f"{stage}: ") for line in begun)
    assert sum("is empty" in line for line in said) == 2  # as it is met, and in the summary
    header = next(line.split() for line in said if line.startswith("stage"))
    assert header == ["stage", "seconds", "share", "articles/s"]
    assert {"read", "annotate", "extract"} < {line.split()[0] for line in said if "%" in line}
    assert done.stdout == b""


def test_json_lines_are_all_that_is_said(koopgraph: Run, articles: Path) -> None:
    done = koopgraph("build", articles, "-o", "out", "--log-json")
    told = events(done)
    assert (done.returncode, done.stdout) == (0, b"")
    assert all({"time", "level", "logger", "message"} <= event.keys() for event in told)
    assert all(datetime.fromisoformat(event["time"]).utcoffset() == timedelta(0) for event in told)
    begun, ended = ([e["stage"] for e in told if e["event"] == f"stage-{what}"] for what in ("begin", "end"))
    assert begun == ended
    assert begun[0] == "reading articles"
    assert all(e["seconds"] >= 0 for e in told if e["event"] == "stage-end")
    (problem,) = [e for e in told if e["event"] == "problem"]
    assert (problem["source"], problem["kind"], problem["level"]) == ("leer-ö.txt", "unreadable", "WARNING")
    assert told[-1]["event"] == "built"
    assert (told[-1]["articles"], told[-1]["problems"]) == (1, 1)


def test_an_error_is_a_json_line_too(koopgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for arguments in (
        ("build", "articles", "nowhere"),
        ("build", "articles", "--config", "none.toml"),
        ("build", "articles", "--config", "none.toml", "--quiet"),
        ("link", "nowhere", "--service", "wikidata"),
        ("evaluate", "nowhere"),
    ):
        done = koopgraph(*arguments, "--log-json")
        event = events(done)[-1]
        assert (done.returncode, event["event"], event["exit"], event["level"]) == (2, "failed", 2, "ERROR")


def test_vv_shows_where_an_internal_error_came_from(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOOPGRAPH_DEBUG", raising=False)
    monkeypatch.setattr(sys, "stdin", None)  # as nothing that a user does should
    for option, shown in (("-v", False), ("-vv", True)):
        with pytest.raises(SystemExit) as ended:
            main(["build", "-", option])
        said = capsys.readouterr().err
        assert ended.value.code == 3
        assert said.splitlines()[-1].startswith("koopgraph: internal error: ")
        assert ("Traceback" in said) is shown


def test_quiet_json_has_errors_alone(koopgraph: Run, articles: Path) -> None:
    done = koopgraph("build", articles, "-o", "out", "--log-json", "-q")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("option", ["-v", "--log-json"])
def test_logs_change_no_output(koopgraph: Run, articles: Path, tmp_path: Path, option: str) -> None:
    koopgraph("build", articles, "-o", "plain")
    koopgraph("build", articles, "-o", "logged", option)
    for name in ("graph.ttl", "dataset.trig", "network.html"):
        assert (tmp_path / "plain" / name).read_bytes() == (tmp_path / "logged" / name).read_bytes()


def test_evaluate_logs_too_and_keeps_its_standard_output(koopgraph: Run) -> None:
    gold = Path(__file__).parents[1] / "data" / "gold"
    done = koopgraph("evaluate", gold, "--json", "--log-json")
    assert json.loads(done.stdout)
    assert {event["event"] for event in events(done)} == {"stage-begin", "stage-end"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("options", [[], ["-v"], ["--log-json"]])
def test_an_interrupt_is_one_line_without_a_traceback(articles: Path, tmp_path: Path, options: list[str]) -> None:
    for number in range(300):
        (articles / f"{number}.txt").write_text(f"Nummer {number}\n\n" + "In Köln wird gebaut. " * 50, encoding="utf-8")
    code = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\nfrom koopgraph.cli import main\nmain()"
    command = [sys.executable, "-c", code, "build", str(articles), "-o", str(tmp_path / "out"), *options]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (tmp_path / "out").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    _, error = running.communicate(timeout=30)
    said = error.decode("utf-8").splitlines()
    assert running.returncode == 130
    assert "interrupted" in said[-1]
    assert "Traceback" not in "\n".join(said)
    assert "" not in said
    if not options:
        assert len(said) == 1
    if options == ["--log-json"]:
        assert json.loads(said[-1])["exit"] == 130


def test_importing_sets_no_logging_up() -> None:
    code = (
        "import logging, koopgraph.pipeline, koopgraph.cli.build, koopgraph.cli.progress\n"
        "print(logging.getLogger().handlers, logging.getLogger('koopgraph').level)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[] 0\n"


def test_what_a_command_set_up_is_gone_when_it_ends(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    with pytest.raises(SystemExit):
        main(["build", str(tmp_path), "-o", str(tmp_path / "out"), "-q"])
    assert logging.getLogger().handlers == before
    assert logging.getLogger("koopgraph").level == logging.NOTSET


@pytest.mark.usefixtures("_taken_down")
def test_a_warning_is_one_printable_line_without_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Talk())
    try:
        raise RuntimeError("deep")
    except RuntimeError:
        logging.getLogger("koopgraph.test").warning("bad \x1b[31m name\nof a file", exc_info=True)
    assert capsys.readouterr().err == "koopgraph: bad  [31m name of a file\n"


@pytest.mark.usefixtures("_taken_down")
def test_vv_shows_the_traceback_and_the_logger(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Talk(verbose=2))
    try:
        raise RuntimeError("deep")
    except RuntimeError:
        logging.getLogger("koopgraph.test").debug("internal error in a.txt", exc_info=True)
    said = capsys.readouterr().err
    assert "DEBUG" in said
    assert "koopgraph.test: internal error in a.txt\nTraceback" in said
    assert said.endswith("RuntimeError: deep\n")


@pytest.mark.usefixtures("_taken_down")
def test_what_others_warn_of_goes_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Talk(json=True))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", UserWarning, stacklevel=1)
    logging.getLogger("another").warning("strange")
    logging.getLogger("another").info("chatter")
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["logger"] for event in told] == ["py.warnings", "another"]


@pytest.mark.usefixtures("_taken_down")
def test_json_is_json_whatever_the_text_and_the_fields(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Talk(json=True))
    say('a "quoted"\nname \x1b', path=Path("x"), figures={"f1": 0.5})
    complain("no such thing", excerpt="here", event="failed", exit=2)
    one, two = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert one["message"] == 'a "quoted"\nname \x1b'
    assert (one["path"], one["figures"]) == ("x", {"f1": 0.5})
    assert (two["level"], two["exit"]) == ("ERROR", 2)


def test_names_that_are_no_text_are_escaped() -> None:
    # Not logged: what a test logs is sent between the processes of the suite, which half a character would end.
    record = logging.makeLogRecord({"msg": "name \udcff", "levelname": "INFO", "name": "koopgraph"})
    line = JsonLines().format(record).encode("utf-8")
    assert json.loads(line)["message"] == "name \udcff"


@pytest.mark.usefixtures("_taken_down")
def test_without_a_terminal_nothing_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as tell:
        tell("reading articles", 1, 2, 1)
        tell("reading articles", 2, 2, 1)
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_terminal_shows_stage_rate_remaining_time_and_failures(tmp_path: Path) -> None:
    import pty

    code = (
        "import time\nfrom koopgraph.cli.progress import progress_bar\n"
        "with progress_bar() as tell:\n"
        "    for n in range(12):\n        tell('reading articles', n, 1200, n // 4); time.sleep(0.15)\n"
    )
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm-256color", "NO_COLOR": ""}
    environment.pop("NO_COLOR")
    running = subprocess.Popen([sys.executable, "-c", code], stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        seen += chunk
    os.close(ours)
    assert running.wait(30) == 0
    text = seen.decode("utf-8")
    assert "reading articles" in text
    assert "/1200" in text
    assert "/s" in text
    assert "\x1b[31m2 failed" in text
