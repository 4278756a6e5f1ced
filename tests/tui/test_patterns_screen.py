"""What groups share and what was counted of villages: the numbers of the commands, and behind them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qcode.formats.patterns import tabled, write
from qcode.model.case import Attribute, Case
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.table import in_words
from qcode.store import cases, codings
from qcode.store.codings import NewCoding
from qcode.tui.screens.cases import CasesScreen
from qcode.tui.screens.indicators import IndicatorsScreen
from qcode.tui.screens.patterns import PatternsScreen, ToldScreen
from qcode.workflows.indicators import indicators
from qcode.workflows.patterns import Asked, patterns
from tests.tui.harness import TEXT
from tests.tui.study import OTHER, Playing, Study

SAID = (("W01", TEXT, "kader digital", "Sabar dia."), ("W02", OTHER.text, "kader digital", "Ramai."),
        ("W02", OTHER.text, "biaya kirim", "Di balai desa."))  # fmt: skip


@pytest.fixture
def study(study: Study) -> Study:
    """A study of two villages that speak of one code, of which one speaks of another as well."""
    with study.project.write(study.sari, "apply") as step:
        for document, text, code, words in SAID:
            span = Span(text.index(words), text.index(words) + len(words))
            codings.apply(step, [NewCoding(study.documents[document], span, study.codes[code])])
        w01 = Case(
            cases.case_id(step, "informant", "W01"), "informant", "W01", {"desa": ("Klaten",)}
        )
        cases.add(step, [w01, Case("", "informant", "W02", {"desa": ("Boyolali",)})],
                  [Attribute("", "desa")], update=True)  # fmt: skip
        cases.link(step, study.documents["W02"], cases.case_id(step, "informant", "W02"))
        for kind, name, before, after in (
            ("village", "Klaten", "10", "20"), ("village", "Boyolali", "5", "15"), ("group", "X", "1", "3"),
        ):  # fmt: skip
            values = {"usaha before": (before,), "usaha after": (after,)}
            cases.add(step, [Case("", kind, name, values)],
                      [Attribute("", one, "number") for one in values])  # fmt: skip
    return study


def test_patterns_are_those_of_the_command_and_a_passage_leads_to_its_words(
    study: Study, tmp_path: Path
) -> None:
    table, text = tmp_path / "pola.csv", tmp_path / "pola.md"
    with study.project.read() as connection:
        found = patterns(connection, Filter(), Asked("desa", 1))

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "y")
        screen = one.on(PatternsScreen)
        assert [row.pattern.code for row in screen._shown] == ["kader digital"]
        await one.press("m")
        await one.type("nol")
        await one.press("enter")
        assert "two numbers are asked for" in one.text()
        await one.press("ctrl+u", "1", "space", "2", "enter")
        assert screen._found == found
        shown = one.text()
        for words in ("in all 2", "Klaten: 1 of 1", "“Sabar dia.”", "only Boyolali"):
            assert words in shown
        for file in (table, text):
            await one.press("w")
            await one.press("ctrl+u")
            await one.type(str(file))
            await one.press("enter")
        await one.press("slash", *"kader", "enter", "enter")
        told = one.on(ToldScreen)
        assert [(told.cells(row)[0], row.passage.segment.text) for row in told._shown] == [
            ("Boyolali", "Ramai."), ("Klaten", "Sabar dia."),
        ]  # fmt: skip
        await one.press("j", "enter")
        selection = one.screen.reader.selection
        assert selection is not None
        assert TEXT[selection.start : selection.end] == "Sabar dia."
        await one.press("q", "escape")
        assert one.on(PatternsScreen) is screen
        assert screen.row is not None
        assert screen.row.pattern.code == "kader digital"
        await one.press("escape", "b", "p")
        assert "differs by peran" in one.text()
        assert "m asks for less" in one.status

    study.play(play, size=(140, 40), document="")
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["passage"] for row in rows] == [in_words(row[5]) for row in tabled(found).rows]
    assert text.read_bytes() == write(found, "markdown")


def test_indicators_are_those_of_the_command_and_lead_to_the_cases(study: Study) -> None:
    with study.project.read() as connection:
        of = {kind: indicators(connection, kind) for kind in ("village", "group")}
        alone = indicators(connection, "village", totals=True, units=[("usaha", "%")])

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "z")
        screen = one.on(IndicatorsScreen)
        assert screen._table == of["group"]
        await one.press("b", "v")
        assert screen._table == of["village"]
        await one.press("j", "enter")
        assert one.on(CasesScreen).row is not None
        assert "Klaten" in str(one.on(CasesScreen).row)
        await one.press("escape")
        assert screen.row is not None
        assert in_words(screen.row.cells[2]) == "Klaten"
        await one.press("t", "e", "ctrl+u")
        await one.type("%")
        await one.press("enter")
        assert screen._table == alone
        await one.press("m")
        await one.press("enter")
        assert screen._weights == {}
        await one.press("enter")
        assert in_words(screen.row.cells[2]) == "Boyolali"
        await one.press("G", "enter")
        assert in_words(screen.row.cells[2]) == "Boyolali"

    study.play(play, size=(120, 36), document="")
