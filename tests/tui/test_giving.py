from __future__ import annotations

import pytest

from qcode.model.case import Consent
from qcode.model.span import Span
from qcode.store import cases, memos
from qcode.store.codings import NewCoding, apply
from qcode.tui.screens.giving import in_vivo
from tests.tui.harness import TEXT
from tests.tui.study import Playing, Study

SENTENCE = "Saya ini kan sepuh, takut kepencet."


def give(study: Study, code: str, words: str = SENTENCE) -> None:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    with study.project.write(study.sari, "apply") as step:
        apply(step, [NewCoding(study.documents["W01"], span, study.codes[code])])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("“takut kepencet”, ", "takut kepencet"),
        ("di grup\nWA/toko online...", "di grup WA toko online"),
        ("kata " * 20, ("kata " * 12).strip()),
        ("a" * 70, "a" * 60),
        (" … ", ""),
    ],
)
def test_words_become_the_name_of_a_code(words: str, name: str) -> None:
    assert in_vivo(words) == name


def test_i_offers_the_words_as_a_new_code_ready_to_be_mended(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("takut kepencet")
        await one.press("plus", "shift+right", "ctrl+shift+right", "i")
        assert one.screen.palette.typed == "takut kepencet"
        await one.press("backspace", "backspace", "enter")
        assert study.coded() == [("takut kepencet.", "takut kepenc")]
        await one.press("u")
        assert study.coded() == []

    study.play(play)


def test_a_digit_gives_the_code_that_P_pinned_to_it(study: Study) -> None:  # noqa: N802
    give(study, "kader digital")

    async def pin(one: Playing) -> None:
        await one.press("3")
        assert "No code is pinned to 3" in one.status
        one.go("sepuh")
        await one.press("P", "3")
        assert "3 gives “kader digital”" in one.status
        assert one.screen.reader.has_focus
        await one.press("f6", "down", "P", "4")
        assert len(study.codings()) == 1

    async def again(one: Playing) -> None:
        one.go("Sabar")
        await one.press("3", "4")
        assert [code for words, code in study.coded() if words == "Sabar dia."] == [
            "kader digital", "penghambat"
        ]  # fmt: skip
        await one.press("D")

    study.play(pin)
    study.play(again)


def test_the_next_segment_of_the_same_code_passes_over_others(study: Study) -> None:
    for code, words in (("kader digital", "anaknya"), ("biaya kirim", "sepuh"),
                        ("kader digital", "Sabar")):  # fmt: skip
        give(study, code, words)

    async def play(one: Playing) -> None:
        one.go("anaknya")
        await one.press("asterisk")
        assert TEXT.startswith("Sabar", one.screen.reader.cursor)
        await one.press("asterisk")
        assert "No further segment of “kader digital”" in one.status
        await one.press("number_sign")
        assert TEXT.startswith("anaknya", one.screen.reader.cursor)

    study.play(play)


def test_y_copies_the_segment_with_its_reference_and_the_doubts_about_it(study: Study) -> None:
    give(study, "kader digital")

    async def play(one: Playing) -> None:
        await one.press("y")
        assert "no segment" in one.status
        one.go("sepuh")
        await one.press("y")
        assert one.app.clipboard == f"“{SENTENCE}”\n(W01 · turn 2, line 2)"
        assert "Copied with its reference" in one.status

    study.play(play)


def test_y_refuses_what_may_not_leave_the_project(study: Study) -> None:
    give(study, "kader digital")
    start = TEXT.index("sepuh")
    with study.project.write(study.sari, "mark") as step:
        memos.mark(step, study.documents["W01"], Span(start, start + 5), "off the record")
    give(study, "biaya kirim", "Sabar dia.")

    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("y")
        assert "Not copied: this passage stays inside the project: off the record" in one.status
        with study.project.write(study.sari, "consent") as step:
            (case,) = cases.listed(step.connection)
            cases.set_consent(step, case.id, Consent(quotation=False))
            cases.link(step, study.documents["W01"], case.id)
        one.go("Sabar")
        await one.press("y")
        assert "no consent to quote" in one.status
        assert one.app.clipboard == ""

    study.play(play)
