"""Rounds opened, given out, closed and read by their keys; each act is one step that u undoes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qcode.model.case import Case
from qcode.model.codebook import Code
from qcode.model.round import Assignment
from qcode.model.span import Span
from qcode.store import cases, codebook, coders, codings, documents, rounds
from qcode.store.codings import NewCoding
from qcode.store.opening import open_project
from qcode.tui.app import BUSY_MS
from qcode.tui.screens.preparing import FiguresScreen, PreparedScreen
from qcode.tui.screens.rounds import RoundsScreen
from qcode.workflows.rounds import open_round
from tests.tui.study import Playing, Study

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)])


@pytest.fixture
def study(study: Study) -> Study:
    """A study whose supervisor is sari, with two who code."""
    for name in ("bima", "tari"):
        coders.joined(study.project, name)
    with study.project.write(study.sari, "role") as step:
        coders.describe(step, study.sari, {"role": "supervisor"})
    return study


@pytest.fixture
def opened(study: Study) -> Study:
    """The same with an open round of bima and tari."""
    with study.project.write(study.sari, "open round") as step:
        wanted = list(documents.listed(step.connection))
        open_round(step, "R1", "reliability", ["bima", "tari"], wanted)
    return study


def who(study: Study, name: str) -> str:
    with study.project.read(everything=True) as connection:
        return next(one.id for one in coders.listed(connection) if one.name == name)


def as_coder(study: Study, name: str) -> Study:
    """Return the study as somebody else opens it."""
    found = Study(study.place, open_project(str(study.place), busy_ms=BUSY_MS), who(study, name))
    found.documents, found.codes = study.documents, study.codes
    return found


def given(study: Study) -> set[tuple[str, str, str]]:
    with study.project.read(everything=True) as connection:
        known = {one.id: one.name for one in rounds.listed(connection)}
        titles = {one.id: one.name for one in documents.listed(connection)}
        names = coders.names(connection)
        return {
            (titles[one.document], names[one.coder], known.get(one.round, ""))
            for one in rounds.assignments(connection)
        }


def finish(study: Study, name: str, *wanted: str) -> None:
    coder = who(study, name)
    with study.project.write(coder, "apply") as step:
        for document in wanted:
            id = study.documents[document]
            turn = documents.current(step.connection, id).transcript.turns[1]
            words = Span(turn.said, turn.end - 1)
            codings.apply(step, [NewCoding(id, words, study.codes["biaya kirim"])])
    with study.project.write(coder, "finish") as step:
        for document in wanted:
            documents.finish(step, study.documents[document])


async def answer(one: Playing, text: str) -> None:
    """Type a text over what stands in the line, and give it."""
    await one.press("ctrl+u")
    await one.type(text)
    await one.press("enter")


@SIZES
def test_a_round_is_opened_in_one_step_after_one_saw_what_that_gives(
    study: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o")
        assert "o opens one" in one.status
        await one.press("o")
        await answer(one, "R1")
        await one.press("r")
        assert "--coders bima,tari" in one.text(), "supervisors are not among them"
        await one.type("--double 50% --seed 7")
        await one.press("enter")
        one.on(PreparedScreen)
        assert "coded twice: 1 of 2 documents (seed 7)" in one.text()
        assert "too few" in one.text()
        assert not given(study), "nothing is written yet"
        await one.press("escape")
        one.on(RoundsScreen)
        assert not given(study)
        await one.press("o", "enter", "r", "enter")
        await one.press("y")
        one.on(RoundsScreen)
        assert "Round R1 is open" in one.status
        assert len(given(study)) == 2
        assert "bima 0 of 1" in one.text()
        await one.press("u")
        assert "Undone: open a round" in one.status
        assert not given(study)
        await one.press("ctrl+r")
        assert len(given(study)) == 2

    study.play(play, size=size)


def test_a_round_with_named_documents_and_what_is_refused(study: Study) -> None:
    with study.project.write(study.sari, "open round") as step:
        open_round(step, "A", "drift", ["bima", "tari"])

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o", "o")
        await answer(one, "K")
        await one.press("c")
        for line, why in (
            ("--coders bima,tari --doubel 3", "no option “--doubel”"),
            ("--documents W01", "say who codes in it"),
            ("--coders bima,tari W01 --double 2", "name documents, or say how many"),
            ("--coders bima,tari --double 2 --seed x", "no whole number"),
            ("--coders bima,tari W01 --to bima", "a round takes --coders"),
        ):
            await answer(one, line)
            assert why in one.status, line
            await one.press("o", "enter", "c")
        await answer(one, "--coders bima,tari W01 --documents W02")
        assert "bima, tari" in one.text()
        await one.press("y")
        row = one.on(RoundsScreen).row
        assert row is not None
        assert row.round is not None
        assert row.round.name == "K", "the new round is highlighted"
        assert given(study) == {(document, name, "K") for document in ("W01", "W02")
                                for name in ("bima", "tari")}  # fmt: skip

    study.play(play)


@SIZES
def test_closing_is_refused_as_it_is_and_early_is_a_second_question(
    opened: Study, size: tuple[int, int]
) -> None:
    finish(opened, "bima", "W01", "W02")
    finish(opened, "tari", "W01")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o")
        assert "bima 2 of 2 · tari 1 of 2" in one.text()
        await one.press("c", "n")
        assert "open" in one.text()
        await one.press("c", "y")
        assert "not all is finished in round R1: tari W02" in one.status
        await one.press("n")
        assert "tari 1 of 2" in one.text()
        await one.press("c", "y", "e")
        assert "Round R1 is closed" in one.status
        assert "alpha on turns:" in one.text()
        await one.press("f")
        assert "all codes, pooled" in one.text()
        one.on(FiguresScreen)
        await one.press("escape")
        await one.press("u")
        assert "Undone: close a round" in one.status

    opened.play(play, size=size)


def test_enter_leads_from_one_unfinished_document_of_ones_own_to_the_next(opened: Study) -> None:
    finish(opened, "bima", "W01")
    bima = as_coder(opened, "bima")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o")
        assert "W02  - bima · - tari (your next)" in one.text()
        await one.press("f")
        assert "only a supervisor" in one.status
        assert "alpha" not in one.text()
        await one.press("enter")
        assert one.screen.document == bima.documents["W02"]
        await one.press("q")
        finish(bima, "bima", "W02")
        await one.press("ctrl+t", "o", "enter")
        assert "You finished all" in one.status

    bima.play(play, document="")
    bima.project.close()

    async def guru(one: Playing) -> None:
        await one.press("ctrl+t", "o", "enter")
        assert "Nothing here is given to you" in one.status

    opened.play(guru)


def test_documents_are_given_out_in_the_round_that_is_highlighted_or_without_one(
    opened: Study,
) -> None:
    before = given(opened)

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o", "a")
        await answer(one, "W02 --to tari --remove")
        assert "1 assignment taken back" in one.status
        assert given(opened) == before - {("W02", "tari", "R1")}
        await one.press("u")
        assert given(opened) == before
        await one.press("c", "y", "e", "a")
        await answer(one, "W01 --to bima")
        assert "round R1 is closed" in one.status
        with opened.project.write(opened.sari, "assign") as step:
            rounds.assign(step, [Assignment(opened.documents["W02"], opened.sari)])
        await one.press("u")
        await one.press("ctrl+r")
        await one.press("end", "a")
        await answer(one, "W01 --to sari --primary")
        assert "1 assignment written" in one.status
        assert ("W01", "sari", "") in given(opened)
        await one.press("enter")
        assert one.screen.document == opened.documents["W01"]

    opened.play(play)


def test_a_proposed_code_is_taken_up_with_a_reason(opened: Study) -> None:
    with opened.project.write(who(opened, "bima"), "add code") as step:
        codebook.add(step, [Code(step.mint(), "momong", definition="menemani belajar")])

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o")
        assert "momong · bima · 0 segments" in one.text()
        await one.press("p", "1")
        await one.type("dipakai")
        await one.press("enter")
        assert "Everyone's from now on: momong" in one.status
        await one.press("p")
        assert "No code that you may see" in one.status
        await one.press("u")
        assert "momong · bima" in one.text()

    opened.play(play, size=(120, 36))
    tari = as_coder(opened, "tari")

    async def blind(one: Playing) -> None:
        await one.press("ctrl+t", "o")
        assert "momong" not in one.text()

    tari.play(blind, document="")
    tari.project.close()


def test_what_a_coder_is_and_knows_is_said_from_here(opened: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o", "r", "2", "k")
        await one.type("W01")
        await one.press("enter")
        assert "Assigned all the same until now: W01" in one.status
        assert "bima · coder · knows W01" in one.text()
        await one.press("r", "2", "n")
        await one.type("W01")
        await one.press("enter")
        assert "· knows" not in one.text()
        await one.press("r", "3", "s")
        assert "tari is now: supervisor" in one.status
        await one.press("u")
        assert "Undone: say what a coder is" in one.status

    opened.play(play, size=(120, 36))


def test_the_list_that_goes_to_a_file_is_that_of_the_command_line(
    opened: Study, tmp_path: Path
) -> None:
    file = tmp_path / "putaran.csv"

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o", "w")
        await one.type(str(file))
        await one.press("enter")

    opened.play(play)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        header, row = csv.reader(stream)
    assert header[:3] == ["round", "kind", "coders"]
    assert row[:5] == ["R1", "reliability", "bima, tari", "2", "0"]


def test_hostile_names_of_rounds_and_cases_appear_as_they_are(study: Study) -> None:
    nasty = "[@click=app.quit]x[/]"
    with study.project.write(study.sari, "case") as step:
        cases.add(step, [Case("", "informant", nasty)], [])

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "o", "o")
        await answer(one, nasty)
        assert nasty in one.text()
        await one.press("r", "enter")
        await one.press("y")
        assert nasty in one.text()
        await one.press("r", "2", "k")
        await one.type(nasty)
        await one.press("enter")
        assert nasty in one.text()

    study.play(play, size=(120, 36))
