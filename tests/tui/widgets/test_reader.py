from __future__ import annotations

from textual.pilot import Pilot

from qcode.model.document import Transcript
from qcode.model.span import Span
from qcode.tui.layout.spans import Mark
from qcode.tui.widgets.painting import Margin
from tests.tui.harness import LONG, MARKS, TEXT, Shown, played, spoken

EDGE = Margin.fitting(60 - 2).width


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)


@played
async def test_every_motion_moves_by_its_unit_and_back() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        for key, ahead in (
            ("w", "Waktu awal"),
            ("ctrl+right", "awal itu"),
            ("b", "Waktu awal"),
            ("l", "aktu"),
            ("left", "Waktu"),
            ("right_parenthesis", "Ya itu"),
            ("right_parenthesis", "Saya ini"),
            ("left_parenthesis", "Ya itu"),
            ("right_curly_bracket", "Lalu"),
            ("ctrl+up", "Ya itu"),
            ("end", ""),
            ("home", "N: Ya"),
            ("G", ""),
            ("g", "P: Waktu"),
            ("pagedown", "N: Kader"),
            ("ctrl+u", "P: Waktu"),
        ):
            await press(pilot, key)
            assert app.ahead.startswith(ahead), key
            assert app.ahead or not ahead
        assert app.reader.selection is None
        assert app.moves


@played
async def test_up_and_down_keep_their_column_across_a_short_line() -> None:
    app = Shown(spoken(("", "a long first line"), ("", "short"), ("", "a long third line")))
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, *["right"] * 10, "down", "j")
        assert app.reader.cursor == len("a long first line\nshort\n") + 10
        await press(pilot, "k", "up")
        assert app.reader.cursor == 10


@played
async def test_the_cursor_steps_over_whole_characters() -> None:
    app = Shown(spoken(("", "a👩🏽‍🌾🇰🇪क्षेe\u0301水")))
    async with app.run_test(size=(60, 20)) as pilot:
        places = [app.reader.cursor]
        for _step in range(7):
            await press(pilot, "right")
            places.append(app.reader.cursor)
        assert places == [0, 1, 5, 7, 11, 13, 14, 14]
        await press(pilot, "left", "left", "left")
        assert app.reader.cursor == 7
        app.reader.go(3)
        assert app.reader.cursor == 1
        app.reader.select(Span(3, 12))
        assert app.reader.selection == Span(1, 13)


@played
async def test_shift_and_a_motion_selects_and_a_motion_alone_gives_it_up() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "w", "ctrl+shift+right", "shift+right")
        assert app.selected == "Waktu a"
        await press(pilot, "shift+left", "shift+left", "ctrl+shift+left")
        assert app.selected == ""
        await press(pilot, "shift+end")
        assert app.selected == "Waktu awal itu bagaimana, Bu?"
        await press(pilot, "left")
        assert app.reader.selection is None


@played
async def test_v_selects_with_every_motion_until_it_is_pressed_again() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "w", "v", "w")
        states = [(app.reader.selecting, app.selected)]
        await press(pilot, "v")
        states.append((app.reader.selecting, app.selected))
        assert states == [(True, "Waktu "), (False, "Waktu ")]
        await press(pilot, "escape")
        assert app.selected == ""


@played
async def test_v_and_a_motion_takes_no_letter_of_the_next_words_nor_their_label() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        taken = []
        for place, key in (("Ya itu", ")"), ("Sabar", ")"), ("Saya ini", "("), ("Sabar", "}")):
            app.reader.go(TEXT.index(place))
            await press(pilot, "v", key)
            span = app.reader.target()
            assert span
            taken.append(TEXT[span.start : span.end])
            await press(pilot, "escape")
        assert taken == [
            "Ya itu, anaknya tetangga yang ngajari.",
            "Sabar dia.",
            "Ya itu, anaknya tetangga yang ngajari.",
            "Sabar dia.",
        ]


@played
async def test_plus_grows_from_word_to_exchange_and_minus_goes_back() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.go(TEXT.index("sepuh"))
        grown = []
        for _step in range(4):
            await press(pilot, "plus")
            grown.append(app.selected)
        assert grown[0] == "sepuh"
        assert grown[1] == "Saya ini kan sepuh, takut kepencet."
        assert grown[2].startswith("Ya itu")
        assert grown[2].endswith("Sabar dia.")
        assert grown[3].startswith("Waktu")
        assert grown[3].endswith("Sabar dia.")
        await press(pilot, "equals_sign")
        assert app.told
        for before in (*grown[2::-1], ""):
            await press(pilot, "minus")
            assert app.selected == before


@played
async def test_minus_finds_the_unit_inside_a_selection_made_otherwise() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        start = TEXT.index("Ya itu")
        app.reader.select(Span(start, TEXT.index("\nP: Lalu")))
        await press(pilot, "minus")
        assert app.selected == "Ya itu, anaknya tetangga yang ngajari."
        await press(pilot, "minus")
        assert app.selected == "Ya"
        await press(pilot, "minus", "escape", "minus")
        assert app.told == ["Nothing smaller to select here."] * 2


@played
async def test_angle_brackets_move_the_start_of_the_selection() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "greater_than_sign")
        assert app.told
        app.reader.select(Span(TEXT.index("anaknya"), TEXT.index(" yang")))
        await press(pilot, "less_than_sign")
        assert app.selected == "itu, anaknya tetangga"
        await press(pilot, "greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert app.selected == "tetangga"
        await press(pilot, "greater_than_sign")
        assert app.told[-1] == "The selection begins with its last word."


@played
async def test_m_selects_question_and_answer_and_then_the_next_ones() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.go(TEXT.index("Lalu"))
        await press(pilot, "M")
        assert app.selected.startswith("Lalu")
        assert app.selected.endswith("sekali.")
        await press(pilot, "M")
        assert app.selected.startswith("Lalu")
        assert app.selected.endswith("cafe\u0301.")
        await press(pilot, "M")
        assert app.told == ["No further question and answer."]


@played
async def test_the_target_is_the_selection_without_blanks_else_the_sentence_else_the_turn() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)):
        reader = app.reader
        reader.go(TEXT.index("sepuh"))
        assert reader.target() == reader.page.units.at("sentence", reader.cursor)
        reader.unit = "turn"
        assert reader.target() == reader.page.units.at("turn", reader.cursor)
        start = TEXT.index(" anaknya")
        reader.select(Span(start, start + 9))
        assert reader.target() == Span(start + 1, start + 8)
        reader.select(Span(start, start + 1))
        assert reader.target() is None


@played
async def test_comma_and_semicolon_visit_every_segment_and_make_it_active() -> None:
    app = Shown(marks=(*MARKS, Mark("0", MARKS[0].start, MARKS[0].start + 2)))
    async with app.run_test(size=(60, 20)) as pilot:
        visited = []
        for _step in range(4):
            await press(pilot, "semicolon")
            visited.append(app.reader.active)
        assert visited == ["1", "0", "2", "3"]
        await press(pilot, "semicolon")
        assert app.told == ["No further segment that way."]
        await press(pilot, "comma", "comma")
        assert app.reader.active == "0"
        assert app.reader.cursor == MARKS[0].start


@played
async def test_brackets_visit_turns_of_participants_without_a_coding() -> None:
    app = Shown(marks=MARKS)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "right_square_bracket")
        assert app.ahead.startswith("Kader")
        await press(pilot, "left_square_bracket", "right_square_bracket")
        assert len(app.told) == 2
        app.reader.drop(["3"])
        await press(pilot, "left_square_bracket")
        assert app.ahead.startswith("Di grup")


@played
async def test_a_spot_brings_back_cursor_selection_and_top() -> None:
    app = Shown(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.go(LONG.text.index("nomor 100"))
        await press(pilot, "shift+right", "shift+right")
        await pilot.pause()
        spot, words, shown = app.reader.spot, app.selected, app.lines()
        app.reader.go(0)
        await pilot.pause()
        app.reader.restore(spot)
        await pilot.pause()
        assert (app.reader.spot, app.selected, app.lines()) == (spot, words, shown)


@played
async def test_a_page_down_scrolls_and_the_cursor_keeps_its_row() -> None:
    app = Shown(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "down", "pagedown")
        assert app.reader.scroll_offset.y == 18
        assert app.reader.turn == 19
        await press(pilot, "pageup")
        assert (app.reader.scroll_offset.y, app.reader.turn) == (0, 1)


@played
async def test_the_cursor_of_the_terminal_follows() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "w", "w", "down")
        assert app.cursor_position == (EDGE + len("P: Waktu "), 1)


@played
async def test_copying_takes_the_words_themselves() -> None:
    app = Shown(spoken(("", "satu\x1bdua")))
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "shift+end", "ctrl+c")
        assert app.clipboard == "satu\x1bdua"


@played
async def test_an_empty_document_can_be_shown_and_moved_in() -> None:
    app = Shown(Transcript("", ()), (), ())
    async with app.run_test(size=(60, 20)) as pilot:
        for key in ("right", "w", "right_parenthesis", "M", "plus", "v", "G", "semicolon", "]"):
            await press(pilot, key)
        assert app.reader.cursor == 0
        assert app.reader.target() is None


@played
async def test_keys_of_the_reader_have_ids_and_none_is_bound_twice() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)):
        own = [
            binding
            for bindings in app.reader._bindings.key_to_bindings.values()
            for binding in bindings
            if (binding.id or "").startswith("reader.")
        ]
        keys = [binding.key for binding in own]
        assert len(keys) == len(set(keys))
        assert len(own) > 40


@played
async def test_going_to_a_turn_or_sentence_shows_it_to_its_end_where_there_is_room() -> None:
    middle = "Di sini ada kalimat, lalu ada lagi. " * 8
    turns = (("N", f"Mulai{number} begitu. {middle}Habis{number}") for number in range(6))
    app = Shown(spoken(*turns))
    async with app.run_test(size=(60, 16)) as pilot:
        for key, turn in (("}", 0), ("]", 1), ("}", 2), ("]", 3), ("[", 2), ("{", 1)):
            await press(pilot, key)
            shown = " ".join(app.lines())
            assert f"Mulai{turn} " in shown, key
            assert f"Habis{turn}" in shown, key
