"""A graph into files of other programs: RDF, network formats, tables."""

from koopgraph.export.formats import FORMATS, SUFFIXES, export, export_bytes, format_of

__all__ = ["FORMATS", "SUFFIXES", "export", "export_bytes", "format_of"]
