"""evaluate: what a graph has right and wrong, measured against gold articles."""

from __future__ import annotations

from koopgraph.evaluate.evaluation import Evaluation, evaluate
from koopgraph.evaluate.gold import GoldArticle, GoldEntity, GoldRelation, read_gold
from koopgraph.evaluate.scores import Scores, Tally

__all__ = ["Evaluation", "GoldArticle", "GoldEntity", "GoldRelation", "Scores", "Tally", "evaluate", "read_gold"]
