"""The page's script: small modules joined into one text, and the copy of vis-network that pyvis carries.

The modules under ``static/`` are ordinary ES modules, so that Node can test them. A page opened from a file
may not load modules, so they are joined here, without a bundler: each becomes a function of its own
that returns what it exports, in an order in which everything stands before it is used.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from koopgraph.errors import ExportError

STATIC = files("koopgraph.explorer") / "static"
STYLES = ("colours", "frame", "stage", "details", "filters", "list", "timeline", "map", "reader", "narrow", "print")
"""The style sheets in the order in which they follow each other."""

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function|function|const|class) (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^ +", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(import|export)\b.*$", re.MULTILINE)


@cache
def page_script() -> str:
    """Return the joined script, which starts ``static/main.js``; safe to stand in a script element."""
    modules = (file for file in STATIC.iterdir() if file.name.endswith(".js"))
    return joined("main", {file.name.removesuffix(".js"): file.read_text("utf-8") for file in modules})


@cache
def page_style() -> str:
    """Return the style sheets, joined."""
    return "\n".join((STATIC / f"{name}.css").read_text("utf-8") for name in STYLES)


def joined(entry: str, sources: dict[str, str]) -> str:
    """Join ``entry`` and every module that it needs, by name, into one script.

    Understands ``import { a, b } from "./name.js";`` and ``export function|const|class name`` at the start of a line,
    and raises ``ValueError`` for any other form, for a module that is missing, and for modules that need each other.

    >>> print(joined("b", {"a": "export const x = 1;\\n", "b": 'import { x } from "./a.js";\\nx;\\n'}))
    "use strict";
    (() => {
    const $a = (() => {
    const x = 1;
    return { x };
    })();
    const $b = (() => {
    const { x } = $a;
    x;
    return {  };
    })();
    })();
    """
    order: list[str] = []
    _visit(entry, sources, order, ())
    body = "".join(f"const ${name} = (() => {{\n{_body(name, sources[name])}}})();\n" for name in order)
    if "</script" in body.lower() or "<!--" in body:
        raise ValueError("a module holds text that would end the script element")
    return f'"use strict";\n(() => {{\n{body}}})();'


def _visit(name: str, sources: dict[str, str], order: list[str], path: tuple[str, ...]) -> None:
    if name in order:
        return
    if name in path:
        raise ValueError(f"modules need each other: {' → '.join((*path, name))}")
    if name not in sources:
        raise ValueError(f"{path[-1] if path else 'the page'} needs a module {name!r} that does not exist")
    for match in _IMPORT.finditer(sources[name]):
        _visit(match[2], sources, order, (*path, name))
    order.append(name)


def _body(name: str, source: str) -> str:
    exported = [match[2] for match in _EXPORT.finditer(source)]
    text = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r"const { \1 } = $\2;\n", source))
    if left_over := _LEFT_OVER.search(text):
        raise ValueError(f"{name}.js: cannot join {left_over[0]!r}")
    # A third of the sources are comments and indentation, which readers of the modules need and the page does not.
    text = _INDENT.sub("", _COMMENT.sub("", text))
    return f"{text}return {{ {', '.join(exported)} }};\n"


@cache
def vis_network() -> str:
    """Return the source of vis-network from the installed pyvis, as the text of a script element.

    Line ends are unified, because browsers do so before they hash an inline script; the comment that
    points to a source map is left out. Raises :class:`ExportError` where pyvis carries no such file.
    """
    folder = files("pyvis") / "templates" / "lib"
    versions = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("vis-"))
    for version in reversed(versions):
        file = folder / version / "vis-network.min.js"
        if file.is_file():
            text = file.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
            return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)
    raise ExportError("pyvis does not carry vis-network here. Install pyvis 0.3.2 again.")
