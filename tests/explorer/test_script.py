"""The joined script, and the modules under Node where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from koopgraph.explorer.script import STATIC, joined, page_script

MODULES = sorted(Path(str(STATIC)).glob("*.js"))
NODE = shutil.which("node")


def test_every_module_is_part_of_the_page() -> None:
    assert len(MODULES) > 10
    for module in MODULES:
        assert f"const ${module.stem} = " in page_script()


def test_modules_never_write_markup_or_reach_outside() -> None:
    for module in MODULES:
        text = module.read_text("utf-8")
        for forbidden in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "fetch(", "XMLHttp"):
            assert forbidden not in text, f"{module.name} holds {forbidden}"


def test_no_text_spans_lines_so_that_indentation_can_go() -> None:
    for module in MODULES:
        for number, line in enumerate(module.read_text("utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{module.name}:{number}"
    assert "\n " not in page_script()
    assert "/**" not in page_script()


def test_a_module_stands_before_those_that_need_it() -> None:
    script = joined(
        "c",
        {
            "a": "export const x = 1;\n",
            "b": 'import { x } from "./a.js";\nexport const y = x;\n',
            "c": 'import { y } from "./b.js";\ny;\n',
        },
    )
    assert script.index("$a =") < script.index("$b =") < script.index("$c =")
    assert "import" not in script
    assert "export" not in script


@pytest.mark.parametrize(
    ("sources", "problem"),
    [
        ({"main": 'import { x } from "./gone.js";\n'}, "'gone' that does not exist"),
        ({"main": 'import { x } from "./a.js";\n', "a": 'import { y } from "./main.js";\n'}, "need each other"),
        ({"main": 'import * as x from "./a.js";\n'}, "cannot join"),
        ({"main": "export default 1;\n"}, "cannot join"),
        ({"main": "const x = '</script>';\n"}, "end the script element"),
    ],
)
def test_what_cannot_be_joined_is_refused(sources: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        joined("main", sources)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_the_pure_functions_pass_their_tests_under_node() -> None:
    tests = sorted(str(file) for file in Path(__file__).parent.glob("*.test.mjs"))
    assert tests
    folder = {"KOOPGRAPH_STATIC": Path(str(STATIC)).as_uri()}
    run = subprocess.run([str(NODE), "--test", *tests], env=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
