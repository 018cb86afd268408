"""Extractors by name: built-in ones and those of other packages come through the same door.

A package declares an entry point in the group ``koopgraph.extractors`` whose value is a function
decorated with :func:`extractor`. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TypeAlias

from koopgraph.errors import UnknownExtractorError
from koopgraph.model import Annotated, Language, Statement

GROUP = "koopgraph.extractors"
ExtractFunction: TypeAlias = Callable[[Annotated], Iterable[Statement]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """A named function from an annotated article to statements; ``version`` changes with its results."""

    name: str
    function: ExtractFunction
    version: str = "1"
    languages: tuple[Language, ...] = ("de", "en", "und")

    def __call__(self, annotated: Annotated) -> Iterable[Statement]:
        """Return the statements that this extractor finds; none where it does not know the language."""
        if annotated.article.language not in self.languages:
            return ()
        return self.function(annotated)


def extractor(
    name: str, *, version: str = "1", languages: tuple[Language, ...] = ("de", "en", "und")
) -> Callable[[ExtractFunction], Extractor]:
    """Make a function from an annotated article to statements an extractor called ``name``.

    >>> @extractor("nothing")
    ... def nothing(annotated):
    ...     return ()
    >>> nothing.name
    'nothing'
    """

    def wrap(function: ExtractFunction) -> Extractor:
        return Extractor(name, function, version, languages)

    return wrap


def available() -> dict[str, EntryPoint]:
    """Return every installed extractor's entry point by name, sorted."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda p: p.name)}


def get(name: str) -> Extractor:
    """Return the extractor ``name``; raise :class:`UnknownExtractorError`, which lists the known ones."""
    return _load(name, available())


def _load(name: str, points: dict[str, EntryPoint]) -> Extractor:
    if name not in points:
        raise UnknownExtractorError(f"no extractor is called {name!r}; known are: {', '.join(points) or 'none'}")
    try:
        loaded = points[name].load()
    except (ImportError, AttributeError) as error:
        raise UnknownExtractorError(
            f"extractor {name!r} cannot be loaded ({error}); install the package it needs"
        ) from error
    return loaded if isinstance(loaded, Extractor) else Extractor(name, loaded)


def select(names: tuple[str, ...] | None = None) -> tuple[Extractor, ...]:
    """Return the extractors called ``names``, or all built-in ones where ``names`` is None."""
    points = available()  # reads the metadata of every installed package: once for all names
    if names is None:
        names = tuple(n for n, p in points.items() if p.value.startswith("koopgraph."))
    return tuple(_load(name, points) for name in names)
