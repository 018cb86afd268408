"""Organisations: a head noun with what belongs to it, or a legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.word_facts import WORDS_KEPT
from koopgraph.model import EntityType, Mention

# A legal form ends a company's or association's name.
LEGAL_FORM = re.compile(
    r"[ \u00a0]?(?:g?GmbH(?: & Co\. ?KG(?:aA)?)?|m\.? ?b\.? ?H\.?|AG|SE|KG|OHG|GbR|eG|e\. ?G\.|e\. ?V\.|gAG|UG"
    r"|S\.p\.A\.|S\.A\.|B\.V\.|Ltd\.?|plc|PLC|Inc\.?|LLC|LLP|(?:&|\+|und|and) (?:Partner|Partners|Söhne)"
    r"|(?:Landschafts|Innen)?[Aa]rchitekt(?:en|innen|ur)|Architects|Ingenieure)(?!\w)"
)
# What the token after the name begins with where a legal form follows: the pattern is tried nowhere else.
LEGAL_BEGINNINGS = (
    *("GmbH", "gGmbH", "m", "AG", "SE", "KG", "OHG", "GbR", "e", "gAG", "UG", "S", "B", "Ltd", "plc", "PLC"),
    *("Inc", "LLC", "LLP", "&", "+", "und", "and", "Landschafts", "Innen", "Architekt", "architekt", "Architects"),
    "Ingenieure",
)
MAX_WORDS_BEFORE_LEGAL_FORM = 6
MAX_COORDINATED_WORDS = 9
ENGLISH_HEADS = frozenset(
    {
        "University",
        "Institute",
        "Foundation",
        "Council",
        "Agency",
        "Academy",
        "Association",
        "Centre",
        "Center",
        "College",
    }
)
NAMED_AFTER = frozenset(
    {"stiftung", "universität", "hochschule", "gesellschaft", "institut", "schule", "gymnasium", "museum", "bank"}
)
UNIVERSITY_SHORT = frozenset(
    {
        "TU",
        "FH",
        "HU",
        "FU",
        "TH",
        "OTH",
        "Uni",
        "Universität",
        "Hochschule",
        "HAW",
        "BTU",
        "PH",
        "RWTH",
        "ETH",
        "IHK",
        "HWK",
    }
)

_OTHER_HEADS = ENGLISH_HEADS | UNIVERSITY_SHORT


def find(view: TextView) -> Iterator[Mention]:
    """Yield the organisations that ``view`` names by head noun or legal form."""
    yield from _by_legal_form(view)
    taken = -1
    for index in view.capitalised:
        heads = view.facts[index].head is EntityType.ORGANISATION or view.words[index] in _OTHER_HEADS
        found = _by_head(view, index) if heads and index > taken else None
        if found is None:
            continue
        first, taken, confidence = found
        yield view.mention(first, taken, EntityType.ORGANISATION, "organisations", confidence)


@lru_cache(maxsize=WORDS_KEPT)
def _begins_legal_form(word: str) -> bool:
    return word.startswith(LEGAL_BEGINNINGS)


def _by_legal_form(view: TextView) -> Iterator[Mention]:
    for following in [i for i, word in enumerate(view.words) if _begins_legal_form(word)]:
        index = following - 1
        match = LEGAL_FORM.match(view.text, view.tokens[index].end) if index >= 0 else None
        if match is None or not view.tokens[index].is_word:
            continue
        first = index
        while (
            index - first < MAX_WORDS_BEFORE_LEGAL_FORM
            and first > 0
            and view.adjacent(first - 1, first)
            and (view.is_name_word(first - 1) or (view.word(first - 1) in "&+-" and view.is_name_word(first - 2)))
            and not view.lexicon.is_word("articles", view.word(first - 1))
        ):
            first -= 1
        if not view.tokens[first].is_word:
            first += 1
        if view.tokens[first].is_capitalised or view.tokens[first].is_odd:
            if first < index and view.lexicon.is_word("descriptors_organisation", view.word(first)):
                first += 1
            start = view.tokens[first].start
            text = view.text[start : match.end()]
            yield Mention(start, match.end(), text, EntityType.ORGANISATION, text, "organisations", 0.9)


def _by_head(view: TextView, index: int) -> tuple[int, int, float] | None:
    token = view.tokens[index]
    if token.text in UNIVERSITY_SHORT and view.is_name_word(index + 1) and view.adjacent(index, index + 1):
        return index, _proper_end(view, index), 0.9
    if token.text in ENGLISH_HEADS and view.lexicon.language == "de":
        return _english_name(view, index)
    facts = view.facts[index]
    if facts.head is not EntityType.ORGANISATION or facts.is_role:
        return None
    first = _left(view, index)
    last = _right(view, index)
    expanded = first < index or last > index
    if first == index and view.lexicon.is_word("descriptors_organisation", token.text) and view.is_name_word(index + 1):
        return None  # 'Büro X' is named X; the finder of described names takes it
    if not expanded:
        if view.lexicon.alone(token.text) is EntityType.ORGANISATION:
            return index, index, 0.7
        compound = "-" in token.text and token.text.split("-")[0][:1].isupper() and token.text.count("-") >= 1
        named = compound and not view.lexicon.is_word("not_names", token.text.split("-")[0])
        return (index, index, 0.65) if named and len(token.text) > 8 else None
    if view.lexicon.language == "de" and last == index and view.begins_sentence(first) and index - first == 1:
        return first, last, 0.5
    return first, last, 0.8


def _english_name(view: TextView, index: int) -> tuple[int, int, float] | None:
    """'United Nations University', 'Centre for Liveable Cities' in a German text."""
    first = last = index
    while view.adjacent(first - 1, first) and view.is_name_word(first - 1) and index - first < 4:
        first -= 1
    if view.word(last + 1) in ("of", "for") and view.is_name_word(last + 2):
        last += 2
        while view.adjacent(last, last + 1) and view.is_name_word(last + 1):
            last += 1
    return (first, last, 0.8) if last > first else None


def _left(view: TextView, index: int) -> int:
    """Take in the adjectives and (in English) the name words before the head noun."""
    first = index
    lexicon = view.lexicon
    while first > 0 and view.adjacent(first - 1, first):
        word = view.word(first - 1)
        if lexicon.language == "en":
            if view.is_name_word(first - 1) or (
                word in ("&", "and", "of", "for") and first < index and view.is_name_word(first - 2)
            ):
                first -= 1
                continue
            break
        if not _is_adjective(view, first - 1, index):
            break
        first -= 1
    if lexicon.language != "en" and first == index and view.tokens[index].text.casefold() in NAMED_AFTER:
        first = _namesake(view, index)
    while not view.tokens[first].is_word or not view.tokens[first].is_capitalised:
        first += 1
    return min(first, index)


def _is_adjective(view: TextView, index: int, head: int) -> bool:
    """Whether token ``index`` is an adjective of the name: 'Technische'; 'Grazer' only before a bare head."""
    word = view.word(index)
    if not view.is_name_word(index):
        return False
    if view.lexicon.is_word("name_adjectives", word):
        return True
    if word.endswith(("ische", "ischer", "isches", "ischen", "liche", "licher", "esche")):
        return True
    return view.is_place_adjective(index) and view.lexicon.alone(view.word(head)) is None


def _namesake(view: TextView, index: int) -> int:
    """Return the first token of the person or place that a foundation or university is named after."""
    first = index
    while first > index - 4 and view.adjacent(first - 1, first):
        word = view.word(first - 1)
        if not (view.is_name_word(first - 1) or (first < index and view.lexicon.is_word("particles", word))):
            break
        if view.lexicon.is_role(word) or view.begins_sentence(first - 1):
            break
        first -= 1
    while first < index and not view.tokens[first].is_capitalised:
        first += 1
    return first


def _right(view: TextView, index: int) -> int:
    """Take in 'für A, B und C', 'der/des X', and name words that follow the head noun directly."""
    lexicon = view.lexicon
    following = view.word(index + 1)
    if not view.adjacent(index, index + 1):
        return index
    if lexicon.language == "en":
        if following in ("of", "for") and view.is_name_word(index + 2):
            return _coordination_end(view, index + 2)
        return index
    if following in ("für", "of", "for"):
        start = index + 2
        while lexicon.is_word("articles", view.word(start)) or view.word(start) in (
            "nachhaltige",
            "angewandte",
            "Angewandte",
            "regionale",
        ):
            start += 1
        if view.is_name_word(start):
            return _genitive_end(view, _coordination_end(view, start))
        return index
    last = _proper_end(view, index)
    return _genitive_end(view, last)


def _genitive_end(view: TextView, last: int) -> int:
    """Extend over 'der Stadt Wien', 'des Landes X', 'des Innern'."""
    if view.word(last + 1) not in ("der", "des") or not view.adjacent(last, last + 1):
        return last
    start = last + 2
    if not view.is_name_word(start) or not view.adjacent(last + 1, start):
        return last
    word = view.word(start)
    if view.lexicon.is_word("city_words", word) or word in (
        "Landes",
        "Freistaats",
        "Freistaates",
        "Kantons",
        "Kreises",
        "Landkreises",
    ):
        return start + 1 if view.is_name_word(start + 1) and view.adjacent(start, start + 1) else last
    if (
        view.gazetteer.region(word)
        or view.lexicon.head(word) is EntityType.ORGANISATION
        or word in ("Bundes", "Innern", "Länder", "DDR")
    ):
        return _right(view, start) if view.lexicon.head(word) is EntityType.ORGANISATION else start
    return last


def _coordination_end(view: TextView, start: int) -> int:
    """Return the last token of 'Bau-, Stadt- und Raumforschung' that begins at ``start``."""
    last = index = start
    while index - start < MAX_COORDINATED_WORDS:
        following = index + 1
        if view.word(following) in (",", "und", "and", "&") and view.is_name_word(following + 1):
            if (
                view.word(following) == ","
                and not view.word(index).endswith("-")
                and "und" not in _words(view, following, 8)
            ):
                break
            if view.word(following) in ("und", "and") and not _joins_one_name(view, index, following):
                break
            index = last = following + 1
        elif view.is_name_word(following) and view.adjacent(index, following):
            index = last = following
        else:
            break
    return last


def _joins_one_name(view: TextView, index: int, conjunction: int) -> bool:
    """Whether 'A und B' is one name: no person or organisation begins after the conjunction."""
    following = view.word(conjunction + 1)
    return not (
        view.lexicon.head(following) is EntityType.ORGANISATION
        or following in view.lexicon.first_names
        or view.tokens[conjunction + 1].is_acronym
        or (bool(view.gazetteer.cities(following)) and not view.word(index).endswith("-"))
    )


def _words(view: TextView, start: int, count: int) -> list[str]:
    return [view.word(i) for i in range(start, start + count)]


def _proper_end(view: TextView, index: int) -> int:
    """Return the last of the name words that follow ``index`` directly ('Hochschule Mannheim')."""
    last = index
    while (
        view.adjacent(last, last + 1)
        and view.is_name_word(last + 1)
        and not view.lexicon.is_role(view.word(last + 1))
        and last - index < 4
        and (view.word(last + 1) not in view.lexicon.first_names or bool(view.gazetteer.cities(view.word(last + 1))))
    ):
        last += 1
    return last
