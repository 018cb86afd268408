"""Files in, articles out: plain text, Markdown, web pages and JSON lines, from folders, files and lists of paths."""

from __future__ import annotations

from koopgraph.read.files import read, read_file
from koopgraph.read.sources import SourceFile, discover

__all__ = ["SourceFile", "discover", "read", "read_file"]
