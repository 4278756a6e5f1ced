"""Answers of participants and the interview guide, on both databases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode.errors import Refused
from qcode.model.case import Case
from qcode.model.codebook import Code
from qcode.model.document import Splice
from qcode.model.guide import Question
from qcode.model.span import Span
from qcode.store import (
    answers,
    cases,
    codebook,
    codings,
    documents,
    exchange,
    guide,
    history,
    memos,
    tallies,
)
from qcode.store.answers import Given, Shown
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.store.project import Project
from tests.workflows.studies import spoken

SAID = (("P", "Apa yang sulit?"), ("N", "takut salah, lalu bisa"))
WORDS = Span(22, 33)
QUESTION = Span(3, 19)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


def made(place: str) -> tuple[Project, str, str, Case, str]:
    """Return a project with one coded interview: coder, document, case, coding."""
    project, sari = create(place, "Uji", coder="sari")
    with project.write(sari, "import") as step:
        new = NewDocument("W01", spoken(*SAID), speakers={"P": "interviewer", "N": "participant"})
        document = documents.add(step, [new])[0]["W01"]
        cases.add(step, [Case("", "informant", "Ani")])
        cases.link(step, document, cases.case_id(step, "informant", "Ani"))
        code = step.mint()
        codebook.add(step, [Code(code, "takut")])
        (coding,) = codings.apply(step, [NewCoding(document, WORDS, code)])
    with project.read() as connection:
        (case,) = cases.listed(connection)
    return project, sari, document, case, coding


def counted(project: Project) -> list[int]:
    with project.read() as connection:
        return [one.words for one in tallies.listed(connection) if one.case]


def test_an_answer_forbids_words_in_one_step_and_another_frees_them(place: str) -> None:
    project, sari, document, case, coding = made(place)
    with project.write(sari, "member check") as step:
        given = answers.ask(step, case.id, [Shown((coding,), document, (WORDS,))])
    with project.write(sari, "member check") as step:
        again = answers.ask(step, case.id, [Shown((coding,), document, (Span(22, 27),))])
    assert given == again == {coding: 1}
    with project.read() as connection:
        (asked,) = answers.listed(connection, case.id)
    assert (asked.verdict, asked.places[0].end, counted(project)) == ("", WORDS.end, [2])

    with project.write(sari, "member answer") as step:
        answers.give(step, asked, document, Given("do not use", " jangan ", "phone"))
    with project.read() as connection:
        (answer,) = answers.listed(connection, case.id)
        (flag,) = memos.flags(connection)
    assert (answer.verdict, answer.text, answer.how, answer.forbids) == (
        "do not use", "jangan", "phone", True,
    )  # fmt: skip
    assert (flag.kind, flag.start, flag.end) == ("not to be used", WORDS.start, WORDS.end)
    assert sum(counted(project)) == 0
    with project.write(sari, "unmark") as step, pytest.raises(Refused, match="another answer"):
        answers.refuse_freeing(step, [flag.id])

    history.undo(project, sari)
    assert counted(project) == [2]
    history.redo(project, sari)
    assert sum(counted(project)) == 0
    with project.write(sari, "correct") as step:
        text = documents.current(step.connection, document).transcript.text
        mended = text.replace("Apa", "Hal apa")
        turns = ("P", "Hal apa yang sulit?"), SAID[1]
        assert spoken(*turns).text == mended
        documents.correct(step, document, spoken(*turns), [Splice(3, 6, 7)])
    with project.write(sari, "member answer") as step:
        answers.give(step, answer, document, Given("agree"))
    with project.read() as connection:
        assert memos.flags(connection) == ()
    assert counted(project) == [2]
    assert check(project) == ()
    project.close()


def test_words_stay_closed_where_two_copies_disagree_until_he_is_asked_again(
    tmp_path: Path,
) -> None:
    project, sari, document, case, coding = made(str(tmp_path / "satu.qcode"))
    with project.write(sari, "member check") as step:
        answers.ask(step, case.id, [Shown((coding,), document, (WORDS,))])
        (asked,) = answers.listed(step.connection, case.id)
    project.close()
    shutil.copy(tmp_path / "satu.qcode", tmp_path / "dua.qcode")
    first, second = (open_project(str(tmp_path / f"{name}.qcode")) for name in ("satu", "dua"))
    for copy, verdict in ((first, "do not use"), (second, "agree")):
        with copy.write(sari, "member answer") as step:
            answers.give(step, asked, document, Given(verdict))
    exchange.merge([second], first, lambda *_all: None)
    with first.read() as connection:
        (now,) = answers.listed(connection, case.id)
    assert (now.verdict, sum(counted(first))) == ("agree", 0)
    with first.write(sari, "member answer") as step:
        answers.give(step, now, document, Given("agree"))
    assert counted(first) == [2]
    for one in (first, second):
        one.close()


def test_who_takes_everything_back_is_in_no_number_until_it_is_undone(place: str) -> None:
    project, sari, document, case, _coding = made(place)
    with project.write(sari, "withdraw all") as step:
        answers.withdraw(step, case, {document: [Span(22, 44)]}, Given("withdraw"))
    with project.read() as connection:
        (gone,) = cases.listed(connection, retired=True)
        (answer,) = answers.listed(connection)
    assert (gone.retired, gone.consent.quotation, gone.consent.checking) == (True, False, False)
    assert (answer.coding, answer.forbids, sum(counted(project))) == ("", True, 0)
    history.undo(project, sari)
    with project.read() as connection:
        assert cases.listed(connection) == (case,)
        assert answers.listed(connection) == ()
        assert memos.flags(connection) == ()
    assert counted(project) == [2]
    project.close()


def test_questions_are_known_by_number_and_stay_where_they_were_asked(place: str) -> None:
    project, sari, document, _case, _coding = made(place)
    first = Question("2", "Apa yang sulit?", labels={"id": "sulit"}, attribute="peran",
                     roles=("petani",))  # fmt: skip
    with project.write(sari, "import guide") as step:
        assert guide.put(step, [Question("10", "Lalu?"), first]).added == 2
    with project.write(sari, "import guide") as step:
        done = guide.put(step, [Question("2", "Apa yang mudah?")])
        assert (done.added, done.skipped) == (0, 1)
        found = guide.questions(step.connection)
        assert [one.number for one in found] == ["2", "10"]
        assert (found[0].text, found[0].labels, found[0].roles) == (
            "Apa yang sulit?", {"id": "sulit"}, ("petani",),
        )  # fmt: skip
        assert len(guide.ask(step, [(document, found[0].id, QUESTION)])) == 1
        assert guide.ask(step, [(document, found[0].id, QUESTION)]) == ()
    with project.write(sari, "correct") as step:
        turns = ("P", "Hal apa yang sulit?"), SAID[1]
        documents.correct(step, document, spoken(*turns), [Splice(3, 6, 7)])
        assert guide.ask(step, [(document, found[0].id, Span(3, 23))]) == ()
        (asking,) = guide.askings(step.connection)
        assert (asking.start, asking.end, asking.fit) == (3, 23, "changed")
    with project.write(sari, "retire question") as step:
        guide.retire(step, found[0].id)
        assert guide.askings(step.connection, document) == ()
    assert check(project) == ()
    project.close()
