"""Going back to documents for codes that came or changed, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from qcode.analysis.looking import looked_for
from qcode.analysis.revisiting import CHANGED, NEW
from qcode.errors import Refused
from qcode.model.codebook import Code
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import codebook, codings, diary, documents, history, progress
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.project import Reader, Step
from qcode.workflows.frequency import frequency
from qcode.workflows.revisiting import Visit, looked, narrowed, queue
from tests.workflows.studies import column, spoken


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


class Work:
    """A project with two documents, of which the first is finished with one code."""

    def __init__(self, place: str) -> None:
        self.project, self.sari = create(place, "Uji", coder="sari")
        with self.write("import") as step:
            new = [NewDocument(name, spoken(("P", "?"), ("N", f"{name} takut salah, lalu bisa")))
                   for name in ("W01", "W02")]  # fmt: skip
            self.documents, _known = documents.add(step, new)
        self.takut = self.code("takut")
        self.give("W01", self.takut)
        self.finish("W01")

    def write(self, verb: str) -> AbstractContextManager[Step]:
        return self.project.write(self.sari, verb)

    def code(self, name: str, reason: str = "") -> str:
        with self.write("add code") as step:
            (id,) = codebook.add(step, [Code(step.mint(), name)], reason=reason)
        return id

    def give(self, document: str, code: str) -> None:
        with self.write("apply") as step:
            codings.apply(step, [NewCoding(self.documents[document], Span(8, 16), code)])

    def finish(self, document: str) -> None:
        with self.write("finish") as step:
            documents.finish(step, self.documents[document])

    def renew(self, code: str, reason: str) -> None:
        with self.write("revise code") as step:
            codebook.revise(step, code, {"meaning": step.mint()}, reason=reason)

    def queue(self) -> tuple[Visit, ...]:
        with self.project.read() as connection:
            return queue(connection, self.sari)

    def told(self) -> list[tuple[str, str, str]]:
        return [(one.document.name, one.path, one.change) for one in self.queue()]

    def interviews(self) -> dict[str, str]:
        with self.project.read() as connection:
            return column(frequency(connection, Filter()), "interviews")

    def look(self, *visits: Visit) -> None:
        with self.write("look again") as step:
            looked(step, visits)


@pytest.fixture
def work(place: str) -> Iterator[Work]:
    made = Work(place)
    yield made
    made.project.close()


def test_who_looked_for_a_new_code_is_counted_for_it_and_undo_takes_that_back(work: Work) -> None:
    assert work.queue() == ()
    work.code("malu", reason="muncul di W02")
    (visit,) = work.queue()
    assert (visit.document.name, visit.path, visit.change) == ("W01", "malu", NEW)
    assert visit.reason == "muncul di W02"
    assert visit.since > 0
    assert visit.finished
    assert work.interviews() == {"takut": "1 of 1", "malu": "·"}
    work.look(visit)
    assert work.queue() == ()
    assert work.interviews() == {"takut": "1 of 1", "malu": "0 of 1"}
    done = history.undo(work.project, work.sari)
    assert done is not None
    assert done.verb == "look again"
    assert work.told() == [("W01", "malu", NEW)]
    assert work.interviews()["malu"] == "·"


def test_a_new_meaning_is_looked_for_again_and_one_code_at_a_time(work: Work) -> None:
    work.code("malu")
    work.renew(work.takut, "juga takut ditipu")
    assert work.told() == [("W01", "malu", NEW), ("W01", "takut", CHANGED)]
    assert work.queue()[1].reason == "juga takut ditipu"
    (first,) = narrowed(work.queue(), work.documents["W01"], [work.takut])
    work.look(first)
    assert work.told() == [("W01", "malu", NEW)]
    with pytest.raises(Refused, match="nothing is to be looked for"):
        work.look(first)


def test_what_was_looked_for_before_stays_looked_for_also_what_was_merged_or_retired(
    work: Work,
) -> None:
    old, into = work.code("cemas"), work.code("gentar")
    work.finish("W01")
    with work.write("merge codes") as step:
        codebook.merge(step, old, into)
    with work.write("retire code") as step:
        codebook.retire(step, work.takut)
    assert work.queue() == ()
    work.code("malu")
    work.look(*work.queue())
    with work.project.read() as connection:
        (status,) = documents.statuses(connection)
        book = codebook.read(connection)
    assert {work.takut, old, into} <= set(status.codes)
    found = looked_for(book, {status.document: status.codes})
    assert set(found) == {book.end(id) for id in book.codes}


def test_a_document_that_is_not_finished_counts_as_of_the_last_coding(work: Work) -> None:
    work.give("W02", work.takut)
    work.code("malu")
    assert work.told() == [("W01", "malu", NEW), ("W02", "malu", NEW)]
    work.look(work.queue()[1])
    assert work.told() == [("W01", "malu", NEW)]
    with work.project.read() as connection:
        states = {one.document: one.finished for one in documents.statuses(connection)}
    assert states == {work.documents["W01"]: True, work.documents["W02"]: False}


def test_the_diary_holds_what_stands_of_what_a_coder_made_and_no_import(work: Work) -> None:
    work.give("W02", work.takut)
    work.give("W02", work.takut)
    assert history.undo(work.project, work.sari)
    work.finish("W01")
    with work.project.read() as connection:
        found = diary.deeds(connection, work.sari)
        times = diary.clock(connection, work.sari)
        assert diary.deeds(connection, work.sari, times[-1] + 1) == ()
        assert diary.deeds(connection, "b" * 32) == ()
    names = {id: name for name, id in work.documents.items()}
    assert sorted((one.noun, names.get(one.document, "")) for one in found) == [
        ("code", ""), ("coding", "W01"), ("coding", "W02"), ("status", "W01")
    ]  # fmt: skip


def test_a_first_reading_is_noted_for_one_coder_and_one_document(work: Work) -> None:
    def reading(connection: Reader) -> list[bool]:
        return [progress.first_reading(connection, work.sari, id) for id in work.documents.values()]

    with work.project.maintain() as connection:
        progress.read_first(connection, work.sari, work.documents["W01"], reading=True)
        assert reading(connection) == [True, False]
        progress.read_first(connection, work.sari, work.documents["W01"], reading=False)
        assert reading(connection) == [False, False]
