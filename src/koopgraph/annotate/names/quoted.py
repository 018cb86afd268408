"""Names in quotation marks: the noun before them tells the class ('das Projekt „Zollfrei“')."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koopgraph.annotate.matches import matches_at
from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

# German, Swiss, reversed and English pairs; a name is short and holds no full stop before its end.
QUOTED = re.compile(
    r"„([^„“”\n]{2,90})[“”]|«([^«»\n]{2,90})»|»([^«»\n]{2,90})«|“([^“”\n]{2,90})”|(?<!\w)\"([^\"\n]{2,90})\"|(?<!\w)[‘‚]([^‘’‚\n]{2,60})[’‘](?!\w)|(?<![\w])'([^'\n]{2,60})'(?!\w)"
)
_QUOTE = re.compile("[„«»“\"‘‚']")
MAX_NAME_WORDS = 9
# 'heißt „X“', 'unter dem Titel „X“' and '„X“ nennt sich …' say outright that X is a name.
NAMING_BEFORE = re.compile(
    r"(?:heiß(?:t|en)|hieß|nennt sich|namens|Name[n]?|Arbeitstitel|Titel|getauft|named|known as|name)"
    r"[:,]?(?: [\w-]+){0,2} ?$"
)
NAMING_AFTER = re.compile(r" (?:heiß(?:t|en)|hieß|nennt sich|nennen|nannte|genannt|hieß|ist der Name|is the name)\b")
INVITES = re.compile(r"\b(?:lädt|laden|lud|luden|eingeladen|ein\b|bittet|kommt|kommen)")
# '… mit dem „X“ ausgezeichnet': X is what is given.
HONOURS_BEFORE = re.compile(
    r"(?:mit\s(?:dem|der|einem)|den|als|zum|zur|keine?|das\sSiegel|with\sthe|as\san?)\s(?:[\w-]+\s)?$"
)
HONOURED = re.compile(r"[^.!?]*?\b(?:ausgezeichnet|prämiert|gekürt|geehrt|verliehen|zuerkannt|honoured|awarded)\b")
DESCRIPTORS = (
    ("descriptors_award", EntityType.AWARD),
    ("descriptors_programme", EntityType.PROGRAMME),
    ("descriptors_event", EntityType.EVENT),
    ("descriptors_document", EntityType.DOCUMENT),
    ("descriptors_project", EntityType.PROJECT),
    ("descriptors_organisation", EntityType.ORGANISATION),
)


def find(view: TextView) -> Iterator[Mention]:
    """Yield the quoted phrases that name something; speech and mottos are left out."""
    matches = list(matches_at(QUOTED, view.text, (m.start() for m in _QUOTE.finditer(view.text))))
    starts, ends = view.first_at, view.last_at
    mottos = {m.group(m.lastindex or 0) for m in matches if _is_motto(view, starts.get(m.start()))}
    for match in matches:
        group = match.lastindex or 0
        if match.group(group) in mottos:
            continue
        start, end = match.span(group)
        text = match.group(group)
        quote = starts.get(match.start())
        if quote is None or ends.get(match.end()) is None or not _is_name(view, text, start, match.end()):
            continue
        kind, confidence = _class(view, quote, text, start, match.end())
        if kind is not None and start < end:
            yield Mention(start, end, text, kind, text, "quoted", confidence)


def _is_motto(view: TextView, quote: int | None) -> bool:
    """Whether one of the three words before the quotation says so: 'Motto „…“', 'Sein Motto lautete „…“'."""
    return quote is not None and any(view.lexicon.is_word("motto_words", view.word(quote - i)) for i in (1, 2, 3))


def _is_name(view: TextView, text: str, start: int, after: int) -> bool:
    """Whether a quoted phrase can be a name: short, no speech, not introduced by a colon or 'Motto'."""
    if text != text.strip() or text[-1] in ".,;…" or len(text.split()) > MAX_NAME_WORDS:
        return False
    rest = view.text[after : after + 2]
    if rest.startswith(",") and text[-1] in "!?":
        return False
    before = view.text[max(0, start - 3) : start - 1]
    return not before.rstrip().endswith(":")


def _class(view: TextView, quote: int, text: str, start: int, after: int) -> tuple[EntityType | None, float]:
    before = view.word(quote - 1) if view.adjacent(quote - 1, quote) else ""
    lexicon = view.lexicon
    if lexicon.is_word("motto_words", before) or (text[-1] in "!?" and not lexicon.head(before)):
        return None, 0.0
    for group, kind in DESCRIPTORS:
        if _is_descriptor(view, group, before):
            return kind, 0.85
    head = lexicon.head(before) if before[:1].isupper() or lexicon.language == "en" else None
    if head is not None:
        return (EntityType.PROJECT if head is EntityType.PLACE else head), 0.7
    words = text.split()
    if len(words) == 1 and lexicon.head(text) is EntityType.PROJECT:
        return None, 0.0  # „Gemeinschaftsvorhaben“ only says what something is
    if HONOURS_BEFORE.search(view.text[max(0, start - 25) : start - 1]) and HONOURED.match(
        view.text, after, after + 120
    ):
        return EntityType.AWARD, 0.7
    own = lexicon.head(words[-1]) if len(words) <= 4 else None
    if words[0] in ("Tag", "Nacht", "Woche", "Fest"):
        own = EntityType.EVENT
    if own in (EntityType.PROGRAMME, EntityType.AWARD, EntityType.EVENT, EntityType.DOCUMENT):
        return own, 0.55
    if NAMING_BEFORE.search(view.text[max(0, start - 40) : start - 1]) or NAMING_AFTER.match(view.text, after):
        return EntityType.PROJECT, 0.7
    if before.casefold() == "beim" or (
        before.casefold() in ("zum", "zur") and INVITES.search(view.text, start - 80, after + 60)
    ):
        return EntityType.EVENT, 0.6
    if view.text.count(text) > 1:
        return EntityType.PROJECT, 0.65
    return _by_form(view, quote, before, words)


def _by_form(view: TextView, quote: int, before: str, words: list[str]) -> tuple[EntityType | None, float]:
    """A phrase with a capital and without the words of a sentence is more likely a name than speech."""
    if words[0][0].islower() and view.lexicon.language == "en":
        return None, 0.0
    if before.casefold() in ("von", "of") and view.lexicon.is_word("says", view.word(quote - 2)):
        return None, 0.0  # 'sprach von „Visionen“'
    if view.tokens[quote].start == 0 or (view.tokens[quote].end <= view.title_end and view.begins_sentence(quote)):
        return None, 0.0  # a title that is a quotation
    if not any(w[:1].isupper() for w in words) or any(view.lexicon.is_word("sentence_words", w) for w in words):
        return None, 0.0
    if len(words) > 1:
        return (EntityType.PROJECT, 0.5) if len(words) <= 6 else (None, 0.0)
    named = (
        view.lexicon.is_word("before_names", before)
        or not before
        or not before[0].isalnum()
        or view.begins_sentence(quote)
    )
    return (EntityType.PROJECT, 0.45) if named else (None, 0.0)


def _is_descriptor(view: TextView, group: str, word: str) -> bool:
    return (
        any(
            view.lexicon.is_word(group, form)
            for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("en"))
        )
        if word
        else False
    )
