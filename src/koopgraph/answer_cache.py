"""Answers of servers kept on the disk, so that nothing is asked (and paid for) twice: same request, same answer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from koopgraph.errors import KoopgraphError, SettingsError
from koopgraph.files import atomic_write


def request_key(url: str, body: Mapping[str, object]) -> str:
    """Return a digest of the whole request: the address and everything that is sent there."""
    return sha256(json.dumps([url, body], sort_keys=True).encode("utf-8")).hexdigest()


def user_cache(name: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for answers below the user's own folder for what can be fetched again.

    >>> user_cache("link", {"XDG_CACHE_HOME": "/home/me/.cache"}).parts[-2:]
    ('koopgraph', 'link')
    """
    usual = {"win32": "~/AppData/Local", "darwin": "~/Library/Caches"}.get(sys.platform, "~/.cache")
    set_ = environment.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return Path(set_ or usual).expanduser() / "koopgraph" / name


class AnswerCache:
    """A folder of answers by the key of their request. Without a folder it holds nothing."""

    def __init__(self, folder: str) -> None:
        """Make the folder where it is missing; raise :class:`SettingsError` where it cannot be made."""
        self._folder = Path(folder).expanduser() if folder else None
        if self._folder is not None:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise SettingsError(f"{folder}: cannot be made a folder for answers ({error.strerror})") from error

    def get(self, key: str) -> str | None:
        """Return the answer to the request, or None where none is kept (or what is kept cannot be read)."""
        if self._folder is None:
            return None
        try:
            content = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))["content"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return content if isinstance(content, str) else None

    def put(self, key: str, content: str) -> bool:
        """Keep an answer; False where the disk does not let us, which loses no more than this."""
        if self._folder is None:
            return False
        try:
            with atomic_write(self._folder / f"{key}.json", "w") as file:
                json.dump({"content": content}, file)
        except (OSError, KoopgraphError):
            return False
        return True
