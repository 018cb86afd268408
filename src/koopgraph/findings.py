"""What a check of a graph found, and its ways onto paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from koopgraph.errors import KoopgraphError
from koopgraph.rdf.vocabulary import PREFIXES, RDF

if TYPE_CHECKING:
    import pyoxigraph

    RdfTerm: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

Severity: TypeAlias = Literal["Violation", "Warning", "Info"]
SH = "http://www.w3.org/ns/shacl#"
FORMATS = ("table", "turtle", "json")
"""Every format that :meth:`Report.to_text` writes."""
COLUMNS = ("severity", "node", "property", "value", "message", "articles")
_IRI = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which the graph does not hold to a shape.

    ``focus``, ``path`` and ``value`` (the offending one) are IRIs; a literal or blank node is in its N-Triples form,
    so that its datatype shows; '' stands for none, or for a path that is more than one property.
    ``label`` names the focus node where it has a name; ``articles`` are the sources that it stems from.
    """

    focus: str
    label: str
    path: str
    value: str
    message: str
    severity: Severity
    shape: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a check, sorted; the graph ``conforms`` where none of them is a violation."""

    findings: tuple[Finding, ...]
    language: str = "en"
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES, repr=False)

    @property
    def conforms(self) -> bool:
        """Tell whether the graph holds to the shapes: warnings and hints do not count."""
        return all(finding.severity != "Violation" for finding in self.findings)

    def rows(self) -> list[list[str]]:
        """Return the findings as rows of a table with the columns :data:`COLUMNS`."""
        from koopgraph.query.table import printable, shorten

        def short(text: str) -> str:
            return printable(_IRI.sub(lambda iri: shorten(iri[0], self.prefixes), text))

        return [
            [
                finding.severity,
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
        violations = sum(finding.severity == "Violation" for finding in self.findings)
        if not self.findings:
            return "The graph holds to all shapes."
        others = len(self.findings) - violations
        return f"{_counted(violations, 'violation')}, {_counted(others, 'warning or hint', 'warnings or hints')}"

    def to_text(self, format: str = "table") -> str:
        """Return the report in one of :data:`FORMATS`; raise :class:`KoopgraphError` for another one.

        Turtle is a SHACL validation report; JSON a list of the findings' fields.
        """
        if format == "table":
            from koopgraph.query.table import columns

            return (columns(COLUMNS, self.rows()) + "\n" if self.findings else "") + self.summary() + "\n"
        if format == "json":
            entries = {"conforms": self.conforms, "findings": [asdict(finding) for finding in self.findings]}
            return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
        if format == "turtle":
            from koopgraph.rdf.serialise import to_bytes

            prefixes = {**self.prefixes, "sh": SH}
            return to_bytes(_report_quads(self), format="turtle", prefixes=prefixes).decode("utf-8")
        raise KoopgraphError(f"unknown format {format!r}. Known are: {', '.join(FORMATS)}.")


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _report_quads(report: Report) -> Iterator[pyoxigraph.Quad]:
    from pyoxigraph import BlankNode, NamedNode, Quad
    from pyoxigraph import Literal as OxLiteral

    top = BlankNode("report")
    yield Quad(top, NamedNode(RDF.type), NamedNode(SH + "ValidationReport"))
    yield Quad(top, NamedNode(SH + "conforms"), OxLiteral(not report.findings))
    for number, finding in enumerate(report.findings, start=1):
        node = BlankNode(f"result{number}")
        yield Quad(top, NamedNode(SH + "result"), node)
        yield Quad(node, NamedNode(RDF.type), NamedNode(SH + "ValidationResult"))
        yield Quad(node, NamedNode(SH + "resultSeverity"), NamedNode(SH + finding.severity))
        yield Quad(node, NamedNode(SH + "resultMessage"), OxLiteral(finding.message))
        for name, value in (("resultPath", finding.path), ("sourceShape", finding.shape)):
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
