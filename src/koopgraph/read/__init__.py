"""Files in, articles out: text, web pages, feeds, documents, books and archives, from folders, files and lists."""

from __future__ import annotations

from koopgraph.read.files import holds_many, read, read_file
from koopgraph.read.sources import SourceFile, discover

__all__ = ["SourceFile", "discover", "holds_many", "read", "read_file"]
