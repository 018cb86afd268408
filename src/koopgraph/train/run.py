"""The whole fitting: gold in, a folder of models out.

Every part of a model is written by a function of its own, in the order of ``PARTS``; a part that is added later adds a
function there. The manifest names the parts' files with their hashes, the data they were fitted on and their figures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from koopgraph import __version__
from koopgraph.annotate.recognise.chain import Chain
from koopgraph.annotate.recognise.model import FORMAT, LANGUAGES, MANIFEST, load_general, shipped
from koopgraph.errors import TrainError
from koopgraph.evaluate.gold import GoldArticle, read_gold
from koopgraph.files import atomic_write
from koopgraph.model import Annotated, Language
from koopgraph.progress import Progress, silent
from koopgraph.train.figures import entity_figures
from koopgraph.train.general import fit_general, measure
from koopgraph.train.labelled import Labelled, germeval, wikigold
from koopgraph.train.names import annotate_held_out, fit_names, practise, prepare
from koopgraph.train.relations import fit_relations
from koopgraph.weigh import RELATIONS_FILE

LEAST_ARTICLES = 2  # one to fit on while the other is held out


@dataclass(frozen=True, slots=True)
class Sources:
    """What to fit on: folders of gold; and folders of labelled data, where the general models are to be refitted."""

    gold: tuple[Path, ...]
    germeval: Path | None = None
    wikigold: Path | None = None


@dataclass(slots=True)
class Draft:
    """A model in the making: the bytes of each file, the figures of each part, and what later parts build on."""

    sources: Sources
    gold: Sequence[GoldArticle]
    progress: Progress
    files: dict[str, bytes] = field(default_factory=dict)
    figures: dict[str, dict[str, float]] = field(default_factory=dict)
    general: dict[str, Chain] = field(default_factory=dict)
    held_out: list[tuple[GoldArticle, Annotated]] = field(default_factory=list)


def train(sources: Sources, output: Path, *, progress: Progress = silent) -> dict[str, object]:
    """Fit every part on ``sources``, write the model into the folder ``output`` and return its manifest."""
    gold = [one for folder in sources.gold for one in read_gold(folder)]
    if len(gold) < LEAST_ARTICLES:
        raise TrainError(
            f"{', '.join(map(str, sources.gold))}: {len(gold)} gold articles are too few; at least {LEAST_ARTICLES} "
            "are needed"
        )
    draft = Draft(sources, gold, progress)
    for part in PARTS:
        part(draft)
    manifest = _manifest(draft)
    draft.files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainError(f"{output}: cannot be made a folder ({error.strerror}). Name another one.") from error
    for name, data in draft.files.items():
        with atomic_write(output / name) as file:
            file.write(data)
    return manifest


def _general(draft: Draft) -> None:
    """The general models: refitted where labelled data is given, else those that ship."""
    draft.general = load_general(shipped())
    readers: tuple[tuple[Language, Path | None, Callable[[Path], tuple[list[Labelled], list[Labelled]]]], ...] = (
        ("de", draft.sources.germeval, germeval),
        ("en", draft.sources.wikigold, wikigold),
    )
    for number, (language, folder, read) in enumerate(readers):
        if folder is not None:
            draft.progress(f"fitting general names ({language})", number, len(readers))
            fitted, held_out = read(folder)
            chain = fit_general(fitted, language)
            draft.general[language] = chain
            draft.figures[f"general.{language}"] = measure(chain, held_out, language)
    for name in LANGUAGES:
        draft.files[f"general.{name}.npz"] = draft.general[name].to_bytes()


def _names(draft: Draft) -> None:
    """The domain's names; their figures come from articles that were held out."""
    lessons = list(prepare(draft.gold, draft.general))
    practice = practise(lessons, progress=draft.progress)
    model = fit_names(lessons, draft.general, practice=practice, progress=draft.progress)
    draft.files["domain.npz"] = model.domain.to_bytes()
    draft.files["decision.json"] = model.decision.to_bytes()
    draft.held_out = list(annotate_held_out(lessons, practice, draft.general))
    draft.figures["names"] = entity_figures(draft.held_out)


def _relations(draft: Draft) -> None:
    """What makes a statement probable; its figures come from articles that were held out."""
    fitted = fit_relations(draft.held_out, draft.progress)
    draft.files[RELATIONS_FILE] = fitted.model.to_bytes()
    draft.figures["relations"] = fitted.figures()


PARTS: tuple[Callable[[Draft], None], ...] = (_general, _names, _relations)


def _manifest(draft: Draft) -> dict[str, object]:
    data = {}
    for article in draft.gold:
        content = article.path.read_bytes() + article.article.content_hash.encode("ascii")
        data[f"{article.path.parent.name}/{article.path.name}"] = sha256(content).hexdigest()
    general = {"germeval": draft.sources.germeval, "wikigold": draft.sources.wikigold}
    return {
        "format": FORMAT,
        "koopgraph": __version__,
        "figures": dict(sorted(draft.figures.items())),
        "gold": {"articles": len(data), "sha256": sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()},
        "general": {name: "refitted" if folder else "as shipped" for name, folder in general.items()},
        "files": {name: sha256(content).hexdigest() for name, content in sorted(draft.files.items())},
        "articles": data,
    }
