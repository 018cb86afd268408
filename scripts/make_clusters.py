"""Makes the Brown clusters that ship: the common words of spacy-lookups-data (MIT), pruned.

usage: python scripts/make_clusters.py            (needs: pip install koopgraph[clusters])
"""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from pathlib import Path

from koopgraph.annotate.recognise.clusters import Clusters

# How many of the most frequent words of each language are kept.
WORDS_KEPT = {"de": 800_000, "en": 150_000}


def write_clusters(folder: Path) -> None:
    """Write ``clusters.de.npz`` and ``clusters.en.npz`` into ``folder``, from the installed spacy-lookups-data."""
    for language, count in WORDS_KEPT.items():
        clusters = _table(f"{language}_lexeme_cluster.json.gz")
        frequency = _table(f"{language}_lexeme_prob.json.gz")
        words = sorted(
            (w for w, p in clusters.items() if isinstance(p, int) and w in frequency and _is_word(w)),
            key=lambda w: (-frequency[w], w),
        )
        folder.joinpath(f"clusters.{language}.npz").write_bytes(
            Clusters.of({w: int(clusters[w]) for w in words[:count]}).to_bytes()
        )


def _is_word(word: str) -> bool:
    return not any(c.isspace() for c in word)


def _table(name: str) -> dict[str, float]:
    data = files("spacy_lookups_data").joinpath("data", name).read_bytes()
    table: dict[str, float] = json.loads(gzip.decompress(data))
    return {word: value for word, value in table.items() if isinstance(value, int | float)}


if __name__ == "__main__":
    write_clusters(Path(__file__).resolve().parents[1] / "src" / "koopgraph" / "models")
