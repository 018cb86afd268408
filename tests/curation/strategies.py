"""Judgements of every kind, with all that people write into names, notes and quotes."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

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
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import RELATIONS, themes
from koopgraph.resolve.names import key

HARD = (
    *(
        "- Strich",
        "# Raute",
        "Name: mit Doppelpunkt",
        "„Zitat“ 'einfach' \"doppelt\"",
        "zwei\nZeilen\n",
        "ÄÖÜ ß",
        "🚲 Rad",
    ),
    *(
        "&anker",
        "*stern",
        "!tag",
        "null",
        "~",
        "no",
        "2015",
        "{a: b}",
        "[x, y]",
        "a\tb",
        " vorn und hinten ",
        "%x",
        "--- a",
        "...",
    ),
    *("a\r\nb", "\u2028", "a\x85b", "x" * 300, "a #b", "? frage", "| x", "> y", "@z", "`q`", ",", "a: ", "\x07piep"),
)

free = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
texts = st.one_of(st.sampled_from(HARD), free).map(lambda s: unicodedata.normalize("NFC", s)).filter(str.strip)
maybe = st.none() | texts
things = st.builds(ThingKey, st.sampled_from(EntityType), texts, maybe)
made = st.builds(Made, maybe, st.none() | st.dates().map(lambda d: d.isoformat()), maybe)
VALUES = {"date": ("2015-09-16", "XXXX-05-01", "2015/.."), "budget": ("12500000 EUR",), "theme": tuple(themes())}


@st.composite
def statements(draw: st.DrawFn) -> StatementKey:
    relation = RELATIONS[draw(st.sampled_from(sorted(RELATIONS)))]
    subject = ThingKey(draw(st.sampled_from(sorted(relation.domain))), draw(texts), draw(maybe))
    if relation.value is not None:
        value = draw(st.sampled_from(VALUES[relation.name]) if relation.name in VALUES else texts)
        return StatementKey(subject, relation.name, None, value, draw(maybe))
    allowed = sorted(t for t in EntityType if relation.allows(subject.type, t))
    target = ThingKey(draw(st.sampled_from(allowed)), draw(texts), draw(maybe))
    return StatementKey(subject, relation.name, target, None, draw(maybe))


@st.composite
def pairs(draw: st.DrawFn) -> PairJudgement:
    verdict = draw(st.sampled_from([Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE]))
    one, other = draw(things), draw(things)
    other = ThingKey(one.type, other.name, other.article)
    if key(one.name, one.type) == key(other.name, one.type) and one.article == other.article:
        other = ThingKey(one.type, other.name, f"{one.article} 2")
    return PairJudgement(verdict, (one, other), draw(made))


@st.composite
def sources(draw: st.DrawFn, article: str | None) -> Source:
    if article is None and draw(st.booleans()):
        return Source(citation=draw(texts), url=draw(st.none() | st.just("https://example.org/a?b=c#d")))
    return Source(article=article or draw(texts), quote=draw(texts))


@st.composite
def additions(draw: st.DrawFn) -> AddedThing | AddedStatement:
    if draw(st.booleans()):
        thing = draw(things)
        return AddedThing(thing, tuple(draw(st.lists(texts, max_size=3))), draw(sources(thing.article)), draw(made))
    statement = draw(statements())
    return AddedStatement(statement, draw(sources(statement.article)), draw(maybe), draw(made))


verdicts = st.sampled_from([Verdict.ACCEPT, Verdict.REJECT])
judgements: st.SearchStrategy[Judgement] = st.one_of(
    pairs(),
    st.builds(
        StatementJudgement, st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE]), statements(), made
    ),
    st.builds(Rename, things, texts, made),
    st.builds(Retype, things, st.sampled_from(EntityType), made),
    additions(),
    st.builds(AuthorityJudgement, verdicts, things, st.just("https://www.wikidata.org/entity/Q2079"), made),
)
