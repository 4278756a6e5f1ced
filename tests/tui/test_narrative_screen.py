"""The story of a case beside its passages, and the framework matrix, by their keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.model.case import Case
from qcode.model.span import Span
from qcode.store import cases, codings, memos, narratives, summaries
from qcode.store.codings import NewCoding
from qcode.tui.screens.framework import FrameworkScreen
from qcode.tui.screens.narrative import NarrativeScreen
from qcode.tui.widgets.memo import MemoEditor
from tests.tui.harness import TEXT
from tests.tui.study import Playing, Study

SAID = (
    ("Saya ini kan sepuh, takut kepencet.", "literasi digital rendah"),
    ("Sabar dia.", "kader digital"), ("Ongkirnya mahal sekali.", "biaya kirim"),
)  # fmt: skip


@pytest.fixture
def coded(study: Study) -> Study:
    """A study in which three passages of its one case are coded."""
    with study.project.write(study.sari, "apply") as step:
        for words, code in SAID:
            span = Span(TEXT.index(words), TEXT.index(words) + len(words))
            codings.apply(step, [NewCoding(study.documents["W01"], span, study.codes[code])])
    return study


def told(study: Study) -> list[str]:
    with study.project.read() as connection:
        return [one.text or one.kind for one in narratives.listed(connection)]


def test_a_story_is_composed_by_keys_and_each_of_them_is_one_step(coded: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "w")
        screen = one.on(NarrativeScreen)
        await one.press("T")
        await one.type("Awal")
        await one.press("enter")
        await one.press("i")
        assert told(coded) == ["Awal", "passage"]
        assert "✓" in one.text().splitlines()[3]
        await one.press("i")
        assert "stands in the story: piece 2" in one.status
        await one.press("j", "i")
        await one.press("t")
        assert screen.asking
        await one.type("Lalu sabar.")
        await one.press("enter")
        assert told(coded) == ["Awal", "passage", "passage", "Lalu sabar."]
        assert "Lalu sabar." in one.text()
        assert "┃ “Sabar dia.”" in one.text()
        await one.press("K")
        assert told(coded)[2] == "Lalu sabar."
        await one.press("u")
        await one.press("comma", "e")
        assert "participant's words" in one.status
        await one.press("semicolon", "e")
        await one.type(" Sekali.")
        await one.press("enter")
        await one.press("R")
        assert told(coded) == ["Awal", "passage", "passage"]
        await one.press("u")
        assert told(coded)[-1] == "Lalu sabar. Sekali."
        await one.press("o")
        assert "has a story" in one.status
        await one.press("enter")
        assert one.screen.reader.has_focus
        await one.press("q")
        assert one.on(NarrativeScreen) is screen

    coded.play(play)


def test_a_story_goes_to_a_file_with_a_gap_where_nothing_may_be_quoted(
    coded: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with coded.project.write(coded.sari, "mark") as step:
        words = SAID[1][0]
        span = Span(TEXT.index(words), TEXT.index(words) + len(words))
        memos.mark(step, coded.documents["W01"], span, "off the record")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "w", "w")
        assert "no story" in one.status
        await one.press("i")
        await one.press("j", "i")
        assert "it stays inside: off the record" in one.status
        assert "⚑ stays inside: off the record" in one.text()
        await one.press("w")
        await one.type("cerita.md")
        await one.press("enter")
        assert "Written" in one.status
        await one.press("w", "enter")
        assert "Enter once more" in one.text()
        await one.press("enter")
        assert "Written" in one.status

    coded.play(play)
    text = (tmp_path / "cerita.md").read_text(encoding="utf-8")
    assert "Sabar dia" not in text
    assert "> \\[passage left out: off the record\\]" in text
    assert "> Saya ini kan sepuh, takut kepencet." in text


def test_other_cases_are_a_key_or_a_name_away(coded: Study) -> None:
    with coded.project.write(coded.sari, "add case") as step:
        cases.add(step, [Case("", "informant", "W02")])
        cases.link(step, coded.documents["W02"], cases.case_id(step, "informant", "W02"))

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "w", "t")
        await one.type("Ia takut.")
        await one.press("escape", "right_square_bracket")
        assert "Story of W02" in one.text()
        await one.press("t")
        assert "Ia takut." not in one.text()
        await one.press("escape", "left_square_bracket", "t")
        assert "Ia takut." in one.text()
        await one.press("escape", "right_square_bracket", "o")
        assert "no passages" in one.status
        await one.press("c")
        await one.type("W0")
        await one.press("enter")
        assert "may mean several" in one.text()
        await one.type("1")
        await one.press("enter", "o")
        assert "An outline of 5 pieces" in one.status

    coded.play(play)
    assert told(coded) == ["kader digital", "passage", "penghambat", "passage", "passage"]


def test_a_summary_is_written_beside_its_passages_and_saved_at_once(coded: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "l", "l")
        screen = one.on(FrameworkScreen)
        cell = screen.cell
        assert cell is not None
        assert cell.code.name == "penghambat"
        await one.press("enter")
        assert screen.query_one(MemoEditor).is_open
        assert "Ongkirnya mahal sekali." in one.text()
        await one.type("Takut, lalu mahal.")
        await one.press("enter")
        assert "Summary written" in one.status
        assert screen.cell is not None
        assert screen.cell.text == "Takut, lalu mahal."
        await one.press("a")
        assert screen.cell.code.name == "kader digital"
        await one.press("l", "semicolon", "g")
        assert one.screen.reader.has_focus
        await one.press("q")
        assert one.on(FrameworkScreen) is screen
        assert screen.cell.code.name == "penghambat"
        await one.press("c")
        await one.type("biaya")
        await one.press("enter")
        assert screen.cell.code.name == "biaya kirim"
        await one.press("C", "h", "R")
        assert "no summary" in one.status

    coded.play(play)
    with coded.project.read() as connection:
        (kept,) = summaries.listed(connection)
    assert kept.text == "Takut, lalu mahal."
    assert len(kept.rests) == 2
