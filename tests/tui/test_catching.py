from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.model.document import Splice, Transcript
from qcode.model.span import Span
from qcode.store import codebook, codings, documents, history
from qcode.store.codings import NewCoding, apply
from qcode.tui import acts
from tests.tui.harness import INTERVIEW, TEXT
from tests.tui.study import Playing, Study

SENTENCE = "Saya ini kan sepuh, takut kepencet."


def elsewhere(study: Study, code: str, words: str) -> str:
    """Give words a code as another process does."""
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    with study.project.write(study.sari, "apply") as step:
        (id,) = apply(step, [NewCoding(study.documents["W01"], span, study.codes[code])])
    return id


def corrected(study: Study) -> None:
    """Put four letters in the place of three near the start of the document."""
    at = TEXT.index("awal")
    turns = tuple(
        replace(turn, start=turn.start + (turn.start > at), said=turn.said + (turn.said > at),
                end=turn.end + (turn.end > at))
        for turn in INTERVIEW.turns
    )  # fmt: skip
    other = Transcript(TEXT.replace("awal", "mulai"), turns)
    with study.project.write(study.sari, "correct") as step:
        documents.correct(step, study.documents["W01"], other, [Splice(at, at + 4, 5)])


async def look_again(one: Playing) -> None:
    one.app.app_focus = False
    await one.pilot.pause()
    one.app.app_focus = True
    await one.settled()


def labels(one: Playing) -> list[str]:
    return sorted(mark.label for mark in one.screen.reader.page.index.marks.values())


def test_what_was_written_elsewhere_shows_when_the_terminal_has_the_focus_again(
    study: Study,
) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        spot = one.screen.reader.spot
        id = elsewhere(study, "kader digital", SENTENCE)
        with study.project.write(study.sari, "rename code") as step:
            codebook.revise(step, study.codes["kader digital"], {"name": "kader desa"})
        await look_again(one)
        assert labels(one) == ["kader desa"]
        assert one.screen.reader.spot == spot
        assert "1/1" in one.text()
        assert "written elsewhere" in one.status
        with study.project.write(study.sari, "retire codings") as step:
            codings.retire(step, [id])
        await one.press("question_mark", "escape")
        assert labels(one) == []
        assert one.screen.reader.spot == spot

    study.play(play)


def test_ones_own_next_step_brings_what_was_written_elsewhere(study: Study) -> None:
    async def play(one: Playing) -> None:
        elsewhere(study, "kader digital", "Sabar dia.")
        one.go("sepuh")
        await one.press("enter", *"ongkir", "enter")
        assert labels(one) == ["biaya kirim", "kader digital"]
        own = one.screen.reader.page.index.marks[one.screen.reader.active]
        assert own.label == "biaya kirim"
        assert "Coded: biaya kirim" in one.status
        await one.press("u", "u")
        assert labels(one) == []

    study.play(play)


def test_a_step_on_a_text_that_was_corrected_meanwhile_is_not_written(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        corrected(study)
        await one.press("full_stop", "enter", *"kader", "enter")
        assert study.codings() == []
        reader = one.screen.reader
        assert "mulai" in reader.transcript.text
        assert reader.transcript.text.startswith("sepuh", reader.cursor)
        assert "nothing was written" in one.status
        await one.press("enter", *"kader", "enter")
        assert study.coded() == [(SENTENCE, "kader digital")]
        with study.project.read() as connection:
            assert history.steps(connection)[0].verb == "apply"

    study.play(play)


def test_a_corrected_text_shows_with_the_cursor_on_the_same_words(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Ongkirnya")
        corrected(study)
        await look_again(one)
        reader = one.screen.reader
        assert reader.transcript.text.startswith("Ongkirnya", reader.cursor)
        with study.project.write(study.sari, "retire document") as step:
            documents.retire(step, study.documents["W01"])
        await look_again(one)
        assert "was retired meanwhile" in one.status

    study.play(play)


def test_nothing_is_read_anew_while_nobody_else_writes(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(acts, "_afresh", lambda _step, _document, said: read.append(said))

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("enter", *"ongkir", "enter", "right_parenthesis", "full_stop", "d")
        await one.press("m", "a", "enter", "question_mark", "escape", "full_stop")
        assert len(study.codings()) == 2
        assert not read

    study.play(play)


def test_bounds_that_were_begun_on_a_text_that_changed_are_refused(study: Study) -> None:
    elsewhere(study, "kader digital", SENTENCE)

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("e", "right_parenthesis")
        corrected(study)
        await look_again(one)
        assert "mulai" not in one.screen.reader.transcript.text
        await one.press("enter")
        assert study.coded() == [(SENTENCE, "kader digital")]
        assert "nothing was written" in one.status
        assert "mulai" in one.screen.reader.transcript.text
        (mark,) = one.screen.reader.page.index.marks.values()
        assert one.screen.reader.transcript.text[mark.start : mark.end] == SENTENCE

    study.play(play)


def test_a_segment_removed_elsewhere_does_not_come_back_with_its_bounds(study: Study) -> None:
    id = elsewhere(study, "kader digital", SENTENCE)

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("e")
        with study.project.write(study.sari, "retire codings") as step:
            codings.retire(step, [id])
        await look_again(one)
        await one.press("escape")
        assert labels(one) == []
        assert study.codings() == []

    study.play(play)
