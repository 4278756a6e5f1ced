from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.model.document import Splice, Transcript
from qcode.model.span import Span
from qcode.store import documents, history, recordings
from qcode.store.codings import NewCoding, apply
from qcode.store.documents import NewDocument
from qcode.store.project import Project
from tests.tui.harness import INTERVIEW, TEXT, spoken
from tests.tui.study import Playing, Study
from tests.tui.walking import drawn

SENTENCE = "Saya ini kan sepuh, takut kepencet."


def give(study: Study, code: str, words: str) -> None:
    start = TEXT.index(words)
    with study.project.write(study.sari, "apply") as step:
        new = NewCoding(study.documents["W01"], Span(start, start + len(words)), study.codes[code])
        apply(step, [new])


def stored(project: Project, document: str) -> Transcript:
    with project.read() as connection:
        return documents.current(connection, document).transcript


def shown(one: Playing) -> Transcript:
    return one.screen.reader.transcript


def marked(one: Playing) -> list[tuple[str, str]]:
    """Return the marked words with their labels."""
    marks = one.screen.reader.page.index.marks.values()
    return sorted((shown(one).text[mark.start : mark.end], mark.label) for mark in marks)


def ahead(one: Playing) -> str:
    return shown(one).text[one.screen.reader.cursor :]


def test_words_are_corrected_at_the_cursor_and_marks_stay_where_they_were(study: Study) -> None:
    give(study, "kader digital", SENTENCE)
    give(study, "biaya kirim", "Sabar dia.")

    async def play(one: Playing) -> None:
        one.go("tetangga")
        await one.press("E", "w")
        await one.press(*["delete"] * len("tetangga"))
        await one.type("mertua")
        assert "Turn 2 · N" in one.text()
        await one.press("enter")
        assert "anaknya mertua yang ngajari" in shown(one).text
        assert shown(one) == stored(study.project, study.documents["W01"])
        assert marked(one) == [("Sabar dia.", "biaya kirim"), (SENTENCE, "kader digital")]
        assert one.screen.reader.has_focus
        assert ahead(one).startswith("mertua")
        assert "Turn 2 corrected" in one.status
        one.go("Sabar")
        await one.press("u")
        assert shown(one).text == TEXT
        assert "Undone: correct the text of a document" in one.status
        assert ahead(one).startswith("Sabar")
        assert marked(one) == [("Sabar dia.", "biaya kirim"), (SENTENCE, "kader digital")]
        await one.press("ctrl+r")
        assert "mertua" in shown(one).text
        assert ahead(one).startswith("Sabar")

    study.play(play)


def test_a_coding_whose_words_are_others_now_is_flagged_and_undo_confirms_the_old(
    study: Study,
) -> None:
    give(study, "kader digital", SENTENCE)

    async def play(one: Playing) -> None:
        one.go("kepencet")
        await one.press("E", "w", "s", "a", "l", "a", "h", "space", "enter")
        assert marked(one) == [(SENTENCE.replace("kep", "salah kep"), "? kader digital")]
        assert "1 coding stands on other words now and is flagged." in one.status
        await one.press("u", "u")
        assert marked(one) == []
        assert "Undone: code 1 segment" in one.status

    study.play(play)


def test_a_turn_is_split_given_to_a_new_speaker_and_joined_again(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Sabar")
        await one.press("E", "p")
        assert "kepencet.\nP: Sabar dia.\nP: Lalu" in shown(one).text
        assert ahead(one).startswith("Sabar")
        await one.press("E", "s", "n")
        await one.type("Bu [x]")
        await one.press("enter")
        assert "cannot be the label" in one.status
        await one.press("E", "s", "n")
        await one.type("Cucu")
        await one.press("enter")
        assert "What is Cucu?" in one.text()
        await one.press("p")
        assert "kepencet.\nCucu: Sabar dia.\nP: Lalu" in shown(one).text
        with study.project.read() as connection:
            kinds = {one.label: one.kind
                     for one in documents.speakers(connection, study.documents["W01"])}  # fmt: skip
        assert kinds == {"P": "interviewer", "N": "participant", "Cucu": "participant"}
        await one.press("E", "s", "2")
        assert "kepencet.\nN: Sabar dia.\nP: Lalu" in shown(one).text
        one.go("kepencet")
        await one.press("E", "j")
        assert shown(one).text == TEXT
        with study.project.read() as connection:
            assert [step.verb for step in history.steps(connection)[:4]] == ["correct"] * 4
        await one.press("u", "u", "u", "u")
        assert stored(study.project, study.documents["W01"]) == INTERVIEW
        assert shown(one) == INTERVIEW

    study.play(play)


def test_what_is_given_up_writes_nothing_and_is_offered_again(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        spot = one.screen.reader.spot
        await one.press("E", "escape", "E", "w", "escape", "E", "w", "enter")
        assert "as they were" in one.status
        await one.press("E", "w", "X", "escape", "E", "w")
        assert "Xsepuh" in one.screen.editor._field.text
        await one.press("escape")
        assert one.screen.reader.spot == spot
        assert one.screen.reader.has_focus
        with study.project.read() as connection:
            assert history.steps(connection)[0].verb == "add code"

    study.play(play)


def test_a_turn_that_was_corrected_elsewhere_meanwhile_is_shown_first(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("E", "w", "X")
        at = TEXT.index("Waktu")
        turns = tuple(
            replace(turn, start=turn.start - bool(turn.start), end=turn.end - 1,
                    said=turn.said - (turn.said > at))
            for turn in INTERVIEW.turns
        )  # fmt: skip
        with study.project.write(study.sari, "correct") as step:
            other = Transcript(TEXT[:at] + TEXT[at + 1 :], turns)
            documents.correct(step, study.documents["W01"], other, [Splice(at, at + 1, 0)])
        await one.press("enter")
        assert "nothing was written" in one.status
        assert shown(one).text.startswith("P: aktu")
        assert "Xsepuh" not in shown(one).text
        assert ahead(one).startswith("sepuh")
        await one.press("E", "w")
        assert "Xsepuh" in one.screen.editor._field.text
        await one.press("enter")
        assert "Xsepuh" in stored(study.project, study.documents["W01"]).text

    study.play(play)


@pytest.mark.skipif(sys.platform == "win32", reason="the fake player is a program of Unix")
def test_a_key_plays_the_recording_from_the_time_of_the_turn(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    turns = tuple(replace(turn, time="00:12:33") for turn in INTERVIEW.turns)
    with study.project.write(study.sari, "import") as step:
        new = NewDocument("W09", Transcript(f"{TEXT} ", (*turns[:-1], replace(
            turns[-1], end=len(TEXT) + 1))))  # fmt: skip
        added, _skipped = documents.add(step, [new])
    study.documents |= added
    player, sound, heard = tmp_path / "player", tmp_path / "W 09.mp3", tmp_path / "heard"
    player.write_text(f"#!/bin/sh\necho \"$1 $2\" > '{heard}.new'\nmv '{heard}.new' '{heard}'\n"
                      "sleep 600\n", encoding="utf-8")  # fmt: skip
    player.chmod(0o700)
    sound.touch()

    async def play(one: Playing) -> None:
        await one.press("E", "t")
        assert "no recording is known on this computer" in one.status
        with study.project.maintain() as connection:
            recordings.keep(connection, study.documents["W09"], str(sound))
        await one.press("E", "t")
        assert "no player is set" in one.status
        (tmp_path / "settings.toml").write_text(
            f'player = "{player} {{seconds}} {{file}}"\n', encoding="utf-8"
        )
        await one.press("E", "t")
        assert "Playing from 00:12:33" in one.status
        end = time.monotonic() + 20
        while not heard.exists():
            assert time.monotonic() < end
            await one.pilot.pause(0.01)
        assert heard.read_text(encoding="utf-8") == f"753 {sound}\n"
        await one.press("E", "x")
        assert "stopped" in one.status
        await one.press("E")
        assert "stop the recording" not in one.text()

    study.play(play, document="W09")


def test_hostile_labels_and_words_appear_as_they_are_at_every_size(study: Study) -> None:
    label, words = "[b] x\u202e", "[@click=app.quit]x[/] [TODO] $(x)"
    hostile = spoken((label, words), ("N", "Ya."), ("[/]", "Baik."))
    first, *rest = hostile.turns
    turns = (replace(first, time="[/b] 0:01"), *rest)
    with study.project.write(study.sari, "import") as step:
        added, _skipped = documents.add(step, [NewDocument("W09", replace(hostile, turns=turns))])
    study.documents |= added

    async def play(one: Playing) -> None:
        await one.press("E")
        assert "Turn 1 · [b] x� · [/b] 0:01" in drawn(one)
        await one.press("w")
        assert drawn(one).count(words) == 2
        await one.press("escape", "E", "s")
        assert "2   [/]" in drawn(one)
        for keys in (("escape", "E"), ("w",), ("escape", "E", "s", "n")):
            await one.press(*keys)
            for size in ((20, 5), (1, 1), (60, 20), (110, 30)):
                await one.pilot.resize_terminal(*size)
                await one.pilot.pause()
        await one.press("escape", "E", "s", "2")
        assert shown(one).text.startswith("[/]: [@click")
        assert one.app.is_running

    study.play(play, document="W09")
