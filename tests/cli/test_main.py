"""The command line as a whole: help, version, exit codes, and what an error looks like."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator

import pytest

import koopgraph
from koopgraph.cli import COMMANDS, main


class Failing(io.StringIO):
    """Standard input that fails when it is read, as nothing that a user does should."""

    def __init__(self, failure: BaseException) -> None:
        super().__init__()
        self.failure = failure

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        raise self.failure


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_help_lists_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    printed = capsys.readouterr()
    assert all(name in printed.out and COMMANDS[name] in printed.out for name in COMMANDS)
    assert printed.err == ""


def test_without_arguments_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert "Usage" in capsys.readouterr().out


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert koopgraph.__version__ in capsys.readouterr().out


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help_that_ends_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    assert f"Example: koopgraph {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("biuld",), "biuld"), (("--nonsense",), "--nonsense"), (("extractors", "more"), "more")],
)
def test_wrong_usage_is_one_line_on_stderr_and_exit_2(
    arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith("koopgraph: ")
    assert says in printed.err


def test_an_internal_error_is_one_line_and_exit_3(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOOPGRAPH_DEBUG", raising=False)
    monkeypatch.setattr(sys, "stdin", Failing(RuntimeError("the disk\nis on fire")))
    assert run("build", "-") == 3
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        "koopgraph: internal error: RuntimeError: the disk is on fire; KOOPGRAPH_DEBUG=1 shows where"
    ]


def test_debugging_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOOPGRAPH_DEBUG", "1")
    monkeypatch.setattr(sys, "stdin", Failing(RuntimeError("on fire")))
    with pytest.raises(RuntimeError, match="on fire"):
        main(["build", "-"])


def test_an_interrupt_is_one_line_and_exit_130(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOOPGRAPH_DEBUG", raising=False)
    monkeypatch.setattr(sys, "stdin", Failing(KeyboardInterrupt()))
    assert run("build", "-") == 130
    error = capsys.readouterr().err.strip()
    assert error.startswith("koopgraph: interrupted")
    assert "\n" not in error


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE and no head")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -c 'from koopgraph.cli import main; main()' --help | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_starting_a_command_does_not_import_the_others() -> None:
    code = (
        "import sys\nfrom koopgraph.cli import main\n"
        "try: main(['extractors'])\nexcept SystemExit: pass\n"
        "print([m for m in ('koopgraph.cli.build', 'rich', 'rdflib', 'networkx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
