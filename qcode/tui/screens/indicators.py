"""What was counted of villages before and after; enter shows what is known of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.language import _
from qcode.model.table import Table, in_words
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING
from qcode.tui.inspecting import Line
from qcode.tui.screens.cases import CasesScreen
from qcode.tui.screens.tables import Row, TableScreen
from qcode.tui.ways import lettered
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.workflows.indicators import indicators, subjects

KEYS = (
    Command("indicators.open", "enter", "open", _("Show the case, or the cases of the total"),
            _("What is known of a case may be set there."), footer=_("Case")),
    *LISTING[1:],
    Command("indicators.kind", "b", "kind", _("Choose the kind of case"), footer=_("By")),
    Command("indicators.totals", "t", "totals", _("Show all cases together alone, or each"),
            footer=_("Totals")),
    Command("indicators.weight", "m", "weight", _("Choose what the mean is weighted by"),
            _("The total of an indicator is then a mean, weighted by another one.")),
    Command("indicators.unit", "e", "unit", _("Say what the indicator is counted in"),
            _("The change of what is in % is told in points.")),
    *SORTING,
    *TAKING,
)  # fmt: skip
_KIND, _WEIGHT, _UNIT = "kind", "weight", "unit"
_ROOM, _SHORT = 90, 20
"""Columns of the terminal below which names of cases give way to the change, and cells of these."""


class IndicatorsScreen(TableScreen):
    """Shows each indicator before and after, for each case and for all together."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    of_codes = False

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._kind = self._about = ""
        """The kind of case; the indicator that a question is about."""
        self._known: Mapping[str, Mapping[str, str]] = {}
        """Ids of cases by name, of each kind that has indicators."""
        self._totals = False
        self._weights: dict[str, str] = {}
        self._units: dict[str, str] = {}

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Before and after: {kind}").format(kind=self._kind or "…")

    def report(self, connection: Reader) -> Table:
        """Return the table of ``qcode indicators``."""
        self._known = subjects(connection)
        if self._kind not in self._known:
            self._kind = next(iter(self._known), "")
        return indicators(connection, self._kind, totals=self._totals,
                          weights=self._weights.items(), units=self._units.items())  # fmt: skip

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table, the unit with the name of the indicator."""
        columns = super().columns()
        if not columns:
            return ()
        name, _unit, of, *numbers = columns
        if self.size.width < _ROOM:
            of = replace(of, most=_SHORT)
        return (replace(name, name=_("indicator (unit)")), of, *numbers)

    def cells(self, row: Row) -> Sequence[str]:
        """Return the cells of the table, the unit with the name of the indicator."""
        name, unit, *others = super().cells(row)
        return (f"{name} ({unit})" if unit else name, *others)

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the row in words, then what belongs to all numbers."""
        name, unit, of, before, after, change = map(in_words, row.cells)
        said = f"{name} ({unit})" if unit else name
        told = _("{indicator} · {of}: before {before}, after {after}, change {change}").format(
            indicator=said, of=of, before=before, after=after, change=change
        )
        return (Line(told, "strong"), *super().detail(row))

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    @property
    def _names(self) -> list[str]:
        return list(dict.fromkeys(row.path for row in self._all))

    # -- what is asked for ---------------------------------------------------------------------

    def action_kind(self) -> None:
        """Ask for the kind of case."""
        ways = lettered([Way("", kind, kind) for kind in self._known])
        if ways:
            self.query_one(Choice).open(_KIND, _("Cases of which kind"), ways)

    def action_totals(self) -> None:
        """Show all cases together alone, or each of them as well."""
        self._totals = not self._totals
        self.refetch()

    def action_weight(self) -> None:
        """Ask by what the mean of the highlighted indicator is weighted."""
        if self.row is None:
            return
        self._about = self.row.path
        ways = [Way("", name, name) for name in self._names if name != self._about]
        ways.append(Way("", _("as its attribute says"), ""))
        title = _("Mean of {indicator}, weighted by").format(indicator=self._about)
        self.query_one(Choice).open(_WEIGHT, title, lettered(ways))

    def action_unit(self) -> None:
        """Ask what the highlighted indicator is counted in."""
        if self.row is not None:
            self._about = self.row.path
            title = _("{indicator} is counted in; nothing: as its attribute says")
            unit = self._units.get(self._about, in_words(self.row.cells[1]))
            self.query_one(AskLine).open(_UNIT, title.format(indicator=self._about), unit)

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        if event.about == _KIND:
            self._kind = event.value
            self._weights, self._units = {}, {}
        else:
            self._put(self._weights, event.value)
        self.refetch()

    @on(AskLine.Answered)
    def _unit_typed(self, event: AskLine.Answered) -> None:
        if event.about == _UNIT:
            self._put(self._units, event.text)
            self.refetch()

    def _put(self, of: dict[str, str], value: str) -> None:
        of[self._about] = value
        if not value:
            del of[self._about]

    # -- what is behind ------------------------------------------------------------------------

    def action_open(self) -> None:
        """Show what is known of the case; of a total, the first of its cases."""
        row = self.row
        if row is None:
            return
        cases = self._known.get(self._kind, {})
        case = cases.get(in_words(row.cells[2]), "")
        if case:
            screen = CasesScreen(self.access)
            screen.coming = case
            self.app.push_screen(screen)
        elif self._totals:
            self._totals = False
            self.coming = " ".join((*map(in_words, row.cells[:2]), next(iter(cases), "")))
            self.refetch()
        else:
            first = next(at for at, one in enumerate(self._shown) if one.path == row.path)
            self.grid.highlight(first)
