"""Mottos: the quoted phrase beside 'Motto', 'Slogan', 'Devise' … of the event or project that is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koopgraph.extract.passages import passages_of
from koopgraph.extract.registry import extractor
from koopgraph.model import Annotated, EntityType, Evidence, Statement, Value, ValueKind

_QUOTED = (
    r"(?:„([^“”\n]{3,120})[“”]|«([^»\n]{3,120})»|»([^«\n]{3,120})«|“([^”\n]{3,120})”"
    r"|\"([^\"\n]{3,120})\"|‚([^‘’\n]{3,120})[‘’])"
)
_WORD = (
    r"(?:Motto|Slogan|Leitspruch|Wahlspruch|Devise|Leitgedanken?|Losung|Leitmotiv|Leitsatz|Überschrift"
    r"|motto|slogan|theme|banner)"
)
BEFORE = re.compile(rf"{_WORD}\b[^.;\n„«»“\"‚]{{0,40}}{_QUOTED}")
AFTER = re.compile(
    rf"{_QUOTED},? (?:so (?:lautete?|hieß|heißt) )?(?:ist|war|lautete?|das|der|die|überschrieben|hieß|was|is)? ?"
    rf"(?:das |der |die |the )?(?:{_WORD}|überschrieben)\b"
)
LINE = re.compile(r"(?:^|\n)Motto\??[:|]? ?([^\n„«\"“]{3,100})(?:\n|$)")
KINDS = (EntityType.EVENT, EntityType.PROJECT)
CONFIDENCE = 0.75


@extractor("mottos")
def extract(annotated: Annotated) -> Iterator[Statement]:
    """Yield the mottos that ``annotated`` states; the event named in the sentence is meant first."""
    passages = passages_of(annotated)
    for shadow in passages.shadows:
        sentence = annotated.article.text[shadow.start : shadow.end]
        for pattern in (BEFORE, AFTER, LINE):
            for match in pattern.finditer(sentence):
                subject = passages.salience.about(shadow, KINDS)
                text = next(group for group in match.groups() if group).strip()
                if subject is not None and text not in subject.name:
                    yield Statement(
                        subject,
                        "motto",
                        Value(ValueKind.MOTTO, text),
                        Evidence.of(annotated.article, shadow.start, shadow.end),
                        "mottos",
                        CONFIDENCE,
                    )
