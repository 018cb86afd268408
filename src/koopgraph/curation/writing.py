"""A judgement as an entry of the file: a line for each thing, texts in quotation marks where YAML needs them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import yaml

from koopgraph.curation.judgements import (
    AddedStatement,
    AddedThing,
    AuthorityJudgement,
    Judgement,
    Made,
    PairJudgement,
    Rename,
    Retype,
    Source,
    StatementJudgement,
    StatementKey,
    ThingKey,
    Verdict,
)

_BREAKS = re.compile("[\n\r\t\x85\u2028\u2029]")
_TEXT = "tag:yaml.org,2002:str"
_MAP = "tag:yaml.org,2002:map"
_LIST = "tag:yaml.org,2002:seq"
_ONE_LINE = 2**30


def to_yaml(judgement: Judgement) -> str:
    """Return the entry of the list that says the judgement, with a line end; where it stands in a file is left out.

    >>> from koopgraph.model import EntityType
    >>> print(to_yaml(Rename(ThingKey(EntityType.CITY, "Frankfurt"), "Frankfurt am Main", Made("Jana Muster"))), end="")
    - rename: {class: City, name: Frankfurt}
      to: Frankfurt am Main
      by: Jana Muster
    """
    lines = [*_said(judgement), *_made(judgement.made)]
    return "- " + "\n  ".join(lines) + "\n"


def _said(judgement: Judgement) -> Iterator[str]:
    match judgement:
        case PairJudgement(verdict, things):
            yield f"{verdict.value}:"
            for thing in things:
                yield "  - " + _flow(_thing(thing))
        case StatementJudgement(verdict, statement):
            yield _line(verdict.value, _statement(statement))
        case Rename(thing, name):
            yield _line("rename", _thing(thing))
            yield _line("to", _scalar(name))
        case Retype(thing, type_):
            yield _line("retype", _thing(thing))
            yield _line("to", _scalar(type_.value))
        case AddedThing(thing, names, source):
            further = yaml.SequenceNode(_LIST, [_scalar(n) for n in names], flow_style=True)
            yield _line("add", _thing(thing, {"names": further} if names else {}))
            yield _line("source", _source(source))
        case AddedStatement(statement, source, role):
            yield _line("state", _statement(statement, role))
            yield _line("source", _source(source))
        case AuthorityJudgement(verdict, thing, authority):
            accepted = verdict is Verdict.ACCEPT
            yield _line("link" if accepted else "unlink", _thing(thing))
            yield _line("to" if accepted else "from", _scalar(authority))


def _made(made: Made) -> Iterator[str]:
    if made.by is not None:
        yield _line("by", _scalar(made.by))
    if made.on is not None:
        yield f"on: {made.on}"  # where YAML is read with types, its keys are too: the word is left as people write it
    if made.note is not None:
        yield _line("note", _scalar(made.note))


def _thing(thing: ThingKey, further: Mapping[str, yaml.Node] | None = None) -> yaml.Node:
    return _mapping(
        {**_texts({"class": thing.type.value, "name": thing.name, "article": thing.article}), **(further or {})}
    )


def _statement(statement: StatementKey, role: str | None = None) -> yaml.Node:
    found: dict[str, yaml.Node] = {"subject": _thing(statement.subject), **_texts({"relation": statement.relation})}
    if statement.object is not None:
        found["object"] = _thing(statement.object)
    return _mapping(found | _texts({"value": statement.value, "role": role, "article": statement.article}))


def _source(source: Source) -> yaml.Node:
    given = {"article": source.article, "quote": source.quote, "citation": source.citation, "url": source.url}
    return _mapping(_texts(given))


def _texts(given: Mapping[str, str | None]) -> dict[str, yaml.Node]:
    return {name: _scalar(value) for name, value in given.items() if value is not None}


def _scalar(value: str) -> yaml.Node:
    # A line break inside quotation marks would be folded; escaped, the entry stays on one line.
    style = '"' if _BREAKS.search(value) else None
    return yaml.ScalarNode(_TEXT, unicodedata.normalize("NFC", value), style=style)


def _mapping(fields: Mapping[str, yaml.Node], *, flow: bool = True) -> yaml.Node:
    pairs = [(yaml.ScalarNode(_TEXT, name), node) for name, node in fields.items()]
    return yaml.MappingNode(_MAP, pairs, flow_style=flow)


def _line(name: str, node: yaml.Node) -> str:
    return _flow(_mapping({name: node}, flow=False))


def _flow(node: yaml.Node) -> str:
    written = yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=_ONE_LINE)
    return str(written).rstrip("\n")
