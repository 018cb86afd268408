"""What the installed package promises: a cheap import, types, and everything that it needs at run time."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib import metadata, resources
from pathlib import Path
from statistics import median
from typing import Any

import pytest

import koopgraph

ROOT = Path(__file__).resolve().parents[1]

# Each of these costs tenths of a second or more; they load with the first call that needs them.
HEAVY = (
    "rdflib",
    "networkx",
    "pyvis",
    "trafilatura",
    "pyshacl",
    "numpy",
    "scipy",
    "pyoxigraph",
    "oxrdflib",
    "IPython",
    "starlette",
    "uvicorn",
)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def fresh_python(code: str) -> str:
    """Run ``code`` in a new interpreter and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def test_importing_koopgraph_takes_less_than_a_fifth_of_a_second() -> None:
    timed = "import time; t = time.perf_counter(); import koopgraph; print(time.perf_counter() - t)"
    assert median(float(fresh_python(timed)) for _ in range(5)) < 0.2


def test_importing_koopgraph_loads_no_heavy_library() -> None:
    loaded = json.loads(fresh_python("import koopgraph, json, sys; print(json.dumps(sorted(sys.modules)))"))
    assert "koopgraph" in loaded
    assert not set(HEAVY) & set(loaded)


def test_everything_in_the_public_api_exists() -> None:
    assert koopgraph.__all__
    missing = [name for name in koopgraph.__all__ if not hasattr(koopgraph, name)]
    assert missing == []
    assert set(koopgraph.__all__) <= set(dir(koopgraph))


def test_build_stays_a_function_after_its_module_was_imported() -> None:
    code = "import koopgraph, koopgraph.pipeline; from koopgraph.pipeline import build; print(koopgraph.build is build)"
    assert fresh_python(code) == "True\n"


def test_the_version_is_the_same_everywhere(project: dict[str, Any]) -> None:
    assert koopgraph.__version__ == project["project"]["version"] == metadata.version("koopgraph")


def test_the_package_is_marked_as_typed() -> None:
    assert resources.files("koopgraph").joinpath("py.typed").is_file()


def test_the_ontologies_go_into_the_wheel(project: dict[str, Any]) -> None:
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"ontologies": "koopgraph/ontologies"}
    shipped = {path.name for path in (ROOT / "ontologies").iterdir()}
    assert {"koopgraph.ttl", "shapes.ttl", "themes.ttl"} <= shipped


def test_an_installed_copy_holds_the_same_ontologies_as_the_checkout() -> None:
    installed = resources.files("koopgraph").joinpath("ontologies")
    if not installed.is_dir():
        pytest.skip("koopgraph is installed editable: the ontologies are read from the checkout")
    for path in sorted((ROOT / "ontologies").iterdir()):
        assert installed.joinpath(path.name).read_bytes() == path.read_bytes()


def test_the_command_starts_and_tells_its_version() -> None:
    command = "from koopgraph.cli import main; main(['--version'])"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, timeout=60)
    assert koopgraph.__version__ in done.stdout


def test_every_source_file_is_utf8_with_unix_line_ends() -> None:
    for path in sorted((ROOT / "src").rglob("*.py")):
        source = path.read_bytes()
        assert b"\r" not in source, path
        source.decode("utf-8")
