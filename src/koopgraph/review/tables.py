"""The queue as a table for a spreadsheet, and the decisions that come back in it.

The table begins with a byte-order mark, for Excel takes UTF-8 for something else without. What comes back may be
separated by semicolons or tabs, its columns may stand in another order, and cells that nobody needs may be gone.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from koopgraph.curation.file import CurationFile, parse_curation
from koopgraph.curation.judgements import (
    Judgement,
    Made,
    PairJudgement,
    StatementJudgement,
    StatementKey,
    ThingKey,
    Verdict,
)
from koopgraph.curation.writing import to_yaml
from koopgraph.errors import CurationError, ReviewError
from koopgraph.export.tables import guarded, unguarded
from koopgraph.files import atomic_write
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import RELATIONS
from koopgraph.review.items import PAIR_VERDICTS, STATEMENT_VERDICTS, Entry, Item, PairKey, judgement_of
from koopgraph.review.queue import Queue

COLUMNS = (
    *("decision", "choices", "question", "confidence", "rule", "class_1", "name_1", "relation", "class_2", "name_2"),
    *("value", "article_1", "article_2", "sentences", "id"),
)
MOST_ERRORS = 5
"""Bad rows that a message lists; the rest are counted."""
_SEPARATORS = ",;\t"


def write_queue(queue: Queue, entries: Iterable[Entry], path: Path) -> int:
    """Write a row for each entry, with an empty column for the decision; return how many there are."""
    count = 0
    with atomic_write(path, "w") as file:
        file.write("\ufeff")
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for entry in entries:
            writer.writerow([guarded(cell) for cell in row_of(queue.item(entry)).values()])
            count += 1
    return count


def row_of(item: Item) -> dict[str, str]:
    """Return the cells of a question by :data:`COLUMNS`."""
    first, second, relation, value = _parts(item.key)
    return {
        "decision": "",
        "choices": " / ".join(v for v in item.entry.verdicts if not (v is Verdict.SAME and item.of_two_classes)),
        "question": item.entry.kind.value,
        "confidence": f"{item.entry.confidence:.2f}",
        "rule": item.entry.rule,
        "class_1": first.type.value,
        "name_1": first.name,
        "relation": relation,
        "class_2": second.type.value if second else "",
        "name_2": second.name if second else "",
        "value": value,
        "article_1": first.article or "",
        "article_2": (second.article if second else None) or "",
        "sentences": " · ".join(f"{quote.article}: {' '.join(quote.sentence.split())}" for quote in item.quotes),
        "id": item.entry.id,
    }


def read_decisions(path: Path, queue: Queue, known: Iterable[Judgement], made: Made) -> tuple[Judgement, ...]:
    """Return the judgements of a table that are new: those of ``known`` and rows without a decision are left out.

    A row is found again by its ``id``; where the graph has changed since, by its classes and names. Raises
    :class:`ReviewError` with the lines of all rows that make no judgement: then none should be taken.
    """
    said = {
        _comparable(judgement): judgement.verdict
        for judgement in known
        if isinstance(judgement, PairJudgement | StatementJudgement)
    }
    judgements: list[PairJudgement | StatementJudgement] = []
    problems = []
    for line, row in _rows(path):
        try:
            judgement = _judgement(row, queue, made)
        except ValueError as error:
            problems.append(f"line {line}: {error}")
            continue
        if judgement is not None and said.get(_comparable(judgement)) is not judgement.verdict:
            said[_comparable(judgement)] = judgement.verdict
            judgements.append(judgement)
    if problems:
        rest = f"; and {len(problems) - MOST_ERRORS} more" if len(problems) > MOST_ERRORS else ""
        raise ReviewError(f"{path}: {'; '.join(problems[:MOST_ERRORS])}{rest}. Nothing was taken in; correct the rows.")
    return tuple(judgements)


def add_all(path: Path, judgements: Iterable[Judgement]) -> None:
    """Add judgements to the file of judgements: all at once, or (where one cannot be written) none."""
    new = tuple(judgements)
    if not new:
        return
    draft = path.with_name(f".koopgraph-{token_hex(8)}.yaml")
    try:
        with suppress(FileNotFoundError):
            shutil.copyfile(path, draft)
        file = CurationFile(draft)
        for judgement in new:
            file.append(judgement)
        os.replace(draft, os.path.realpath(path))
    except OSError as error:
        raise ReviewError(f"{path}: cannot be written ({error.strerror}). Nothing was taken in.") from error
    finally:
        draft.unlink(missing_ok=True)


def _judgement(row: Mapping[str, str], queue: Queue, made: Made) -> PairJudgement | StatementJudgement | None:
    """Return what a row decides, None where it decides nothing; raise ``ValueError`` with the reason otherwise."""
    decision = row.get("decision", "").casefold()
    if not decision:
        return None
    entry = queue.entry(row.get("id", ""))
    key = queue.item(entry).key if entry else _key(row)
    choices = STATEMENT_VERDICTS if isinstance(key, StatementKey) else PAIR_VERDICTS
    verdict = next((choice for choice in choices if decision in (choice.value, choice.value[0])), None)
    if verdict is None:
        raise ValueError(f"the decision {row['decision']!r} is none of {', '.join(choices)}")
    judgement = judgement_of(key, verdict, made)
    try:
        parse_curation(to_yaml(judgement), "")
    except CurationError as error:
        raise ValueError(error.reason) from error
    return judgement


def _key(row: Mapping[str, str]) -> PairKey | StatementKey:
    """Return the key that the columns of classes and names give."""
    if row.get("value"):
        # A spreadsheet may have turned the date or sum into another way of writing it.
        raise ValueError("the graph does not have this statement any more; write the table again")
    first, second = _thing(row, 1), _thing(row, 2)
    relation = row.get("relation", "")
    if not relation:
        return (first, second)
    if relation not in RELATIONS:
        raise ValueError(f"unknown relation {relation!r}")
    return StatementKey(first, relation, second)


def _thing(row: Mapping[str, str], number: int) -> ThingKey:
    kind, name = row.get(f"class_{number}", ""), row.get(f"name_{number}", "")
    if kind not in set(EntityType) or not name:
        raise ValueError(
            f"neither the id {row.get('id', '')!r} nor class_{number} and name_{number} tell what is meant"
        )
    return ThingKey(EntityType(kind), name, row.get(f"article_{number}") or None)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with the line on which each ends, cells without what guards them."""
    text = _read(path)
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        columns = [name.strip().casefold() for name in next(reader, [])]
        if not {"decision", "id"} <= set(columns):
            raise ReviewError(
                f"{path}: no columns 'decision' and 'id' in the first line. Begin with an exported table."
            )
        for cells in reader:
            yield reader.line_num, {name: unguarded(cell).strip() for name, cell in zip(columns, cells, strict=False)}
    except csv.Error as error:
        raise ReviewError(f"{path}, line {reader.line_num}: not a table ({error}). Save it as CSV again.") from error


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReviewError(f"{path}: cannot be read ({error.strerror}). Name a table of decisions.") from error
    except UnicodeDecodeError as error:
        raise ReviewError(f"{path}: not UTF-8. Save it as 'CSV UTF-8' in the spreadsheet program.") from error


def _parts(key: PairKey | StatementKey) -> tuple[ThingKey, ThingKey | None, str, str]:
    if isinstance(key, StatementKey):
        return key.subject, key.object, key.relation, key.value or ""
    return *key, "", ""


def _comparable(judgement: PairJudgement | StatementJudgement) -> object:
    """Return what a judgement is on, whatever it says; a pair has no order."""
    return frozenset(judgement.things) if isinstance(judgement, PairJudgement) else judgement.statement
