"""What screens that list things share: a table, a line to filter it, and what a row says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on, work
from textual.binding import BindingType
from textual.types import CSSPathType
from textual.widgets import Input

from qcode.errors import QcodeError
from qcode.formats.tabular import SUFFIXES
from qcode.language import _
from qcode.store.project import Step
from qcode.system import typed_path
from qcode.terminal import in_one_line
from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.commands import Command
from qcode.tui.commands.listing import LISTING, SORTING, TAKING, UNDOING
from qcode.tui.helping import of_bindings
from qcode.tui.inspecting import Line
from qcode.tui.screens.listed import ListedScreen
from qcode.tui.trail import Trail
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice
from qcode.tui.widgets.grid import Grid
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Palette
from qcode.tui.widgets.rows import Rows
from qcode.workflows import filing
from qcode.workflows.history import turned

__all__ = ["LISTING", "SORTING", "TAKING", "UNDOING", "ListScreen"]

T = TypeVar("T")
W = TypeVar("W")

_FILE, _OVER = "file", "file over"
"""What the line asks: the name of a file, and again that of one that exists."""


def styles(of: str) -> CSSPathType:
    """Return the styles of lists, and those that one screen adds to them, by the name of a file."""
    here = Path(__file__)
    return [here.with_suffix(".tcss"), here.with_name(f"{of}.tcss")]


class ListScreen(ListedScreen[T]):
    """Lists values of one type, read from the project whenever the screen is shown.

    A subclass says what it lists (``headline``, ``columns``, ``fetch``, ``cells``) and, where it
    applies, ``key``, ``detail`` and ``place``; a key of its own is a Command and an action.
    """

    KEYS: ClassVar[tuple[Command, ...]] = LISTING
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(LISTING)
    CSS_PATH: ClassVar[CSSPathType | None] = Path(__file__).with_suffix(".tcss")
    SUFFIXES: ClassVar[Mapping[str, str]] = SUFFIXES
    """How the rows may be written, by the suffix of a file."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._named = ""
        """The file that was written last."""
        self._trail: Trail[T] | None = None

    # -- what a subclass may say ---------------------------------------------------------------

    def copied(self, row: T) -> str:
        """Return what is copied of a row; raise Refused for what may not leave the project.

        Runs in another thread.
        """
        return "\t".join(in_one_line(cell) for cell in self.cells(row))

    def file_title(self) -> str:
        """Return what is asked where rows are written to a file."""
        return _("Write the rows that show to a file: name.csv, .xlsx, .docx, .md or .json")

    def filed(self, rows: Sequence[T], file: Path) -> str:
        """Write rows to a file and say what was left out; runs in another thread."""
        filing.file_table(self.table(rows), file)
        return ""

    # -- what happens --------------------------------------------------------------------------

    @on(Grid.Shifted, "#rows")
    def _shifted(self) -> None:
        self._head()

    @on(Rows.Highlighted, "#rows")
    def _moved(self, event: Rows.Highlighted) -> None:
        if not isinstance(event, Rows.Chosen):
            self._say()
            self.stand()

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self._refilter()

    @on(Input.Submitted, "#filter")
    def _entered(self) -> None:
        self.grid.focus()

    @on(Rows.Chosen, "#rows")
    def _row_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Go to the place of the highlighted row."""
        row = self.row
        place = self.place(row) if row is not None else None
        if row is not None and place is None:
            self.tell(_("This row has no place in a text."))
        elif place is not None:
            self._trail = Trail(self._shown, self.place, self.grid.highlighted)
            self.post_message(self.Go(place, self._trail))

    def on_screen_resume(self) -> None:
        """Stand where one went on to in the list; then what changed is read."""
        if self._trail is not None:
            trail, self._trail = self._trail, None
            self.grid.highlight(trail.at)

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

    # -- rows that go out, steps that are turned ------------------------------------------------

    def action_copy(self) -> None:
        """Copy the highlighted row."""
        if self.row is not None:
            self._copy(self.row)

    @work(group="copy", exclusive=True)
    async def _copy(self, row: T) -> None:
        self.app.copy_to_clipboard(await asyncio.to_thread(self.copied, row))
        self.tell(_("Copied the row."))

    def action_file(self) -> None:
        """Ask for the name of a file."""
        if not self._shown:
            self.tell(_("There are no rows to write."))
            return
        self.query_one(AskLine).open(_FILE, self.file_title(), self._named)

    @on(AskLine.Answered)
    def _named_file(self, event: AskLine.Answered) -> None:
        if event.about not in (_FILE, _OVER):
            return
        if not event.text:
            return
        file = typed_path(event.text)
        filing.format_of(file, self.SUFFIXES)
        if file.exists() and (event.about, event.text) != (_OVER, self._named):
            title = _("There is such a file. Enter once more writes over it.")
            self.query_one(AskLine).open(_OVER, title, event.text)
        else:
            self._file(file)
        self._named = event.text

    @work(group="file")
    async def _file(self, file: Path) -> None:
        try:
            left_out = await asyncio.to_thread(self.filed, self._shown, file)
        except QcodeError as error:
            self._failed(str(error))
            return
        self.tell(" · ".join(filter(None, (_("Written: {file}").format(file=file), left_out))))

    def action_undo(self) -> None:
        """Undo the coder's last step, and say what it was."""
        self.write("undo", partial(turned, undone=True), lambda what: what)

    def action_redo(self) -> None:
        """Do again what was undone last, and say what it was."""
        self.write("redo", partial(turned, undone=False), lambda what: what)

    # -- panes that ask ------------------------------------------------------------------------

    @on(Choice.Closed)
    @on(MemoEditor.Closed)
    @on(Palette.Closed)
    def give_keys_back(self) -> None:
        """Go back to the table from a pane that was closed without an answer."""
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keep the commands of the list from acting while a pane above it asks."""
        return not (action in commands.actions(self.KEYS) and self.is_mounted and self.asking)

    def help(self) -> Iterator[Line]:
        """Name the screen, then its keys and those of its table."""
        yield Line(self.headline(), "strong")
        yield from super().help()
        yield Line(_("In the table"), "strong")
        yield from of_bindings([*Grid.BINDINGS, *Rows.BINDINGS])
