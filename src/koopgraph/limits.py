"""How much is read: bounds against files that are made, or broken, so as to use up memory and time.

Each lies orders of magnitude above what articles need; what is beyond one becomes a problem of the kind 'limit' that
names it, and wherever that can be the rest is read. No bound is a time: the same input gives the same result on every
machine. What each is for, and why it is what it is, stands in docs/limits.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from koopgraph.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are in bytes of a file and in characters of a text that was read.

    ``file_bytes`` bounds a file that is one article, and a line of JSON; ``article_characters`` the text of an article,
    which is cut there; ``title_characters`` its title and ``name_characters`` each author and the publisher,
    which are cut; ``url_characters`` its address; ``authors`` how many it has; ``first_year`` and ``last_year`` when it
    was published. ``file_problems`` bounds the problems that one file reports, ``json_depth`` the nesting of JSON;
    that of HTML and XML is bounded by the parser, at 256.

    ``record_bytes`` bounds one unpacked page of a web archive or one chapter of a book, ``header_bytes`` what stands
    before it; ``archive_entries`` and ``archive_bytes`` the files in a DOCX or EPUB file and their size when unpacked,
    ``archive_ratio`` how far any larger than ``archive_free_bytes`` may be packed; ``xml_elements`` one entry of a
    feed; ``pdf_pages`` one PDF file, ``pdf_stream_bytes`` what one of its parts unpacks to.
    """

    file_bytes: int = 50_000_000
    article_characters: int = 2_000_000
    title_characters: int = 1_000
    name_characters: int = 200
    url_characters: int = 2_000
    authors: int = 100
    first_year: int = 1500
    last_year: int = 2199
    file_problems: int = 1_000
    json_depth: int = 100
    record_bytes: int = 20_000_000
    header_bytes: int = 1_000_000
    archive_entries: int = 10_000
    archive_bytes: int = 200_000_000
    archive_ratio: int = 200
    archive_free_bytes: int = 1_000_000
    xml_elements: int = 50_000
    pdf_pages: int = 2_000
    pdf_stream_bytes: int = 50_000_000

    def __post_init__(self) -> None:
        """Refuse what is no limit: a number below 1."""
        for name, value in asdict(self).items():
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise SettingsError(f"limit {name!r} must be a whole number from 1, not {value!r}")


DEFAULT = Limits()


def limits_of(table: Mapping[str, object]) -> Limits:
    """Return the limits of a table of settings, the others as they are by default.

    Raises :class:`SettingsError` for an unknown name and for what is no whole number from 1.

    >>> limits_of({"pdf_pages": 50}).pdf_pages
    50
    """
    known = [field.name for field in fields(Limits)]
    if unknown := sorted(set(table) - set(known)):
        raise SettingsError(f"there is no limit {', '.join(unknown)}; there are: {', '.join(known)}")
    return Limits(**table)  # type: ignore[arg-type]  # checked when it is made
