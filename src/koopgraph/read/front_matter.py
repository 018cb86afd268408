"""YAML front matter: the block between two lines of '---' that static sites put before a text."""

from __future__ import annotations

import re

from koopgraph.errors import ReadError
from koopgraph.read.metadata import Metadata, from_record

_REMEDY = "Correct or remove the block between the lines of '---'."
# A text may as well begin with a rule: then what follows is prose, and not 'key: value', a comment or the end.
_BEGIN = re.compile(r"-{3,}[ \t]*\n\s*(?:#|-{3,}[ \t]*$|\{|[\w\"'][\w \"'-]{0,40}:(?:\s|$))", re.MULTILINE)


def split_front_matter(name: str, text: str) -> tuple[Metadata, str]:
    """Split ``text`` of the file ``name`` into what its front matter says and the rest; without any, nothing is known.

    The block is read as plain data: tags that would make Python objects are errors.
    Raises :class:`ReadError`, with the line, for a block that is no YAML.
    """
    if not _BEGIN.match(text):
        return Metadata(), text
    import frontmatter  # few texts have any, and YAML is slow to import
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    try:
        record, body = frontmatter.parse(text, handler=YAMLHandler())
    except yaml.YAMLError as error:
        # Where a bracket or quotation opened says more than where the parser gave up.
        mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise ReadError(name, f"has broken YAML front matter{place}", _REMEDY) from error
    except (ValueError, RecursionError) as error:  # an impossible date, or nesting without end
        raise ReadError(name, "has front matter with an impossible value", _REMEDY) from error
    return (from_record(record), body) if record else (Metadata(), text)
