"""People: a title, an office or a given name before a surname, or a verb of saying beside two name words."""

from __future__ import annotations

from collections.abc import Iterator

from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

MAX_NAME_WORDS = 5


def find(view: TextView) -> Iterator[Mention]:
    """Yield the people that ``view`` names in full; surnames alone are left to ``repeats``."""
    taken = -1
    for index in [i for i, facts in enumerate(view.facts) if facts.names_people]:
        last = _name_end(view, index) if index > taken and _may_go_on(view, index + 1) else None
        if last is None:
            continue
        confidence = _confidence(view, index, last)
        if confidence:
            yield view.mention(index, last, EntityType.PERSON, "persons", confidence)
            taken = last


def _may_go_on(view: TextView, index: int) -> bool:
    """Whether token ``index`` may follow the first word of a person's name: most words are out after this look."""
    if index >= len(view.facts):
        return False
    facts = view.facts[index]
    return facts.names_people or "particles" in facts.groups or len(view.words[index]) == 1


def _could_be_name(view: TextView, index: int) -> bool:
    return 0 <= index < len(view.facts) and view.facts[index].names_people


def _is_initial(view: TextView, index: int) -> bool:
    word = view.word(index)
    return len(word) == 1 and word.isupper() and view.word(index + 1) == "."


def _name_end(view: TextView, first: int) -> int | None:
    """Return the last token of a run 'Given [Middle] [von der] Surname' that ``first`` begins, or None."""
    index, words = first, 1
    while words < MAX_NAME_WORDS:
        following = index + 1
        if not view.adjacent(index, following):
            break
        if _is_initial(view, following):
            following += 2
            if not view.adjacent(following - 1, following):
                break
        if words > 1 and following == index + 1 and not _is_given_name(view, index):
            break  # 'Given Surname' is complete: what follows is another noun
        start = following
        if _are_given_names(view, first, following):
            while view.lexicon.is_word("particles", view.word(following)) and view.adjacent(following, following + 1):
                following += 1
        if following - start > 3 or not _could_be_name(view, following):
            break
        index = following
        words += 1
        if view.tokens[index].text.endswith(("'s", "’s")):
            break
    return index if index > first else None


def _is_given_name(view: TextView, index: int) -> bool:
    return 0 <= index < len(view.facts) and view.facts[index].given


def _are_given_names(view: TextView, first: int, end: int) -> bool:
    """Whether the tokens from ``first`` to before ``end`` are given names, initials and their full stops."""
    return all(view.facts[i].given or len(view.words[i]) == 1 or not view.tokens[i].is_word for i in range(first, end))


def _confidence(view: TextView, first: int, last: int) -> float:
    """Return how sure it is that the name words ``first``–``last`` are a person, 0 for not."""
    given = _is_given_name(view, first)
    surname = view.facts[last].surname
    before, after = view.word(first - 1), view.word(last + 1)
    if (
        view.adjacent(last, last + 1)
        and after[:1].isupper()
        and view.lexicon.head(after) in (EntityType.ORGANISATION, EntityType.PLACE)
    ):
        return 0.0  # 'Robert Bosch Stiftung', 'Erich Kästner Platz'
    titled = view.lexicon.is_word("titles", before) or (
        before == "." and view.lexicon.is_word("titles", view.word(first - 2))
    )
    if titled:
        return 0.95
    if given:
        city = bool(view.gazetteer.cities(view.word(first))) and not surname
        if city and view.lexicon.is_word("place_prepositions", before):
            return 0.0
        return 0.9 if surname else 0.85
    says = view.lexicon.is_word("says", before) or view.lexicon.is_word("says", after)
    office = view.lexicon.is_role(before)
    if last - first == 1 and (office or (says and surname)):
        return 0.7
    return 0.0
