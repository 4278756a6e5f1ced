from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest
from textual.message import Message

from qcode.errors import BadInput, Busy, NotFound, Refused
from qcode.model.span import Span
from qcode.store import codebook, coders, documents, memos, progress
from qcode.store.codings import NewCoding, apply
from qcode.store.progress import Stop
from qcode.tui import acts, session
from qcode.tui.acts import Words
from qcode.tui.desk import EVERYONE, OWN, Desk
from qcode.tui.inspecting import inspected
from qcode.tui.writer import Writer
from tests.tui.harness import TEXT
from tests.tui.study import Playing, Study

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SENTENCE = "Saya ini kan sepuh, takut kepencet."


def words(study: Study, text: str = SENTENCE) -> Words:
    start = TEXT.index(text)
    return Words(study.documents["W01"], Span(start, start + len(text)))


def opened(study: Study, coder: str = "", language: str = "") -> Desk:
    who = coder or study.sari
    with study.project.read() as connection:
        sheet = session.sheet(connection, who, study.documents["W01"])
        past = session.past(connection, who)
    desk = Desk(sheet, who, language)
    desk.recall(past)
    return desk


def give(study: Study, code: str, text: str = SENTENCE, coder: str = "") -> None:
    with study.project.write(coder or study.sari, "apply") as step:
        acts.apply(step, words(study, text), [study.codes[code]])


def test_the_list_tells_how_far_each_coder_is_with_each_document(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    give(study, "kader digital")
    give(study, "biaya kirim", "Ongkirnya mahal sekali.", budi)
    with study.project.write(budi, "finish") as step:
        documents.finish(step, study.documents["W02"], empty=True)
    with study.project.read() as connection:
        sari, other = (session.study(connection, who) for who in (study.sari, budi))
    first, second = sari.entries
    assert (sari.name, sari.coder_name, sari.finished) == ("Tiga Desa", "sari", 0)
    assert (first.name, first.case, first.turns, first.segments) == ("W01", "pelaku UMKM", 6, 1)
    assert (first.reached, other.entries[0].reached) == (2, 4)
    assert (first.progress, second.progress) == (2 / 6, 0.0)
    assert (second.finished_by, second.state) == (("budi",), "")
    assert (other.entries[1].state, other.entries[1].progress, other.finished) == ("empty", 1.0, 1)


def test_where_a_coder_stopped_is_kept_for_each_coder_and_document(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    with study.project.maintain() as connection:
        progress.stop_at(connection, study.sari, study.documents["W02"], Stop(7, 3))
    with study.project.read() as connection:
        assert progress.stopped(connection, study.sari, study.documents["W02"]) == Stop(7, 3)
        assert progress.stopped(connection, budi, study.documents["W02"]) == Stop()
        assert progress.last_document(connection, study.sari) == study.documents["W02"]
        assert progress.last_document(connection, budi) == ""


def test_turns_without_a_speaker_are_nobodys_where_others_have_one(study: Study) -> None:
    assert opened(study).sheet.kinds == ("interviewer", "participant") * 3
    from qcode.model.document import Transcript, Turn, paragraphs

    headed = Transcript("Kode\nN: ya\n", (Turn(0, 0, 5), Turn(5, 8, 11, "N")))
    assert session.kinds(headed, []) == ("interpreter", "unknown")
    plain = Transcript("a\nb\n", paragraphs("a\nb\n"))
    assert session.kinds(plain, []) == ("unknown", "unknown")


def test_counts_hold_the_codes_below_and_change_with_what_was_written(study: Study) -> None:
    give(study, "kader digital")
    desk = opened(study)
    top, below = study.codes["penghambat"], study.codes["biaya kirim"]
    assert desk.counts()[top] == (0, 0)
    with study.project.write(study.sari, "apply") as step:
        delta = acts.apply(step, words(study), [below])
    shift = desk.take(delta)
    assert [mark.label for mark in shift.put] == ["biaya kirim"]
    assert (desk.counts()[top], desk.counts()[below]) == ((1, 1), (1, 1))
    assert (desk.recent[0], desk.last) == (below, (below,))
    with study.project.write(study.sari, "undo") as step:
        undone = acts.undo(step, study.documents["W01"])
    assert desk.take(undone).drop == (shift.put[0].id,)
    assert desk.counts()[top] == (0, 0)
    assert desk.counts()[study.codes["kader digital"]] == (1, 1)


def test_only_own_codings_show_and_count_unless_everyones_are_asked_for(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    give(study, "kader digital", coder=budi)
    give(study, "biaya kirim")
    desk = opened(study)
    assert [mark.label for mark in desk.marks()] == ["biaya kirim"]
    assert [mark.label for mark in desk.show_of(EVERYONE).put] == ["kader digital · budi"]
    assert desk.counts()[study.codes["kader digital"]] == (0, 0)
    assert len(desk.show_of(OWN).drop) == 1


def test_a_merged_code_shows_and_counts_as_the_one_it_was_merged_into(study: Study) -> None:
    give(study, "biaya kirim")
    with study.project.write(study.sari, "merge codes") as step:
        codebook.merge(step, study.codes["biaya kirim"], study.codes["kader digital"])
    desk = opened(study)
    assert [mark.label for mark in desk.marks()] == ["kader digital"]
    assert desk.counts()[study.codes["kader digital"]] == (1, 1)
    assert desk.given(words(study).span, study.codes["kader digital"])


def test_labels_come_in_the_readers_language(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    give(study, "literasi digital rendah")
    assert opened(study, language="en").marks()[0].label == "low digital literacy"
    assert opened(study, language="id").marks()[0].label == "literasi digital rendah"
    for asked, language in (("en_GB.UTF-8", "en"), ("id", "id"), ("C.UTF-8", ""), ("POSIX", "")):
        monkeypatch.setenv("LC_ALL", asked)
        assert session.reader_language() == language


def test_the_inspector_tells_code_coder_words_memo_and_what_the_code_is_not_for(
    study: Study,
) -> None:
    give(study, "literasi digital rendah")
    (coding,) = study.codings()
    with study.project.write(study.sari, "memo") as step:
        memos.write(step, ("coding", coding.id), "bandingkan W03")
        memos.write(step, ("document", coding.document), "nada", span=Span(0, 5))
    desk = opened(study)
    told = [line.text for line in inspected(desk, [coding.id], "", None, NOW)]
    for text in ("1 segment", "literasi digital rendah", f"“{SENTENCE}”", "memo: bandingkan W03",
                 "penghambat", "takut memakai alat digital", "Not for: tidak ada sinyal"):  # fmt: skip
        assert text in told
    assert any(text.startswith("sari · ") for text in told)
    (note,) = (memo.id for memo in desk.memos.values() if memo.at)
    assert "nada" in [line.text for line in inspected(desk, [note], "", None, NOW)]


def test_a_new_code_is_placed_by_its_path_and_refused_where_that_is_none(study: Study) -> None:
    book = opened(study).book
    assert acts.placed(book, "takut usia") == (None, "takut usia")
    assert acts.placed(book, "/ takut usia") == ("", "takut usia")
    assert acts.placed(book, "penghambat / takut  usia") == (
        study.codes["penghambat"],
        "takut usia",
    )
    with pytest.raises(NotFound):
        acts.placed(book, "zzzz/takut")
    with pytest.raises(BadInput):
        acts.placed(book, "penghambat/")
    with pytest.raises(Refused), study.project.write(study.sari, "apply") as step:
        acts.create_and_apply(step, words(study), "penghambat/biaya kirim", [])
    assert study.codings() == []


def test_the_writer_keeps_the_order_and_tries_again_until_the_lock_is_gone(study: Study) -> None:
    waits: list[str] = []
    waiting = threading.Event()

    def waited(why: str) -> None:
        waits.append(why)
        waiting.set()

    writer = Writer(study.project, study.sari, waited)
    other = study.held()
    first = writer.write(
        "apply", lambda step: acts.apply(step, words(study), [study.codes["kader digital"]])
    )
    second = writer.write("undo", lambda step: acts.undo(step, study.documents["W01"]))
    refused = writer.write("apply", lambda step: acts.create_and_apply(step, words(study), "", []))
    assert waiting.wait(5)
    assert not any(one.done() for one in (first, second, refused))
    other.rollback()
    other.close()
    assert len(first.result(10).put) == 1
    assert "Undone" in second.result(10).told
    with pytest.raises(BadInput):
        refused.result(10)
    assert waits
    writer.close()
    assert study.codings() == []
    assert study.project.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_step_is_unsaved_until_the_screens_have_heard_that_it_is_on_disk(study: Study) -> None:
    async def play(one: Playing) -> None:
        access = one.app.access
        post = access._post

        def late(message: Message) -> None:
            time.sleep(0.3)
            post(message)

        access._post = late
        one.go("sepuh")
        await one.press("enter", *"kader", "enter")
        assert one.screen.reader.page.index.marks, "nothing waits, and it is not shown"
        assert access.unsaved == 0

    study.play(play)


def test_a_writer_that_is_closed_gives_up_what_it_waits_for(study: Study) -> None:
    writer = Writer(study.project, study.sari, lambda _why: None)
    other = study.held()
    waiting = writer.write("apply", lambda step: apply(
        step, [NewCoding(study.documents["W01"], Span(0, 3), study.codes["kader digital"])]))  # fmt: skip
    writer.close()
    with pytest.raises(Busy):
        waiting.result(0)
    other.rollback()
    other.close()
    assert study.codings() == []
