"""Results as tables: how often each code was found, groups side by side, cases by their values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import ClassVar

from textual.binding import BindingType

from qcode.analysis.crossing import BY
from qcode.analysis.frequency import Listed
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.codebook import Codebook
from qcode.model.table import Blank, Cell, Table, in_words
from qcode.store import codebook
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING
from qcode.tui.inspecting import Line
from qcode.tui.screens.attributed import GROUPED, AttributedScreen
from qcode.tui.screens.excerpts import ExcerptsScreen
from qcode.tui.screens.limiting import LIMIT, LimitedScreen
from qcode.tui.ways import attributes as of_attributes
from qcode.tui.widgets.choice import Way
from qcode.tui.widgets.grid import Column
from qcode.workflows.attributes import attributes
from qcode.workflows.comparison import comparison, crossed

OPEN = Command("tables.open", "enter", "open", _("Show the passages of the code"),
               footer=_("Passages"))  # fmt: skip
COMPARISON = (
    OPEN, *LISTING[1:], GROUPED,
    Command("tables.across", "B", "across", _("Compare by a second attribute as well, or by one"),
            _("As the second --by of the command line: within each value of the first.")),
    *LIMIT, *SORTING, *TAKING,
)  # fmt: skip
COUNTS = (*LISTING[1:], *SORTING, *TAKING)
_ACROSS = "across"


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
        return [
            Column(one.title, 36 if at == 0 else 24 if one.numeric else 30,
                   right=one.numeric, unit=one.unit)
            for at, one in enumerate(self._table.columns)
        ]  # fmt: skip

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
        """Return what the row is about: the code, and what stands before its numbers."""
        titles = list(takewhile(lambda one: not one.numeric, self._table.columns))
        return " ".join((row.path, *map(in_words, row.cells[1 : len(titles)])))

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
        """Return how many rows there are; without any, why."""
        if not total:
            return _("Nothing to count: no codes yet (ctrl+t i), or none that x leaves.")
        return _("{k} of {n} rows").format(k=shown, n=total)

    def action_open(self) -> None:
        """Show the passages of the code in the row, within the same limits."""
        if self.row is not None:
            self.app.push_screen(ExcerptsScreen(self.access, self.line_of(self.row.path)))


class ComparisonScreen(AttributedScreen[Row], TableScreen):
    """Shows the codes side by side for the values of an attribute, or of two."""

    KEYS = COMPARISON
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    _across = ""
    """The attribute whose values stand side by side for each value of the first, or nothing."""

    def headline(self) -> str:
        """Return the name of the screen."""
        return self.limited(self._table.title or _("Comparison"))

    def report(self, connection: Reader) -> Table:
        """Return the table of ``qcode compare``."""
        self.know(connection)
        if self._across == self.by or self._across not in self.known:
            self._across = ""
        if self._across:
            return crossed(connection, self.by, self._across, self.asked)
        return comparison(connection, self.by, "", self.asked)

    def action_across(self) -> None:
        """Ask for the second attribute."""
        ways = [one for one in of_attributes(self.known) if one.value != self.by]
        if self._across:
            ways.append(Way("", _("none: by {attribute} alone").format(attribute=self.by), ""))
        self.choose_of(_ACROSS, _("Within each value of {attribute}, compare by").format(
            attribute=self.by), ways)  # fmt: skip

    def chosen(self, about: str, name: str) -> None:
        """Take up the second attribute, or the first."""
        if about == _ACROSS:
            self._across = name
        else:
            super().chosen(about, name)


class AttributesScreen(TableScreen):
    """Shows how many informants have each value of the attributes."""

    KEYS = COUNTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    of_codes = False

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("How many informants have each value")

    def report(self, connection: Reader) -> Table:
        """Return the table of ``qcode attributes``."""
        return attributes(connection, (), INFORMANT)

    def action_open(self) -> None:
        """Do nothing: no passage belongs to a value alone."""


def _rows(table: Table, book: Codebook) -> Iterator[Row]:
    depths = table.depths or (0,) * len(table.rows)
    # The rows of a table of codes stand in the order of the codebook, some left out; compared by
    # two attributes, a code has a row for each value of the first.
    codes = iter(Listed(code, depth) for code, depth in book.walk(retired=True))
    crossed = len(table.columns) > 1 and table.columns[1].key == BY
    each = len({in_words(cells[1]) for cells in table.rows}) if crossed else 1
    path = ""
    for at, (cells, depth) in enumerate(zip(table.rows, depths, strict=True)):
        if at % each == 0:
            title = in_words(cells[0])
            code = next((one.code.id for one in codes if one.title == title), "")
            path = book.path(code) if code else title
        yield Row(cells, depth, path)
