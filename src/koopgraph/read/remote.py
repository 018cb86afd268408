"""Files on remote storage, by URL: ``s3://bucket/folder``, ``hdfs://host/folder``, ``memory://`` and others of fsspec.

Nothing here is reached but for a source that the user gives as a URL. Pages of the web are not fetched: an
article has to be saved first, so that a graph can be built again from the same input.
"""

from __future__ import annotations

import re
from io import BufferedReader
from pathlib import Path
from types import ModuleType
from typing import cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

from koopgraph.errors import ReadError

_URL = re.compile(r"[a-z][a-z0-9+.-]+(?:://|::)", re.IGNORECASE)  # one letter alone is a drive of Windows
_WEB = ("http://", "https://", "ftp://")
_INSTALL = "Install it: pip install 'koopgraph[remote]'."


def is_url(source: str) -> bool:
    """Say whether a source is a URL rather than a path.

    >>> [is_url(source) for source in ("s3://bucket/presse", "presse/a.txt", "C://presse")]
    [True, False, False]
    """
    return _URL.match(source) is not None


def local_path(url: str) -> Path | None:
    """Return the path that a ``file://`` URL means, None for any other URL.

    Raises :class:`ReadError` for one with a host.
    """
    if not url.casefold().startswith("file://"):
        return None
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise ReadError(url, "names a file on another machine", "Write file:///path, with three slashes.")
    return Path(url2pathname(parts.path))


def list_url(url: str) -> list[tuple[str, ...]] | None:
    """List the files below a folder on remote storage, each as the parts of its path there; None where it is a file.

    Raises :class:`ReadError` where it does not exist or cannot be listed, and where a package is missing.
    """
    fsspec = _fsspec(url)
    try:
        storage, root = fsspec.core.url_to_fs(url)
        if storage.isfile(root):
            return None
        if not storage.exists(root):
            raise ReadError(url, "does not exist", "Check the address; a folder or a file is expected.")
        below = root.rstrip("/")
        return [tuple(path.removeprefix(below).lstrip("/").split("/")) for path in storage.find(root)]
    except ReadError:
        raise
    except ImportError as error:
        raise ReadError(url, f"needs a package for this storage ({error})", "Install it with pip.") from error
    except Exception as error:  # each kind of storage has errors of its own
        reason = f"cannot be listed ({_said(error)})"
        raise ReadError(url, reason, "Check the address, and that you may read there.") from error


def open_url(url: str) -> BufferedReader:
    """Open a file on remote storage. Raises :class:`OSError`, whatever the storage itself raises."""
    try:
        import fsspec

        storage, path = fsspec.core.url_to_fs(url)
        return BufferedReader(storage.open(path, "rb"))
    except OSError:
        raise
    except Exception as error:
        raise OSError(_said(error)) from error


def _fsspec(url: str) -> ModuleType:
    if url.casefold().startswith(_WEB):
        raise ReadError(url, "is a page of the web, and koopgraph fetches none", "Save the page and give the file.")
    if "::" in url:
        raise ReadError(url, "is a chain of addresses", "Give a folder or a file; unpack archives first.")
    try:
        import fsspec
    except ImportError as error:
        raise ReadError(url, "is on remote storage, which needs fsspec", _INSTALL) from error
    return cast("ModuleType", fsspec)


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
