"""What was read of each article, kept between builds: the next one does only what is new or has changed."""

from __future__ import annotations

from koopgraph.records.contents import Contents
from koopgraph.records.fingerprint import fingerprint, fingerprint_of_outputs, key_of_article, key_of_file
from koopgraph.records.record import Record
from koopgraph.records.shard import write_shard
from koopgraph.records.shelf import Shelf

__all__ = [
    "Contents",
    "Record",
    "Shelf",
    "fingerprint",
    "fingerprint_of_outputs",
    "key_of_article",
    "key_of_file",
    "write_shard",
]
