from __future__ import annotations

import pytest

from qcode.model.case import Consent
from qcode.store import cases, documents, searches
from qcode.tui.screens.find import FindScreen
from tests.tui.study import Playing, Study


def stand(one: Playing) -> str:
    reader = one.screen.reader
    assert reader.selection is not None
    return reader.transcript.text[reader.selection.start : reader.selection.end]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_hits_are_coded_one_after_the_other_also_in_other_documents(
    study: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "x")
        await one.type("di")
        await one.press("enter")
        screen = one.on(FindScreen)
        assert "»di" in one.text().casefold()
        number = screen.grid.number
        assert number > 1
        await one.press("enter")
        assert f"1 of {number} in the list" in one.status
        for _hit in range(number - 1):
            await one.press("enter")
            await one.type("kader")
            await one.press("enter", "n")
        assert one.screen.trail is not None
        assert one.screen.trail.at == number - 1
        assert stand(one).casefold() == "di"
        await one.press("n")
        assert "the last one" in one.status
        await one.press("N")
        await one.press("escape")
        assert one.on(FindScreen).grid.highlighted == number - 2

    study.play(play, size=size, document="")
    coded = study.coded("W01") + study.coded("W02")
    assert coded
    assert {words.casefold() for words, _code in coded} == {"di"}


def test_the_next_place_is_found_again_when_the_text_was_corrected_on_the_way(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "x")
        await one.type("di --document W01")
        await one.press("enter", "enter", "E", "w")
        await one.type("lho ")
        await one.press("enter")
        assert "lho " in one.screen.reader.transcript.text
        trail = one.screen.trail
        assert trail is not None
        for _place in range(trail.number - 1):
            await one.press("n")
            assert stand(one).casefold() == "di"

    study.play(play, document="")


def test_esc_comes_back_at_once_unless_words_were_selected_meanwhile(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "x")
        await one.type("sepuh")
        await one.press("enter")
        await one.press("enter")
        await one.press("escape")
        one.on(FindScreen)
        await one.press("enter")
        await one.press("right", "v", "right")
        await one.press("escape")
        assert one.screen.reader.selection is None
        await one.press("escape")
        one.on(FindScreen)

    study.play(play)


def test_options_limit_the_search_and_a_wrong_one_is_told(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "x")
        await one.type("di --document W02")
        await one.press("enter")
        screen = one.on(FindScreen)
        assert {row.page.document.name for row in screen._shown} == {"W02"}
        await one.press("slash", *[" ", "-", "-", "x"], "enter")
        assert "no option “--x”" in one.text()
        await one.press(*["backspace"] * 40, *"zzz", "enter")
        assert "Nothing found" in one.status

    study.play(play)


def test_what_may_not_be_quoted_is_marked_and_not_copied(study: Study) -> None:
    with study.project.write(study.sari, "consent") as step:
        cases.set_consent(step, cases.case_id(step, "informant", "W01"),
                          Consent(quotation=False))  # fmt: skip
        documents.set_details(step, study.documents["W01"], {"name": "[@click=app.quit]x[/]"})

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "x")
        await one.type("sepuh")
        await one.press("enter")
        assert "✗" in one.text()
        assert "Stays inside the project: no consent" in one.text()
        assert "[@click=app.quit]x[/]" in one.text()
        await one.press("y")
        assert "stays inside the project" in one.status
        assert one.app.clipboard == ""

    study.play(play, size=(120, 36))


def test_a_line_is_kept_under_a_name_and_taken_up_again(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "x")
        await one.type("penjualan --stem --document W01 --save jual")
        await one.press("enter")
        screen = one.on(FindScreen)
        number = screen.grid.number
        assert number
        assert "@jual stands for --document W01 --text penjualan" in one.status
        await one.press("slash", "ctrl+u")
        await one.type("@jual")
        await one.press("enter")
        assert screen.grid.number == number
        await one.press("slash", "ctrl+u")
        await one.type("(a --regex")
        await one.press("enter")
        assert "no pattern" in one.status
        await one.press("slash", "ctrl+u")
        await one.type("@bukan")
        await one.press("enter")
        assert "no search was saved as “bukan”" in one.status

    study.play(play, size=(120, 36), document="")
    with study.project.read() as connection:
        assert [one.name for one in searches.listed(connection)] == ["jual"]
