from __future__ import annotations

from pathlib import Path

import pytest

from qcode import settings
from qcode.model.codebook import Code
from qcode.model.span import Span
from qcode.store import codebook, documents, history, memos, progress
from qcode.store.codings import NewCoding, apply
from qcode.tui.app import _today
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.progress import ProgressScreen
from qcode.tui.screens.revisiting import RevisitingScreen
from tests.tui.harness import TEXT
from tests.tui.study import Playing, Study


def margin_notes(study: Study) -> list[str]:
    with study.project.read() as connection:
        return [one.text for one in memos.listed(connection)]


def test_at_the_first_reading_enter_writes_a_margin_note_and_no_code_is_given(study: Study) -> None:
    async def read(one: Playing) -> None:
        assert "FIRST READING" not in one.text()
        await one.press("R")
        assert "FIRST READING" in one.text()
        assert "enter Margin note" in one.text()
        assert "Code" not in one.text().splitlines()[-1]
        assert not one.screen.query_one("#tree").display
        one.go("sepuh")
        await one.press("enter")
        assert not one.screen.palette.is_open
        await one.type("bandingkan dengan W02")
        await one.press("enter", "t", "full_stop", "r", "i", "e", "o", "1")
        assert not one.screen.asking
        assert not one.screen.query_one("#tree").display
        assert "R ends it" in one.status or "No code is pinned" in one.status

    async def again(one: Playing) -> None:
        assert "FIRST READING" in one.text()
        await one.press("D")
        assert study.codings() == []
        await one.press("enter", "R")
        assert "FIRST READING" not in one.text()
        assert one.screen.query_one("#tree").display
        one.go("sepuh")
        await one.press("enter")
        assert one.screen.palette.is_open

    study.play(read)
    assert margin_notes(study) == ["bandingkan dengan W02"]
    assert study.codings() == []
    study.play(again)


def test_the_first_reading_belongs_to_one_document(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("R", "ctrl+n")
        assert one.screen.document == study.documents["W02"]
        assert "FIRST READING" not in one.text()
        assert one.screen.query_one("#tree").display
        await one.press("ctrl+n")
        assert "FIRST READING" in one.text()
        assert not one.screen.query_one("#tree").display

    study.play(play)


def test_ctrl_n_goes_round_the_documents_that_are_not_finished(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        cursor = one.screen.reader.cursor
        await one.press("ctrl+n")
        assert one.screen.document == study.documents["W02"]
        await one.press("ctrl+n")
        assert one.screen.document == study.documents["W01"]
        assert one.screen.reader.cursor == cursor
        with study.project.write(study.sari, "finish") as step:
            documents.finish(step, study.documents["W02"], empty=True)
        await one.press("ctrl+n")
        assert "finished every other document" in one.status
        await one.press("D")
        assert "1/2 finished" in one.text()

    study.play(play)


def test_what_is_known_of_informants_can_be_hidden_while_coding_and_stays_so(study: Study) -> None:
    async def hide(one: Playing) -> None:
        assert "pelaku UMKM" in one.text()
        await one.press("H")
        assert "pelaku UMKM" not in one.text()
        await one.press("D")
        one.on(HomeScreen)
        assert "pelaku UMKM" not in one.text()
        await one.type("umkm")
        assert "No document holds" in one.status
        await one.press("escape", "ctrl+l")
        assert "pelaku UMKM" in one.text()
        await one.press("ctrl+l")

    study.play(hide)
    assert settings.remembered().hide_attributes


def test_a_setting_that_is_no_truth_value_is_left_out_with_a_sentence(study: Study) -> None:
    settings.remember_coder("sari")
    file = settings.settings_file()
    file.write_text('coder = "sari"\nhide_attributes = "ja"\n', encoding="utf-8")
    known = settings.remembered()
    assert (known.coder, known.hide_attributes) == ("sari", False)
    assert "hide_attributes" in known.problem


def test_a_pin_waits_until_the_other_program_lets_go(study: Study) -> None:
    with study.project.write(study.sari, "apply") as step:
        start = TEXT.index("sepuh")
        span = Span(start, start + 5)
        apply(step, [NewCoding(study.documents["W01"], span, study.codes["kader digital"])])

    async def play(one: Playing) -> None:
        one.go("sepuh")
        other = study.held()
        for key in ("P", "3"):
            await one.pilot.press(key)
        await one.pilot.pause(1.0)
        assert one.app.access.unsaved == 1
        assert "Not saved yet" in one.text()
        other.execute("ROLLBACK")
        other.close()
        await one.settled()
        assert one.app.trouble == ""

    study.play(play)
    with study.project.read() as connection:
        assert progress.pinned(connection, study.sari) == {3: study.codes["kader digital"]}


# -- going back to documents ----------------------------------------------------------------------


@pytest.fixture
def finished(study: Study) -> str:
    """Let W01 be coded and finished, then add a code; return the code's id."""
    start = TEXT.index("sepuh")
    with study.project.write(study.sari, "apply") as step:
        apply(step, [NewCoding(study.documents["W01"], Span(start, start + 5),
                               study.codes["kader digital"])])  # fmt: skip
    with study.project.write(study.sari, "finish") as step:
        documents.finish(step, study.documents["W01"])
    with study.project.write(study.sari, "add code") as step:
        codes = [Code(step.mint(), "[b]sungkan", definition="enggan karena hormat"),
                 Code(step.mint(), "gotong royong")]  # fmt: skip
        return codebook.add(step, codes, reason="muncul di W02")[0]


def test_the_queue_says_why_and_one_key_records_that_nothing_more_was_found(
    study: Study, finished: str
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "r")
        screen = one.on(RevisitingScreen)
        assert "2 codes in 1 document to look for" in one.status
        assert "[b]sungkan" in one.text()
        assert "enggan karena hormat" in one.text()
        assert "muncul di W02" in one.text()
        await one.press("n")
        assert "W01 counts for [b]sungkan now" in one.status
        assert screen.grid.number == 1
        await one.press("u")
        assert "Undone: go back to 1 document" in one.status
        assert screen.grid.number == 2
        await one.press("N")
        assert screen.grid.number == 0
        await one.press("escape", "ctrl+t", "r")
        assert "every code was looked for" in one.status

    study.play(play, size=(120, 36))


def test_enter_opens_the_document_with_the_code_first_at_hand(study: Study, finished: str) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "r", "enter")
        assert "Look for “[b]sungkan”" in one.status
        await one.press("f")
        assert "There is no flag" in one.status
        assert "enggan karena hormat" in one.text()
        one.go("Sabar")
        await one.press("full_stop")
        assert ("Sabar dia.", "[b]sungkan") in study.coded()
        one.go("Di grup")
        await one.press("enter", "enter")
        assert [code for _words, code in study.coded()].count("[b]sungkan") == 2
        await one.press("D")
        assert one.on(RevisitingScreen).grid.number == 2
        await one.press("n")
        assert one.on(RevisitingScreen).grid.number == 1

    study.play(play, size=(120, 36))


# -- what was done --------------------------------------------------------------------------------


def test_the_screen_of_progress_shows_a_coder_his_own_work_alone(
    study: Study, finished: str
) -> None:
    from qcode.store import coders

    budi = coders.joined(study.project, "budi")
    with study.project.write(budi, "apply") as step:
        apply(step, [NewCoding(study.documents["W02"], Span(0, 5), finished)] * 7)

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "p")
        screen = one.on(ProgressScreen)
        assert "Today: 1 segment in 1 document, 1 document finished, 6 new codes" in one.status
        assert [screen.cells(row)[:3] for row in screen.grid._rows] == [
            ("in all", "1", "1"), ("today", "1", "1")
        ]  # fmt: skip
        assert "1 of 2 documents finished" in one.text()
        await one.press("down")
        assert "gotong royong" in one.text()
        assert "budi" not in one.text()

    study.play(play, size=(120, 36))


def test_what_was_done_today_is_said_without_a_word_of_the_interviews(
    study: Study, finished: str, tmp_path: Path
) -> None:
    told = _today(study.project, study.sari)
    assert told == "Today: 1 segment in 1 document, 1 document finished, 6 new codes"
    while history.undo(study.project, study.sari):
        pass
    assert _today(study.project, study.sari) == ""
