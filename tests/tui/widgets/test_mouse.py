from __future__ import annotations

import pytest

from qcode.tui.widgets.painting import Margin
from tests.tui.harness import LONG, TEXT, Shown, played

EDGE = Margin.fitting(60 - 2).width


@played
async def test_dragging_selects_both_ends_included_in_both_directions() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.mouse_down("#reader", offset=(EDGE + 3, 0))
        await pilot.hover("#reader", offset=(EDGE + 7, 0))
        await pilot.mouse_up("#reader", offset=(EDGE + 7, 0))
        assert app.selected == "Waktu"
        await pilot.hover("#reader", offset=(EDGE + 12, 0))
        assert app.selected == "Waktu"
        await pilot.mouse_down("#reader", offset=(EDGE + 7, 0))
        await pilot.hover("#reader", offset=(EDGE + 3, 0))
        await pilot.mouse_up("#reader", offset=(EDGE + 3, 0))
        assert app.selected == "Waktu"


@played
async def test_a_drag_held_at_the_last_row_scrolls_on_and_ends_with_the_button() -> None:
    app = Shown(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.mouse_down("#reader", offset=(EDGE + 3, 10))
        await pilot.hover("#reader", offset=(EDGE + 9, 19))
        await pilot.pause(0.4)
        assert app.reader.scroll_offset.y >= 3
        assert app.reader.selection
        assert app.reader.turn >= 22
        await pilot.mouse_up("#reader", offset=(EDGE + 9, 19))
        await pilot.pause(0.1)
        still = app.reader.scroll_offset.y
        await pilot.pause(0.2)
        assert app.reader.scroll_offset.y == still


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (1, ""),
        (2, "kepencet"),
        (3, "Saya ini kan sepuh, takut kepencet."),
        (4, TEXT[TEXT.index("Ya itu") : TEXT.index("\nP: Lalu")]),
    ],
)
def test_clicks_select_a_word_a_sentence_a_turn(times: int, words: str) -> None:
    @played
    async def playing() -> None:
        app = Shown()
        async with app.run_test(size=(60, 20)) as pilot:
            await pilot.click("#reader", offset=(EDGE + 28, 2), times=times)
            assert app.selected == words

    playing()


@played
async def test_a_click_in_the_margin_puts_the_cursor_at_the_start_of_the_line() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.click("#reader", offset=(2, 4))
        assert app.ahead.startswith("P: Lalu")
