"""Documents to go back to, because a code came or changed its meaning since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from qcode.analysis.revisiting import change_names
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.model.table import Table
from qcode.store import codebook, coders
from qcode.store.project import Reader
from qcode.tui.commands import Command, bindings
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import LISTING, SORTING, TAKING, UNDOING, ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.grid import Column
from qcode.workflows.revisiting import Visit, looked, queue, queue_table, told
from qcode.workflows.telling import local_now, stamp, when

KEYS = (
    Command("list.open", "enter", "open", _("Open the document, with the code first at hand"),
            footer=_("Open")),
    *LISTING[1:],
    Command("revisit.looked", "n", "looked", _("I looked for this code: nothing more"),
            _("Code what you find first. Then the document counts for this code, too."),
            footer=_("Nothing more")),
    Command("revisit.all", "N", "looked_all", _("I looked for all codes of this document"),
            footer=_("All of it")),
    *UNDOING, *SORTING, *TAKING,
)  # fmt: skip


class RevisitingScreen(ListScreen[Visit]):
    """Lists the codes that a coder has yet to look for, document by document."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    _book = Codebook(())
    _coder = ""

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Go back: codes that came or changed since you were there")

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table."""
        return (
            Column(_("document"), 24),
            Column(_("code to look for")),
            Column(_("because"), 12),
            Column(_("since"), 18, aside=True, least=70),
            Column(_("is"), 10, aside=True, least=100),
        )

    def fetch(self, connection: Reader) -> Sequence[Visit]:
        """Read what this coder has to look for."""
        self._book = codebook.read(connection)
        self._coder = coders.names(connection).get(self.access.coder, "")
        return queue(connection, self.access.coder)

    def cells(self, row: Visit) -> Sequence[str]:
        """Return the document, the code, what changed and when."""
        since = when(row.since, local_now()) if row.since else ""
        state = _("finished") if row.finished else _("coded")
        name = row.path.rpartition("/")[2]
        return (row.document.name, name, change_names()[row.change], since, state)

    def key(self, row: Visit) -> str:
        """Return the document and the code."""
        return f"{row.document.id} {row.code}"

    def detail(self, row: Visit) -> Sequence[Line]:
        """Return why, and what the code means."""
        code = self._book[row.code]
        lines = [Line(row.path.replace("/", " › "), "strong", code.color or "none")]
        change = change_names()[row.change]
        why = _("{change}: {why}").format(change=change, why=row.reason) if row.reason else change
        lines += [Line(why, "quiet"), Line()]
        for title, text in (
            ("", code.definition), (_("Use when"), code.include), (_("Not for"), code.exclude),
            (_("Example"), code.example),
        ):  # fmt: skip
            if text:
                lines.append(Line(f"{title}: {text}" if title else text))
        if not (code.definition or code.include):
            lines.append(Line(_("This code has no definition yet."), "quiet"))
        return lines

    def place(self, row: Visit) -> Place:
        """Return the document, where it was left, with the code first at hand."""
        return Place(row.document.id, code=row.code)

    def counted(self, shown: int, total: int) -> str:
        """Return how much there is to look for."""
        if not total:
            return _("Nothing: every code was looked for in all documents you coded.")
        if shown < total:
            return _("{k} of {n} rows").format(k=shown, n=total)
        return _("{what} to look for").format(what=told(self._shown))

    def table(self, rows: Sequence[Visit]) -> Table:
        """Return rows as the command line prints them."""
        return queue_table(rows, self._coder, partial(stamp, now=local_now()))

    # -- what happens --------------------------------------------------------------------------

    def action_looked(self) -> None:
        """Record that this code was looked for in this document."""
        if self.row is not None:
            self._record([self.row])

    def action_looked_all(self) -> None:
        """Record that every code was looked for in this document, also those filtered away."""
        row = self.row
        if row is not None:
            everything = self._arrangement.rows
            self._record([one for one in everything if one.document.id == row.document.id])

    def _record(self, visits: Sequence[Visit]) -> None:
        said = _("{document} counts for {what} now; u takes it back").format(
            document=visits[0].document.name,
            what=visits[0].path if len(visits) == 1 else told(visits),
        )
        self.write("look again", lambda step: looked(step, visits), said)
