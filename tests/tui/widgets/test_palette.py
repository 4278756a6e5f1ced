from __future__ import annotations

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from qcode.model.codebook import Code, Codebook
from qcode.tui.widgets.palette import Offer, Palette
from tests.tui.harness import played

BOOK = Codebook(
    [
        Code("b", "Faktor penghambat"),
        Code(
            "lit",
            "literasi digital rendah",
            "b",
            definition="takut, ragu [red]atau\nbelum bisa",
            exclude="tidak ada sinyal",
            color="#3ec9b6",
        ),
        Code("kirim", "biaya kirim", "b", aliases=("ongkir",)),
        Code("kader", "kader digital"),
    ]
)


class Coding(App[None]):
    def __init__(self, *, new_codes: bool = True) -> None:
        super().__init__()
        self.posted: list[object] = []
        self.offer = Offer(BOOK, ("kader",), {"lit": 3}, new_codes)

    def compose(self) -> ComposeResult:
        yield Palette()

    def on_mount(self) -> None:
        self.palette.open(self.offer, "[b]Saya ini\x1b kan")

    @property
    def palette(self) -> Palette:
        return self.query_one(Palette)

    def on_palette_chosen(self, message: Palette.Chosen) -> None:
        self.posted.append(message.codes)

    def on_palette_new_code(self, message: Palette.NewCode) -> None:
        self.posted.append((message.typed, message.codes))

    def on_palette_closed(self) -> None:
        self.posted.append("closed")

    def text(self) -> str:
        return "\n".join(row.text for row in self.screen._compositor.render_strips())


async def type_in(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if key == " " else key for key in text))
    await pilot.pause()


@played
async def test_a_few_letters_and_enter_give_the_code() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "lterasi")
        assert app.palette.highlighted == BOOK["lit"]
        await pilot.press("enter")
        assert app.posted == [("lit",)]
        assert not app.palette.is_open


@played
async def test_recent_codes_stand_first_before_anything_is_typed() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.posted == [("kader",)]


@played
async def test_tab_gathers_and_enter_gives_basket_and_highlighted_at_once() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "lit")
        await pilot.press("tab")
        assert app.palette.basket == ("lit",)
        assert app.palette.is_open
        assert "Basket: literasi digital rendah" in app.text()
        await type_in(pilot, "ongkir")
        assert app.palette.typed == "ongkir"
        await pilot.press("enter")
        assert app.posted == [("lit", "kirim")]


@played
async def test_tab_again_takes_a_code_out_of_the_basket() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "lit")
        await pilot.press("tab", "tab")
        assert app.palette.basket == ()


@played
async def test_enter_after_tab_gives_a_code_once() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "lit")
        await pilot.press("tab", "enter")
        assert app.posted == [("lit",)]


@played
async def test_the_last_row_makes_a_new_code_of_what_was_typed() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "lit")
        await pilot.press("tab")
        await type_in(pilot, "kader/lansia")
        assert "+ new code “kader/lansia”" in app.text()
        while app.palette.highlighted is not None:
            await pilot.press("down")
        await pilot.press("enter")
        assert app.posted == [("kader/lansia", ("lit",))]


@played
async def test_no_new_code_is_offered_for_a_name_that_exists_or_a_frozen_codebook() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "kader digital")
        assert "new code" not in app.text()
    app = Coding(new_codes=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "qqq")
        assert "new code" not in app.text()
        await pilot.press("tab", "down", "enter")
        assert app.posted == []
        assert app.palette.is_open


@played
async def test_the_meaning_of_the_highlighted_code_shows_as_plain_text() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "lit")
        assert "Use when: takut, ragu [red]atau belum bisa" in app.text()
        assert "Not for: tidak ada sinyal" in app.text()
        assert "[b]Saya ini\ufffd kan" in app.text()
        assert "3×" in app.text()
        await type_in(pilot, "xqqxqxx")
        assert "Use when" not in app.text()


@played
async def test_the_list_goes_round_with_keys_that_every_terminal_sends() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        first = app.palette.highlighted
        for _step in range(len(app.palette.hits)):
            await pilot.press("ctrl+n")
        assert app.palette.highlighted == first
        await pilot.press("up")
        assert app.palette.highlighted == app.palette.hits[-1].code


@played
async def test_escape_closes_and_another_opening_begins_anew() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await type_in(pilot, "lit")
        await pilot.press("tab", "escape")
        assert app.posted == ["closed"]
        app.palette.open(app.offer)
        await pilot.pause()
        assert (app.palette.typed, app.palette.basket) == ("", ())
        assert app.focused is app.palette.query_one("Input")


@played
async def test_a_click_gives_the_code_of_its_row() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click("HitList", offset=(5, 1))
        assert app.posted == [(app.palette.hits[1].code.id,)]
        await pilot.pause()


@played
async def test_what_a_code_is_not_for_is_cut_with_an_ellipsis_where_it_is_long() -> None:
    app = Coding()
    async with app.run_test(size=(40, 24)) as pilot:
        app.palette.open(Offer(Codebook([Code("x", "x", exclude="satu dua tiga " * 20)])), "x")
        await pilot.pause()
        rows = [row.strip("│ ") for row in app.text().split("\n") if "tiga" in row]
        assert len(rows) == 2
        assert rows[0].startswith("Not for: satu")
        assert rows[1].endswith("…")
        app.palette.open(Offer(BOOK, typed="lit"), "x")
        await pilot.press("up")
        await pilot.pause()
        assert "Not for: tidak ada sinyal │" in " ".join(app.text().split())


@played
async def test_a_row_after_the_codes_may_stand_for_none_and_some_codes_are_left_out() -> None:
    app = Coding()
    async with app.run_test(size=(80, 24)) as pilot:
        offer = Offer(BOOK, new_codes=False, without=frozenset({"lit", "b"}), other="to the top")
        app.palette.open(offer, "x")
        assert [hit.code.id for hit in app.palette.hits] == ["kirim", "kader"]
        await pilot.press("up", "enter")
        assert app.posted == [()]
