from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.model.document import Splice, Transcript
from qcode.model.span import Span
from qcode.store import checking, coders, documents, history
from qcode.store.codings import NewCoding, apply
from qcode.tui import acts
from tests.tui.harness import INTERVIEW, TEXT
from tests.tui.study import Playing, Study

SENTENCE = "Saya ini kan sepuh, takut kepencet."
NEXT = "Sabar dia."


def give(study: Study, code: str, words: str = SENTENCE, coder: str = "") -> None:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    with study.project.write(coder or study.sari, "apply") as step:
        apply(step, [NewCoding(study.documents["W01"], span, study.codes[code])])


def verbs(study: Study) -> list[str]:
    with study.project.read() as connection:
        return [step.verb for step in history.steps(connection)]


def test_r_gives_the_active_segment_another_code_in_one_step(study: Study) -> None:
    give(study, "kader digital")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("r")
        assert "Recode “Saya ini" in one.text()
        await one.type("ongkr")
        await one.press("tab", "enter")
        assert study.coded() == [(SENTENCE, "biaya kirim")]
        assert verbs(study)[0] == "recode"
        assert "Recoded: biaya kirim" in one.status
        (mark,) = one.screen.reader.page.index.marks.values()
        assert mark.label == "biaya kirim"
        assert one.screen.reader.selection is None
        await one.press("r", *"ongkr", "enter")
        assert "already" in one.status
        await one.press("u")
        assert study.coded() == [(SENTENCE, "kader digital")]

    study.play(play)


def test_recoding_can_make_the_code_it_needs(study: Study) -> None:
    give(study, "kader digital")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("r")
        await one.type("penghambat/takut usia")
        one.screen.palette.action_step(-1)
        await one.press("enter")
        assert study.coded() == [(SENTENCE, "takut usia")]
        assert verbs(study)[:2] == ["recode", "apply"]
        await one.press("u")
        assert study.coded() == [(SENTENCE, "kader digital")]
        assert one.screen.desk
        assert "takut usia" not in {code.name for code in one.screen.desk.book}
        (mark,) = one.screen.reader.page.index.marks.values()
        assert mark.label == "kader digital"
        await one.press("ctrl+r")
        assert study.coded() == [(SENTENCE, "takut usia")]

    study.play(play)


def test_e_moves_the_bounds_with_a_live_preview_and_enter_keeps_them(study: Study) -> None:
    give(study, "kader digital")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        reader = one.screen.reader
        await one.press("e")
        assert "Bounds of “kader digital”, 6 words" in one.status
        assert " enter Keep   esc Give up   < > Start   ( ) End   ? Help" in one.text()
        await one.press("right_parenthesis")
        (mark,) = reader.page.index.marks.values()
        assert TEXT[mark.start : mark.end] == f"{SENTENCE} {NEXT}"
        assert study.coded() == [(SENTENCE, "kader digital")]
        await one.press("greater_than_sign", "ctrl+left", "d", "u", "semicolon", "v")
        assert "4 words" not in one.status
        await one.press("enter")
        assert "enter Code" in one.text()
        assert study.coded() == [("ini kan sepuh, takut kepencet. Sabar", "kader digital")]
        assert verbs(study)[0] == "move coding"
        await one.press("u")
        assert study.coded() == [(SENTENCE, "kader digital")]
        (mark,) = reader.page.index.marks.values()
        assert TEXT[mark.start : mark.end] == SENTENCE

    study.play(play)


def test_escape_leaves_the_bounds_and_the_cursor_as_they_were(study: Study) -> None:
    give(study, "kader digital")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        reader = one.screen.reader
        spot = reader.spot
        await one.press("e", "shift+right", "right_curly_bracket", "escape")
        assert reader.spot == spot
        (mark,) = reader.page.index.marks.values()
        assert TEXT[mark.start : mark.end] == SENTENCE
        await one.press("e", "enter")
        assert "as they were" in one.status
        assert verbs(study)[0] == "apply"
        await one.press("right")
        assert reader.selection is None

    study.play(play)


def test_the_mouse_sets_new_bounds_and_a_mere_click_sets_none(study: Study) -> None:
    give(study, "kader digital")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("e")
        reader = one.screen.reader
        start = TEXT.index("Sabar")
        line = reader.page.wrap.line_of(start)
        x = reader.page.x_of(start) + reader._margin.width
        await one.pilot.mouse_down(reader, offset=(x, line))
        assert study.coded() == [(SENTENCE, "kader digital")]
        await one.pilot.hover(reader, offset=(x + 4, line))
        await one.pilot.mouse_up(reader, offset=(x + 4, line))
        await one.press("enter")
        assert study.coded() == [("Sabar", "kader digital")]

    study.play(play)


def test_a_flagged_place_is_confirmed_by_keeping_its_bounds(study: Study) -> None:
    give(study, "kader digital")
    at = TEXT.index("sepuh")
    turns = tuple(
        replace(turn, start=turn.start - (turn.start > at), said=turn.said - (turn.said > at),
                end=turn.end - (turn.end > at))
        for turn in INTERVIEW.turns
    )  # fmt: skip
    other = Transcript(TEXT.replace("sepuh", "tuwa"), turns)
    with study.project.write(study.sari, "correct") as step:
        documents.correct(step, study.documents["W01"], other, [Splice(at, at + 5, 4)])
    assert [coding.fit for coding in study.codings()] == ["changed"]

    async def play(one: Playing) -> None:
        one.go("tuwa")
        reader = one.screen.reader
        assert [mark.label for mark in reader.page.index.marks.values()] == ["? kader digital"]
        await one.press("e", "enter")
        assert [coding.fit for coding in study.codings()] == ["same"]
        assert study.coded() == [(SENTENCE.replace("sepuh", "tuwa"), "kader digital")]
        assert [mark.label for mark in reader.page.index.marks.values()] == ["kader digital"]

    study.play(play)


changes = st.lists(
    st.one_of(
        st.tuples(st.just("recode"), st.sampled_from(["biaya kirim", "kader digital"])),
        st.tuples(st.just("move"), st.tuples(st.integers(0, 40), st.integers(41, 90))),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(changes)
@settings(max_examples=15, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_undoing_recodes_and_moves_brings_every_state_back(study: Study, done: list[Any]) -> None:
    give(study, "penghambat", "Sabar dia.")
    document = study.documents["W01"]
    coding = study.codings()[-1]
    states = []
    for what, to in done:
        states.append(study.codings())
        with study.project.write(study.sari, "recode" if what == "recode" else "move coding") as s:
            if what == "recode":
                acts.recode(s, coding.id, study.codes[to], to)
            else:
                acts.move(s, coding.id, Span(*to))
    states.append(study.codings())
    for before in reversed(states[:-1]):
        with study.project.write(study.sari, "undo") as step:
            acts.undo(step, document)
        assert study.codings() == before
    for after in states[1:]:
        with study.project.write(study.sari, "redo") as step:
            acts.redo(step, document)
        assert study.codings() == after
    with study.project.write(study.sari, "retire codings") as step:
        acts.uncode(step, coding.id)
    assert checking.check(study.project) == ()


def test_only_who_coded_changes_a_segment(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    give(study, "kader digital", coder=budi)

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("O", "e", "r")
        assert "budi's" in one.status
        await one.press("e")
        assert "budi's" in one.status
        assert not one.screen.asking

    study.play(play)
