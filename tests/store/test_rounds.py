"""Rounds, assignments and second selves, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import Refused
from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn
from qcode.model.round import AGAIN, RELIABILITY, Assignment
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, history, rounds, texts
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.project import Project


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    return str(request.getfixturevalue("postgres_place"))


class Study:
    """A project with two documents, two coders and a code."""

    def __init__(self, place: str) -> None:
        self.project, self.sari = create(place, "Uji", coder="sari")
        self.bima = coders.joined(self.project, "bima")
        with self.project.write(self.sari, "import") as step:
            ids, _skipped = documents.add(step, [
                NewDocument(name, Transcript(text, (Turn(0, 3, len(text), "P"),)))
                for name, text in (("D", "P: takut pegang HP"), ("E", "P: sinyal mahal"))
            ])  # fmt: skip
            self.d, self.e = ids["D"], ids["E"]
        with self.project.write(self.sari, "add code") as step:
            (self.code,) = codebook.add(step, [Code(step.mint(), "takut")])

    def apply(self, coder: str, document: str) -> None:
        with self.project.write(coder, "apply") as step:
            codings.apply(step, [NewCoding(document, Span(3, 8), self.code)])

    def record(self, document: str) -> str:
        with self.project.read() as connection:
            return next(one.record for one in documents.listed(connection) if one.id == document)

    def open(self, name: str, kind: str = RELIABILITY) -> str:
        with self.project.write(self.sari, "open round") as step:
            return rounds.begin(step, name, kind, [self.sari, self.bima])


@pytest.fixture
def study(place: str) -> Iterator[Study]:
    made = Study(place)
    yield made
    made.project.close()


def sound(project: Project) -> bool:
    return not check(project)


def test_the_primary_coder_is_of_record_until_the_assignment_goes(study: Study) -> None:
    study.apply(study.bima, study.d)
    assert study.record(study.d) == study.bima
    with study.project.write(study.sari, "assign") as step:
        rounds.assign(step, [Assignment(study.d, study.sari, primary=True)])
    assert study.record(study.d) == study.sari
    with study.project.write(study.sari, "assign") as step:
        rounds.assign(step, [Assignment(study.d, study.bima, primary=True)])
        given = rounds.assignments(step.connection)
    assert [one.coder for one in given if one.primary] == [study.bima]
    history.undo(study.project, study.sari)
    assert study.record(study.d) == study.sari
    with study.project.write(study.sari, "unassign") as step:
        rounds.withdraw(step, [Assignment(study.d, study.sari)])
    assert study.record(study.d) == study.bima
    assert sound(study.project)


def test_a_round_is_closed_with_its_figures_and_opened_again_by_undo(study: Study) -> None:
    round = study.open("R1")
    with pytest.raises(Refused, match="already"):
        study.open("r1")
    with study.project.write(study.sari, "close round") as step:
        rounds.close(step, round, "figures")
    with study.project.read() as connection:
        (closed,) = rounds.listed(connection)
        assert texts.body(connection, closed.figures) == "figures"
        assert rounds.open_for(connection, study.bima) == ()
    history.undo(study.project, study.sari)
    with study.project.read() as connection:
        assert [one.id for one in rounds.open_for(connection, study.bima)] == [round]
    assert sound(study.project)


def test_a_code_made_inside_a_round_is_a_proposal_until_it_is_accepted(study: Study) -> None:
    round = study.open("R1")
    with study.project.write(study.bima, "add code") as step:
        (new,) = codebook.add(step, [Code(step.mint(), "malu")])
        assert new not in (texts.body(step.connection, documents.keep_state(step)) or "")
    with study.project.read() as connection:
        assert codebook.read(connection)[new].round == round
    with study.project.write(study.sari, "accept code") as step:
        codebook.accept(step, new, reason="dipakai dua kali")
        assert new in (texts.body(step.connection, documents.keep_state(step)) or "")
    with study.project.read() as connection:
        assert codebook.read(connection)[new].round == ""
    assert sound(study.project)


def test_who_codes_again_is_a_second_self_who_is_never_of_record(study: Study) -> None:
    with study.project.write(study.sari, "open round") as step:
        round = rounds.begin(step, "A", AGAIN, [])
        person = next(one for one in coders.listed(step.connection) if one.id == study.bima)
        again = coders.add_second(step, person, round, "bima (again)")
        rounds.staff(step, round, [again])
        rounds.assign(step, [Assignment(study.d, again, round, primary=True)])
    assert coders.expected(study.project, "bima") == again
    study.apply(again, study.d)
    assert study.record(study.d) == ""
    with pytest.raises(Refused, match="coding again"):
        study.apply(again, study.e)
    study.apply(study.bima, study.d)
    assert study.record(study.d) == study.bima
    with study.project.write(again, "finish") as step:
        documents.finish(step, study.d)
    assert coders.expected(study.project, "bima") == study.bima
    assert sound(study.project)
