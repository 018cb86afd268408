"""Extractors by name: built-in ones and those of other packages come through the same door.

A package declares an entry point in the group ``koopgraph.extractors`` whose value is a function
decorated with :func:`extractor`, or an :class:`ExtractorFactory` where it takes settings. An entry point
with an extra after its value (``module:name [spacy]``) is optional: it needs what that extra installs and
runs only where it is asked for. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from types import MappingProxyType
from typing import TypeAlias

from koopgraph.errors import SettingsError, UnknownExtractorError
from koopgraph.model import Annotated, Language, Mention, Statement

GROUP = "koopgraph.extractors"
LANGUAGES: tuple[Language, ...] = ("de", "en", "und")
ExtractFunction: TypeAlias = Callable[[Annotated], Iterable[Statement]]
MentionFunction: TypeAlias = Callable[[Annotated], Iterable[Mention]]
WeighFunction: TypeAlias = Callable[[Annotated, Sequence[Statement]], Sequence[Statement]]
Table: TypeAlias = Mapping[str, object]
Settings: TypeAlias = Mapping[str, Table]
"""The settings of extractors by their names, as a file of settings or the caller gives them."""
NO_SETTINGS: Settings = MappingProxyType({})


def _no_notes() -> Table:
    return {}


@dataclass(frozen=True, slots=True)
class Extractor:
    """A named function from an annotated article to statements; ``version`` changes with its results.

    ``mentions`` names further things before any statement is extracted; ``notes`` tells, after a build, what
    the report shall say of this extractor (tokens, costs, what was dropped). ``weigh`` sees what all extractors
    state of an article and may give it another confidence, or add to it; ``cut`` is the confidence below which
    statements are then left out, where the user names none.
    """

    name: str
    function: ExtractFunction
    version: str = "1"
    languages: tuple[Language, ...] = LANGUAGES
    mentions: MentionFunction | None = None
    notes: Callable[[], Table] = _no_notes
    weigh: WeighFunction | None = None
    cut: float = 0.0

    def __call__(self, annotated: Annotated) -> Iterable[Statement]:
        """Return the statements that this extractor finds; none where it does not know the language."""
        if annotated.article.language not in self.languages:
            return ()
        return self.function(annotated)

    def propose(self, annotated: Annotated) -> Iterable[Mention]:
        """Return the mentions that this extractor finds; none where it does not know the language."""
        if self.mentions is None or annotated.article.language not in self.languages:
            return ()
        return self.mentions(annotated)


@dataclass(frozen=True, slots=True)
class ExtractorFactory:
    """Makes the extractor ``name`` from its settings. ``needs`` are the modules without which it cannot work."""

    name: str
    make: Callable[[Table], Extractor]
    needs: tuple[str, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """Return the needed modules that are not installed, without importing any."""
        return tuple(module for module in self.needs if find_spec(module) is None)


def extractor(
    name: str,
    *,
    version: str = "1",
    languages: tuple[Language, ...] = LANGUAGES,
    mentions: MentionFunction | None = None,
) -> Callable[[ExtractFunction], Extractor]:
    """Make a function from an annotated article to statements an extractor called ``name``.

    >>> @extractor("nothing")
    ... def nothing(annotated):
    ...     return ()
    >>> nothing.name
    'nothing'
    """

    def wrap(function: ExtractFunction) -> Extractor:
        return Extractor(name, function, version, languages, mentions)

    return wrap


def available() -> dict[str, EntryPoint]:
    """Return every installed extractor's entry point by name, sorted."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda p: p.name)}


def is_built_in(point: EntryPoint) -> bool:
    """Whether an extractor is koopgraph's own and needs nothing that koopgraph does not install anyway."""
    return point.value.startswith("koopgraph.") and not point.extras


def built_in() -> tuple[str, ...]:
    """Return the names of the extractors that run where none is named, sorted."""
    return tuple(name for name, point in available().items() if is_built_in(point))


def installing(point: EntryPoint) -> str:
    """Return the command that installs what an optional extractor needs, or '' for one that needs nothing."""
    package = point.dist.name if point.dist else "koopgraph"
    return f"pip install '{package}[{','.join(point.extras)}]'" if point.extras else ""


def missing(point: EntryPoint) -> tuple[str, ...]:
    """Return the modules that an optional extractor needs and that are not installed."""
    loaded = _load(point) if point.extras else None
    return loaded.missing() if isinstance(loaded, ExtractorFactory) else ()


def get(name: str, settings: Table = MappingProxyType({})) -> Extractor:
    """Return the extractor ``name``; raise :class:`UnknownExtractorError`, which lists the known ones.

    Raises :class:`SettingsError` for settings that it does not take.
    """
    return _make(name, available(), settings)


def select(names: Iterable[str] | None = None, settings: Settings = NO_SETTINGS) -> tuple[Extractor, ...]:
    """Return the extractors called ``names`` with their ``settings``, or all built-in ones where it is None.

    Raises :class:`UnknownExtractorError` for a name that no extractor has, :class:`SettingsError` for
    settings that are wrong.
    """
    points = available()  # reads the metadata of every installed package: once for all names
    for name in settings:
        _check_known(name, points)
    if names is None:
        names = [name for name, point in points.items() if is_built_in(point)]
    return tuple(_make(name, points, settings.get(name, {})) for name in dict.fromkeys(names))


def _check_known(name: str, points: Mapping[str, EntryPoint]) -> None:
    if name not in points:
        raise UnknownExtractorError(f"no extractor is called {name!r}; known are: {', '.join(points) or 'none'}")


def _make(name: str, points: Mapping[str, EntryPoint], settings: Table) -> Extractor:
    _check_known(name, points)
    loaded = _load(points[name])
    if isinstance(loaded, ExtractorFactory):
        if absent := loaded.missing():
            advice = installing(points[name]) or "install them"
            raise UnknownExtractorError(f"extractor {name!r} needs {', '.join(absent)}: {advice}")
        return loaded.make(settings)
    if settings:
        raise SettingsError(f"extractor {name!r} takes no settings; leave out {', '.join(sorted(settings))}")
    return loaded if isinstance(loaded, Extractor) else Extractor(name, loaded)


def _load(point: EntryPoint) -> Extractor | ExtractorFactory | ExtractFunction:
    try:
        loaded: Extractor | ExtractorFactory | ExtractFunction = point.load()
    except (ImportError, AttributeError) as error:
        advice = installing(point) or "install the package it needs"
        raise UnknownExtractorError(f"extractor {point.name!r} cannot be loaded ({error}); {advice}") from error
    return loaded
