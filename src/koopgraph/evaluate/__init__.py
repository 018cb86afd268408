"""evaluate: what a graph has right and wrong, measured against gold articles."""

from __future__ import annotations

from koopgraph.evaluate.gold import GoldArticle, GoldEntity, GoldRelation, read_gold

__all__ = ["GoldArticle", "GoldEntity", "GoldRelation", "read_gold"]
