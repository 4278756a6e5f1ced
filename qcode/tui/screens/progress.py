"""What this coder did, day by day: for that coder alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from textual.binding import BindingType

from qcode.analysis.diary import Day
from qcode.analysis.diary import told as did
from qcode.language import _
from qcode.model.table import Table
from qcode.store import codebook, coders, documents
from qcode.store.project import Reader
from qcode.tui.commands import bindings
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import LISTING, SORTING, TAKING, ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.grid import Column
from qcode.workflows import progress
from qcode.workflows.telling import local_now

KEYS = (*LISTING[1:], *SORTING, *TAKING)


class ProgressScreen(ListScreen[Day]):
    """Lists the days on which this coder worked, after all of them together."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    _documents: Mapping[str, str] = {}
    _codes: Mapping[str, str] = {}
    _coder = ""
    _finished = (0, 0)

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Your progress, which nobody else is shown")

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table."""
        return (
            Column(_("day"), 12),
            Column(_("segments"), 9, right=True),
            Column(_("in documents"), 12, right=True, least=60),
            Column(_("finished"), 9, right=True),
            Column(_("new codes"), 10, right=True),
            Column(_("memos"), 6, right=True),
            Column(_("at work"), 8, right=True, least=60),
        )

    def fetch(self, connection: Reader) -> Sequence[Day]:
        """Read what this coder did."""
        coder = self.access.coder
        listed = documents.listed(connection)
        book = codebook.read(connection)
        self._documents = {one.id: one.name for one in listed}
        self._codes = {id: code.name for id, code in book.codes.items()}
        self._coder = coders.names(connection).get(coder, "")
        own = [one for one in documents.statuses(connection) if one.coder == coder]
        done = sum(one.finished and one.document in self._documents for one in own)
        self._finished = (done, len(listed))
        return progress.days(connection, coder, local_now())

    def cells(self, row: Day) -> Sequence[str]:
        """Return the day and its numbers."""
        return (_named(row), *(str(cell or "") for cell in progress.cells(row)))

    def key(self, row: Day) -> str:
        """Return the day."""
        return str(row.day)

    def detail(self, row: Day) -> Sequence[Line]:
        """Return the documents and codes behind the numbers, and how these are made."""
        lines = [Line(_named(row), "strong"), Line()]
        if row.day is None:
            k, n = self._finished
            lines += [Line(_("{k} of {n} documents finished").format(k=k, n=n)), Line()]
        for id, number in sorted(row.segments.items(), key=lambda one: -one[1]):
            done = " ✓" if id in row.finished else ""
            lines.append(Line(f"{self._documents.get(id, '?')}  {number}{done}"))
        if row.codes:
            lines += [Line(), Line(_("New codes"), "strong")]
            lines += [Line(self._codes.get(id, "?")) for id in row.codes]
        return [*lines, Line(), Line(progress.rule(), "quiet")]

    def place(self, row: Day) -> Place | None:  # noqa: ARG002
        """Return nothing: a day is no place."""
        return None

    def counted(self, shown: int, total: int) -> str:  # noqa: ARG002
        """Return what was done today, or that nothing was."""
        today = local_now().date()
        found = next((day for day in self._shown if day.day == today), None)
        told = did(found) if found else ""
        return _("Today: {what}").format(what=told or _("nothing yet"))

    def table(self, rows: Sequence[Day]) -> Table:
        """Return rows as the command line prints them."""
        return progress.days_table(tuple(rows), self._coder, _written)


def _named(day: Day) -> str:
    today = local_now().date()
    if day.day is None:
        return _("in all")
    near = {today: _("today"), today - timedelta(days=1): _("yesterday")}
    return near.get(day.day) or day.day.isoformat()


def _written(day: Day) -> str:
    return day.day.isoformat() if day.day else _("in all")
