"""Names that come again: surnames, acronyms in brackets, and further places of a name found once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from koopgraph.annotate.matches import wholes_of
from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

BRACKETED = re.compile(
    r"[“”\"«»]?\s?\((?:kurz:? |short: )?([A-ZÄÖÜ][\w&/+-]{1,14})\)|[“”\"«»]?,? kurz:? [„«]?([A-ZÄÖÜ][\w&/+-]{1,14})"
)
# A name may have a genitive ending and stand before a hyphen with a noun: 'Leipzigs', 'STÄWOG-Chefin'.
_ENDING = re.compile(r"(?:s|'s|’s)?(?:(?![\w-])|(?=-[A-ZÄÖÜ]))")
_WORD = re.compile(r"[\w-]")
CERTAIN = 0.55  # a name found with at least this confidence is looked for in the rest of the text


def find(view: TextView, chosen: tuple[Mention, ...]) -> Iterator[Mention]:
    """Yield further candidates that follow from the mentions chosen so far."""
    yield from _acronyms(view, chosen)
    yield from _surnames(view, chosen)
    yield from _same_names(view, chosen)


def _acronyms(view: TextView, chosen: tuple[Mention, ...]) -> Iterator[Mention]:
    """'… für Länderkunde (IfL)': the acronym has the class of the name before it."""
    for mention in chosen:
        match = BRACKETED.match(view.text, mention.end)
        if not match or mention.type in (EntityType.PERSON, EntityType.CITY, EntityType.PLACE):
            continue
        group = match.lastindex or 1
        short = match.group(group)
        if sum(c.isupper() for c in short) < 2 or view.lexicon.is_word("not_names", short):
            continue
        for start in view.occurrences(short):
            yield Mention(start, start + len(short), short, mention.type, short, "acronyms", 0.97)


def _surnames(view: TextView, chosen: tuple[Mention, ...]) -> Iterator[Mention]:
    """A surname alone is the person who was named in full elsewhere."""
    surnames = {m.name.split()[-1].removesuffix("'s").removesuffix("’s") for m in chosen if m.type is EntityType.PERSON}
    surnames = {s for s in surnames if len(s) > 2}
    for token in [view.tokens[i] for i in view.capitalised] if surnames else ():
        for surname in (token.text, token.text.removesuffix("'s").removesuffix("’s"), token.text.removesuffix("s")):
            if surname in surnames:
                yield Mention(token.start, token.end, token.text, EntityType.PERSON, surname, "surnames", 0.8)
                break


def _same_names(view: TextView, chosen: tuple[Mention, ...]) -> Iterator[Mention]:
    """Every other place where a name stands gets the class that most of its mentions have."""
    classes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for mention in chosen:
        if mention.confidence >= CERTAIN and len(mention.name) > 2:
            classes[mention.name][mention.type] += 1
    taken = {m.start for m in chosen}
    for name in sorted(classes):
        kind = min(classes[name], key=lambda k: (-classes[name][k], k))
        if kind is EntityType.EVENT and " " not in name:
            continue
        for start in wholes_of(view.text, name, ("", "s")):
            end = start + len(name)
            ending = _ENDING.match(view.text, end)
            if ending and start not in taken and not _WORD.match(view.text[start - 1 : start]):
                yield Mention(start, ending.end(), view.text[start : ending.end()], kind, name, "repeats", 0.6)
