"""From an entry of a file to the judgement that it is: each kind's fields, checked against the ontology."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import NoReturn

from koopgraph.curation.document import Fields, Items, Node, Text
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
from koopgraph.model import EntityType, ValueKind
from koopgraph.rdf.dates import is_edtf
from koopgraph.rdf.vocabulary import RELATIONS, relation_allowed, themes
from koopgraph.resolve.names import key

_MADE = ("by", "on", "note")
_EXTRA: Mapping[str, tuple[str, ...]] = {
    "same": (),
    "different": (),
    "unsure": (),
    "accept": (),
    "reject": (),
    "rename": ("to",),
    "retype": ("to",),
    "add": ("source",),
    "state": ("source",),
    "link": ("to",),
    "unlink": ("from",),
}
"""The kinds of judgements, and what stands beside them."""
_AMOUNT = re.compile(r"[0-9]+ [A-Z]{3}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SEE = "docs/curation.md shows every kind of judgement"


def from_entry(entry: Node) -> Judgement:
    """Return the judgement that an entry of the list is.

    Raises :class:`koopgraph.errors.CurationError` with file and line for anything that is none.
    """
    if not isinstance(entry, Fields):
        entry.place.refuse("is no judgement", f"Begin it with {_listed(_EXTRA)} and a colon; {_SEE}.")
    verbs = [name for name in entry.nodes if name in _EXTRA]
    if len(verbs) != 1:
        _no_single_verb(entry, verbs)
    (verb,) = verbs
    _only(entry, {verb, *_EXTRA[verb], *_MADE}, f"{verb!r}")
    return _READERS.get(verb, _verdict)(verb, entry, entry.nodes[verb], _made(entry))


def _no_single_verb(entry: Fields, verbs: list[str]) -> NoReturn:
    if verbs:
        entry.place.refuse(f"is both {verbs[0]!r} and {verbs[1]!r}", "Write each as an entry of its own, with '- '.")
    near = [match for name in entry.nodes for match in get_close_matches(name, _EXTRA, n=1)]
    hint = f"Did you mean {near[0]!r}? " if near else ""
    entry.place.refuse("says no judgement", f"{hint}Known are: {_listed(_EXTRA)}; {_SEE}.")


def _made(entry: Fields) -> Made:
    on = _optional(entry, "on")
    if on is not None and not _is_day(on):
        entry.nodes["on"].place.refuse(f"'on' is {on!r}, no day", "Write it like 2026-11-23.")
    place = entry.place
    return Made(_optional(entry, "by"), on, _optional(entry, "note"), (place.start, place.end), place.line)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _verdict(verb: str, entry: Fields, node: Node, made: Made) -> Judgement:
    """Read a judgement on a pair of things or on a statement; 'unsure' may be either."""
    verdict = Verdict(verb)
    pair = verdict in (Verdict.SAME, Verdict.DIFFERENT) or (verdict is Verdict.UNSURE and isinstance(node, Items))
    if pair:
        return PairJudgement(verdict, _pair(node, verdict), made)
    return StatementJudgement(verdict, _statement(node, ()), made)


def _pair(node: Node, verdict: Verdict) -> tuple[ThingKey, ThingKey]:
    if not isinstance(node, Items) or len(node.nodes) != 2:
        node.place.refuse(f"{verdict.value!r} is said of two things", "Write two entries {class: …, name: …} below it.")
    one, other = (_thing(each) for each in node.nodes)
    if verdict is Verdict.SAME and one.type is not other.type:
        remedy = "A thing has one class: correct the other's by 'retype' first, then name both under it."
        node.place.refuse(f"says that a thing of class {one.type} is one of class {other.type}", remedy)
    alike = one.type is other.type and key(one.name, one.type) == key(other.name, other.type)
    if verdict is Verdict.DIFFERENT and alike and one.article == other.article:
        node.place.refuse("tells apart what is named alike", "Give each thing its 'article'.")
    return one, other


def _rename(verb: str, entry: Fields, node: Node, made: Made) -> Rename:
    return Rename(_thing(node), _required(entry, "to"), made)


def _retype(verb: str, entry: Fields, node: Node, made: Made) -> Retype:
    return Retype(_thing(node), _class(entry, "to"), made)


def _added(verb: str, entry: Fields, node: Node, made: Made) -> AddedThing:
    thing = _thing(node, ("names",))
    source = _source(entry, thing.article)
    return AddedThing(thing, _names(node), source, made)


def _stated(verb: str, entry: Fields, node: Node, made: Made) -> AddedStatement:
    statement = _statement(node, ("role",))
    source = _source(entry, statement.article)
    return AddedStatement(statement, source, _optional(node, "role"), made)


def _link(verb: str, entry: Fields, node: Node, made: Made) -> AuthorityJudgement:
    verdict, field = (Verdict.ACCEPT, "to") if verb == "link" else (Verdict.REJECT, "from")
    return AuthorityJudgement(verdict, _thing(node), _web(entry, field), made)


_READERS: Mapping[str, Callable[[str, Fields, Node, Made], Judgement]] = {
    "rename": _rename,
    "retype": _retype,
    "add": _added,
    "state": _stated,
    "link": _link,
    "unlink": _link,
}


def _thing(node: Node, further: Collection[str] = ()) -> ThingKey:
    if not isinstance(node, Fields):
        node.place.refuse("a thing is expected here", "Write {class: City, name: Leipzig}.")
    _only(node, {"class", "name", "article", *further}, "a thing")
    return ThingKey(_class(node, "class"), _required(node, "name"), _optional(node, "article"))


def _names(node: Node) -> tuple[str, ...]:
    names = node.nodes.get("names") if isinstance(node, Fields) else None
    if names is None or (isinstance(names, Text) and names.missing):
        return ()
    if not isinstance(names, Items):
        names.place.refuse("'names' is no list", "Write names: [first, second].")
    return tuple(_text(each, "a name") for each in names.nodes)


def _statement(node: Node, further: Collection[str]) -> StatementKey:
    if not isinstance(node, Fields):
        node.place.refuse("a statement is expected here", "Write {subject: {…}, relation: …, object: {…}}.")
    _only(node, {"subject", "relation", "object", "value", "article", *further}, "a statement")
    subject = _thing(_field(node, "subject"))
    relation = _required(node, "relation")
    if relation not in RELATIONS:
        near = get_close_matches(relation, RELATIONS, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        node.nodes["relation"].place.refuse(
            f"unknown relation {relation!r}", f"{hint}Known are: {_listed(sorted(RELATIONS))}."
        )
    article = _optional(node, "article")
    kind = RELATIONS[relation].value
    if kind is not None:
        _unless(node, "object", f"{relation!r} has a 'value', no 'object'")
        _allowed(node, subject, relation, kind)
        return StatementKey(subject, relation, None, _value(node, kind), article)
    _unless(node, "value", f"{relation!r} has an 'object', no 'value'")
    target = _thing(_field(node, "object"))
    _allowed(node, subject, relation, target.type)
    return StatementKey(subject, relation, target, None, article)


def _unless(node: Fields, name: str, reason: str) -> None:
    if name in node.nodes:
        node.nodes[name].place.refuse(reason, f"Remove {name!r}.")


def _allowed(node: Fields, subject: ThingKey, relation: str, target: EntityType | ValueKind) -> None:
    if relation_allowed(relation, subject.type, target):
        return
    known = RELATIONS[relation]
    subjects, objects = _listed(sorted(known.domain)), _listed(sorted(known.narrowed.get(subject.type, known.range)))
    remedy = f"It runs from {subjects}" + (f" to {objects}." if objects else " to a value.")
    node.place.refuse(f"the ontology lets no {subject.type} stand in {relation!r} to a {target}", remedy)


def _value(node: Fields, kind: ValueKind) -> str:
    value = _required(node, "value")
    place = node.nodes["value"].place
    if kind is ValueKind.DATE and not is_edtf(value):
        place.refuse(f"{value!r} is no date in EDTF", "Write 2015-09-16, 2015-09, 2015 or 2015/2016.")
    if kind is ValueKind.BUDGET and not _AMOUNT.fullmatch(value):
        place.refuse(f"{value!r} is no amount", "Write digits and the currency's ISO code: 12500000 EUR.")
    if kind is ValueKind.THEME and value not in themes():
        place.refuse(f"unknown theme {value!r}", f"Known are: {_listed(sorted(themes()))}.")
    return value


def _source(entry: Fields, article: str | None) -> Source:
    node = _field(entry, "source")
    if not isinstance(node, Fields):
        node.place.refuse("'source' says nothing", "Write {article: …, quote: …} or {citation: …, url: …}.")
    _only(node, {"article", "quote", "citation", "url"}, "'source'")
    source = Source(
        article=_optional(node, "article"),
        quote=_optional(node, "quote"),
        citation=_optional(node, "citation"),
        url=_web(node, "url") if "url" in node.nodes else None,
    )
    quoted, cited = bool(source.article and source.quote), bool(source.citation)
    if quoted == cited or (cited and (source.article or source.quote)) or (quoted and source.url):
        remedy = "Give an article's name and its exact words {article: …, quote: …}, or else {citation: …, url: …}."
        node.place.refuse("'source' is neither an article's quote nor a citation", remedy)
    if article is not None and article != source.article:
        node.place.refuse(f"'source' is another than the article {article!r} given above", "Keep one of them.")
    return source


def _class(node: Fields, name: str) -> EntityType:
    given = _required(node, name)
    if given not in set(EntityType):
        near = get_close_matches(given.capitalize(), list(EntityType), n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        node.nodes[name].place.refuse(f"unknown class {given!r}", f"{hint}Known are: {_listed(EntityType)}.")
    return EntityType(given)


def _web(node: Fields, name: str) -> str:
    from koopgraph.link.reconcile.links_file import is_entry_iri

    given = _required(node, name)
    if not is_entry_iri(given):
        node.nodes[name].place.refuse(f"{given!r} is no web address", "Write a whole one, with https:// or http://.")
    return given


def _only(node: Fields, known: Collection[str], what: str) -> None:
    for name, value in node.nodes.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            value.place.refuse(f"{what} has an unknown key {name!r}", f"{hint}Known are: {_listed(sorted(known))}.")


def _field(node: Fields, name: str) -> Node:
    if name not in node.nodes:
        node.place.refuse(f"{name!r} is missing", f"Add it; {_SEE}.")
    return node.nodes[name]


def _required(node: Fields, name: str) -> str:
    return _text(_field(node, name), f"{name!r}")


def _optional(node: Node, name: str) -> str | None:
    found = node.nodes.get(name) if isinstance(node, Fields) else None
    if found is None or (isinstance(found, Text) and found.missing):
        return None
    return _text(found, f"{name!r}")


def _text(node: Node, what: str) -> str:
    if not isinstance(node, Text):
        node.place.refuse(f"{what} is a list or a mapping, no text", "Write one text, in quotation marks if need be.")
    if node.missing or not node.value.strip():
        node.place.refuse(f"{what} is empty", "Write a text, or remove the key.")
    return unicodedata.normalize("NFC", node.value)  # as articles are stored


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
