from __future__ import annotations

import pytest

from qcode.model.span import Span
from qcode.store import coders, memos
from qcode.tui.screens.memos import MemosScreen
from tests.tui.study import Playing, Study


def texts(study: Study) -> list[str]:
    with study.project.read() as connection:
        return [memo.text for memo in memos.listed(connection)]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_memos_are_written_rewritten_and_taken_away_and_each_is_undone(
    study: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "m")
        one.on(MemosScreen)
        assert "No memos yet" in one.status
        await one.press("a")
        await one.type("[b] pola")
        await one.press("enter")
        assert texts(study) == ["[b] pola"]
        assert "[b] pola" in one.text()
        assert "project" in one.text()
        await one.press("e")
        await one.type(" baru")
        await one.press("enter")
        assert texts(study) == ["[b] pola baru"]
        await one.press("R")
        assert texts(study) == []
        await one.press("u", "u")
        assert texts(study) == ["[b] pola"]
        await one.press("enter")
        assert "no place" in one.status

    study.play(play, size=size)


def test_enter_goes_to_what_a_memo_is_about_and_n_to_that_of_the_next_one(study: Study) -> None:
    with study.project.write(study.sari, "memo") as step:
        memos.write(step, ("document", study.documents["W02"]), "ramai?", span=Span(0, 4))
    with study.project.write(study.sari, "memo") as step:
        memos.write(step, ("document", study.documents["W01"]), "takut", span=Span(5, 9))

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "m", "enter")
        assert one.screen.document == study.documents["W01"]
        assert one.screen.reader.selection == Span(5, 9)
        assert "1 of 2 in the list" in one.status
        await one.press("n")
        assert one.screen.document == study.documents["W02"]
        assert one.screen.reader.selection == Span(0, 4)
        await one.press("n")
        assert "the last one" in one.status
        await one.press("escape")
        screen = one.on(MemosScreen)
        assert screen.row is not None
        assert screen.row.memo.text == "ramai?"

    study.play(play, document="")


def test_a_memo_of_another_coder_is_read_but_not_changed(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    with study.project.write(budi, "memo") as step:
        memos.write(step, ("project", step.project), "dari budi")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "m", "e")
        assert "another coder" in one.status
        await one.press("O")
        assert one.on(MemosScreen).grid.number == 0
        await one.press("O")
        assert one.on(MemosScreen).grid.number == 1

    study.play(play)
