from __future__ import annotations

from qcode.model.span import Span
from qcode.store import coders, documents, memos, progress
from qcode.store.codings import NewCoding, apply
from qcode.tui import passages
from tests.tui.harness import TEXT
from tests.tui.study import OTHER, Playing, Study

SENTENCE = "Saya ini kan sepuh, takut kepencet."


def give(study: Study, code: str, words: str, document: str = "W01", coder: str = "") -> None:
    start = (TEXT if document == "W01" else OTHER.text).index(words)
    span = Span(start, start + len(words))
    with study.project.write(coder or study.sari, "apply") as step:
        apply(step, [NewCoding(study.documents[document], span, study.codes[code])])


def test_o_shows_the_passages_of_a_code_and_backspace_comes_back_to_the_spot(study: Study) -> None:
    give(study, "literasi digital rendah", SENTENCE)
    give(study, "literasi digital rendah", "Di balai desa.", "W02")
    give(study, "biaya kirim", "Ramai.", "W02")
    give(study, "literasi digital rendah", "Sabar dia.")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        reader, spot = one.screen.reader, one.screen.reader.spot
        await one.press("o")
        text = one.text()
        for shown in ("3 passages in 2 documents", "Use when: takut memakai", "Not for: tidak ada",
                      "W02:2", "Di balai desa.", "“Sabar dia.”"):  # fmt: skip
            assert shown in text
        assert "Ramai" not in text
        await one.press("down", "enter")
        assert one.screen.document == study.documents["W02"]
        assert reader.transcript.text == OTHER.text
        assert reader.selection == Span(*_place(OTHER.text, "Di balai desa."))
        assert "W02" in one.text()
        assert "backspace goes back" in one.status
        await one.press("o", "down", "enter")
        assert one.screen.document == study.documents["W01"]
        await one.press("d")
        assert len(study.codings()) == 1
        await one.press("backspace", "backspace")
        assert one.screen.document == study.documents["W01"]
        assert reader.spot == spot
        await one.press("backspace")
        assert "no other passage" in one.status
        await one.press("o", "escape")
        assert reader.spot == spot
        assert reader.has_focus

    study.play(play)


def test_a_document_that_was_retired_meanwhile_is_said_to_be_and_this_one_goes_on(
    study: Study,
) -> None:
    give(study, "literasi digital rendah", SENTENCE)
    give(study, "literasi digital rendah", "Di balai desa.", "W02")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("o")
        with study.project.write(study.sari, "retire document") as step:
            documents.retire(step, study.documents["W02"])
        await one.press("enter")
        assert "retired meanwhile" in one.status
        assert one.screen.document == study.documents["W01"]
        await one.press("d")
        assert "Removed the code" in one.status

    study.play(play)


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_the_codebook_offers_the_passages_of_its_code_and_of_those_below(study: Study) -> None:
    give(study, "literasi digital rendah", SENTENCE)
    give(study, "biaya kirim", "Ramai.", "W02")

    async def play(one: Playing) -> None:
        await one.press("o")
        assert "No segment at the cursor" in one.status
        await one.press("f6", "down", "o")
        assert "“penghambat”: 2 passages in 2 documents" in one.text()
        await one.press("enter", "ctrl+q")

    study.play(play)
    with study.project.read() as connection:
        assert progress.last_document(connection, study.sari) == study.documents["W01"]


def test_confidential_passages_are_shown_and_marked_and_others_codings_are_not(
    study: Study,
) -> None:
    budi = coders.joined(study.project, "budi")
    give(study, "kader digital", SENTENCE)
    give(study, "kader digital", "Sabar dia.", coder=budi)
    with study.project.write(study.sari, "mark") as step:
        start = TEXT.index("sepuh")
        memos.mark(step, study.documents["W01"], Span(start, start + 5), "off the record")
    code = study.codes["kader digital"]
    with study.project.read() as connection:
        (own,) = passages.of_code(connection, code, (study.sari,))
        both = passages.of_code(connection, code, (study.sari, budi))
    assert (own.text, own.closed, own.place) == (SENTENCE, "off the record", "W01:2")
    assert [(one.coder, one.closed) for one in both] == [("sari", "off the record"), ("budi", "")]

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("o")
        assert "no other passage" in one.status
        await one.press("O", "e", "o", "up")
        assert "⚑ stays inside: off the record" in one.text()

    study.play(play, size=(150, 40))
