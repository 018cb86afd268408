"""Counts how many of the cities that koopgraph finds in articles are linked to GeoNames; prints totals, no article.

    python scripts/measure_links.py FOLDER…

A city counts as known where the gazetteer has any of its names.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from koopgraph.link.geonames import link_places, names_of
from koopgraph.link.scene import places_of
from koopgraph.model import Article, ArticleGraph, EntityType, Options
from koopgraph.read import SourceFile, discover, read_file
from koopgraph.timings import Timings
from koopgraph.work.article_graph import article_graph, chosen_extractors


def graphs(folder: Path) -> Iterator[ArticleGraph]:
    """Yield what each article of the folder states, linked; gold files are no articles."""
    options = Options()
    extractors = chosen_extractors(options)
    for file in discover([path for path in sorted(folder.iterdir()) if path.suffix != ".json"]):
        articles = read_file(file) if isinstance(file, SourceFile) else ()
        for article in articles:
            if isinstance(article, Article):
                found = article_graph(article, extractors, options, Timings())
                yield from (link_places(graph) for graph in found if isinstance(graph, ArticleGraph))


def main() -> None:
    """Measure the folders that the command line names, one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    for folder in options.folders:
        counts: Counter[str] = Counter()
        for graph in graphs(folder):
            for city in (entity for entity in graph.entities if entity.type is EntityType.CITY):
                known = len(places_of(names_of(city))[0])
                linked = bool(known and city.authority)
                counts.update(cities=1, known=bool(known), linked=linked)
                counts.update(namesakes=known > 1, told=known > 1 and linked)
        rate = counts["linked"] / max(1, counts["known"])
        found = f"{counts['cities']} cities, {counts['known']} known, {counts['linked']} linked ({rate:.1%})"
        sys.stdout.write(f"{folder}: {found}; {counts['namesakes']} with namesakes, {counts['told']} told\n")


if __name__ == "__main__":
    main()
