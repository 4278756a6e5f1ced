"""How often each code was found, as bars with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.analysis.picturing import bars
from qcode.language import _
from qcode.model.figure import Figure
from qcode.model.table import Cell, Share, Table
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, PICTURING, SORTING
from qcode.tui.screens.limiting import LIMIT
from qcode.tui.screens.picturing import PicturedScreen
from qcode.tui.screens.tables import OPEN, Row, TableScreen
from qcode.tui.ways import lettered
from qcode.tui.widgets.bars import Bars
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.workflows.frequency import Asked, frequency

KEYS = (
    OPEN,
    *LISTING[1:],
    Command("frequency.measure", "m", "measure", _("Choose what the bars show"),
            _("Informants, interviews, passages or words; with the codes below, or without."),
            footer=_("Bars")),
    *LIMIT,
    *SORTING,
    *PICTURING,
)  # fmt: skip
_ROLLED = "rolled"
_SHARES = ("cases", "interviews")
"""The columns whose numbers are of those looked through."""


class FrequencyScreen(PicturedScreen[Row], TableScreen):
    """Shows how often each code was found; a full bar is everybody, or the largest number."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    GRID = Bars

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self.how = Asked()
        self._measured = "cases"
        self._most = 0.0

    def headline(self) -> str:
        """Return the name of the screen."""
        return self.limited(_("How often each code was found"))

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table; of whom the shares are stands once, below the code."""
        columns = super().columns()
        if not self._table.columns:
            return columns
        shares = [one.unit for one in self._table.columns if one.key in _SHARES]
        name, *others = columns
        return (
            replace(name, unit=_("k of n: n looked through")),
            *(replace(one, unit="") if one.unit in shares else one for one in others),
        )

    def report(self, connection: Reader) -> Table:
        """Return the table of ``qcode freq``."""
        return frequency(connection, self.asked, self.how)

    def picture(self, rows: Sequence[Row]) -> Figure:
        """Return the informants of each code as a picture."""
        return bars(self.table(rows))

    @property
    def bars(self) -> Bars[Row]:
        """The table with bars."""
        return self.query_one("#rows", Bars)

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    @property
    def _at(self) -> int:
        keys = [one.key for one in self._table.columns]
        return keys.index(self._measured) if self._measured in keys else 1

    def _part(self, row: Row) -> float:
        cell = row.cells[self._at]
        if isinstance(cell, Share):
            return cell.k / cell.n if cell.n else 0
        return _number(cell) / self._most if self._most else 0

    def _show(self, rows: Sequence[Row], known: str) -> None:
        self._most = max((_number(row.cells[self._at]) for row in self._all), default=0)
        self.bars.show_bars(self._at, self._part)
        super()._show(rows, known)

    def action_measure(self) -> None:
        """Ask what the bars show."""
        titles = [one.title for one in self._table.columns]
        ways = [
            Way("", f"{one.title} {one.unit}" if titles.count(one.title) > 1 else one.title, one.key)
            for one in self._table.columns if one.numeric
        ]  # fmt: skip
        told = _("passages and words: with those of the codes below, united")
        if self.how.rolled:
            told = _("passages and words: of each code itself")
        ways.append(Way("", told, _ROLLED))
        self.query_one(Choice).open("measure", _("Bars of"), lettered(ways))

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        if event.value == _ROLLED:
            self.how = replace(self.how, rolled=not self.how.rolled)
            self.refetch()
        else:
            self._measured = event.value
            self._refilter()


def _number(cell: Cell) -> float:
    return cell if isinstance(cell, int | float) else 0
