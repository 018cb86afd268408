"""The documentation cannot rot: commands, links, versions and set-up lines are checked against the code."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from koopgraph.cli import group as command_line

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "output" / "README.md", ROOT / "tests/data/README.md"]
)
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def setup_lines() -> list[str]:
    """Return the non-empty lines of the fenced blocks that follow a set-up comment in the README."""
    blocks = re.findall(r"^<!-- set-up: \w+ -->\n```\w*\n(.*?)^```$", read(README), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def commands(
    group: click.Group = command_line, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    """Return every command of the command line with its path, groups opened."""
    found: list[tuple[tuple[str, ...], click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        found.append(((*path, name), command))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


COMMANDS = commands()
NAMES = [" ".join(path) for path, _ in COMMANDS]


def test_the_readme_has_exactly_two_setup_commands_of_one_line() -> None:
    build, test = setup_lines()
    assert "koopgraph build tests/data/articles" in build
    assert "pytest" in test
    assert read(README).count("<!-- set-up: ") == 2


def test_ci_runs_the_very_setup_commands_of_the_readme() -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash on this machine")
    done = subprocess.run(
        [bash, str(ROOT / ".ci" / "run"), "--list"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == setup_lines()


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_documented(name: str) -> None:
    assert any(f"koopgraph {name}" in read(page) for page in PAGES)


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=NAMES)
def test_every_command_has_a_help_text_with_an_example(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help
    assert " ".join(("koopgraph", *path)) in command.help


@pytest.mark.parametrize("command", [command for _, command in COMMANDS], ids=NAMES)
def test_every_option_has_a_help_text(command: click.Command) -> None:
    silent = [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
    assert silent == []


def documented_commands() -> list[tuple[str, str]]:
    """Return (page, first word after ``koopgraph``) for every command line shown in a fenced shell block."""
    found: list[tuple[str, str]] = []
    for page in PAGES:
        for block in re.findall(r"^```(?:sh|console)\n(.*?)^```$", read(page), re.MULTILINE | re.DOTALL):
            found += [
                (page.name, word) for word in re.findall(r"(?:^|[/ |])koopgraph ([a-z][a-z-]*)", block, re.MULTILINE)
            ]
    return found


def test_every_command_that_the_pages_show_exists() -> None:
    shown = documented_commands()
    assert shown
    known = command_line.list_commands(click.Context(command_line))
    assert [(page, word) for page, word in shown if word not in known] == []


def example_code(page: Path) -> str:
    """Return the code of the page's blocks that are marked as tested, each at its own line for tracebacks."""
    text = read(page)
    code = ["" for _ in text.splitlines()]
    for block in re.finditer(r"^<!-- tested -->\n```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        first = text.count("\n", 0, block.start(1))
        lines = block[1].splitlines()
        code[first : first + len(lines)] = lines
    return "\n".join(code)


PAGES_WITH_EXAMPLES = [page for page in PAGES if "<!-- tested -->" in read(page)]


@pytest.mark.parametrize("page", PAGES_WITH_EXAMPLES, ids=lambda page: page.name)
def test_the_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles").mkdir()
    for name in ("koopstadt-bilanz.txt", "bilbao-ria-2000.txt"):
        shutil.copy(ROOT / "tests/data/articles" / name, tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    # The pages are ours: they are code of this repository as much as the tests are.
    exec(compile(example_code(page), str(page), "exec"), {"__name__": "example"})  # noqa: S102


def test_the_changelog_has_the_current_version() -> None:
    assert re.search(rf"^## \[{re.escape(VERSION)}\]", read(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_the_citation_file_is_complete_and_has_the_current_version() -> None:
    citation = yaml.safe_load(read(ROOT / "CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == VERSION
    assert citation["license"] == "MIT"
    assert citation["title"]
    assert citation["message"]
    assert all(author.get("name") or author.get("family-names") for author in citation["authors"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", read(page), flags=re.MULTILINE | re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_sample_article_is_listed_beside_its_licence() -> None:
    listed = set(re.findall(r"^\| `([^`]+)` \|", read(ROOT / "tests/data/README.md"), re.MULTILINE))
    assert listed == {path.name for path in (ROOT / "tests/data/articles").iterdir()}
