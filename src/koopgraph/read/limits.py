"""How much of one source is read: bounds against files that are made, or broken, so as to use up memory and time.

Each lies orders of magnitude above what articles need; what is beyond one becomes a problem that names it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are in bytes.

    ``record_bytes`` bounds one unpacked page of a web archive or one chapter of a book, ``header_bytes`` what stands
    before it; ``archive_entries`` and ``archive_bytes`` the files in a DOCX or EPUB file and their size when unpacked,
    ``archive_ratio`` how far any larger than ``archive_free_bytes`` may be packed; ``xml_elements`` one entry of a
    feed; ``pdf_pages`` one PDF file, ``pdf_stream_bytes`` what one of its parts unpacks to.
    """

    record_bytes: int = 20_000_000
    header_bytes: int = 1_000_000
    archive_entries: int = 10_000
    archive_bytes: int = 200_000_000
    archive_ratio: int = 200
    archive_free_bytes: int = 1_000_000
    xml_elements: int = 50_000
    pdf_pages: int = 2_000
    pdf_stream_bytes: int = 50_000_000


DEFAULT = Limits()
