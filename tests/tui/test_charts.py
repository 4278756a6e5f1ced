from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.strip import Strip

from qcode.analysis.cooccurrence.meeting import Way
from qcode.analysis.saturation.table import Course
from qcode.model.case import Attribute, Case
from qcode.model.document import Transcript
from qcode.model.filter import Filter
from qcode.model.heat import Heat, HeatColumn, HeatRow
from qcode.model.span import Span
from qcode.model.table import Cell, Share
from qcode.store import cases, codings, documents
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.project import Reader
from qcode.tui.screens import saturation as saturations
from qcode.tui.screens.behind import BehindScreen, FoundScreen
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.excerpts import ExcerptsScreen
from qcode.tui.screens.frequency import FrequencyScreen
from qcode.tui.screens.heatmap import HeatmapScreen
from qcode.tui.screens.saturation import SaturationScreen
from qcode.tui.widgets import heatmap as widgets
from qcode.tui.widgets.bars import drawn
from qcode.tui.widgets.curve import Curve
from qcode.tui.widgets.heatmap import Heatmap
from qcode.workflows.heatmap import CODES, DOCUMENTS, heatmap, usual
from qcode.workflows.saturation import How
from qcode.workflows.saturation import drawn as drawing
from tests.tui.harness import INTERVIEW, spoken
from tests.tui.study import OTHER, SPEAKERS, Playing, Study

LOW, CADRE, COST = "literasi digital rendah", "kader digital", "biaya kirim"


@pytest.fixture
def villages(study: Study) -> Study:
    """Two interviews in two villages; both speak of what hinders, one of cadres."""
    with study.project.write(study.sari, "link") as step:
        cases.add(step, [Case("", "informant", "W02", {"desa": ("B",)})], [Attribute("", "desa")])
        w01 = cases.case_id(step, "informant", "W01")
        cases.set_value(step, w01, Attribute("", "desa"), ("A",))
        cases.link(step, study.documents["W02"], cases.case_id(step, "informant", "W02"))
    given = (
        ("W01", INTERVIEW.text, "sepuh", LOW),
        ("W01", INTERVIEW.text, "Ongkirnya mahal sekali.", COST),
        ("W02", OTHER.text, "Di balai desa.", CADRE),
        ("W02", OTHER.text, "Ramai.", LOW),
    )
    with study.project.write(study.sari, "apply") as step:
        new = [
            NewCoding(study.documents[name],
                      Span(text.index(words), text.index(words) + len(words)), study.codes[code])
            for name, text, words, code in given
        ]  # fmt: skip
        codings.apply(step, new)
    return study


def cell(screen: HeatmapScreen) -> tuple[str, str, str]:
    """Return the code, the column and the number of the cursor."""
    row, column = screen.row, screen.heatmap.column
    assert row is not None
    assert column is not None
    return row.path, column.name, widgets.written(screen.heatmap.cell)


def selected(one: Playing) -> str:
    """Return the words that are selected on the coding screen."""
    reader = one.on(CodingScreen).reader
    assert reader.selection is not None
    return reader.transcript.text[reader.selection.start : reader.selection.end]


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
def test_from_a_cell_to_its_passages_to_the_text_and_back_to_the_cell(
    villages: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "k")
        screen = one.on(HeatmapScreen)
        await one.press("slash", *"rendah", "enter", "l")
        assert cell(screen) == (f"penghambat/{LOW}", "B", "1/1")
        assert "[█ 1/1]" in one.text()
        await one.press("enter")
        behind = one.on(BehindScreen)
        assert [row.passage.segment.text for row in behind._shown] == ["Ramai."]
        assert f"{LOW} · B: 1 of 1" in one.text()
        await one.press("enter")
        assert selected(one) == "Ramai."
        await one.press("q")
        one.on(BehindScreen)
        await one.press("q")
        assert cell(one.on(HeatmapScreen)) == (f"penghambat/{LOW}", "B", "1/1")

    villages.play(play, size=size, document="")


def test_columns_are_documents_or_codes_by_one_letter_and_order_and_tree_change(
    villages: Study, tmp_path: Path
) -> None:
    file = tmp_path / "peta.csv"
    with villages.project.read() as connection:
        by_village = heatmap(connection, Filter(), usual(["desa"]))

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "k")
        screen = one.on(HeatmapScreen)
        assert screen._heat == by_village
        paths = [row.path for row in screen._shown]
        await one.press("z")
        assert [row.path for row in screen._shown] == [CADRE, "penghambat"]
        await one.press("j", "space")
        assert [row.path for row in screen._shown] == paths
        await one.press("s", "d")
        assert {row.path for row in screen._shown[:2]} == {CADRE, f"penghambat/{COST}"}
        await one.press("s", "b", "w")
        await one.type(str(file))
        await one.press("enter", "b", "d")
        assert screen.of is not None
        assert screen.of.columns == DOCUMENTS
        assert [column.name for column in screen._heat.columns] == ["W01", "W02"]
        await one.press("b", "c")
        assert screen.of.columns == CODES
        await one.press("t")
        assert "Codes in the same turn" in one.text()
        await one.press("t", *["backspace"] * 2, "x", "enter")
        assert "“x” is no number of words" in one.text()
        await one.press("backspace", "9", "enter")
        assert screen.of.way == Way("near", 9)
        assert "Codes near each other" in one.text()
        await one.press("t")
        assert "Codes on the same words" in one.text()
        await one.press("b", "i", "m", "w", "x")
        await one.type("--code kader")
        await one.press("enter")
        assert [row.path for row in screen._shown] == [CADRE]
        assert one.text().count("words of the code and those below it, united") == 1

    villages.play(play, document="")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][0] == "code"
    assert len(rows) == 1 + len(by_village.rows)


@pytest.mark.parametrize(("letter", "suffix"), [("k", "svg"), ("f", "png"), ("s", "pdf")])
def test_a_chart_is_written_as_the_picture_that_the_file_asks_for(
    villages: Study, tmp_path: Path, letter: str, suffix: str
) -> None:
    pytest.importorskip("matplotlib")
    file = tmp_path / f"gambar.{suffix}"

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", letter, "w")
        await one.type(str(file))
        await one.press("enter")
        assert "Written" in one.status

    villages.play(play, document="")
    assert {"svg": b"<svg", "png": b"PNG", "pdf": b"%PDF"}[suffix] in file.read_bytes()[:2_000]


def test_shades_need_colours_and_every_step_is_another(
    villages: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "k")
        widget = one.on(HeatmapScreen).heatmap
        shades = [widget.shade(step) for step in range(6)]
        assert len({str(style.bgcolor) for style in shades}) == 6
        assert "█" not in one.text().splitlines()[2]
        monkeypatch.setattr(widgets, "few_colors", lambda _app: True)
        widget.notify_style_update()
        assert len({str(widget.shade(step).bgcolor) for step in range(6)}) == 1

    villages.play(play, document="")


class Huge(HeatmapScreen):
    """200 codes by 500 documents."""

    def fetch(self, connection: Reader) -> Sequence[HeatRow]:
        columns = tuple(HeatColumn(str(at), f"D{at}", f"D{at}", "n=40") for at in range(500))
        rows = tuple(
            HeatRow(str(at), f"[b]kode {at}", f"kode {at}", 0,
                    tuple(Share((at + other) % 40, 40) for other in range(500)))
            for at in range(200)
        )  # fmt: skip
        self._heat = Heat("besar", "k/n", columns, rows)
        return rows


def test_of_a_hundred_thousand_cells_only_those_in_view_are_made_into_text(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Cell] = []
    lines: list[int] = []
    write, paint = widgets.written, Heatmap.render_line

    def writing(cell: Cell) -> str:
        made.append(cell)
        return write(cell)

    def painting(self: Heatmap, y: int) -> Strip:
        lines.append(y)
        return paint(self, y)

    monkeypatch.setattr(widgets, "written", writing)
    monkeypatch.setattr(Heatmap, "render_line", painting)

    async def play(one: Playing) -> None:
        one.app.push_screen(Huge(one.app.access))
        await one.settled()
        screen = one.on(Huge)
        assert len(made) < 5_000
        made.clear()
        lines.clear()
        await one.press("l")
        assert len(lines) <= 2
        await one.press("j")
        assert len(lines) <= 6
        assert len(made) < 200
        made.clear()
        await one.press("greater_than_sign", "pagedown", "end")
        assert cell(screen)[0] == "kode 199"
        assert len(made) < 3 * 40 * 30
        await one.pilot.click(Heatmap, offset=(screen.heatmap._names + 1, 2))
        assert screen.heatmap.column == screen._heat.columns[screen.heatmap.in_view[0]]
        await one.press("end", *["l"] * (screen.heatmap.room - 1))
        column = screen.heatmap.column
        await one.resize((60, 20))
        assert screen.heatmap.column == column
        assert "[b]kode 199" in one.text()

    study.play(play, document="")


def test_bars_show_the_chosen_number_and_lead_to_the_passages(villages: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "f")
        screen = one.on(FrequencyScreen)
        line = next(line for line in one.text().splitlines() if COST in line)
        full = next(line for line in one.text().splitlines() if LOW in line)
        assert "1 of 2" in line
        assert 0 <= full.count("█") - 2 * line.count("█") <= 1
        assert full.count("█") > 4
        await one.press("m", "p")
        full = next(line for line in one.text().splitlines() if LOW in line)
        assert full.split("█")[0].split()[-1] == "2"
        await one.press("slash", *"rendah", "enter", "enter")
        passages = [row.passage.segment.text for row in one.on(ExcerptsScreen)._shown]
        assert passages == ["sepuh", "Ramai."]
        await one.press("q")
        assert screen.row is not None
        assert screen.row.path == f"penghambat/{LOW}"

    villages.play(play, document="")


def test_a_bar_is_as_long_as_its_part_to_an_eighth_of_a_cell() -> None:
    assert drawn(0, 4) == "    "
    assert drawn(1, 4) == "████"
    assert drawn(0.5, 3) == "█▌ "
    assert drawn(0.001, 4) == "▏   "


def varied(at: int) -> Transcript:
    """Return the second interview with other words at its end."""
    return spoken(("P", "Di mana?"), ("N", "Di balai desa. Ramai."), ("P", f"Baik {at}."))


@pytest.fixture
def many(villages: Study) -> Study:
    """Eight interviews, of which the third and the eighth bring a code."""
    with villages.project.write(villages.sari, "import") as step:
        new = [
            NewDocument(f"X{at}", varied(at), speakers=SPEAKERS)
            for at in range(6)
        ]  # fmt: skip
        added, _skipped = documents.add(step, new)
    with villages.project.write(villages.sari, "apply") as step:
        start = OTHER.text.index("Ramai.")
        codings.apply(step, [
            NewCoding(document, Span(start, start + 6), villages.codes["penghambat" if at == 5 else LOW])
            for at, document in enumerate(added.values())
        ])  # fmt: skip
    return villages


def test_the_curve_leads_to_the_codes_that_are_new_and_to_their_words(many: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "s")
        screen = one.on(SaturationScreen)
        assert screen._course is not None
        assert screen._course.band is not None
        assert screen._course.band.orders == 1000
        assert [len(row.new) for row in screen._shown] == [2, 1, 0, 0, 0, 0, 0, 1]
        assert "4+2 of 8" in " ".join(one.text().split())
        await one.press("l", "l", "enter")
        assert "No code is new here." in one.status
        await one.press("h", "enter")
        found = one.on(FoundScreen)
        assert [row.passage.segment.code for row in found._shown] == [CADRE]
        await one.press("enter")
        assert selected(one) == "Di balai desa."
        await one.press("q", "q")
        assert one.on(SaturationScreen).grid.highlighted == 1
        await one.pilot.click(Curve, offset=(screen.query_one(Curve).size.width - 2, 3))
        await one.pilot.click(Curve, offset=(10, 3))
        assert screen.grid.highlighted == 0
        await one.press("m", *["backspace"] * 6, *"6 4 5%", "enter")
        assert "too few to say" in one.text()

    many.play(play, document="")


def test_random_orders_can_be_stopped_and_begun_again(
    many: Study, monkeypatch: pytest.MonkeyPatch
) -> None:

    def endless(found: Course, how: How, told: Callable[[int], object]) -> Course:
        at = 0
        while True:
            at += 1
            told(at)

    monkeypatch.setattr(saturations, "drawn", endless)

    async def play(one: Playing) -> None:
        await one.pilot.press("ctrl+t", "s")
        while not getattr(one.app.screen, "_done", 0):
            await one.pilot.pause(0.02)
        screen = one.on(SaturationScreen)
        await one.press("o")
        assert screen._course is not None
        assert screen._course.band is None
        assert "without random orders" in one.status
        monkeypatch.setattr(saturations, "drawn", drawing)
        await one.press("o")
        assert screen._course.band is not None

    many.play(play, document="")
