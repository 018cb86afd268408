"""What the review says, in German or English: its own words (``words.toml``) and the ontology's labels."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from koopgraph.rdf.vocabulary import term_labels, themes

Tongue = Literal["de", "en"]


class Words:
    """The words of one language."""

    def __init__(self, language: Tongue = "en") -> None:
        """Read the words of ``language``."""
        self._language = language
        self._words = _all()[language]

    def say(self, key: str, **parts: object) -> str:
        """Return the words of that key, with the parts put in.

        >>> Words("en").say("left", done=1, left=2)
        '1 done · 2 left'
        """
        return str(self._words[key]).format(**parts)

    def term(self, name: str) -> str:
        """Return the label of a class or relation."""
        return term_labels().get(name, {}).get(self._language, name)

    def rule(self, name: str) -> str:
        """Return the name of a rule of merges."""
        return str(self._words.get("rule", {}).get(name, name))

    def value(self, relation: str, value: str) -> str:
        """Return a value as it is shown: themes by their labels."""
        return themes().get(value, {}).get(self._language, value) if relation == "theme" else value

    def said(self, number: int) -> str:
        """Return a number with its thousands apart: '12,345', '12.345'."""
        return f"{number:,}".replace(",", ".") if self._language == "de" else f"{number:,}"


@cache
def _all() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("koopgraph.review") / "words.toml").read_text(encoding="utf-8"))
