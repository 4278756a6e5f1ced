"""The coded passages of a filter: with who says them, where, and whether they may be quoted."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.analysis.releasing import named
from qcode.errors import Refused
from qcode.formats.excerpts import SUFFIXES
from qcode.formats.excerpts.listing import role_named
from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.store import codebook
from qcode.store.project import Reader
from qcode.tui import session
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, QUOTING, SORTING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.grounding import GROUNDING, GroundingScreen
from qcode.tui.screens.limiting import INSIDE, LIMIT
from qcode.tui.screens.quotations import PREPARING, QuotationsScreen, prepared_lines
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.palette import Offer, Palette
from qcode.workflows import filing
from qcode.workflows.quoting import Seen, quoted, sighted

_AROUND = 200
"""Characters around a passage that are shown beside the list."""

KEYS = (
    *LISTING,
    Command("excerpts.code", "c", "code", _("Choose a code"),
            _("The passages with it, or with one below it."), footer=_("Code")),
    *LIMIT,
    *PREPARING,
    *GROUNDING,
    # The footer has room for seven: to shorten is told there, to undo in the help.
    *(replace(one, footer="") for one in UNDOING),
    *SORTING,
    *QUOTING,
)  # fmt: skip


class ExcerptsScreen(GroundingScreen, QuotationsScreen):
    """Lists passages in order of documents; what stays inside the project says so."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    ROOM_BESIDE = 110
    SUFFIXES = SUFFIXES

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self._book = Codebook(())
        self._lost = self._inside = 0

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen, and what the list is limited to."""
        title = self.limited(_("Excerpts"))
        return f"{title} · {self.layout_line}" if self.layout_line else title

    def columns(self) -> Sequence[Column]:
        """Return address, code, who says it, the words, the role, and whether it stays inside."""
        return (
            Column(_("passage"), 14, aside=True, end=":"),
            Column(_("code"), 20, least=70),
            Column(_("who"), 14),
            Column(_("words")),
            Column(_("role"), 11, least=100),
            Column(INSIDE, 1),
        )

    def fetch(self, connection: Reader) -> Sequence[Seen]:
        """Read the passages."""
        self._book = codebook.read(connection)
        found = sighted(connection, self.asked, self.manner)
        self._lost, self._inside = found.lost, sum(bool(one.reason) for one in found.seen)
        return found.seen

    def cells(self, row: Seen) -> Sequence[str]:
        """Return address, code, who says it, the words, the role, and whether it stays inside."""
        segment = row.passage.segment
        who = ", ".join(segment.cases or segment.speakers)
        code = segment.code.rpartition("/")[2]
        text = segment.text if row.reason else row.excerpt.text
        role = role_named(row.excerpt.role) if row.excerpt.role else ""
        return (row.address, code, who, " ".join(text.split()), role,
                INSIDE if row.reason else "")  # fmt: skip

    def key(self, row: Seen) -> str:
        """Return the id of the coding."""
        return row.coding

    def detail(self, row: Seen) -> Sequence[Line]:
        """Return the passage with what stands around it, and how it is cited."""
        return tuple(_described(row, self._book.codes.get(row.passage.segment.coding.code)))

    def heart(self, row: Seen) -> int:  # noqa: ARG002
        """Return the line of the words themselves, as ``_described`` has it."""
        return 4

    def place(self, row: Seen) -> Place:
        """Return where the passage stands."""
        return Place(row.passage.page.document.id, row.passage.span, row.coding)

    def counted(self, shown: int, total: int) -> str:
        """Return how many passages there are, and how many of them stay inside."""
        inside = self._inside
        said = [_("{k} of {n} passages").format(k=shown, n=total)]
        if inside:
            said.append(_("{n} not quoted ({sign})").format(n=inside, sign=INSIDE))
        if self._lost:
            said.append(counted("{n} without a place", "{n} without a place", self._lost))
        return " · ".join(said) if total else _("No passages here; c chooses a code, x a limit.")

    # -- what goes out -------------------------------------------------------------------------

    def copied(self, row: Seen) -> str:
        """Return the quotation with its reference; refuse what was not released."""
        with self.access.project.read() as connection:
            found = quoted(connection, self.asked, {row.coding}, self.manner).excerpts
        if not found:
            raise Refused(_("this passage stays inside the project: {why}").format(
                why=named(row.reason)))  # fmt: skip
        return f"“{found[0].text}” ({found[0].reference})"

    def file_title(self) -> str:
        """Return what is asked where excerpts are written to a file."""
        return _("Write what may be quoted to a file: name.docx, .html, .md, .tex, .xlsx, .csv or "
                 ".json")  # fmt: skip

    def filed(self, rows: Sequence[Seen], file: Path) -> str:
        """Write what may be quoted as ``qcode excerpts`` does; say what was left out."""
        with self.access.project.read() as connection:
            found = quoted(connection, self.asked, {row.coding for row in rows}, self.manner)
        filing.file_excerpts(found, file)
        return " · ".join(found.notes)

    # -- what is asked for ---------------------------------------------------------------------

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Palette()
        yield from self.preparing()

    def action_code(self) -> None:
        """Ask for a code."""
        offer = Offer(self._book, new_codes=False, language=session.reader_language(),
                      gathers=False)  # fmt: skip
        self.query_one(Palette).open(offer, _("The passages of which code?"))

    @on(Palette.Chosen)
    def _chosen(self, event: Palette.Chosen) -> None:
        path = self._book.path(event.codes[0])
        self.limit(f"--code {shlex.quote(path)}")


def _described(row: Seen, code: object) -> Iterator[Line]:
    segment, page = row.passage.segment, row.passage.page
    text, span = page.hearing.transcript.text, row.passage.span
    yield Line(segment.code, "strong", getattr(code, "color", "") or "none")
    yield Line(f"{row.address} · {segment.coder}", "quiet")
    yield Line()
    before = text[max(0, span.start - _AROUND) : span.start].lstrip()
    after = text[span.end : span.end + _AROUND].rstrip()
    yield Line(f"…{before}" if before else "", "quiet")
    # What was left out of it stays in view: here one decides whether it should.
    yield Line(segment.text)
    yield Line(f"{after}…" if after else "", "quiet")
    yield Line()
    if row.reason:
        yield Line(_("Stays inside the project: {why}").format(why=named(row.reason)), "strong")
    else:
        if row.excerpt.short:
            yield Line(row.excerpt.text, lead=_("quoted as: "))
        yield Line(row.reference)
    yield from prepared_lines(row)
