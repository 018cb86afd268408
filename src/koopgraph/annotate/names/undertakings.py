"""Projects, programmes, events, awards and documents that a noun beside the name or the name's own head tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koopgraph.annotate.matches import has_any
from koopgraph.annotate.names.quoted import DESCRIPTORS
from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

ROMAN = re.compile(r"^[IVX]{1,5}$")
YEAR = re.compile(r"^(?:19|20)\d\d(?:[/–-]\d{2,4})?$|^[’'‘]\d\d$")
DAY_OF = re.compile(
    r"(?<![\w-])(?:(?:Thüringer|Bayerischer|Sächsischer|Deutscher) )?"
    r"(?:Tag|Woche|Nacht|Fest) de[rs] (?:offenen |deutschen |lebendigen |langen )?[A-ZÄÖÜ][\w-]+"
)
_DAYS = ("Tag de", "Woche de", "Nacht de", "Fest de")
_DESCRIBING = frozenset(group for group, _ in DESCRIPTORS)
HEADED = (EntityType.EVENT, EntityType.AWARD, EntityType.PROGRAMME, EntityType.DOCUMENT)
MAX_WORDS = 7
# What may tie the rest of a name to its head noun: 'Preis für Baukultur', 'Forum der Regionen'.
LINKS = {
    EntityType.AWARD: ("für", "for", "of", "der", "des"),
    EntityType.EVENT: ("der", "des", "of", "on", "for"),
}
SENTENCE_BEFORE = re.compile(r"\w{4}[.!?][“”»\"]? $")
_SENTENCE_ENDS = tuple('.!?“”»"')
APPOSITION = re.compile(
    r", (?:ein|eine|das|die|der)(?: \w+){0,3} \w*(?:[Pp]rojekt|[Vv]orhaben|[Nn]etzwerk|[Ii]nitiative)\b"
)
SHORTEST_SMALL_WORD, MINIMUM_PLACES = 6, 3
SHORT_ODD_WORD = 6  # BImA, StuPa: a short word with capitals inside is an acronym


def find(view: TextView) -> Iterator[Mention]:
    """Yield undertakings that are named without quotation marks."""
    yield from _described(view)
    yield from _headed(view)
    yield from _days(view)
    yield from _odd_words(view)


def _described(view: TextView) -> Iterator[Mention]:
    """'das Projekt KielQuer', 'Programm URBACT IV': a descriptor followed by a name."""
    german = view.lexicon.language == "de"
    for index in [i for i, f in enumerate(view.facts[:-1]) if f.groups and not f.groups.isdisjoint(_DESCRIBING)]:
        start = index + 1
        facts = view.facts[start]
        if (german and not view.facts[index].is_capitalised) or facts.is_role or facts.first_name:
            continue
        if not view.adjacent(index, start) or not (facts.is_name_word or facts.is_odd):
            continue
        kind = next(k for group, k in DESCRIPTORS if group in view.facts[index].groups)
        if view.gazetteer.is_city_name(view.words[start]) and kind is not EntityType.PROGRAMME:
            continue
        last = _run_end(view, start)
        yield view.mention(start, last, kind, "described", 0.75)


def _run_end(view: TextView, start: int) -> int:
    """Return the last of the name words, numbers and signs that directly continue a name."""
    last = start
    while last - start < MAX_WORDS and view.adjacent(last, last + 1):
        word = view.word(last + 1)
        if view.is_name_word(last + 1) or YEAR.match(word) or ROMAN.match(word):
            last += 1
        elif word in ("&", "+") and view.is_name_word(last + 2):
            last += 2
        else:
            break
    return last


def _headed(view: TextView) -> Iterator[Mention]:
    """'9. Bundeskongress Nationale Stadtentwicklungspolitik', 'Deutscher Städtebaupreis 2018', 'Richtfest'."""
    german = view.lexicon.language == "de"
    for index in [i for i, facts in enumerate(view.facts) if facts.head or facts.alone]:
        token, facts = view.tokens[index], view.facts[index]
        if not token.is_word or (not token.is_capitalised and german):
            continue
        head = facts.alone or facts.head
        if head not in HEADED or (head is EntityType.PROGRAMME and _is_descriptor(view, index)):
            continue
        first, numbered = _left(view, index)
        numbered = numbered and head is EntityType.EVENT
        last = _right(view, index, head)
        # After a proper name („9. Bundeskongress Stadtpolitik „Mut zur Lücke““) the quotation is a motto.
        bare = last == index and head in (EntityType.EVENT, EntityType.AWARD)
        closing = view.closing_quote(last + 1) if bare else None
        if closing is not None and not view.lexicon.is_word("descriptors_award", token.text):
            yield view.mention(first, closing, head, "headed", 0.8)
            continue
        alone = facts.alone is head
        expanded = first < index or last > index
        if numbered or (expanded and (first < index or _is_proper(view, index + 1, last))):
            yield view.mention(first, last, head, "headed", 0.75 if numbered else 0.6)
        elif alone and not view.begins_sentence(index):
            yield view.mention(index, index, head, "headed", 0.5)


def _is_descriptor(view: TextView, index: int) -> bool:
    """Whether token ``index`` only says what the following name is: 'das Programm LIFE'."""
    return view.lexicon.is_word("descriptors_programme", view.word(index)) and view.is_name_word(index + 1)


def _is_proper(view: TextView, first: int, last: int) -> bool:
    return any(view.is_name_word(i) or YEAR.match(view.word(i)) for i in range(first, last + 1))


def _left(view: TextView, index: int) -> tuple[int, bool]:
    """Take in '9.', 'Deutscher', in English the capitalised words before; say whether it is numbered."""
    first = index
    lexicon = view.lexicon
    while first > 0 and index - first < MAX_WORDS and view.adjacent(first - 1, first):
        word = view.word(first - 1)
        if lexicon.language == "en":
            if view.is_name_word(first - 1) and not lexicon.is_role(word):
                first -= 1
                continue
        elif (
            view.is_name_word(first - 1)
            and not view.begins_sentence(first - 1)
            and _is_adjective(view, first - 1, index)
        ):
            first -= 1
            continue
        break
    if view.is_ordinal(first - 2):
        return first - 2, True
    if re.match(r"^\d{1,3}(?:st|nd|rd|th)$", view.word(first - 1)):
        return first - 1, True
    return first, False


def _is_adjective(view: TextView, index: int, head: int) -> bool:
    """Whether the capitalised token ``index`` belongs to the name: 'Deutscher', 'Thüringer', 'Goldene'."""
    word = view.word(index)
    if view.lexicon.is_word("name_adjectives", word) or word.endswith(("ische", "ischer", "isches", "ischen")):
        return True
    if view.lexicon.head(view.word(head)) is EntityType.AWARD:
        declined = word.endswith(("er", "en", "e", "es"))
        return declined and not view.lexicon.is_role(word) and view.lexicon.head(word) is None
    return view.is_place_adjective(index)


def _right(view: TextView, index: int, head: EntityType) -> int:
    """Take in a year, name words, 'der/des/für' and a quoted name that continue the head noun."""
    last = index
    word = view.word(last + 1)
    if not view.adjacent(last, last + 1):
        return last
    if YEAR.match(word):
        return last + 1
    if view.is_name_word(last + 1) and view.lexicon.language == "de":
        if word in view.lexicon.first_names or view.lexicon.is_role(word):
            return last
        return _run_end(view, last + 1)
    if word in LINKS.get(head, ()) and view.is_name_word(last + 2):
        return _run_end(view, last + 2)
    return last


def _days(view: TextView) -> Iterator[Mention]:
    """'Tag der Städtebauförderung', 'Tag des offenen Denkmals', 'Nacht der Museen'."""
    for match in DAY_OF.finditer(view.text) if has_any(view.text, _DAYS) else ():
        text = match.group()
        yield Mention(match.start(), match.end(), text, EntityType.EVENT, text, "headed", 0.8)


def _odd_words(view: TextView) -> Iterator[Mention]:
    """Names with a typography of their own (KielQuer, See:Wege, puisto+) that the title or a second place repeats."""
    yield from _small_words(view)
    for index in [i for i, facts in enumerate(view.facts) if facts.is_odd]:
        token = view.tokens[index]
        if len(token.text) < 4:
            continue
        if view.lexicon.head(token.text) is EntityType.ORGANISATION or token.text[0].isdigit():
            continue
        if len(token.text) <= SHORT_ODD_WORD and token.text[0].isupper():
            yield view.mention(index, index, EntityType.ORGANISATION, "typography", 0.5)
        elif view.text.count(token.text) > 1 or token.end <= view.title_end:
            yield view.mention(index, index, EntityType.PROJECT, "typography", 0.6)


def _small_words(view: TextView) -> Iterator[Mention]:
    """A lower-case word that begins a German sentence is a name that wants to be small: 'essbar wächst …'."""
    if view.lexicon.language != "de":
        return
    small = {
        t.text
        for i, t in enumerate(view.tokens)
        if len(t.text) >= SHORTEST_SMALL_WORD and t.text.islower() and t.text.isalpha() and _is_set_like_a_name(view, i)
    }
    for word in sorted(small):
        places = list(view.occurrences(word))
        if len(places) >= MINIMUM_PLACES:
            for start in places:
                yield Mention(start, start + len(word), word, EntityType.PROJECT, word, "typography", 0.65)


def _is_set_like_a_name(view: TextView, index: int) -> bool:
    """Whether a lower-case word begins a sentence, or 'das Projekt' follows it as an apposition."""
    token, text = view.tokens[index], view.text
    if view.begins_sentence(index):
        return True
    if text[token.start - 2 : token.start - 1] in _SENTENCE_ENDS and SENTENCE_BEFORE.search(
        text, max(0, token.start - 12), token.start
    ):
        return True
    return text.startswith(", ", token.end) and APPOSITION.match(text, token.end) is not None
