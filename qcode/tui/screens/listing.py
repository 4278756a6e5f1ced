"""What screens that list things share: a table, a line to filter it, and what a row says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from qcode.language import _
from qcode.store.project import Reader, Step
from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.commands import Command
from qcode.tui.inspecting import Line
from qcode.tui.screens.shown import Banner, Place, ShownScreen
from qcode.tui.widgets.grid import Column, Grid
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.rows import Rows
from qcode.tui.widgets.status import HeaderLine, StatusLine

T = TypeVar("T")
W = TypeVar("W")

_ROOM_BESIDE = 80
"""Columns from which what a row says stands beside the table; else it stands below."""

LISTING = (
    Command("list.open", "enter", "open", _("Go to the place in the text"), footer=_("Go there")),
    Command("list.filter", "slash", "filter", _("Show only rows with these words"),
            footer=_("Filter")),
    Command("list.pane", "f6,ctrl+o", "next_pane", _("Go to what the row says, to scroll it")),
    Command("list.close", "escape,q", "close", _("Show all rows again, or go back"),
            footer=_("Back")),
)  # fmt: skip
"""What every such screen can do; a screen's own ``KEYS`` begin with these."""


class ListScreen(ShownScreen, Generic[T]):
    """Lists values of one type, read from the project whenever the screen is shown.

    A subclass says what it lists (``headline``, ``columns``, ``fetch``, ``cells``) and, where it
    applies, ``key``, ``detail`` and ``place``; a key of its own is a Command and an action.
    """

    KEYS: ClassVar[tuple[Command, ...]] = LISTING
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(LISTING)
    CSS_PATH = "listing.tcss"
    AUTO_FOCUS = "#rows"

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access
        self._all: Sequence[T] = ()
        self._shown: Sequence[T] = ()

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

    def place(self, row: T) -> Place | None:  # noqa: ARG002
        """Return where enter leads, if anywhere."""
        return None

    def counted(self, shown: int, total: int) -> str:
        """Return how many rows there are, in words; the empty list says what would fill it."""
        return _("{k} of {n} rows").format(k=shown, n=total)

    # -- parts ---------------------------------------------------------------------------------

    def parts(self) -> ComposeResult:
        """Lay out header, filter, table, what the row says, and the lines below."""
        yield HeaderLine(id="header")
        yield Input(placeholder=_("/ shows only rows with some words"), compact=True, id="filter")
        yield Static(markup=False, id="heading")
        with Horizontal(id="panes"):
            yield Grid(self.columns(), self.cells, id="rows")
            yield Inspector(id="beside")
        yield from self.above()
        yield Banner()
        yield StatusLine(id="status")
        yield self.key_line()

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
        if not self._filter.has_focus:
            self.grid.focus()
        self.refetch()

    def refetch(self, said: str = "") -> None:
        """Read the list anew and say something; the highlighted row stays, if it is there."""
        self.run_worker(self._load(said), exclusive=True)

    async def _load(self, said: str) -> None:
        self._all = await self.access.read(self.fetch)
        self._refilter()
        if said:
            self.tell(said)

    def _refilter(self) -> None:
        here, before = self.grid.row, self.grid.highlighted
        words = self._filter.value.casefold().split()
        self._shown = [one for one in self._all if self._fits(one, words)] if words else self._all
        at = before
        if here is not None:
            known = self.key(here)
            at = next((n for n, one in enumerate(self._shown) if self.key(one) == known), before)
        with self.prevent(Rows.Highlighted):
            self.grid.show(self._shown, at)
        self.query_one(HeaderLine).show(f"qcode · {self.headline()}", "")
        self._head()
        self.stand()
        self._say()

    def _fits(self, row: T, words: Sequence[str]) -> bool:
        text = " ".join(self.cells(row)).casefold()
        return all(word in text for word in words)

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
        row = self.grid.row
        self.query_one("#beside", Inspector).show(self.detail(row) if row is not None else ())

    def on_resize(self) -> None:
        """Fit heading and panes to the terminal."""
        self.set_class(self.size.width < _ROOM_BESIDE, "-narrow")
        self.call_after_refresh(self._head)

    # -- what happens --------------------------------------------------------------------------

    @on(Rows.Highlighted, "#rows")
    def _moved(self) -> None:
        self._say()
        self.stand()

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self._refilter()

    @on(Input.Submitted, "#filter")
    def _entered(self) -> None:
        self.grid.focus()

    @on(Rows.Chosen, "#rows")
    def action_open(self) -> None:
        """Go to the place of the highlighted row."""
        row = self.row
        place = self.place(row) if row is not None else None
        if place is not None:
            self.post_message(self.Go(place))

    def action_filter(self) -> None:
        """Go to the filter."""
        self._filter.focus()

    def action_next_pane(self) -> None:
        """Go from the table to what the row says, and back."""
        beside = self.query_one("#beside", Inspector)
        (self.grid if beside.has_focus else beside).focus()

    def action_close(self) -> None:
        """Show all rows again, or go back."""
        if self._filter.value:
            self._filter.value = ""
            self.grid.focus()
        elif not self.grid.has_focus:
            self.grid.focus()
        else:
            self.leave()
            self.app.pop_screen()

    def write(self, verb: str, act: Callable[[Step], W], then: Callable[[W], str] | str) -> None:
        """Write one step, then say so and read the list anew; a refusal is said as it is."""

        def done(result: W) -> None:
            if self.is_attached:
                self.refetch(then if isinstance(then, str) else then(result))

        self.access.write(verb, act, done, self._failed)

    def _failed(self, why: str) -> None:
        if self.is_attached:
            self.tell(why)
            self.app.bell()

    def help(self) -> Iterator[Line]:
        """Name the screen, then its keys."""
        yield Line(self.headline(), "strong")
        yield from super().help()
