"""The named questions as text: one described for a terminal, all of them as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from koopgraph.query.catalogue import Question
from koopgraph.query.table import columns

_PAGE_HEAD = """# Named questions

`koopgraph query NAME --bind PARAMETER=VALUE` asks a question by its name, `koopgraph query --list` lists them,
`koopgraph query --describe NAME` shows one with its SPARQL. Things are given by name (any of their names, whatever the
case), CURIE or IRI. The examples are what the questions answer on two small articles; a dash stands for no value.

Some queries begin with a sub-select that has a limit (999,999 in most; 9,999 in `merges`, 99,999 in
`possible-duplicates`). It is a hint for the engine, which begins with what it estimates as smallest; no name stands for
that many things, but whoever has more (pairs to judge, persons) copies the query by `--describe` and drops the limit.

Generated from the heads of `src/koopgraph/query/questions/*.rq` by `scripts/make_questions_page.py`.
"""


def described(question: Question) -> str:
    """Return the question's titles, parameters, example result and SPARQL for a terminal."""
    parts = [
        f"{question.name}\n" + "".join(f"  {question.titles[at]}\n" for at in ("en", "de") if at in question.titles)
    ]
    if question.parameters:
        parts.append(
            "".join(f"  --bind {p.name}={p.example}  {p.description} ({p.need})\n" for p in question.parameters)
        )
    if question.example:
        header, *rows = question.example
        parts.append(columns(header, rows))
    return "\n".join([*parts, question.sparql])


def page(questions: Iterable[Question]) -> str:
    """Return the catalogue of the questions in Markdown."""
    return "\n".join([_PAGE_HEAD, *map(_section, questions)])


def _section(question: Question) -> str:
    lines = [f"## {question.name}", "", f"{question.titles['en']} / *{question.titles['de']}*", ""]
    if question.parameters:
        lines += ["| parameter | is | need | for example |", "| --- | --- | --- | --- |"]
        lines += [f"| `{p.name}` | {p.description} | {p.need} | {p.example} |" for p in question.parameters]
        lines.append("")
    header, *rows = question.example
    lines += [f"| {' | '.join(header)} |", f"| {' | '.join('---' for _ in header)} |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
