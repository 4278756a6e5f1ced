from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qcode.model.case import Attribute, Case
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.table import in_words
from qcode.store import cases, codings
from qcode.store.codings import NewCoding
from qcode.tui.screens.excerpts import ExcerptsScreen
from qcode.tui.screens.frequency import FrequencyScreen
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.tables import AttributesScreen, ComparisonScreen
from qcode.workflows.comparison import comparison, crossed
from qcode.workflows.frequency import frequency
from tests.tui.harness import INTERVIEW
from tests.tui.study import Playing, Study


@pytest.fixture
def study(study: Study) -> Study:
    at = INTERVIEW.text.index("sepuh")
    with study.project.write(study.sari, "apply") as step:
        codings.apply(step, [NewCoding(study.documents["W01"], Span(at, at + 5),
                                       study.codes["literasi digital rendah"])])  # fmt: skip
        cases.add(step, [Case("", "informant", "W02", {"desa": ("[b]Klaten",)})],
                  [Attribute("", "desa")])  # fmt: skip
        w02 = cases.case_id(step, "informant", "W02")
        cases.link(step, study.documents["W02"], w02)
    return study


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_frequencies_are_those_of_the_command_line_and_lead_to_the_passages(
    study: Study, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / "frekuensi.csv"
    with study.project.read() as connection:
        table = frequency(connection, Filter())

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "f")
        screen = one.on(FrequencyScreen)
        assert screen._table == table
        text = " ".join(one.text().split())
        assert "1 of 1" in text
        assert table.notes[0][:20] in text
        await one.press("w")
        await one.type(str(file))
        await one.press("enter", "slash", *"literasi", "enter", "enter")
        excerpts = one.on(ExcerptsScreen)
        assert [row.passage.segment.text for row in excerpts._shown] == ["sepuh"]
        await one.press("escape", "escape", "x")
        await one.type("--code kader")
        await one.press("enter")
        assert one.on(FrequencyScreen).grid.number == 1

    study.play(play, size=size, document="")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[0] for row in rows[1:]] == [in_words(row[0]) for row in table.rows]


def test_codes_are_compared_by_an_attribute_of_informants_that_one_key_changes(
    study: Study,
) -> None:
    with study.project.write(study.sari, "import cases") as step:
        cases.add(step, [Case("", "village", "Klaten", {"luas": ("12",)})],
                  [Attribute("", "luas")])  # fmt: skip
    with study.project.read() as connection:
        by_village = comparison(connection, "desa", "", Filter())

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "v")
        screen = one.on(ComparisonScreen)
        assert screen._table == by_village
        assert "[b]Klaten" in one.text()
        await one.press("b")
        offered = one.text()
        assert "peran · 1 informant" in offered
        assert "luas" not in offered
        await one.press("p")
        assert "Codes by peran" in one.text()
        assert "pelaku UMKM" in one.text()
        await one.press("ctrl+t", "n")
        one.on(AttributesScreen)
        assert "[b]Klaten" in one.text()

    study.play(play, size=(140, 36), document="")


@pytest.mark.parametrize("letter", ["f", "v", "n", "y"])
def test_every_column_with_its_unit_comes_into_view_on_a_small_terminal(
    study: Study, letter: str
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", letter)
        grid = one.on(ListScreen).grid
        seen: list[str] = []
        while not seen or seen[-1] != grid.heading():
            seen.append(grid.heading())
            await one.press("l")
        text = "\n".join(seen)
        assert [column for column in grid.columns
                if column.name not in text or column.unit not in text] == []  # fmt: skip
        assert not seen[-1].partition("\n")[0].endswith("›")
        await one.press(*["h"] * len(seen))
        assert grid.heading() == seen[0]

    study.play(play, size=(80, 24), document="")


def test_a_second_attribute_is_chosen_and_cleared_by_one_key(study: Study) -> None:
    with study.project.read() as connection:
        alone = comparison(connection, "desa", "", Filter())
        both = crossed(connection, "desa", "peran", Filter())

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "v", "B", "p")
        screen = one.on(ComparisonScreen)
        assert screen._table == both
        assert "Codes by desa and peran" in one.text()
        assert len({screen.key(row) for row in screen._shown}) == len(both.rows)
        assert [row.path.rpartition("/")[2] for row in screen._shown] == [
            in_words(row[0]) for row in both.rows
        ]
        await one.press("j", "j", "j")
        here = screen.row
        screen.refetch()
        await one.settled()
        assert screen.row == here
        await one.press("B", "n")
        assert screen._table == alone
        await one.press("B", "p", "b", "p")
        assert "Codes by peran" in screen.headline()

    study.play(play, size=(140, 36), document="")
