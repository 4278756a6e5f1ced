from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from textual.binding import BindingType

from qcode.model.table import in_words
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.arranging import Arrangement, Stopped, Wish
from qcode.tui.commands import bindings
from qcode.tui.screens.listing import LISTING, SORTING, TAKING, ListScreen
from qcode.tui.widgets.grid import Column
from tests.tui.study import Playing, Study

MANY = 100_000


class Numbers(ListScreen[int]):
    """Lists numbers, and counts how many were made into text."""

    KEYS = (*LISTING, *SORTING, *TAKING)
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, access: Access, rows: Sequence[int] = range(MANY)) -> None:
        super().__init__(access)
        self.rows = rows
        self.formatted = 0

    def headline(self) -> str:
        return "Numbers"

    def columns(self) -> Sequence[Column]:
        return (Column("number", 8, right=True), Column("name"), Column("last digit", 12))

    def fetch(self, connection: Reader) -> Sequence[int]:
        return self.rows

    def cells(self, row: int) -> Sequence[str]:
        self.formatted += 1
        return (str(row), f"baris {row} [b]x[/b]", str(row % 10))


async def shown(one: Playing, screen: Numbers) -> Numbers:
    one.app.push_screen(screen)
    await one.settled()
    return one.on(Numbers)


def test_only_rows_in_view_are_made_into_text_however_many_there_are(study: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await shown(one, Numbers(one.app.access))
        assert screen.grid.number == MANY
        # What decides the widths of the columns, and a few paintings of what is in view.
        assert screen.formatted < 1_000
        before = screen.formatted
        await one.press("end")
        assert "baris 99999 [b]x[/b]" in one.text()
        await one.press("j", "k", "pageup")
        assert screen.formatted - before < 500

    study.play(play)


def test_a_filter_over_many_rows_finds_them_off_the_screen_and_keeps_the_row(study: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await shown(one, Numbers(one.app.access))
        await one.press("end", "slash")
        await one.type("99 baris")
        assert "99 baris" in one.text()
        await one.settled()
        assert screen.grid.number == sum("99" in str(number) for number in range(MANY))
        assert screen.row == MANY - 1
        await one.press("escape")
        assert (screen.grid.number, screen.row) == (MANY, MANY - 1)

    study.play(play)


def test_numbers_in_threes_are_sorted_as_the_numbers_they_are() -> None:
    numbers = (2650000, 800000, 16, 10000)
    arrangement = Arrangement(numbers, lambda number: (in_words(number),))
    assert list(arrangement.arranged(Wish((), 0, backwards=False))) == sorted(numbers)


def test_a_column_sorts_by_numbers_both_ways_and_stays_sorted_when_read_anew(study: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await shown(one, Numbers(one.app.access, (2, 10, 1, 33)))
        await one.press("s")
        assert list(screen._shown) == [1, 2, 10, 33]
        assert "number ▲" in one.text()
        await one.press("S")
        assert list(screen._shown) == [33, 10, 2, 1]
        screen.rows = (2, 10, 1, 33, 5)
        screen.refetch()
        await one.settled()
        assert list(screen._shown) == [33, 10, 5, 2, 1]
        await one.press("s", "s", "s")
        assert list(screen._shown) == [2, 10, 1, 33, 5]

    study.play(play)


def test_rows_go_into_a_file_as_they_show_and_over_another_only_when_asked_twice(
    study: Study, tmp_path: Path
) -> None:
    file = tmp_path / "angka.csv"

    async def play(one: Playing) -> None:
        screen = await shown(one, Numbers(one.app.access, (2, 10, 1, 33)))
        await one.press("s", "slash")
        await one.type("3")
        await one.press("enter", "w")
        await one.type(str(file))
        await one.press("enter")
        assert "Written" in one.status
        with file.open(encoding="utf-8-sig", newline="") as stream:
            assert [row[0] for row in csv.reader(stream)] == ["number", "33"]
        await one.press("escape", "w", "enter")
        assert "There is such a file" in one.text()
        assert file.read_text(encoding="utf-8-sig").count("\n") == 2
        await one.press("enter")
        assert file.read_text(encoding="utf-8-sig").count("\n") == 5
        await one.press("w", *["backspace"] * 3, *"json", "enter")
        written = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        assert len(written["rows"]) == 4
        await one.press("w", *["backspace"] * 4, *"odt", "enter")
        assert "end the name with .csv" in one.status
        assert screen.grid.has_focus

    study.play(play)


def test_a_row_is_copied_with_its_columns_apart(study: Study) -> None:
    async def play(one: Playing) -> None:
        await shown(one, Numbers(one.app.access))
        await one.press("ctrl+c")
        assert one.app.clipboard == "0\tbaris 0 [b]x[/b]\t0"
        await one.press("j", "y")
        assert one.app.clipboard.startswith("1\t")

    study.play(play)


def test_columns_that_find_no_room_are_reached_to_the_right(study: Study) -> None:
    class Wide(Numbers):
        def columns(self) -> Sequence[Column]:
            return [Column(f"column {at}", 12) for at in range(12)]

        def cells(self, row: int) -> Sequence[str]:
            return [f"{row} in {at}" for at in range(12)]

    async def play(one: Playing) -> None:
        await shown(one, Wide(one.app.access, range(3)))
        assert "column 11" not in one.text()
        await one.press(*"llllllllllllllll")
        assert "column 11" in one.text()
        assert "column 0" in one.text()
        assert "2 in 11" in one.text()
        await one.press(*"hhhhhhhhhhhhhhhh")
        assert "column 1 " in one.text()

    study.play(play)


def test_what_nobody_waits_for_is_given_up() -> None:
    arrangement = Arrangement(range(MANY), lambda row: (str(row),))
    with pytest.raises(Stopped):
        arrangement.arranged(Wish(("7",)), lambda: True)
    assert list(arrangement.arranged(Wish(("99999",)))) == [99_999]
    first = arrangement.arranged(Wish(column=0, backwards=True))
    assert list(first[:2]) == [99_999, 99_998]


def test_rows_without_a_value_stand_last_whichever_way_the_others_are_sorted() -> None:
    arrangement = Arrangement(["W10", "", "W2", "·"], lambda row: (row,))
    assert list(arrangement.arranged(Wish(column=0))) == ["W2", "W10", "", "·"]
    assert list(arrangement.arranged(Wish(column=0, backwards=True))) == ["W10", "W2", "", "·"]
