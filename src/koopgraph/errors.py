"""Errors that a user can act on. Each says what happened, where, and what to try next.

The command line catches :class:`KoopgraphError` alone and turns it into one line and an exit code.
"""

from __future__ import annotations


class KoopgraphError(ValueError):
    """Base of all errors that are shown to the user; ``exit_code`` is the command line's."""

    exit_code = 2
    excerpt = ""
    """Lines that show the place of the error, where there are any to show."""


class ReadError(KoopgraphError):
    """A source that could not become an article. ``remedy`` says what the user can do about it."""

    def __init__(self, source: str, reason: str, remedy: str) -> None:
        """Take the file's name, what is wrong with it, and what to do."""
        super().__init__(f"{source}: {reason}. {remedy}")
        self.source = source
        self.reason = reason
        self.remedy = remedy


class LimitError(ReadError):
    """A source, or a part of one, that is beyond one of :class:`koopgraph.limits.Limits`."""


class OtherXmlError(ReadError):
    """A file of XML that holds no articles: in a folder it accompanies them, so that nobody needs to hear of it."""


class UnknownExtractorError(KoopgraphError):
    """An extractor was asked for by a name that nobody registered."""


class SettingsError(KoopgraphError):
    """A file of settings, or a setting of an extractor, that is malformed, unknown or missing."""


class ExtractionError(KoopgraphError):
    """An extractor could not read one article. The article counts all the same, without this extractor."""

    def __init__(self, extractor: str, reason: str, remedy: str) -> None:
        """Take the extractor's name, what went wrong, and what the user can do about it."""
        super().__init__(f"extractor {extractor}: {reason}. {remedy}")
        self.extractor = extractor
        self.reason = reason
        self.remedy = remedy


class OntologyError(KoopgraphError):
    """An ontology, shapes or rules file that ships or was given is missing or malformed."""


class StoreError(KoopgraphError):
    """The folder of a build holds no store, or one that cannot be opened."""


class QueryError(KoopgraphError):
    """A query that is malformed, unknown by name, or lacks a parameter."""


class QueryTimeoutError(QueryError):
    """A query that took longer than its time limit. Its exit code is that of coreutils' ``timeout``."""

    exit_code = 124


class AnswerTooLargeError(QueryError):
    """An answer of more bytes, or one that takes more memory, than its limit allows."""


class ServeError(KoopgraphError):
    """An address that the server cannot listen on."""


class ExportError(KoopgraphError):
    """An export format that is unknown, or a file that cannot be written."""


class TrainError(KoopgraphError):
    """Too little gold, labelled data that is missing or malformed, or a package that fitting needs."""


class ModelError(KoopgraphError):
    """A folder of trained models that is missing, malformed or of another format."""


class EvaluationError(KoopgraphError):
    """A gold article, or a file of quality floors, that is missing, malformed or not what was measured."""


class ClusterError(KoopgraphError):
    """A cluster cannot be reached, was lost, or runs another koopgraph."""


class LinkError(KoopgraphError):
    """A reconciliation service that cannot be used, or a file of links that is malformed."""


class CurationError(KoopgraphError):
    """A file of judgements that is malformed, or that cannot be read, added to or cut back."""

    def __init__(self, file: str, line: int | None, reason: str, remedy: str) -> None:
        """Take the file's name, the line (counted from 1; None for the whole file), what is wrong, and what to do."""
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {reason}. {remedy}")
        self.file = file
        self.line = line
        self.reason = reason
        self.remedy = remedy


class ReviewError(KoopgraphError):
    """A table of decisions that cannot be read, or has rows that make no judgement."""
