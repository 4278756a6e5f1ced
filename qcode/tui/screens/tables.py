"""Results as tables: how often each code was found, groups side by side, cases by their values."""

from __future__ import annotations

import shlex
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.analysis.frequency import Listed
from qcode.analysis.referring import VILLAGES
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.codebook import Codebook
from qcode.model.table import Blank, Cell, Table, in_words
from qcode.store import cases, codebook
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING
from qcode.tui.inspecting import Line
from qcode.tui.screens.excerpts import ExcerptsScreen
from qcode.tui.screens.limiting import LIMIT, LimitedScreen
from qcode.tui.ways import lettered
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.workflows.attributes import attributes
from qcode.workflows.comparison import comparison

OPEN = Command("tables.open", "enter", "open", _("Show the passages of the code"),
               footer=_("Passages"))  # fmt: skip
GROUPED = Command("tables.by", "b", "by", _("Compare by another attribute"), footer=_("By"))
COMPARISON = (OPEN, *LISTING[1:], GROUPED, *LIMIT, *SORTING, *TAKING)
COUNTS = (*LISTING[1:], *SORTING, *TAKING)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its indent, and the path of the code it is about."""

    cells: tuple[Cell, ...]
    depth: int
    path: str


class TableScreen(LimitedScreen[Row]):
    """Shows a table that the command line prints as well; its notes stand below."""

    of_codes: ClassVar[bool] = True
    """Whether each row is about a code."""
    _table = Table("", (), ())

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self.add_class("-below")

    @abstractmethod
    def report(self, connection: Reader) -> Table:
        """Return the table; runs in another thread."""

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table; numbers stand at the right."""
        titles = [one.title for one in self._table.columns]
        return [
            Column(
                f"{one.title} {one.unit}" if titles.count(one.title) > 1 else one.title,
                36 if at == 0 else 22 if one.numeric else 30,
                right=one.numeric,
            )
            for at, one in enumerate(self._table.columns)
        ]

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Compute the table."""
        table = self.report(connection)
        self._table = table
        return tuple(_rows(table, codebook.read(connection) if self.of_codes else Codebook(())))

    def cells(self, row: Row) -> Sequence[str]:
        """Return the cells as the command line prints them."""
        first, *others = map(in_words, row.cells)
        return (f"{'  ' * row.depth}{first}", *others)

    def key(self, row: Row) -> str:
        """Return the code, and the value where there is none."""
        return " ".join((row.path, *(map(in_words, row.cells[1:2] if not self.of_codes else ()))))

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table with these rows."""
        depths = tuple(row.depth for row in rows) if self._table.depths else ()
        return replace(self._table, rows=tuple(row.cells for row in rows), depths=depths)

    def detail(self, row: Row) -> Sequence[Line]:
        """Return why cells are blank, then what belongs to all numbers of the table."""
        blanks = dict.fromkeys(
            f"{cell.sign} {cell.why}" for cell in row.cells if isinstance(cell, Blank) and cell.why
        )
        units = [f"{one.title}: {one.unit}" for one in self._table.columns if one.unit]
        return (
            *(Line(text) for text in blanks),
            *(Line(note) for note in self._table.notes),
            *(Line(text, "quiet") for text in dict.fromkeys(units)),
        )

    def counted(self, shown: int, total: int) -> str:
        """Return what the table is and how many rows it has."""
        return _("{k} of {n} rows · {title}").format(title=self._table.title, k=shown, n=total)

    def action_open(self) -> None:
        """Show the passages of the code in the row, within the same limits."""
        if self.row is not None:
            line = f"--code {shlex.quote(self.row.path)} {self.line}".strip()
            self.app.push_screen(ExcerptsScreen(self.access, line))


class ComparisonScreen(TableScreen):
    """Shows the codes side by side for the values of an attribute."""

    KEYS = COMPARISON
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    _by = ""
    _known: tuple[str, ...] = ()

    def headline(self) -> str:
        """Return the name of the screen."""
        return self.limited(_("Codes by {attribute}").format(attribute=self._by or "…"))

    def report(self, connection: Reader) -> Table:
        """Return the table of ``qcode compare``; by village at first, if that is known."""
        self._known = tuple(one.name for one in cases.attributes_of(connection))
        if not self._known:
            raise NotFound(_("The cases have no attributes to compare by: ctrl+t c sets them."))
        if self._by not in self._known:
            usual = [name for name in self._known if name.casefold() in VILLAGES]
            self._by = (usual or list(self._known))[0]
        return comparison(connection, self._by, "", self.asked)

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    def action_by(self) -> None:
        """Ask for the attribute."""
        if self._known:
            ways = lettered([Way("", name, name) for name in self._known])
            self.query_one(Choice).open("by", _("Compare by"), ways)

    @on(Choice.Closed)
    def _unanswered(self) -> None:
        self.grid.focus()

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self._by = event.value
        self.grid.focus()
        self.refetch()


class AttributesScreen(TableScreen):
    """Shows how many informants have each value of the attributes."""

    KEYS = COUNTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    of_codes = False

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("How many informants have each value")

    def report(self, connection: Reader) -> Table:
        """Return the table of ``qcode attributes --share``."""
        return attributes(connection, (), INFORMANT, share=True)

    def action_open(self) -> None:
        """Do nothing: no passage belongs to a value alone."""


def _rows(table: Table, book: Codebook) -> Iterator[Row]:
    depths = table.depths or (0,) * len(table.rows)
    # The rows of a table of codes stand in the order of the codebook, some left out.
    codes = iter(Listed(code, depth) for code, depth in book.walk(retired=True))
    for cells, depth in zip(table.rows, depths, strict=True):
        title = in_words(cells[0])
        code = next((one.code.id for one in codes if one.title == title), "")
        yield Row(cells, depth, book.path(code) if code else title)
