"""What a section on methods may say of a project: gathered from its log."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.errors import Refused
from qcode.model.codebook import Code
from qcode.model.methods import Facts, Figures, Held, Resolved
from qcode.model.round import CALIBRATION, RELIABILITY, SUPERVISOR, Assignment
from qcode.model.span import Span
from qcode.settings import shipped
from qcode.store import codebook, coders, codings, documents, rounds, veil
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.exchange import exchange
from qcode.store.opening import create, open_project
from qcode.store.project import Project
from qcode.workflows import adjudication, plain_import
from qcode.workflows.adjudication import Ruling
from qcode.workflows.methods import facts
from qcode.workflows.rounds import close_round
from tests.workflows.studies import Study, interview, spoken


@pytest.fixture
def study() -> Study:
    return Study("sari")


def known(study: Study) -> Facts:
    with study.project.read() as connection:
        return facts(connection, lambda at: f"2026-01-{1 + at % 28:02}")


def interviews(study: Study, number: int) -> list[str]:
    return [
        study.document(f"W{name}", spoken(*interview(f"anak muda {name}", f"takut {name}")))
        for name in range(1, number + 1)
    ]


def opened(study: Study, some: list[str], who: list[str], kind: str = RELIABILITY) -> str:
    with study.step(verb="open round") as step:
        id = rounds.begin(step, kind, kind, who)
        rounds.assign(
            step, [Assignment(document, one, id) for document in some for one in who],
            {"share": "20%", "strata": "village", "seed": 7},
        )  # fmt: skip
    return id


def test_a_bare_project_claims_nothing(study: Study) -> None:
    interviews(study, 2)
    found = known(study)
    assert (found.coded, found.coders, found.double, found.resolved) == (0, {}, 0, None)
    assert found.documents == {"interview": 2}


def test_documents_coders_codes_and_what_changed_since_are_counted(study: Study) -> None:
    one, two, _three = interviews(study, 3)
    code, bima, wati = study.code("kader"), study.coder("bima"), study.coder("wati")
    with study.step(verb="describe") as step:
        coders.describe(step, wati, {"role": SUPERVISOR})
    assert known(study).changes == ()
    study.give(one, "anak muda", code)
    study.code("takut")
    study.give(two, "anak muda", code)
    study.give(two, "anak muda", code, bima)
    study.code("modal")
    found = known(study)
    assert (found.coded, found.double, found.codes) == (2, 1, 3)
    assert (found.coders, found.supervisors) == ({"sari": 2, "bima": 1}, ("wati",))
    assert [number for _day, number in found.changes] == [1, 2]
    assert found.draws == ()


def test_nothing_is_claimed_of_when_what_came_in_was_coded() -> None:
    study = Study("sari")
    with study.step(verb="import") as step:
        plain_import.store(step, plain_import.read(shipped("projects") / "three-villages"))
    found = known(study)
    assert (found.brought, found.changes) == (True, ())
    assert (found.older, found.newer) == (3, 56)
    assert [one.opened for one in found.rounds] == ["", ""]
    assert found.coders == {"sari": 30, "bima": 11}


def test_what_was_coded_in_a_blind_round_was_coded_independently(study: Study) -> None:
    one, two = interviews(study, 2)
    code, bima = study.code("kader"), study.coder("bima")
    id = opened(study, [one, two], [study.first, bima])
    for document in (one, two):
        study.give(document, "anak muda", code)
        study.give(document, "anak muda", code, bima)
    assert (known(study).blind, known(study).double) == (2, 2)
    assert [(draw.share, draw.strata, draw.seed) for draw in known(study).draws] == [
        ("20%", "village", 7)
    ]
    with study.step(verb="close round") as step:
        rounds.close(step, id, "")
    assert known(study).blind == 2
    study.give(two, "takut", code, bima)
    assert (known(study).blind, known(study).apart) == (1, 0)


def test_what_was_coded_before_a_round_or_by_another_hand_is_not_called_independent(
    study: Study,
) -> None:
    one, two = interviews(study, 2)
    code, bima = study.code("kader"), study.coder("bima")
    study.give(one, "anak muda", code)
    opened(study, [one, two], [study.first, bima])
    study.give(one, "anak muda", code, bima)
    span = study.span(two, "anak muda")
    with study.step() as step:
        codings.apply(
            step, [NewCoding(two, span, code, coder=who) for who in (study.first, bima)]
        )  # fmt: skip
    assert (known(study).double, known(study).blind, known(study).apart) == (2, 0, 0)


def test_who_came_to_a_round_when_there_was_something_to_see_is_not_called_independent(
    study: Study,
) -> None:
    one, two, three = interviews(study, 3)
    code, bima, wati = study.code("kader"), study.coder("bima"), study.coder("wati")
    id = opened(study, [one, two], [study.first, wati])
    study.give(one, "anak muda", code)
    study.give(three, "anak muda", code)
    with study.step(verb="assign") as step:
        rounds.staff(step, id, [study.first, wati, bima])
        rounds.assign(step, [Assignment(which, who, id)
                             for which in (one, two, three) for who in (study.first, bima)])  # fmt: skip
    for document in (one, two, three):
        study.give(document, "anak muda", code, bima)
    study.give(two, "anak muda", code)
    assert (known(study).double, known(study).blind) == (3, 1)


def test_what_is_proposed_in_a_round_is_not_in_the_codebook_yet(study: Study) -> None:
    (one,) = interviews(study, 1)
    study.give(one, "anak muda", study.code("kader"))
    before = known(study)
    opened(study, [one], [study.first])
    with study.step(verb="add code") as step:
        codebook.add(step, [Code(step.mint(), "usulan")])
    with study.project.read() as connection:
        assert [code.name for code in codebook.read(connection) if code.round] == ["usulan"]
    assert (known(study).codes, known(study).changes) == (before.codes, before.changes) == (1, ())


def test_calibration_is_no_double_coding_and_closed_rounds_have_their_figures(
    study: Study,
) -> None:
    learned, *others = interviews(study, 6)
    code, bima = study.code("kader"), study.coder("bima")
    opened(study, [learned], [study.first, bima], CALIBRATION)
    opened(study, others, [study.first, bima])
    for document in (learned, *others):
        for who in (study.first, bima):
            study.give(document, "anak muda", code, who)
            study.finish(document, who)
    with study.step(verb="close round") as step:
        held = rounds.listed(step.connection)[1]
        close_round(step, held)
    found = known(study)
    assert (found.double, found.calibration) == (5, 1)
    first, second = found.rounds
    assert (first.kind, first.closed, first.figures) == (CALIBRATION, "", None)
    assert isinstance(second, Held)
    assert second.figures == Figures(1.0, 1.0, 1.0, 1.0, 0, 1, 1, 1)
    assert (second.documents, second.coders) == (5, 2)


def test_disagreements_are_counted_as_they_stand(study: Study) -> None:
    (one,) = interviews(study, 1)
    code, bima = study.code("kader"), study.coder("bima")
    study.give(one, "anak muda", code)
    study.give(one, "takut", code, bima)
    assert known(study).resolved == Resolved(2, 2)
    with study.step(verb="decide") as step:
        review = adjudication.read(step.connection)
        ruling = Ruling("neither", present=(study.first, bima), dissent="tidak")
        adjudication.settle(step, review, review.listed[:1], ruling)
    assert known(study).resolved == Resolved(2, 1, 1, 0, 0, 1)
    with study.step(verb="decide") as step:
        review = adjudication.read(step.connection)
        left = [item for item in review.listed if item.open]
        adjudication.settle(step, review, left, Ruling("neither"))
    assert known(study).resolved == Resolved(2, 0, 1, 1, 0, 1)
    with study.project.read() as connection:
        given = codings.of_document(connection, one)
    with study.step() as step:
        codings.retire(step, [coding.id for coding in given if coding.coder == bima])
        documents.finish(step, one, empty=True, coder=bima)
    assert known(study).resolved == Resolved(2, 1, 1, 0, 0, 1)


def test_who_codes_in_an_open_round_is_told_nothing(study: Study) -> None:
    (one,) = interviews(study, 1)
    bima = study.coder("bima")
    study.code("kader")
    opened(study, [one], [study.first, bima])
    with study.project.read() as connection, pytest.raises(Refused, match="open"):
        facts(veil.look_as(connection, bima), str)


class Team:
    """A project of one interview with copies for its coders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project, self.wati = create(str(folder / "uji.qcode"), "Uji", coder="wati")
        self.ids = {name: coders.joined(self.project, name) for name in ("sari", "bima")}
        with self.project.write(self.wati, "import") as step:
            made, _known = documents.add(step, [NewDocument("D", spoken(("P", "takut HP")))])
            self.document = made["D"]
        with self.project.write(self.wati, "add code") as step:
            (self.code,) = codebook.add(step, [Code(step.mint(), "takut")])
        self.open = [self.project]

    def copy(self, name: str) -> Project:
        file = self.folder / f"{name}.qcode"
        shutil.copy(self.folder / "uji.qcode", file)
        self.open.append(open_project(str(file)))
        return self.open[-1]

    def apply(self, project: Project, name: str) -> None:
        with project.write(self.ids[name], "apply") as step:
            codings.apply(step, [NewCoding(self.document, Span(3, 8), self.code)])

    def apart(self) -> int:
        with self.project.read() as connection:
            found = facts(connection, lambda _at: "2026-01-01")
        assert (found.double, found.blind) == (1, 0)
        assert replace(found, apart=0, double=0).coded == 1
        return found.apart


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    for project in made.open:
        project.close()


def test_coding_in_copies_of_their_own_is_independent(team: Team) -> None:
    for name in ("sari", "bima"):
        team.apply(team.copy(name), name)
    for copy in team.open[1:]:
        exchange(copy, team.project)
    assert team.apart() == 1


def test_coding_in_one_file_or_after_an_exchange_is_not_called_independent(team: Team) -> None:
    mine = team.copy("sari")
    team.apply(mine, "sari")
    exchange(mine, team.project)
    team.apply(team.project, "bima")
    assert team.apart() == 0


def test_a_copy_made_after_the_other_had_coded_is_not_called_independent(team: Team) -> None:
    team.apply(team.project, "sari")
    theirs = team.copy("bima")
    team.apply(theirs, "bima")
    exchange(theirs, team.project)
    assert team.apart() == 0
