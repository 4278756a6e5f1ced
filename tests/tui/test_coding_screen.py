from __future__ import annotations

import time

import pytest

from qcode.errors import Refused
from qcode.model.span import Span
from qcode.store import documents, history, memos
from qcode.store.codings import NewCoding, apply
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.home import HomeScreen
from qcode.tui.widgets.codetree import CodeTree
from tests.tui.study import Playing, Study

SENTENCE = "Saya ini kan sepuh, takut kepencet."
NEXT = "Sabar dia."


def test_a_sentence_gets_two_codes_found_by_misspelt_names_in_one_step(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("enter")
        await one.type("lterasi")
        await one.press("tab")
        await one.type("ongkr")
        await one.press("enter")
        assert study.coded() == [(SENTENCE, "biaya kirim"), (SENTENCE, "literasi digital rendah")]
        assert "Coded: literasi digital rendah + biaya kirim · saved" in one.status
        with study.project.read() as connection:
            assert history.steps(connection)[0].rows["coding"] == 2
        shown = {mark.label for mark in one.screen.reader.page.index.marks.values()}
        assert shown == {"literasi digital rendah", "biaya kirim"}
        assert study.project.engine.pool.checkedout() == 0  # type: ignore[attr-defined]

    study.play(play)


def test_undo_says_what_it_undid_and_redo_brings_it_back(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("c", *"kader", "enter")
        await one.press("u")
        assert study.codings() == []
        assert not one.screen.reader.page.index.marks
        assert "Undone: code 1 segment (" in one.status
        await one.press("ctrl+r")
        assert study.coded() == [(SENTENCE, "kader digital")]
        assert len(one.screen.reader.page.index.marks) == 1
        assert "Done again: code 1 segment" in one.status
        await one.press("ctrl+r")
        assert "nothing to do again" in one.status

    study.play(play)


def test_the_selection_stays_for_a_second_code_and_repeat_gives_the_last(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("plus")
        await one.press("enter", *"kader", "enter", "enter", *"liter", "enter")
        assert study.coded() == [("sepuh", "kader digital"), ("sepuh", "literasi digital rendah")]
        one.go("Sabar")
        await one.press("full_stop")
        assert (NEXT, "literasi digital rendah") in study.coded()
        await one.press("full_stop")
        assert len(study.codings()) == 3
        assert "already" in one.status

    study.play(play)


def test_a_new_code_is_made_below_its_parent_and_given_in_one_step(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("enter")
        await one.type("penghambat/takut usia")
        one.screen.palette.action_step(-1)
        await one.press("enter")
        assert study.coded() == [(SENTENCE, "takut usia")]
        code = one.screen.desk.book.find("takut usia") if one.screen.desk else None
        assert code
        assert code.parent == study.codes["penghambat"]
        assert "takut usia" in one.text()
        await one.press("u")
        assert study.coded() == []
        assert one.screen.desk
        assert "takut usia" not in {code.name for code in one.screen.desk.book}

    study.play(play)


def test_a_new_code_below_an_unknown_parent_is_refused_in_a_sentence(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("enter")
        await one.type("zzzz/takut")
        one.screen.palette.action_step(-1)
        await one.press("enter")
        assert study.coded() == []
        assert "parent/name" in one.status

    study.play(play)


def test_d_removes_the_active_segment_and_space_chooses_among_several(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("enter", *"kader", "enter", "enter", *"liter", "enter")
        reader = one.screen.reader
        first = reader.active
        await one.press("space")
        assert reader.active != first
        await one.press("d")
        assert study.coded() == [(SENTENCE, "literasi digital rendah")]
        assert reader.active == first
        await one.press("d", "d")
        assert study.codings() == []
        assert "no segment" in one.status

    study.play(play)


def test_a_memo_goes_to_the_segment_and_a_margin_note_to_bare_words(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Sabar")
        await one.press("m")
        await one.type("nada suara\nturun")
        await one.press("enter")
        one.go("sepuh")
        await one.press("full_stop", "enter", *"kader", "enter", "m")
        await one.type("bandingkan W03")
        await one.press("enter", "m")
        await one.type(" lagi")
        await one.press("enter")
        with study.project.read() as connection:
            found = memos.listed(connection, document=study.documents["W01"])
        (coding,) = study.codings()
        assert [(memo.about, memo.text) for memo in found] == [
            (("document", study.documents["W01"]), "nada suara\nturun"),
            (("coding", coding.id), "bandingkan W03 lagi"),
        ]
        text = one.screen.reader.transcript.text
        assert text[found[0].start : found[0].end] == NEXT
        assert "memo: bandingkan" in one.text()

    study.play(play)


def test_a_memo_that_was_not_kept_is_offered_again(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("m")
        await one.type("ragu")
        await one.press("escape")
        assert one.app.focused is one.screen.reader
        await one.press("m")
        assert "ragu" in one.text()

    study.play(play)


def test_x_marks_a_passage_confidential_and_takes_it_back(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Sabar")
        await one.press("x", "o")
        with study.project.read() as connection:
            (flag,) = memos.flags(connection)
        assert flag.kind == "off the record"
        assert [mark.kind for mark in one.screen.reader.page.index.marks.values()] == ["flag"]
        await one.press("x", "u")
        await one.press("x", "o")
        with study.project.read() as connection:
            assert [one.kind for one in memos.flags(connection)] == ["not to be used"]

    study.play(play)


def test_finishing_tells_coded_to_the_end_from_nothing_to_code(study: Study) -> None:
    def states() -> dict[str, tuple[bool, bool]]:
        with study.project.read() as connection:
            return {one.document: (one.finished, one.empty)
                    for one in documents.statuses(connection)}  # fmt: skip

    async def play(one: Playing) -> None:
        document = study.documents["W01"]
        await one.press("F", "f")
        assert states().get(document) is None
        await one.press("F", "e")
        assert states()[document] == (True, True)
        assert "1/2 finished" in one.text()
        await one.press("F", "n")
        assert states()[document] == (False, False)
        one.go("sepuh")
        await one.press("enter", *"kader", "enter", "F", "e")
        assert "choose finished" in one.status
        await one.press("F", "f")
        assert states()[document] == (True, False)
        await one.press("u")
        assert states()[document] == (False, False)
        assert "0/2 finished" in one.text()

    study.play(play)


def test_the_counts_of_the_tree_follow_and_enter_there_gives_the_code(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        tree = one.screen.query_one(CodeTree)
        tree.focus()
        await one.press("down", "down", "down", "enter")
        assert study.coded() == [(SENTENCE, "literasi digital rendah")]
        desk = one.screen.desk
        assert desk
        assert desk.counts()[study.codes["penghambat"]] == (1, 1)
        assert "1/1" in one.text()
        assert one.app.focused is one.screen.reader

    study.play(play)


def test_others_segments_show_only_when_asked_for_and_with_their_names(study: Study) -> None:
    from qcode.store import coders

    budi = coders.joined(study.project, "budi")
    with study.project.write(budi, "apply") as step:
        apply(step, [NewCoding(study.documents["W01"], Span(3, 8), study.codes["penghambat"])])

    async def play(one: Playing) -> None:
        assert not one.screen.reader.page.index.marks
        one.screen.reader.go(4)
        await one.press("O", "e")
        (mark,) = one.screen.reader.page.index.marks.values()
        assert mark.label == "penghambat · budi"
        await one.press("d")
        assert "budi's" in one.status
        await one.press("O", "o")
        assert not one.screen.reader.page.index.marks
        assert len(study.codings()) == 1

    study.play(play)


def test_a_coder_comes_back_to_the_exact_place(study: Study) -> None:
    places = []

    async def first(one: Playing) -> None:
        one.go("Ongkirnya")
        places.append(one.screen.reader.spot)
        await one.press("ctrl+q")

    async def second(one: Playing) -> None:
        assert one.screen.reader.spot == places[0]
        await one.press("D")
        assert isinstance(one.app.screen, HomeScreen)

    async def home(one: Playing) -> None:
        assert isinstance(one.app.screen, HomeScreen)
        await one.press("down", "enter", "D", "enter")
        assert one.screen.document == study.documents["W02"]
        await one.press("D", "ctrl+q")

    async def again(one: Playing) -> None:
        await one.press("enter")
        assert one.screen.document == study.documents["W02"]

    study.play(first)
    study.play(second)
    study.play(home, document="")
    study.play(again, document="")


def test_the_list_is_searched_by_typing_and_shows_own_progress(study: Study) -> None:
    async def play(one: Playing) -> None:
        assert "pelaku UMKM" in one.text()
        await one.type("umkm")
        await one.pilot.pause()
        assert "W02" not in one.text()
        await one.press("escape", "slash", *"w02", "enter")
        assert one.screen.document == study.documents["W02"]
        one.go("Ramai")
        await one.press("enter", *"kader", "enter", "q", "escape")
        assert "2/3" in one.text()

    study.play(play, document="")


def test_who_comes_back_to_the_list_searches_anew(study: Study) -> None:
    async def play(one: Playing) -> None:
        for keys in ("w02", "w01", "/w02"):
            await one.press(*["slash" if key == "/" else key for key in keys], "enter")
            assert one.screen.document == study.documents[keys.removeprefix("/").upper()]
            await one.press("D")

    study.play(play, document="")


def test_a_project_held_by_another_program_stops_no_screen_and_loses_nothing(study: Study) -> None:
    other = study.held()

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.pilot.press("enter", *"kader", "enter")
        end = time.monotonic() + 20
        while "Not saved yet" not in one.text():
            assert time.monotonic() < end
            await one.pilot.pause(0.02)
        assert one.app.trouble
        one.go("Sabar")
        cursor = one.screen.reader.cursor
        await one.pilot.press("right", "full_stop")
        assert one.screen.reader.cursor == cursor + 1
        assert one.app.access.unsaved
        assert not one.screen.reader.page.index.marks
        await one.pilot.press("ctrl+q")
        assert "once more" in one.app.trouble
        other.rollback()
        await one.settled()
        assert (SENTENCE, "kader digital") in study.coded()
        assert one.screen.reader.page.index.marks
        assert one.app.trouble == ""

    study.play(play)
    other.close()


def test_giving_up_what_is_not_saved_takes_two_presses(study: Study) -> None:
    other = study.held()

    async def play(one: Playing) -> None:
        await one.pilot.press("enter", *"kader", "enter")
        await one.pilot.pause(0.1)
        await one.pilot.press("ctrl+q")
        assert one.app.is_running
        await one.pilot.press("ctrl+q")

    study.play(play)
    other.rollback()
    other.close()
    assert study.codings() == []


def test_letters_enter_escape_and_ctrl_are_enough_to_code_an_interview(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("j", "w", "w", "v", "w", "c", *"kader", "enter")
        assert study.coded() == [("itu,", "kader digital")]
        await one.press("u", "ctrl+r", "m", *"cek", "enter", "x", "o", "escape")
        await one.press("ctrl+o", "j", "k", "ctrl+o", "D", *"w", "enter")
        await one.press("w", "enter", *"liter", "ctrl+n", "escape", "ctrl+u", "ctrl+d")
        await one.press("F", "f", "ctrl+q")
        with study.project.read() as connection:
            (status,) = documents.statuses(connection)
            assert status.finished
            assert [memo.text for memo in memos.listed(connection)] == ["cek"]
            assert len(memos.flags(connection)) == 1

    study.play(play)


def test_keys_can_be_given_to_other_commands_by_their_ids(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.app.set_keymap({"coding.code": "z", "reader.word.next": "W"})
        one.go("sepuh")
        await one.press("z")
        assert one.screen.asking
        await one.press("escape", "W", "enter")
        assert one.app.focused is one.screen.reader
        assert one.screen.reader.transcript.text[one.screen.reader.cursor :].startswith("takut")

    study.play(play)


def test_what_is_refused_in_a_handler_is_said_and_the_keys_go_on(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_screen: object) -> None:
        raise Refused("that is refused")

    monkeypatch.setattr(CodingScreen, "action_whose", refuse)

    async def play(one: Playing) -> None:
        await one.press("O")
        assert "that is refused" in one.text()
        one.go("sepuh")
        await one.press("enter", *"kader", "enter")
        assert (SENTENCE, "kader digital") in study.coded()

    study.play(play)
