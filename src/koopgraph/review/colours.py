"""The colours of the terminal interface, dark and light: each name of a question keeps its colour everywhere."""

from __future__ import annotations

import os
from collections.abc import Mapping

from textual.theme import Theme

_LIGHT_BACKGROUNDS = frozenset({"7", "15"})
"""What terminals that tell their colours (``COLORFGBG``) call a light background."""

DARK = Theme(
    name="koopgraph-dark",
    primary="#5fb3b3",
    accent="#e8b04b",
    foreground="#dfe5ea",
    background="#15191e",
    surface="#1d232a",
    panel="#20272f",
    error="#e5786d",
    dark=True,
    variables={
        "quiet": "#93a1ad",
        "track": "#3a4550",
        "badge": "#33404c",
        "badge-text": "#dfe5ea",
        "key": "#e8b04b",
        "key-text": "#15191e",
        "name-1": "#1d5a63",
        "name-1-text": "#e6fbff",
        "name-2": "#6a4521",
        "name-2-text": "#fff1dc",
    },
)
LIGHT = Theme(
    name="koopgraph-light",
    primary="#1d6f78",
    accent="#9a5b00",
    foreground="#1f272e",
    background="#fbfaf7",
    surface="#ffffff",
    panel="#edebe4",
    error="#a8322a",
    dark=False,
    variables={
        "quiet": "#5c6871",
        "track": "#c9c6bc",
        "badge": "#dcd9cf",
        "badge-text": "#1f272e",
        "key": "#9a5b00",
        "key-text": "#ffffff",
        "name-1": "#bfe6ea",
        "name-1-text": "#0c3a40",
        "name-2": "#fbdcae",
        "name-2-text": "#4d2c00",
    },
)


def fitting(environment: Mapping[str, str] = os.environ) -> Theme:
    """Return the theme for the terminal's background, dark where it does not tell."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in _LIGHT_BACKGROUNDS else DARK
