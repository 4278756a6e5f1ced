from __future__ import annotations

from qcode.model.coding import FLAGS
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.store import coders, documents, memos
from tests.tui.study import Playing, Study


def flags(study: Study) -> list[tuple[str, str, bool]]:
    """Return kind, line and whether it is settled of every flag."""
    with study.project.read() as connection:
        return [(one.kind, one.text, bool(one.settled)) for one in memos.flags(connection)]


def answers(study: Study) -> list[Memo]:
    with study.project.read() as connection:
        return [one for one in memos.listed(connection) if one.about[0] == "flag"]


def put(study: Study, words: str, kind: str, coder: str = "", text: str = "") -> None:
    """Put a flag on some words of W01."""
    document = study.documents["W01"]
    with study.project.write(coder or study.sari, "flag") as step:
        whole = documents.current(step.connection, document).transcript.text
        start = whole.index(words)
        memos.mark(step, document, Span(start, start + len(words)), kind, text=text)


def test_x_and_a_letter_puts_each_flag_on_the_words_and_again_takes_it_away(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("x", "d", "enter")
        for letter in "knou":
            await one.press("x", letter)
        assert [kind for kind, _line, _settled in flags(study)] == list(FLAGS)
        assert {mark.label for mark in one.screen.reader.marks_here()} == set(FLAGS)
        for letter in "dknou":
            await one.press("x", letter)
        assert not flags(study)
        await one.press("u")
        assert [kind for kind, _line, _settled in flags(study)] == ["not to be used"]
        assert "Undone: take away 1 flag" in one.status

    study.play(play)


def test_a_question_is_answered_settled_opened_again_and_all_is_undone_step_by_step(
    study: Study,
) -> None:
    budi = coders.joined(study.project, "budi")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("x", "d")
        await one.type("takut atau malu?")
        await one.press("enter")
        assert flags(study) == [("discuss", "takut atau malu?", False)]
        with study.project.write(budi, "answer") as step:
            (flag,) = memos.flags(step.connection)
            memos.write(step, ("flag", flag.id), "menurutku malu")
        await one.press("x", "a")
        await one.type("setuju")
        await one.press("enter")
        await one.press("x", "s")
        assert [(note.coder, note.text) for note in answers(study)] == [
            (budi, "menurutku malu"), (study.sari, "setuju"),
        ]  # fmt: skip
        assert flags(study) == [("discuss", "takut atau malu?", True)]
        shown = one.text()
        for line in ("discuss, settled by", "takut atau malu?", "menurutku malu", "setuju"):
            assert line in shown
        await one.press("u")
        assert "Undone: settle what was to be discussed" in one.status
        await one.press("u")
        assert [note.text for note in answers(study)] == ["menurutku malu"]
        await one.press("u")
        assert "later work stands on what it created" in one.status
        await one.press("x", "d")
        assert "settle it instead" in one.status
        assert flags(study) == [("discuss", "takut atau malu?", False)]

    study.play(play, size=(130, 34))


def test_an_answer_and_settling_are_offered_only_where_something_is_discussed(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("x", "k", "x")
        assert "settle" not in one.text()
        await one.press("a", "s")
        assert one.screen.choice.is_open
        await one.press("escape", "x", "d", "enter", "x")
        assert "settle it" in one.text()

    study.play(play)


def test_others_settle_a_question_but_only_who_put_a_flag_takes_it_away(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    put(study, "sepuh", "discuss", budi, "kenapa?")
    put(study, "sepuh", "negative case", budi)

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("x", "n")
        assert [kind for kind, *_rest in flags(study)].count("negative case") == 2
        await one.press("x", "n", "x", "s")
        assert flags(study) == [("discuss", "kenapa?", True), ("negative case", "", False)]

    study.play(play)


def test_f_goes_from_flag_to_flag_and_x_in_capitals_says_of_which_kind(study: Study) -> None:
    put(study, "sepuh", "discuss")
    put(study, "ngajari", "key quotation")
    put(study, "Sabar", "discuss", text="siapa?")

    async def play(one: Playing) -> None:
        reader = one.screen.reader

        def words() -> str:
            assert reader.selection is not None
            return reader.transcript.text[reader.selection.start : reader.selection.end]

        order = sorted(("sepuh", "ngajari", "Sabar"), key=reader.transcript.text.index)
        reader.go(0)
        seen = []
        for _press in range(4):
            await one.press("f")
            seen.append(words())
        assert seen == [*order, order[0]]
        await one.press("ctrl+f")
        assert words() == order[-1]
        await one.press("X", "k")
        assert words() == "ngajari"
        assert "key quotation 1 of 1" in one.status
        await one.press("X", "n")
        assert "There is no negative case in this document." in one.status

    study.play(play)
