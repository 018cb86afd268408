"""Undertakings without quotation marks: named by the text ('X, ein Projekt …', 'called X') or by title and body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from koopgraph.annotate.matches import has_any
from koopgraph.annotate.names.view import OPENING_QUOTES, TextView
from koopgraph.model import EntityType, Language, Mention

_WORD = r"[A-ZÄÖÜÅÉÎØŠŽČ][\w’'+:-]*"
_INNER = rf"(?:{_WORD}|de|del|do|e|a|of|the|in|am|an|der|des|die|im|und|&|\d{{4}})"
_NAME = rf"(?P<name>{_WORD}(?: {_INNER})*(?: (?:{_WORD}|\d{{4}}))|{_WORD})"
_KIND = {
    "de": r"\w*(?:[Pp]rojekt|[Vv]orhaben|[Ii]nitiative|[Rr]eallabor|[Qq]uartier|[Kk]ampagne|[Nn]eubau|[Nn]etzwerk)",
    "en": r"(?:project|scheme|development|pilot|initiative|regeneration|rebuilding|trial|quarter|campaign)",
}
APPOSITION = {
    "de": re.compile(rf"(?<![\w-]){_NAME}, (?:ein|eine|das|die|unser|ihr)(?: [\w-]+){{0,3}} {_KIND['de']}\b"),
    "en": re.compile(rf"(?<![\w-]){_NAME}, (?:an?|the|our|its)(?: [\w-]+){{0,4}} {_KIND['en']}\b"),
}
# What follows the name in an apposition: looked for first, as the pattern of a name is tried at every capital.
_AFTER_NAME = {
    "de": re.compile(rf", (?:ein|eine|das|die|unser|ihr)(?: [\w-]+){{0,3}} {_KIND['de']}\b"),
    "en": re.compile(rf", (?:an?|the|our|its)(?: [\w-]+){{0,4}} {_KIND['en']}\b"),
}
CALLED = {
    "de": re.compile(rf"(?:namens|nennt sich|Arbeitstitel:?|getauft auf den Namen) {_NAME}"),
    "en": re.compile(rf"(?:called|named|under the name|known as|entry,) {_NAME}"),
}
_CALLING = {
    "de": ("namens ", "nennt sich ", "Arbeitstitel", "getauft auf den Namen "),
    "en": ("called ", "named ", "under the name ", "known as ", "entry, "),
}
# Last parts of words that are a building site as often as a place.
SITE = re.compile(
    r"(?:quartier|viertel|höfe|hof|werk|terrassen|areal|siedlung|garten|gärten|park|brücke|meile|insel|speicher)$"
)
MINIMUM_PLACES = 2  # in the title and once more, or a site three times


def find(view: TextView) -> Iterator[Mention]:
    """Yield the projects that the text itself calls so, and the names that its title and body share."""
    code = view.lexicon.language
    for match in (*_appositions(view.text, code), *_callings(view.text, code)):
        name = match["name"]
        if _is_free(view, name):
            yield Mention(match.start("name"), match.end("name"), name, EntityType.PROJECT, name, "naming", 0.7)
    for name in sorted(_title_names(view)):
        for start in view.occurrences(name):
            yield Mention(start, start + len(name), name, EntityType.PROJECT, name, "title", 0.6)


def _appositions(text: str, language: Language) -> Iterable[re.Match[str]]:
    return APPOSITION[language].finditer(text) if _AFTER_NAME[language].search(text) else ()


def _callings(text: str, language: Language) -> Iterable[re.Match[str]]:
    return CALLED[language].finditer(text) if has_any(text, _CALLING[language]) else ()


def _title_names(view: TextView) -> set[str]:
    """Return the runs of name words in the title that the body repeats and that nothing else explains."""
    names: set[str] = set()
    index = 0
    while index < len(view.tokens) and view.tokens[index].end <= view.title_end:
        last = index
        quoted = view.word(index - 1) in OPENING_QUOTES and index > 0
        if quoted or not view.is_name_word(index) or view.lexicon.is_word("articles", view.word(index)):
            index += 1
            continue
        while (
            view.adjacent(last, last + 1)
            and view.tokens[last + 1].end <= view.title_end
            and (view.is_name_word(last + 1) or re.fullmatch(r"\d{4}", view.word(last + 1)))
        ):
            last += 1
        name = view.text[view.tokens[index].start : view.tokens[last].end].removesuffix("'s").removesuffix("’s")
        if _is_repeated(view, name, last - index + 1) and _is_free(view, name):
            names.add(name)
        index = last + 1
    return names


def _is_repeated(view: TextView, name: str, words: int) -> bool:
    places = sum(1 for _ in view.occurrences(name))
    if words > 1:
        return places >= MINIMUM_PLACES
    return places > MINIMUM_PLACES and (view.lexicon.language == "en" or SITE.search(name) is not None)


def _is_free(view: TextView, name: str) -> bool:
    """Whether no other class explains ``name``: no city, region, given name, office or head noun of another class."""
    words = name.split()
    if view.gazetteer.cities(name) or view.gazetteer.region(name) or words[0] in view.lexicon.first_names:
        return False
    if any(view.lexicon.is_role(w) or view.lexicon.is_word("not_names", w) for w in words):
        return False
    return view.lexicon.head(words[-1]) in (None, EntityType.PLACE, EntityType.PROJECT)
