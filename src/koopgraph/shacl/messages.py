"""What a finding says: the shape's own message in the reader's language, else one of ours that tells the fix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from koopgraph.shacl.terms import SH

if TYPE_CHECKING:
    from koopgraph.shacl.shapes import Shapes
    from koopgraph.shacl.terms import Result

_SUFFIX = "ConstraintComponent"
DEFAULTS: dict[str, tuple[str, str]] = {
    "Class": (
        "Der Wert ist nicht von der Klasse {}: Berichtigen Sie ihn oder seine Klasse.",
        "The value is not of the class {}: correct it or its class.",
    ),
    "Datatype": ("Der Wert ist kein gültiges {}: Schreiben Sie ihn so.", "The value is no valid {}: write it so."),
    "NodeKind": (
        "Der Wert ist nicht von der Art {}: Ersetzen Sie ihn.",
        "The value is not of the kind {}: replace it.",
    ),
    "MinCount": ("Es braucht wenigstens {}: Ergänzen Sie die Angabe.", "At least {} needed: add what is missing."),
    "MaxCount": ("Höchstens {} erlaubt: Streichen Sie die übrigen.", "At most {} allowed: drop the others."),
    "MinInclusive": (
        "Der Wert muss mindestens {} sein: Berichtigen Sie ihn.",
        "The value has to be at least {}: correct it.",
    ),
    "MinExclusive": (
        "Der Wert muss größer als {} sein: Berichtigen Sie ihn.",
        "The value has to be more than {}: correct it.",
    ),
    "MaxInclusive": (
        "Der Wert darf höchstens {} sein: Berichtigen Sie ihn.",
        "The value may be at most {}: correct it.",
    ),
    "MaxExclusive": (
        "Der Wert muss kleiner als {} sein: Berichtigen Sie ihn.",
        "The value has to be less than {}: correct it.",
    ),
    "MinLength": (
        "Der Text ist kürzer als {} Zeichen: Ergänzen Sie ihn.",
        "The text is shorter than {} characters: complete it.",
    ),
    "MaxLength": (
        "Der Text ist länger als {} Zeichen: Kürzen Sie ihn.",
        "The text is longer than {} characters: shorten it.",
    ),
    "Pattern": (
        "Der Wert passt nicht zum Muster {}: Schreiben Sie ihn so.",
        "The value does not fit the pattern {}: write it so.",
    ),
    "LanguageIn": (
        "Die Sprache des Textes ist nicht vorgesehen: Berichtigen Sie seine Sprachangabe.",
        "The text's language is not one of those allowed: correct its language tag.",
    ),
    "UniqueLang": (
        "Mehrere Texte haben dieselbe Sprache: Behalten Sie einen je Sprache.",
        "Several texts have one language: keep one for each.",
    ),
    "Equals": (
        "Die Werte stimmen nicht mit denen von {} überein: Gleichen Sie sie an.",
        "The values differ from those of {}: make them equal.",
    ),
    "Disjoint": (
        "Der Wert steht auch bei {}: Streichen Sie einen von beiden.",
        "The value is one of {} too: drop one of both.",
    ),
    "LessThan": (
        "Der Wert ist nicht kleiner als der von {}: Berichtigen Sie einen von beiden.",
        "The value is not less than that of {}: correct one of both.",
    ),
    "LessThanOrEquals": (
        "Der Wert ist größer als der von {}: Berichtigen Sie einen von beiden.",
        "The value is more than that of {}: correct one of both.",
    ),
    "HasValue": ("Der Wert {} fehlt: Ergänzen Sie ihn.", "The value {} is missing: add it."),
    "In": (
        "Der Wert steht nicht in der Liste: Wählen Sie einen daraus.",
        "The value is not in the list: choose one of it.",
    ),
    "Closed": (
        "Die Eigenschaft ist hier nicht vorgesehen: Streichen Sie sie.",
        "The property is not allowed here: drop it.",
    ),
    "QualifiedMinCount": ("Zu wenige passende Werte: Ergänzen Sie bis {}.", "Too few fitting values: add up to {}."),
    "QualifiedMaxCount": (
        "Zu viele passende Werte: Behalten Sie höchstens {}.",
        "Too many fitting values: keep at most {}.",
    ),
}
"""Component → message (German, English) where a shape has none of its own; {} is the value of its parameter."""
_OTHER = (
    "Der Wert erfüllt die Bedingung der Form nicht ({}): Berichtigen Sie ihn.",
    "The value fails the shape's condition ({}): correct it.",
)
_FILLED = frozenset({"SPARQL", "JS"})


def message(result: Result, shapes: Shapes, language: str) -> str:
    """Return what to say of a result: in that language, else in English, else in any."""
    component = result.component.removeprefix(SH).removesuffix(_SUFFIX)
    core = result.component.startswith(SH) and component not in _FILLED
    own = shapes.messages(result.shape) if core else result.messages
    if own:
        return _chosen(own, language)
    name = component[:1].lower() + component[1:]
    parameters = sorted(term.value for term in shapes.objects(result.shape, SH + name) if hasattr(term, "value"))
    german, english = DEFAULTS.get(component, _OTHER)
    text = german if language == "de" else english
    return text.format(", ".join(parameters) if component in DEFAULTS else f"sh:{name}" if core else component)


def _chosen(messages: Iterable[tuple[str, str]], language: str) -> str:
    def distance(message: tuple[str, str]) -> tuple[int, str]:
        tag, text = message
        return ([language, "en"].index(tag) if tag in {language, "en"} else 2, text)

    return " ".join(min(messages, key=distance)[1].split())
