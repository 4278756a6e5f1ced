"""The framework matrix: cases by codes, each cell with what is said of it and its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from qcode.errors import Refused
from qcode.language import _
from qcode.model.case import Case
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store import codebook, coders
from qcode.store.project import Reader, Step
from qcode.tui import session
from qcode.tui.access import Access
from qcode.tui.cell_lines import legend, of_cell, short
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, TAKING, UNDOING
from qcode.tui.screens.listing import ListScreen, styles
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.cellgrid import CellGrid
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Offer, Palette
from qcode.tui.widgets.rows import Rows
from qcode.workflows import framework
from qcode.workflows.addresses import addresses_on
from qcode.workflows.framework import Cell, Framework

KEYS = (
    Command("framework.write", "enter,e", "open", _("Write the summary of the cell"),
            _("Its passages stay above it."), footer=_("Write")),
    Command("framework.next", "semicolon,n", "mark(1)", _("Mark the next passage")),
    Command("framework.previous", "comma,N", "mark(-1)", _("Mark the passage before")),
    Command("framework.go", "g", "go", _("Go to the marked passage in the text"),
            footer=_("Go there")),
    Command("framework.remove", "R", "remove", _("Take the summary of the cell away")),
    Command("framework.codes", "c", "codes", _("Choose the codes of the columns"),
            _("Their passages and those below them."), footer=_("Codes")),
    Command("framework.roots", "C", "roots", _("Show the codes of the first level again")),
    Command("framework.unwritten", "a", "unwritten", _("Go to the next cell that waits"),
            _("One with passages and no summary, or whose passages changed since."),
            footer=_("Next")),
    Command("list.filter", "slash", "filter", _("Show only rows with these words")),
    *LISTING[2:],
    *UNDOING,
    *TAKING,
)  # fmt: skip
_WIDEST = 15
"""Cells of a column, so that those of six codes fit a terminal of 120."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case with its cells, one for each column of codes."""

    case: Case
    cells: tuple[Cell, ...]


class FrameworkScreen(ListScreen[Row]):
    """Lists cases; keys move over the cells of their codes."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    CSS_PATH = styles("framework")
    GRID = CellGrid

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.add_class("-below")
        self._matrix: Framework | None = None
        self._codes: tuple[str, ...] = ()
        """Ids of the codes that were chosen; none stands for those of the first level."""
        self._names: dict[str, str] = {}
        self._where: Mapping[str, str] = {}
        """Addresses by coding."""
        self._marked = 0

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Framework: informants by codes")

    def columns(self) -> Sequence[Column]:
        """Return the case, and a column for each code."""
        codes = self._matrix.codes if self._matrix else ()
        return (Column(_("case"), 14), *(Column(code.name, _WIDEST) for code in codes))

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the matrix."""
        book = codebook.read(connection)
        self._codes = tuple(id for id in self._codes if id in book.codes)
        matrix = framework.of_codes(connection, Filter(codes=self._codes))
        self._matrix, self._names = matrix, dict(coders.names(connection))
        shown = (one.page for cell in matrix.cells.values() for one in cell.passages)
        self._where = addresses_on(connection, shown)
        return [
            Row(case, tuple(matrix.cells[case.id, code.id] for code in matrix.codes))
            for case in matrix.cases
        ]

    def cells(self, row: Row) -> Sequence[str]:
        """Return the case and its cells: how many passages, then the summary as far as it goes."""
        return (row.case.name, *map(short, row.cells))

    def key(self, row: Row) -> str:
        """Return the id of the case."""
        return row.case.id

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the rows as the command line prints them."""
        if self._matrix is None:
            return super().table(rows)
        return framework.as_table(self._matrix, [row.case for row in rows])

    def counted(self, shown: int, total: int) -> str:
        """Return how many cells have a summary."""
        if self._matrix is None or not total:
            return _("Nobody takes part in an interview yet: ctrl+t c links cases to documents.")
        cells = self._matrix.cells.values()
        said = [
            _("{k} of {n} informants").format(k=shown, n=total),
            _("{k} of {n} cells have a summary").format(
                k=sum(bool(one.texts) for one in cells), n=len(cells)
            ),
        ]
        if changed := sum(bool(one.drift) for one in cells):
            said.append(_("{n} with changed passages (!)").format(n=changed))
        return " · ".join(said)

    @property
    def cell(self) -> Cell | None:
        """The cell that keys stand on."""
        row, at = self.row, self._grid.column
        return row.cells[at - 1] if row is not None and 1 <= at <= len(row.cells) else None

    @property
    def _grid(self) -> CellGrid[Row]:
        return self.query_one("#rows", CellGrid)

    # -- how it is shown -----------------------------------------------------------------------

    def heads(self) -> ComposeResult:
        """Lay out what the signs mean, and the names of the columns."""
        yield Static(legend(), markup=False, id="legend")
        yield from super().heads()

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield MemoEditor()
        yield Palette()

    @on(Rows.Highlighted, "#rows")
    def _other_cell(self) -> None:
        self._marked = 0

    def _say(self) -> None:
        self._draw()

    def _draw(self) -> None:
        cell = self.cell
        unread = lines = self.unread()
        mark = 0
        if cell is not None:
            said, mark = of_cell(cell, self._marked, self._names, self._where)
            lines = unread + said
        beside = self.query_one("#beside", Inspector)
        beside.show(lines)
        if self._marked:
            beside.call_after_refresh(beside.reveal, len(unread) + mark)

    def place(self, row: Row) -> Place | None:  # noqa: ARG002 - of the marked cell
        """Return the marked passage."""
        cell = self.cell
        if cell is None or not cell.passages:
            return None
        one = cell.passages[min(self._marked, len(cell.passages) - 1)]
        return Place(one.page.document.id, one.span, one.segment.coding.id)

    def action_go(self) -> None:
        """Go to the marked passage in the text; q comes back."""
        row = self.row
        place = self.place(row) if row is not None else None
        if place is None:
            self.tell(_("There is no passage to go to."))
        else:
            self.post_message(self.Go(place))

    def action_mark(self, step: int) -> None:
        """Mark another passage of the cell, from the last one on to the first."""
        cell = self.cell
        if cell is not None and cell.passages:
            self._marked = (self._marked + step) % len(cell.passages)
            self._draw()

    def action_unwritten(self) -> None:
        """Go to the next cell that waits for a summary, or for another look."""
        shown = list(self._shown)
        width = len(shown[0].cells) if shown else 0
        here = self._grid.highlighted * width + self._grid.column - 1
        for step in range(1, len(shown) * width + 1):
            row, column = divmod((here + step) % (len(shown) * width), width)
            one = shown[row].cells[column]
            if one.drift or (one.passages and not one.texts):
                self._grid.highlight(row)
                self._grid.mark(column + 1)
                return
        self.tell(_("No cell waits for a summary."))

    # -- what is written -----------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the summary of the cell; its passages stay above it, the other cells give way."""
        cell = self.cell
        if cell is None:
            return
        title = _("Summary of {case} · {code}").format(case=cell.case.name, code=cell.code.name)
        about = f"{cell.case.id} {cell.code.id}"
        self.add_class("-writing")
        self.query_one(MemoEditor).open(about, title, cell.text)

    @on(MemoEditor.Written)
    def _written(self, event: MemoEditor.Written) -> None:
        self._done_writing()
        self.grid.focus()
        case, _blank, code = event.about.partition(" ")
        cell = self._matrix.cells.get((case, code)) if self._matrix else None
        if cell is None:
            raise Refused(_("this cell is no longer there; what was typed is kept"))
        if not event.text.strip():
            self._remove(cell, event.about)
            return

        def write(step: Step) -> None:
            framework.write_cell(step, cell, event.text)

        def done(_none: None) -> str:
            self.query_one(MemoEditor).forget(event.about)
            return _("Summary written")

        self.write("summary", write, done)

    def action_remove(self) -> None:
        """Take the summary of the cell away."""
        if self.cell is not None:
            self._remove(self.cell, "")

    def _remove(self, cell: Cell, draft: str) -> None:
        self.query_one(MemoEditor).forget(draft)
        if not cell.texts:
            self.tell(_("There is no summary here."))
            return
        told = _("Summary taken away; u brings it back")
        self.write("retire summary", lambda step: framework.remove_cell(step, cell), told)

    # -- which codes ---------------------------------------------------------------------------

    def action_codes(self) -> None:
        """Ask for codes, one or several."""
        if self._matrix is None:
            return
        offer = Offer(self._matrix.shelf.book, new_codes=False, language=session.reader_language(),
                      gathers=True)  # fmt: skip
        self.query_one(Palette).open(offer, _("Which codes are the columns?"))

    @on(Palette.Chosen)
    def _chosen(self, event: Palette.Chosen) -> None:
        self._show_codes(tuple(event.codes))

    def action_roots(self) -> None:
        """Show the codes of the first level."""
        self._show_codes(())

    @on(MemoEditor.Closed)
    def _done_writing(self) -> None:
        self.remove_class("-writing")

    def _show_codes(self, codes: tuple[str, ...]) -> None:
        self._codes = codes
        self.grid.focus()
        self.refetch()

    @property
    def asking(self) -> bool:
        """Tell whether a pane above the matrix waits for an answer."""
        return super().asking or self.query_one(Palette).is_open
