from __future__ import annotations

from qcode.model.span import Span
from qcode.store import coders, codings, documents, memos
from qcode.store.codings import NewCoding
from qcode.tui.screens.agenda import AgendaScreen
from tests.tui.study import Playing, Study


def put(study: Study, coder: str, words: str, kind: str, text: str, code: str = "") -> None:
    """Put a flag on some words of W01, and a code if one is named."""
    document = study.documents["W01"]
    with study.project.write(coder, "discuss") as step:
        start = documents.current(step.connection, document).transcript.text.index(words)
        span = Span(start, start + len(words))
        memos.mark(step, document, span, kind, text=text)
        if code:
            codings.apply(step, [NewCoding(document, span, study.codes[code])])


def lines(one: Playing) -> list[str]:
    screen = one.on(AgendaScreen)
    return [item.flag.text for _group, item in screen._shown]


def test_items_are_answered_settled_opened_again_and_undone_on_the_agenda(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    put(study, budi, "sepuh", "discuss", "takut atau malu?", "kader digital")
    put(study, study.sari, "Sabar", "discuss", "siapa?", "biaya kirim")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "a")
        assert lines(one) == ["takut atau malu?", "siapa?"]
        assert "2 open, 2 without an answer" in one.status
        await one.press("a")
        await one.type("s malu")
        await one.press("enter")
        assert "Answered" in one.status
        assert "↳ s malu" in one.text()
        await one.press("s")
        assert lines(one) == ["siapa?"]
        await one.press("A")
        assert lines(one) == ["takut atau malu?", "siapa?"]
        assert "settled by sari" in one.text()
        await one.press("u")
        assert "Undone: settle what was to be discussed" in one.status
        assert "settled by sari" not in one.text()

    study.play(play, size=(120, 36))


def test_items_stand_by_code_person_or_document_and_other_flags_are_a_key_away(
    study: Study,
) -> None:
    budi = coders.joined(study.project, "budi")
    put(study, study.sari, "Sabar", "discuss", "siapa?", "kader digital")
    put(study, budi, "sepuh", "discuss", "takut?", "biaya kirim")
    put(study, budi, "ngajari", "key quotation", "")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "a")
        assert lines(one) == ["siapa?", "takut?"]
        for letter, order in (("c", ["siapa?", "takut?"]), ("p", ["takut?", "siapa?"]),
                              ("d", ["takut?", "siapa?"]), ("a", ["siapa?", "takut?"])):  # fmt: skip
            await one.press("o", letter)
            found = lines(one)
            assert sorted(found) == sorted(order)
            if letter != "c":
                assert found == order
        await one.press("X", "k")
        assert "“ngajari”" in one.text()
        await one.press("s")
        assert "Only what is to be discussed" in one.status

    study.play(play, size=(80, 24))


def test_enter_goes_to_the_words_and_esc_comes_back(study: Study) -> None:
    put(study, study.sari, "Sabar", "discuss", "siapa?")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "a", "enter")
        reader = one.screen.reader
        assert reader.selection is not None
        assert reader.transcript.text[reader.selection.start : reader.selection.end] == "Sabar"
        await one.press("x", "s", "escape", "D")
        one.on(AgendaScreen)
        assert "Nothing is open. While coding, x d raises something to discuss." in one.status

    study.play(play, document="")
