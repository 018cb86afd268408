"""The named questions: ``.rq`` files whose head says, in comments, what they ask and what they need.

A head has lines of these kinds; the query follows::

    # title-de: Welche Veranstaltungen finden in einer Stadt statt?
    # title-en: Which events take place in a city?
    # param: city | name or IRI of the city | required, e.g. Leipzig
    # param: year | year of the event       | optional, e.g. 2015
    # param: limit | the lowest confidence  | default 0.6
    # example: eventName | date
    # example: Stadtforum | 2012/2014

The first example line names columns, the others are the first rows that the question gives on the sample articles, with
the examples of its required parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from koopgraph.errors import QueryError

_TITLE = re.compile(r"#\s*title-(?P<language>de|en):\s*(?P<title>.+)")
_PARAMETER = re.compile(r"#\s*param:\s*(?P<name>\w+)\s*\|\s*(?P<description>[^|]+?)\s*\|\s*(?P<need>.+)")
_EXAMPLE = re.compile(r"#\s*example:\s*(?P<cells>.+)")
_NEED = re.compile(r"(?P<word>required|optional), e\.g\. (?P<example>.+)|default (?P<default>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a question leaves to the asker.

    It is required unless ``optional`` or with a ``default``; ``example`` is a value that makes sense.
    """

    name: str
    description: str
    example: str
    optional: bool = False
    default: str | None = None

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without a value for it."""
        return not self.optional and self.default is None

    @property
    def need(self) -> str:
        """In words: 'required', 'optional' or 'default …'."""
        if self.default is not None:
            return f"default {self.default}"
        return "optional" if self.optional else "required"


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a head: its name, titles by language ('de', 'en'), parameters, SPARQL text and an example result.

    ``example`` has the names of columns first, then rows.
    """

    name: str
    titles: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str
    example: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def parse(cls, text: str, name: str = "") -> Question:
        """Read the head of a query; any query without one is a question without titles and parameters.

        Raises :class:`QueryError` for a ``param`` line that is not of the form shown above.

        >>> Question.parse("# param: city | name of the city | required, e.g. Leipzig").parameters[0].example
        'Leipzig'
        """
        titles: dict[str, str] = {}
        parameters = []
        example = []
        for line in text.splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                break
            if title := _TITLE.fullmatch(line.strip()):
                titles[title["language"]] = title["title"]
            elif line.lstrip("# ").startswith("param:"):
                parameters.append(_parameter(line.strip(), name))
            elif row := _EXAMPLE.fullmatch(line.strip()):
                example.append(tuple(cell.strip() for cell in row["cells"].split(" | ")))
        return cls(name, titles, tuple(parameters), text, tuple(example))

    @property
    def sparql(self) -> str:
        """The query without its head."""
        lines = self.text.splitlines()
        begin = next((at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0)
        return "\n".join(lines[begin:]) + "\n"


def _parameter(line: str, question: str) -> Parameter:
    fields = _PARAMETER.fullmatch(line)
    need = _NEED.fullmatch(fields["need"]) if fields else None
    if fields is None or need is None:
        raise QueryError(
            f"{question or 'the query'}: {line!r} is no parameter. Write "
            "'# param: name | description | required, e.g. X' (or 'optional, e.g. X', or 'default X')."
        )
    default: str | None = need["default"]
    example: str = need["example"] or need["default"]
    return Parameter(fields["name"], fields["description"], example, need["word"] == "optional", default)


@cache
def list_questions() -> tuple[Question, ...]:
    """Return the questions that ship, by name.

    >>> [question.name for question in list_questions()][:3]
    ['about', 'article-says', 'articles']
    """
    folder = files("koopgraph.query") / "questions"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".rq")), key=lambda file: file.name)
    return tuple(Question.parse(file.read_text(encoding="utf-8"), file.name.removesuffix(".rq")) for file in found)


def find_question(name: str) -> Question:
    """Return the question of that name; raise :class:`QueryError` that lists the known ones otherwise."""
    known = {question.name: question for question in list_questions()}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise QueryError(f"there is no question {name!r}. {hint}Known are: {', '.join(known)}.")


def is_question_name(text: str) -> bool:
    """Tell whether ``text`` looks like a question's name, not like SPARQL (which has spaces or braces)."""
    return re.fullmatch(r"[\w.-]+", text.strip()) is not None
