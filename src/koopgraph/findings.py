"""What a check of a graph found, and its ways onto paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from koopgraph.errors import KoopgraphError
from koopgraph.rdf.vocabulary import PREFIXES, RDF
from koopgraph.shacl.terms import SH

if TYPE_CHECKING:
    import pyoxigraph

    RdfTerm: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

Severity: TypeAlias = Literal["Violation", "Warning", "Info"]
FORMATS = ("table", "turtle", "json")
"""Every format that :meth:`Report.to_text` writes."""
COLUMNS = {
    "en": ("severity", "node", "property", "value", "message", "articles"),
    "de": ("Schwere", "Knoten", "Eigenschaft", "Wert", "Meldung", "Artikel"),
}
"""The headings of the table, by language."""
_SEVERITIES = {
    "en": {"Violation": "Violation", "Warning": "Warning", "Info": "Info"},
    "de": {"Violation": "Verstoß", "Warning": "Warnung", "Info": "Hinweis"},
}
_SUMMARIES = {
    "en": ("The graph holds to all shapes.", "violation", "violations", "warning or hint", "warnings or hints"),
    "de": ("Der Graph hält alle Regeln ein.", "Verstoß", "Verstöße", "Warnung oder Hinweis", "Warnungen oder Hinweise"),
}
_IRI = re.compile(r"<?(https?://[^\s<>\"]+)>?")


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which the graph does not hold to a shape.

    ``focus``, ``path`` and ``value`` (the offending one) are IRIs; a literal or blank node is in its N-Triples form,
    so that its datatype shows; '' stands for none. A path that is more than one property is in SPARQL's form.
    ``label`` names the focus node where it has a name; ``articles`` are the sources that it stems from;
    ``components`` are the conditions of the shape (SHACL's constraint components) that it fails.
    """

    focus: str
    label: str
    path: str
    value: str
    message: str
    severity: Severity
    shape: str
    articles: tuple[str, ...] = ()
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a check, sorted; the graph ``conforms`` where none of them is a violation.

    ``left`` are the shapes (IRIs; '' for one without) that only the slower reference could check, each with the reason.
    """

    findings: tuple[Finding, ...]
    language: str = "en"
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES, repr=False)
    left: tuple[tuple[str, str], ...] = ()

    @property
    def conforms(self) -> bool:
        """Tell whether the graph holds to the shapes: warnings and hints do not count."""
        return all(finding.severity != "Violation" for finding in self.findings)

    def header(self) -> tuple[str, ...]:
        """Return the headings of the table, in the report's language."""
        return COLUMNS[_known(self.language)]

    def rows(self) -> list[list[str]]:
        """Return the findings as rows of a table with the columns of :meth:`header`."""
        from koopgraph.query.table import printable, shorten

        def shortened(iri: str, written: str) -> str:
            short = shorten(iri, self.prefixes)
            return short if short != iri else written

        def short(text: str) -> str:
            return printable(_IRI.sub(lambda iri: shortened(iri[1], iri[0]), text))

        return [
            [
                _SEVERITIES[_known(self.language)][finding.severity],
                printable(f"{finding.label} ({short(finding.focus)})") if finding.label else short(finding.focus),
                short(finding.path),
                short(finding.value),
                short(finding.message),
                printable(", ".join(finding.articles)),
            ]
            for finding in self.findings
        ]

    def summary(self) -> str:
        """Say in one line how the check went."""
        fine, violation, violations, other, others = _SUMMARIES[_known(self.language)]
        if not self.findings:
            return fine
        number = sum(finding.severity == "Violation" for finding in self.findings)
        rest = len(self.findings) - number
        return f"{number} {violation if number == 1 else violations}, {rest} {other if rest == 1 else others}"

    def to_text(self, format: str = "table") -> str:
        """Return the report in one of :data:`FORMATS`; raise :class:`KoopgraphError` for another one.

        Turtle is a SHACL validation report; JSON a list of the findings' fields.
        """
        if format == "table":
            from koopgraph.query.table import columns

            return (columns(self.header(), self.rows()) + "\n" if self.findings else "") + self.summary() + "\n"
        if format == "json":
            entries = {"conforms": self.conforms, "findings": [asdict(finding) for finding in self.findings]}
            return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
        if format == "turtle":
            from koopgraph.rdf.serialise import to_bytes

            prefixes = {**self.prefixes, "sh": SH}
            return to_bytes(_report_quads(self), format="turtle", prefixes=prefixes).decode("utf-8")
        raise KoopgraphError(f"unknown format {format!r}. Known are: {', '.join(FORMATS)}.")


def _known(language: str) -> str:
    return language if language in COLUMNS else "en"


def _report_quads(report: Report) -> Iterator[pyoxigraph.Quad]:
    from pyoxigraph import BlankNode, NamedNode, Quad
    from pyoxigraph import Literal as OxLiteral

    top = BlankNode("report")
    yield Quad(top, NamedNode(RDF.type), NamedNode(SH + "ValidationReport"))
    yield Quad(top, NamedNode(SH + "conforms"), OxLiteral(not report.findings))
    # SHACL counts a result for each condition that fails, with one component.
    results = [(finding, of) for finding in report.findings for of in finding.components or ("",)]
    for number, (finding, component) in enumerate(results, start=1):
        node = BlankNode(f"result{number}")
        yield Quad(top, NamedNode(SH + "result"), node)
        yield Quad(node, NamedNode(RDF.type), NamedNode(SH + "ValidationResult"))
        yield Quad(node, NamedNode(SH + "resultSeverity"), NamedNode(SH + finding.severity))
        yield Quad(node, NamedNode(SH + "resultMessage"), OxLiteral(finding.message))
        path = finding.path if re.fullmatch(r"[^\s<>^()|]+", finding.path) else ""
        terms = {"resultPath": path, "sourceShape": finding.shape, "sourceConstraintComponent": component}
        for name, value in terms.items():
            if value:
                yield Quad(node, NamedNode(SH + name), NamedNode(value))
        yield Quad(node, NamedNode(SH + "focusNode"), _read(finding.focus))
        if finding.value:
            yield Quad(node, NamedNode(SH + "value"), _read(finding.value))


def _read(written: str) -> RdfTerm:
    """Return the term that a finding's ``focus`` or ``value`` writes."""
    import pyoxigraph

    if not written.startswith(('"', "_:")):
        return pyoxigraph.NamedNode(written)
    parser = pyoxigraph.parse(f"<urn:s> <urn:p> {written} .", format=pyoxigraph.RdfFormat.N_TRIPLES)
    term: RdfTerm = next(parser).object
    return term
