"""The memos of all coders: what each is about, who wrote it, when, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.errors import Refused
from qcode.language import _
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.model.table import Table, in_words
from qcode.store import codings, documents, memos
from qcode.store.project import Reader, Step
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.memo import MemoEditor
from qcode.workflows import listing, noting
from qcode.workflows.noting import Subject
from qcode.workflows.telling import local_now, when

NEW = "new"

KEYS = (
    *LISTING,
    Command("memos.edit", "e", "edit", _("Write the memo anew"), footer=_("Edit")),
    Command("memos.add", "a", "add", _("Write a memo on the project"), footer=_("New")),
    Command("memos.retire", "R", "retire", _("Take the memo out of view")),
    Command("memos.own", "O", "own", _("Show only your own memos, or everyone's")),
    *UNDOING,
    *SORTING,
    *TAKING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A memo as it is listed."""

    memo: Memo
    cells: tuple[str, ...]
    """Its row of the table, which is that of ``qcode memos list``."""
    at: str
    """When it was written, in words."""
    place: Place | None


class MemosScreen(ListScreen[Row]):
    """Lists the memos on anything, the newest first."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    ROOM_BESIDE = 110

    _table = Table("", (), ())
    _own = False

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Memos: your own") if self._own else _("Memos: everyone's")

    def columns(self) -> Sequence[Column]:
        """Return when, who, about what and the text."""
        return (
            Column(_("when"), 18, aside=True, least=60),
            Column(_("who"), 12),
            Column(_("about"), 26),
            Column(_("text")),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the memos with the places of what they are about."""
        everything = memos.listed(connection)
        table, now = listing.memos_table(connection), local_now()
        places = _places(connection, everything)
        rows = [
            Row(memo, tuple(map(in_words, cells)), when(memo.made, now) if memo.made else "",
                places.get(memo.id))
            for memo, cells in zip(everything, table.rows, strict=True)
            if not self._own or memo.coder == self.access.coder
        ]  # fmt: skip
        self._table = table
        return rows[::-1]

    def cells(self, row: Row) -> Sequence[str]:
        """Return when, who, about what and the text."""
        _number, about, who, text = row.cells
        return (row.at, who, about, text)

    def key(self, row: Row) -> str:
        """Return the id of the memo."""
        return row.memo.id

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table of ``qcode memos list`` with these rows."""
        return replace(self._table, rows=tuple(row.cells for row in rows))

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the whole memo."""
        number, about, who, _text = row.cells
        return (
            Line(about, "strong"),
            Line(" · ".join(filter(None, (who, row.at, number))), "quiet"),
            Line(),
            Line(row.memo.text),
        )

    def place(self, row: Row) -> Place | None:
        """Return the words, coding or document it is about."""
        return row.place

    def counted(self, shown: int, total: int) -> str:
        """Return how many memos there are."""
        if not total:
            return _("No memos yet: a writes one on the project, m in a text one on its words.")
        return _("{k} of {n} memos").format(k=shown, n=total)

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield MemoEditor()

    # -- what is changed -----------------------------------------------------------------------

    def action_own(self) -> None:
        """Show only the coder's own memos, or everyone's."""
        self._own = not self._own
        self.refetch()

    def action_add(self) -> None:
        """Ask for a memo on the project."""
        self.query_one(MemoEditor).open(NEW, _("Memo on the project"))

    def action_edit(self) -> None:
        """Ask for another text."""
        row = self._mine()
        if row is not None:
            title = _("Memo on {about}").format(about=row.cells[1])
            self.query_one(MemoEditor).open(row.memo.id, title, row.memo.text)

    def action_retire(self) -> None:
        """Take the memo out of view."""
        row = self._mine()
        if row is not None:
            id = row.memo.id
            told = _("Memo taken away; u brings it back")
            self.write("retire memo", lambda step: memos.retire(step, [id]), told)

    def _mine(self) -> Row | None:
        """Return the highlighted row if the memo is this coder's, or say why not."""
        row = self.row
        if row is not None and row.memo.coder != self.access.coder:
            raise Refused(_("this memo is another coder's; write one of your own"))
        return row

    @on(MemoEditor.Written)
    def _written(self, event: MemoEditor.Written) -> None:
        self.grid.focus()
        about, text = event.about, event.text

        def forget(_result: object) -> str:
            self.query_one(MemoEditor).forget(about)
            return _("Memo written") if about == NEW else _("Memo rewritten")

        if about != NEW:
            self.write("rewrite memo", lambda step: memos.rewrite(step, about, text), forget)
            return

        def act(step: Step) -> None:
            noting.write(step, Subject(), text)

        self.write("memo", act, forget)


def _places(connection: Reader, everything: Sequence[Memo]) -> Mapping[str, Place]:
    """Return where memos lead, by their ids: to words, a coding, a flag or a document."""
    live = {document.id for document in documents.listed(connection)}
    about = {memo.about[1] for memo in everything if memo.about[0] == "coding"}
    known = {
        ("coding", one.id): Place(one.document, Span(one.start, one.end), one.id)
        for one in codings.of_ids(connection, about) if one.fit != "lost"
    }  # fmt: skip
    known |= {
        ("flag", one.id): Place(one.document, Span(one.start, one.end))
        for one in memos.flags(connection) if one.fit != "lost"
    }  # fmt: skip
    found: dict[str, Place] = {}
    for memo in everything:
        place = known.get(memo.about)
        if memo.about[0] == "document":
            placed = bool(memo.at) and memo.fit != "lost"
            place = Place(memo.about[1], Span(memo.start, memo.end) if placed else None)
        if place is not None and place.document in live:
            found[memo.id] = place
    return found
