"""Codes by villages, informants, documents or codes as a heatmap; enter shows what is behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from qcode.language import _
from qcode.model import figure
from qcode.model.case import INFORMANT
from qcode.model.heat import HeatRow
from qcode.model.table import Blank, Share, Table, in_words
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, PICTURING
from qcode.tui.inspecting import Line
from qcode.tui.screens.behind import BehindScreen
from qcode.tui.screens.fielding import FIELDING, FieldingScreen
from qcode.tui.screens.limiting import LIMIT
from qcode.tui.screens.listing import styles
from qcode.tui.screens.picturing import fits
from qcode.tui.unfolding import BOOK, COLUMN, NAME, SPREAD, above, ordered, unfolded
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.heatmap import EMPTY, HeatHead, HeatLegend, Heatmap
from qcode.tui.widgets.inspector import Inspector
from qcode.workflows import heatmap as workflow
from qcode.workflows.attributes import numbered
from qcode.workflows.behind import Cut, behind
from qcode.workflows.heatmap import CODE, GROUPS

KEYS = (
    Command("heatmap.open", "enter", "open", _("Show the passages behind the number"),
            footer=_("Passages")),
    LISTING[1],
    *FIELDING,
    Command("heatmap.sort", "s", "sort", _("Choose the order of the codes"),
            _("By the column of the cursor, by difference between columns, by name."),
            footer=_("Sort")),
    Command("heatmap.fold", "space", "fold", _("Close or open the codes below a code")),
    Command("heatmap.fold.all", "z", "fold_all", _("Close or open all codes")),
    *LIMIT,
    *LISTING[2:],
    *PICTURING,
)  # fmt: skip

_SORT = "sort"


class HeatmapScreen(FieldingScreen):
    """Shows codes by columns; the numbers are those of the tables on the command line."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    CSS_PATH = styles("heatmap")
    FIRST: ClassVar[type[Widget] | None] = Heatmap

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self.add_class("-below")
        self._field = Heatmap(id="rows")
        self._heat = EMPTY
        self._by = BOOK
        self._folded: set[str] = set()

    # -- what is shown -------------------------------------------------------------------------

    def heads(self) -> ComposeResult:
        """Lay out what the shades stand for, and the names of the columns."""
        yield HeatLegend(self._field, id="legend")
        yield HeatHead(self._field, id="heads")

    def panes(self) -> ComposeResult:
        """Lay out the field, and below it what the cell says."""
        yield self._field
        yield Inspector(id="beside")

    @property
    def heatmap(self) -> Heatmap:
        """The field."""
        return self.query_one("#rows", Heatmap)

    def headline(self) -> str:
        """Return the name of the screen."""
        return self.limited(self._heat.title or _("Heatmap"))

    def columns(self) -> Sequence[Column]:
        """Return what is searched in a row; the cells are no columns of a list."""
        return (Column(_("code")),)

    def fetch(self, connection: Reader) -> Sequence[HeatRow]:
        """Count."""
        self.known = numbered(connection, INFORMANT)
        of = self.of or workflow.usual(self.known)
        if of.columns == GROUPS and of.by not in self.known:
            of = workflow.usual(self.known)
        self.of = of
        self._heat = workflow.heatmap(connection, self.asked, of)
        return self._heat.rows

    def cells(self, row: HeatRow) -> Sequence[str]:
        """Return what is searched."""
        return (row.path,)

    def key(self, row: HeatRow) -> str:
        """Return the id of the code."""
        return row.code

    def table(self, rows: Sequence[HeatRow]) -> Table:
        """Return the field with these rows."""
        return self._heat.table(self._plain(rows))

    def _plain(self, rows: Sequence[HeatRow]) -> Sequence[HeatRow]:
        """Return rows without the signs of the tree; their depth where they stand in it."""
        known = {row.code: row for row in self._heat.rows}
        plain = [known[row.code] for row in rows]
        return plain if self._by == BOOK else [replace(row, depth=0) for row in plain]

    def picture(self, rows: Sequence[HeatRow]) -> figure.Heatmap:
        """Return the field with these rows as a picture."""
        heat = self._heat
        fits(len(rows), _("codes"))
        kept = self._plain(rows)
        blanks = {f"{cell.sign} {cell.why}" for row in kept for cell in row.cells
                  if isinstance(cell, Blank)}  # fmt: skip
        # Of codes by codes the same ones stand in both directions.
        shown = {f"{CODE}{row.code}" for row in rows}
        at = [place for place, one in enumerate(heat.columns)
              if one.key in shown or not one.key.startswith(CODE)]  # fmt: skip
        fits(len(at), _("columns"))
        return figure.Heatmap(
            heat.title, (heat.unit, *heat.notes, *sorted(blanks)),
            tuple(row.title for row in kept),
            tuple(row.depth for row in kept),
            tuple(f"{one.title}\n{one.unit}".strip() for one in (heat.columns[place] for place in at)),
            tuple(tuple(row.cells[place] for place in at) for row in kept),
        )  # fmt: skip

    def counted(self, shown: int, total: int) -> str:
        """Return how many codes there are."""
        if not total:
            return _("No codes yet, or nothing to count: b chooses other columns.")
        return _("{k} of {n} codes").format(k=shown, n=total)

    def detail(self, row: HeatRow) -> Sequence[Line]:
        """Return the cell in words, then what belongs to all numbers."""
        column, cell = self.heatmap.column, self.heatmap.cell
        said = [Line(self._said(row), "strong")] if column else []
        if isinstance(cell, Blank) and cell.why:
            said.append(Line(f"{cell.sign} {cell.why}"))
        told = [f"{title}: {in_words(other)}" for title, other in row.beside]
        if told:
            said.append(Line(" · ".join(told)))
        return (*said, *(Line(note, "quiet") for note in self._heat.notes))

    def _said(self, row: HeatRow) -> str:
        column = self.heatmap.column
        name, cell = (column.name, in_words(self.heatmap.cell)) if column else ("", "")
        return f"{row.path} · {name}: {cell}"

    # -- order, filter, tree -------------------------------------------------------------------

    def _show(self, rows: Sequence[HeatRow], known: str) -> None:
        self.heatmap.put(self._heat)
        super()._show(self._arranged(rows), known)

    def _arranged(self, rows: Sequence[HeatRow]) -> Sequence[HeatRow]:
        """Return rows as a tree, a filter opens all of it; or flat in another order."""
        if self._by != BOOK:
            return ordered(rows, self._heat, self._by, self.heatmap.column)
        return unfolded(rows, frozenset() if self._filter.value else self._folded)

    def _head(self) -> None:
        united = any(one.unit for one in self._heat.columns)
        self.query_one(HeatHead).styles.height = 2 if united else 1
        legend = self.query_one(HeatLegend)
        legend.styles.height = len(legend.lines())
        for line in self.query("HeatHead, HeatLegend"):
            line.refresh()
        self._say()

    def action_sort(self) -> None:
        """Ask for the order."""
        column = self.heatmap.column
        ways = [
            Way("c", _("this column, the most first: {name}").format(
                name=column.name if column else ""), COLUMN),
            Way("d", _("difference between columns, the largest first"), SPREAD),
            Way("n", _("name"), NAME),
            Way("b", _("as in the codebook"), BOOK),
        ]  # fmt: skip
        self.query_one(Choice).open(_SORT, _("Order of the codes"), ways)

    def action_fold(self) -> None:
        """Close or open the codes below the highlighted one."""
        if self.row is not None:
            self._folded ^= {self.row.code}
            self._refilter()

    def action_fold_all(self) -> None:
        """Close all codes that have others below them, or open all."""
        self._folded = set() if self._folded else above(self._heat.rows)
        self._refilter()

    @on(Choice.Made)
    def _order_chosen(self, event: Choice.Made) -> None:
        if event.about == _SORT:
            self._by = event.value
            self._refilter()

    # -- what is behind ------------------------------------------------------------------------

    def action_open(self) -> None:
        """Show the passages that are counted in the cell of the cursor."""
        row, column, cell = self.row, self.heatmap.column, self.heatmap.cell
        if row is None or column is None or self.of is None:
            return
        number = cell.k if isinstance(cell, Share) else cell
        if isinstance(cell, Blank) or not number:
            why = cell.why if isinstance(cell, Blank) else _("No passage is counted here.")
            self.tell(why)
            return
        of, cut = self.of, Cut(row.code, column.key)
        self.app.push_screen(BehindScreen(
            self.access, self.line, self._said(row),
            lambda connection, asked: behind(connection, asked, of, cut),
        ))  # fmt: skip
