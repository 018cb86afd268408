"""A person's way through the queue: answers are in the file at once, and can be taken back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from koopgraph.curation.file import CurationFile, read_curation
from koopgraph.curation.judgements import PairJudgement, Retype, StatementJudgement, ThingKey, Verdict
from koopgraph.model import EntityType
from koopgraph.review.items import Kind
from koopgraph.review.queue import Queue
from koopgraph.review.session import Filters, Progress, Session

from .conftest import FULL, MakeSession


def test_an_answer_is_in_the_file_at_once(session: MakeSession, file: Path) -> None:
    one = session()
    assert one.current is not None
    asked = one.current.key
    one.decide(Verdict.REJECT)
    (judgement,) = read_curation(file).judgements
    assert isinstance(judgement, StatementJudgement)
    assert (judgement.verdict, judgement.statement) == (Verdict.REJECT, asked)
    assert (judgement.made.by, judgement.made.on) == ("Jana Muster", "2026-11-23")


def test_what_the_file_answers_is_not_asked_again(session: MakeSession) -> None:
    one = session()
    one.decide(Verdict.UNSURE)
    one.decide(Verdict.DIFFERENT)
    again = session()
    assert again.progress == Progress(done=0, left=4)
    assert {entry.node for entry in again.left}.isdisjoint(entry.node for entry in one._queue.entries[:2])


def test_a_question_is_answered_by_its_own_verdicts_alone(session: MakeSession, file: Path) -> None:
    one = session()
    with pytest.raises(ValueError, match="no verdict"):
        one.decide(Verdict.SAME)
    assert not file.exists()
    assert one.progress.done == 0


def test_undo_takes_the_last_answer_out_of_the_file_and_shows_its_question(session: MakeSession, file: Path) -> None:
    one = session()
    first = one.current
    one.decide(Verdict.ACCEPT)
    one.decide(Verdict.SAME)
    assert one.undo()
    assert one.undo()
    assert one.current == first
    assert one.progress == Progress(done=0, left=6)
    assert read_curation(file).judgements == ()
    assert not one.undo()


def test_undo_after_a_filter_shows_the_question_all_the_same(session: MakeSession) -> None:
    one = session()
    first = one.current
    one.decide(Verdict.ACCEPT)
    one.set_filters(Filters(kinds=frozenset({Kind.MERGE})))
    assert one.undo()
    assert one.current == first


def test_skipped_questions_come_again_at_the_end(session: MakeSession) -> None:
    one = session(filters=Filters(kinds=frozenset({Kind.STATEMENT})))
    skipped = one.current
    one.skip()
    for _ in range(3):
        one.decide(Verdict.ACCEPT)
    assert one.current == skipped


def test_back_shows_an_answered_question_with_its_answer_which_can_be_changed(session: MakeSession, file: Path) -> None:
    one = session()
    one.decide(Verdict.ACCEPT)
    one.back()
    assert one.verdict is Verdict.ACCEPT
    one.decide(Verdict.REJECT)
    assert one.progress.done == 1
    assert [j.verdict for j in read_curation(file).judgements if isinstance(j, StatementJudgement)] == [
        Verdict.ACCEPT,
        Verdict.REJECT,
    ]
    one.undo()
    assert one.verdict is Verdict.ACCEPT


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(kinds=frozenset({Kind.MERGE, Kind.PROPOSAL})), 2),
        (Filters(classes=frozenset({EntityType.PERSON})), 2),
        (Filters(article="b.txt"), 2),
        (Filters(text="SCHMIDT"), 2),
        (Filters(text="Raumforschung", kinds=frozenset({Kind.STATEMENT})), 1),
        (Filters(text="nobody"), 0),
    ],
)
def test_filters_leave_what_fits_all_of_them(session: MakeSession, filters: Filters, count: int) -> None:
    one = session(filters=filters)
    assert one.progress.total == count == len(one.left)
    assert (one.current is None) is (count == 0)


def test_the_end_has_no_question_and_takes_no_answer(session: MakeSession, file: Path) -> None:
    one = session(filters=Filters(text="nobody"))
    one.decide(Verdict.SAME)
    one.skip()
    one.back()
    assert one.current is None
    assert one.verdict is None
    assert not file.exists()


def test_namesakes_are_written_with_their_articles(session: MakeSession, file: Path) -> None:
    one = session(filters=Filters(kinds=frozenset({Kind.PROPOSAL})))
    one.decide(Verdict.DIFFERENT)
    (judgement,) = read_curation(file).judgements
    assert isinstance(judgement, PairJudgement)
    assert judgement.things == tuple(ThingKey(EntityType.PERSON, "Jana Schmidt", a) for a in ("a.txt", "b.txt"))


def two_class_session(queue: Queue, file: Path) -> Session:
    return Session(queue, CurationFile(file), by="x", filters=Filters(kinds=frozenset({Kind.PROPOSAL})))


def test_things_of_two_classes_are_the_same_once_one_is_retyped(two_classes: Queue, file: Path) -> None:
    one = two_class_session(two_classes, file)
    one.decide(Verdict.SAME, right=1)
    retype, pair = read_curation(file).judgements
    assert isinstance(retype, Retype)
    assert (retype.thing, retype.type) == (ThingKey(EntityType.ORGANISATION, FULL), EntityType.PROJECT)
    assert isinstance(pair, PairJudgement)
    assert {thing.type for thing in pair.things} == {EntityType.PROJECT}
    assert two_class_session(two_classes, file).current is None
    assert one.undo()
    assert read_curation(file).judgements == ()
    assert two_class_session(two_classes, file).current is not None


def test_things_of_two_classes_can_be_different(two_classes: Queue, file: Path) -> None:
    one = two_class_session(two_classes, file)
    one.decide(Verdict.DIFFERENT)
    (judgement,) = read_curation(file).judgements
    assert isinstance(judgement, PairJudgement)


def test_a_process_that_is_killed_leaves_every_answer_in_a_whole_file(file: Path) -> None:
    """The answer is on the disk when ``decide`` returns; nothing has to be saved at the end."""
    code = f"""
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pyoxigraph import Store
from koopgraph.curation.file import CurationFile
from koopgraph.curation.judgements import Verdict
from koopgraph.rdf.assembly import assemble
from koopgraph.review.queue import Queue
from koopgraph.review.session import Session
import importlib.util
spec = importlib.util.spec_from_file_location("made", {str(Path(__file__).with_name("conftest.py"))!r})
made = importlib.util.module_from_spec(spec); spec.loader.exec_module(made)
store = Store()
store.extend(assemble(made._graphs(), base=made.BASE, findings=made._findings()))
one = Session(Queue(store), CurationFile(Path({str(file)!r})), by="Jana Muster")
one.decide(Verdict.REJECT)
one.decide(Verdict.SAME)
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode != 0
    assert [j.verdict for j in read_curation(file).judgements] == [Verdict.REJECT, Verdict.SAME]  # type: ignore[union-attr]
