from __future__ import annotations

import pytest
from textual.color import Color

from qcode.model.document import Transcript, paragraphs
from qcode.model.span import Span
from qcode.tui.layout.spans import Mark
from tests.tui.harness import LONG, MARKS, TEXT, Shown, played, spoken


@played
async def test_the_margin_shows_turns_lanes_and_labels_without_colour() -> None:
    app = Shown(marks=MARKS)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.lines()[:6] == [
            "   1            P: Waktu awal itu bagaimana, Bu?",
            "   2 ┏ kader    N: Ya itu, anaknya tetangga yang ngajari.",
            "     ┗╺ takut…  Saya ini kan sepuh, takut kepencet. Sabar",
            "                dia.",
            "   3            P: Lalu dijual di mana?",
            "   4 ╺ multi-k… N: Di grup WA dulu, baru di toko online.",
        ]
        assert app.lines()[8].startswith("   6 ╶═ memo +1 N: Kader")


@played
async def test_a_mark_put_or_dropped_changes_the_screen_and_nothing_else() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.select(Span(TEXT.index("Di grup"), TEXT.index(" dulu")))
        await pilot.pause()
        before = (app.reader.spot, app.lines())
        app.reader.put(MARKS)
        await pilot.pause()
        assert "╺ multi-k…" in app.lines()[5]
        app.reader.put([Mark("3", 0, 4, "x", "", "x")])
        await pilot.pause()
        assert "╺ x" in app.lines()[0]
        assert "multi" not in app.lines()[5]
        app.reader.drop([one.id for one in MARKS])
        await pilot.pause()
        assert (app.reader.spot, app.lines()) == before


def styles(app: Shown, words: str) -> tuple[bool, str]:
    """Return whether a word on the screen is underlined, and its background."""
    for row, line in enumerate(app.lines()):
        if words in line:
            style = app.screen.get_style_at(line.index(words), row)
            return bool(style.underline), str(style.bgcolor)
    raise AssertionError(words)


@played
async def test_two_codes_are_underlined_and_one_tint_shows() -> None:
    app = Shown(marks=MARKS, tints=True)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        plain, kader, both = (styles(app, word) for word in ("dijual", "anaknya", "sepuh"))
        assert (plain[0], kader[0], both[0]) == (False, False, True)
        assert len({plain[1], kader[1], both[1]}) == 3
        app.reader.active = "1"
        await pilot.pause()
        assert styles(app, "sepuh") == (True, kader[1])


@played
async def test_below_256_colours_what_is_coded_is_underlined_and_not_tinted() -> None:
    app = Shown(marks=MARKS, tints=False)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        plain, kader = styles(app, "dijual"), styles(app, "anaknya")
        assert (plain[0], kader[0]) == (False, True)
        assert plain[1] == kader[1]


@played
async def test_another_theme_paints_every_line_anew() -> None:
    app = Shown(marks=MARKS, tints=True)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        dark = styles(app, "dijual")
        app.theme = "textual-light"
        await pilot.pause()
        assert styles(app, "dijual") != dark
        assert styles(app, "Waktu") == styles(app, "dijual")


@played
async def test_what_a_document_says_cannot_drive_the_terminal_or_the_markup() -> None:
    text = "N: [bold]\x1b[31m merah\u202e \x9b2J"
    hostile = Mark("h", 3, 8, "x", "", "[b]\x1bx")
    app = Shown(Transcript(text, paragraphs(text)), [hostile], ("unknown",))
    async with app.run_test(size=(70, 10)) as pilot:
        await pilot.pause()
        line = app.lines()[0]
        assert "N: [bold]\ufffd[31m merah\ufffd \ufffd2J" in line
        assert "[b]\ufffdx" in line


@played
async def test_a_narrower_terminal_keeps_the_words_at_the_top() -> None:
    app = Shown(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.go(LONG.text.index("nomor 100"))
        app.reader.scroll_to(y=app.reader.turn - 2)
        await pilot.pause()
        top = app.reader.spot.top
        await pilot.resize_terminal(26, 20)
        await pilot.pause()
        assert app.reader.spot.top == top
        assert all(len(line) <= 26 for line in app.lines())


@played
async def test_a_lower_screen_keeps_the_cursor_in_view_and_what_was_painted() -> None:
    app = Shown(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*["down"] * 15)
        kept = set(app.reader._strips.keys())
        await pilot.resize_terminal(60, 8)
        await pilot.pause()
        assert kept <= set(app.reader._strips.keys())
        assert 0 <= 15 - app.reader.scroll_offset.y < 8
        app.reader.scroll_to(y=100)
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert app.reader.scroll_offset.y == 100


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "nord", "gruvbox"])
def test_cursor_selection_and_words_stand_out_in_every_theme(theme: str) -> None:
    @played
    async def playing() -> None:
        app = Shown(MARKS_FREE, tints=True)
        async with app.run_test(size=(60, 5)) as pilot:
            app.theme = theme
            app.reader.select(Span(5, 9))
            await pilot.pause()
            assert app.reader.show_vertical_scrollbar
            column = app.lines()[0].index("satu")
            plain, selected, cursor = (
                app.screen.get_style_at(column + offset, 0) for offset in (0, 5, 9)
            )
            grounds = {str(style.bgcolor) for style in (plain, selected, cursor)}
            assert len(grounds) == 3
            for style in (plain, selected, cursor):
                assert style.color is not None
                assert style.bgcolor is not None
                ahead, behind = Color.from_rich_color(style.color), style.bgcolor
                assert ahead.get_contrast_text().hex != ahead.hex
                assert abs(ahead.brightness - Color.from_rich_color(behind).brightness) > 0.3

    playing()


MARKS_FREE = Transcript("satu dua tiga", paragraphs("satu dua tiga"))


@played
async def test_the_cursor_shows_once_where_a_selection_runs_over_several_lines() -> None:
    words = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
    app = Shown(spoken(("", words)), tints=True)
    async with app.run_test(size=(40, 10)) as pilot:
        app.reader.select(Span(0, words.index(" sebelas")))
        await pilot.pause()
        ground = app.reader._ink().cursor.bgcolor
        painted = [
            segment.style.bgcolor
            for line in range(3)
            for segment in app.reader.render_line(line)
            if segment.style
        ]
        assert len(app.reader.page.wrap) >= 3
        assert painted.count(ground) == 1
