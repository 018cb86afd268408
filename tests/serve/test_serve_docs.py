"""The page on serving: its examples run, its options exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from koopgraph.cli.serve import serve

from .conftest import Served

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "serve.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^<!-- run with a server -->\n```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=[code.splitlines()[0][:40] for _, code in EXAMPLES])
def test_the_examples_run(
    served: Served,
    language: str,
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if "SPARQLWrapper" in code:
        pytest.importorskip("SPARQLWrapper")
    monkeypatch.chdir(tmp_path)
    ours = code.replace("http://127.0.0.1:8000", served.url)
    assert ours != code
    if language == "python":
        # The page is ours: it is code of this repository as much as the tests are.
        exec(compile(ours, "docs/serve.md", "exec"), {"__name__": "example"})  # noqa: S102
        assert "Leipzig" in capsys.readouterr().out
        return
    bash, curl = shutil.which("bash"), shutil.which("curl")
    if not bash or not curl:
        pytest.skip("no bash or no curl on this machine")
    script = "set -e\n" + ours.replace("curl ", "curl --silent --show-error --fail --noproxy '*' ")
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert all((tmp_path / name).stat().st_size > 0 for name in re.findall(r"-o (\S+)", code))


def test_all_examples_are_found() -> None:
    assert [language for language, _ in EXAMPLES] == ["sh", "python", "python", "sh"]


def test_every_option_that_the_page_names_exists() -> None:
    known = {name for option in serve.params for name in option.opts}
    named = set(re.findall(r"`(--[a-z-]+)", PAGE)) | set(re.findall(r"koopgraph serve.*?(--[a-z-]+)", PAGE))
    assert named - known == set()
    assert {"--timeout", "--workers", "--max-bytes", "--allow-service", "--cors", "--url", "--host"} <= named
