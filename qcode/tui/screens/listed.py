"""What is listed: read from the project, filtered by words, sorted by a column, shown in a table."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, ClassVar, Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from qcode.errors import QcodeError
from qcode.language import _
from qcode.model import table
from qcode.model.table import Table
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.arranging import AT_ONCE, Arrangement, Stopped, Wish
from qcode.tui.inspecting import Line
from qcode.tui.screens.shown import Banner, Place, ShownScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.grid import Column, Grid
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.rows import Rows
from qcode.tui.widgets.status import HeaderLine, StatusLine

T = TypeVar("T")

_PAUSE = 0.08
"""Seconds without a letter after which many rows are filtered."""


class ListedScreen(ShownScreen, Generic[T]):
    """Lists values of one type, read from the project whenever the screen is shown."""

    AUTO_FOCUS = "#rows"
    ROOM_BESIDE: ClassVar[int] = 80
    """Columns from which what a row says stands beside the table; else it stands below."""
    FIRST: ClassVar[type[Widget] | None] = Grid
    GRID: ClassVar[type[Grid[Any]]] = Grid
    """The kind of table."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access
        self._arrangement: Arrangement[T] = Arrangement((), self.cells)
        self._unread = ""
        """Why the list could not be read, if so."""
        self._shown: Sequence[T] = ()
        self._order: tuple[int, bool] | None = None
        self.coming = ""
        """The key of a row that was just written: it is highlighted once it is read."""
        """The column by which the rows are sorted, and whether backwards."""

    # -- what a subclass says ------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen."""
        raise NotImplementedError

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table."""
        raise NotImplementedError

    def fetch(self, connection: Reader) -> Sequence[T]:
        """Read what is listed; runs in another thread."""
        raise NotImplementedError

    def cells(self, row: T) -> Sequence[str]:
        """Return the texts of one row, one for each column."""
        raise NotImplementedError

    def key(self, row: T) -> str:
        """Return what a row is known by when the list was read anew."""
        return str(row)

    def detail(self, row: T) -> Sequence[Line]:  # noqa: ARG002
        """Return what is said of a row beside the table."""
        return ()

    def heart(self, row: T) -> int:  # noqa: ARG002
        """Return which line of the detail is to be in view, counted from 0."""
        return 0

    def place(self, row: T) -> Place | None:  # noqa: ARG002
        """Return where enter leads, if anywhere."""
        return None

    def counted(self, shown: int, total: int) -> str:
        """Return how many rows there are, in words; the empty list says what would fill it."""
        return _("{k} of {n} rows").format(k=shown, n=total)

    def table(self, rows: Sequence[T]) -> Table:
        """Return rows as the table that the command line would print."""
        columns = tuple(
            table.Column(column.name, column.name, numeric=column.right)
            for column in self.columns()
        )
        return Table(self.headline(), columns, tuple(tuple(self.cells(row)) for row in rows))

    # -- parts ---------------------------------------------------------------------------------

    def parts(self) -> ComposeResult:
        """Lay out header, filter, table, what the row says, and the lines below."""
        yield HeaderLine(id="header")
        yield Input(placeholder=_("/ shows only rows with some words"), compact=True, id="filter")
        yield from self.heads()
        with Horizontal(id="panes"):
            yield from self.panes()
        yield from self.above()
        yield AskLine(id="ask")
        yield Banner()
        yield StatusLine(id="status")
        yield self.key_line()

    def heads(self) -> ComposeResult:
        """Lay out what stands over the table."""
        yield Static(markup=False, id="heading")

    def panes(self) -> ComposeResult:
        """Lay out the table, and beside or below it what a row says."""
        yield self.GRID(self.columns(), self.cells, id="rows")
        yield Inspector(id="beside")

    def above(self) -> ComposeResult:
        """Lay out what opens above the list, such as a Choice or a MemoEditor."""
        yield from ()

    @property
    def grid(self) -> Grid[T]:
        """The table."""
        return self.query_one("#rows", Grid)

    @property
    def row(self) -> T | None:
        """The highlighted row."""
        return self.grid.row

    @property
    def _filter(self) -> Input:
        return self.query_one("#filter", Input)

    # -- what is shown -------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """Read what changed while another screen was shown."""
        if not (self._filter.has_focus or self.asking):
            self.grid.focus()
        self.refetch()

    @work(exclusive=True, group="rows")
    async def refetch(self, said: str = "") -> None:
        """Read the list anew and say something; the highlighted row stays, if it is there."""
        try:
            rows = await self.access.read(self.fetch)
        except QcodeError as error:
            self._failed(str(error))
            self._unread = str(error)
            if self.is_attached:
                if not self._all:
                    self.query_one(HeaderLine).show(f"qcode · {self.headline()}", "")
                self._say()
            return
        self._unread = ""
        here = self.grid.row
        self.grid.columns = self.columns()
        self._arrangement = Arrangement(rows, self.cells)
        known, self.coming = self.coming or (self.key(here) if here is not None else ""), ""
        await self._arrange(known)
        if said:
            self.tell(said)

    @property
    def _all(self) -> Sequence[T]:
        return self._arrangement.rows

    def _refilter(self) -> None:
        """Show the rows that are wanted now; where there are many, once typing pauses."""
        here = self.grid.row
        known = self.key(here) if here is not None else ""
        if len(self._all) <= AT_ONCE:
            self._show(self._arrangement.arranged(self._wish), known)
        else:
            self._rearrange(known)

    @property
    def _wish(self) -> Wish:
        column, backwards = self._order or (None, False)
        if column is not None and column >= len(self.grid.columns):
            column = None
        return Wish(tuple(self._filter.value.casefold().split()), column, backwards)

    @work(exclusive=True, group="rows")
    async def _rearrange(self, known: str) -> None:
        await asyncio.sleep(_PAUSE)
        await self._arrange(known)

    async def _arrange(self, known: str) -> None:
        arrangement, gone = self._arrangement, threading.Event()
        if len(arrangement.rows) <= AT_ONCE:
            self._show(arrangement.arranged(self._wish), known)
            return
        try:
            with suppress(Stopped):
                rows = await asyncio.to_thread(arrangement.arranged, self._wish, gone.is_set)
                self._show(rows, known)
        finally:
            gone.set()

    def _show(self, rows: Sequence[T], known: str) -> None:
        """Show rows, the one known by that key highlighted if it is there."""
        self._shown = rows
        at = self.grid.highlighted
        if not (at < len(rows) and self.key(rows[at]) == known):
            at = next((n for n, one in enumerate(rows) if self.key(one) == known), at)
        self.grid.sorted = self._order
        with self.prevent(Rows.Highlighted):
            self.grid.show(rows, at)
        self.query_one(HeaderLine).show(f"qcode · {self.headline()}", "")
        self._head()
        self.stand()
        self._say()

    def _head(self) -> None:
        self.query_one("#heading", Static).update(Content(self.grid.heading()))

    def stand(self) -> None:
        """Say how many rows there are; what was told goes away."""
        said = self.counted(len(self._shown), len(self._all))
        self.query_one(StatusLine).stand(said, self.access.saved)

    def tell(self, text: str) -> None:
        """Say what was done."""
        self.query_one(StatusLine).tell(text, self.access.saved)

    def _say(self) -> None:
        row, unread = self.grid.row, self.unread()
        beside = self.query_one("#beside", Inspector)
        beside.show((*unread, *(self.detail(row) if row is not None else ())))
        if row is not None and not unread and (line := self.heart(row)):
            # Showing other lines begins with the first one again, after the next painting.
            beside.call_after_refresh(beside.reveal, line)

    def taken(self, event: AskLine.Answered, take: Callable[[str], None]) -> None:
        """Take what was typed and read the list anew; where it cannot be, ask again and say why."""
        try:
            take(event.text)
        except QcodeError as error:
            self.query_one(AskLine).open(event.about, str(error), event.text)
        else:
            self.refetch()

    def unread(self) -> list[Line]:
        """Return why the list could not be read anew, if so, as what stands beside it first."""
        return [Line(self._unread)] if self._unread else []

    def on_resize(self) -> None:
        """Fit heading and panes to the terminal."""
        self.set_class(self.size.width < self.ROOM_BESIDE, "-narrow")
        self.call_after_refresh(self._head)

    @property
    def asking(self) -> bool:
        """Tell whether a pane above the list waits for an answer."""
        return any(
            pane.has_class("-open") for pane in self.query("AskLine, Choice, MemoEditor, Palette")
        )

    def _failed(self, why: str) -> None:
        if self.is_attached:
            self.tell(why)
            self.app.bell()

    # -- another order ---------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Sort by the next column, after the last one by none."""
        column = self._order[0] + 1 if self._order else 0
        self._order = (column, False) if column < len(self.grid.columns) else None
        self._sorted()

    def action_sort_back(self) -> None:
        """Sort the other way round."""
        column, backwards = self._order or (0, False)
        self._order = (column, not backwards) if self.grid.columns else None
        self._sorted()

    def _sorted(self) -> None:
        self._refilter()
        if self._order is None:
            self.tell(_("As they were read."))
            return
        column = self.grid.columns[self._order[0]]
        name = f"{column.name} {column.unit}".strip()
        self.tell(_("Sorted by {column}: s next column, S the other way").format(column=name))
