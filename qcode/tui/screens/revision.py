"""The codebook hour: codes that may need a look, with their passages side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from qcode.analysis.revision import Finding
from qcode.errors import QcodeError
from qcode.language import _, counted
from qcode.model.codebook import Code
from qcode.model.table import Table
from qcode.store import coders
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, TAKING
from qcode.tui.inspecting import Line
from qcode.tui.screens.amending import AMENDING, AmendingScreen
from qcode.tui.screens.listing import styles
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.grid import Column, Grid
from qcode.tui.widgets.inspector import Inspector
from qcode.workflows import cards
from qcode.workflows.cards import Card, Cards
from qcode.workflows.retrieving import Shelf
from qcode.workflows.revision import found, kinds, revision_table, told

MOST = 60
"""Passages of one code that are shown here; the coding screen shows all."""
_ROOM_FOR_TWO = 80
"""Columns from which two codes stand side by side; else one below the other."""
_ROOM_FOR_NUMBERS = 100
"""Columns from which numbers stand in the table; else they stand above the code."""

KEYS = (
    Command("list.open", "enter", "open", _("Go to the marked passage in the text"),
            footer=_("Go there")),
    Command("list.filter", "slash", "filter", _("Show only rows with these words")),
    *LISTING[2:],
    Command("revision.next", "semicolon,n", "passage(1)", _("Mark the next passage")),
    Command("revision.previous", "comma,N", "passage(-1)", _("Mark the passage before")),
    *AMENDING, *TAKING,
)  # fmt: skip


class Found(NamedTuple):
    """A finding in words."""

    finding: Finding
    kind: str
    codes: str
    numbers: str


class RevisionScreen(AmendingScreen[Found]):
    """Lists what may need a change in the codebook."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    CSS_PATH = styles("revision")

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._dealt: dict[str, Cards] = {}
        self._marked = 0
        self._about: tuple[str, ...] = ()
        self._dealing = False
        """Whether passages are being read."""

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Codebook review: what may need a change")

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table."""
        return (
            Column(_("finding"), 28), Column(_("code")),
            Column(_("numbers"), 46, aside=True, least=_ROOM_FOR_NUMBERS),
        )  # fmt: skip

    def fetch(self, connection: Reader) -> Sequence[Found]:
        """Read the codebook and everyone's codings."""
        self.book, findings = found(connection)
        self._dealt = {}
        names, titles = coders.names(connection), kinds()
        return [
            Found(one, titles[one.kind], self._names(one), told(one, names)) for one in findings
        ]

    def _names(self, finding: Finding) -> str:
        return " + ".join(self.book[code].name for code in finding.codes)

    def cells(self, row: Found) -> Sequence[str]:
        """Return the kind, the codes and the numbers."""
        return (row.kind, row.codes, row.numbers)

    def key(self, row: Found) -> str:
        """Return kind and codes."""
        return " ".join((row.finding.kind, *row.finding.codes))

    def counted(self, shown: int, total: int) -> str:
        """Return how many findings there are."""
        if not total and not self.book.codes:
            return _("No codes yet: ctrl+t i brings in a codebook.")
        if not total:
            return _("Nothing: every code is defined, used, and unlike the others.")
        return _("{k} of {n} findings · ; and , mark a passage").format(k=shown, n=total)

    def table(self, rows: Sequence[Found]) -> Table:
        """Return rows as the command line prints them."""
        with self.access.project.read() as connection:
            whole = revision_table(connection)
        shown = {(row.kind, *map(self.book.path, row.finding.codes)) for row in rows}
        kept = [row for row in whole.rows if tuple(filter(None, row[:3])) in shown]
        return Table(whole.title, whole.columns, tuple(kept), whole.notes)

    def codes_here(self) -> tuple[Code, ...]:
        """Return the codes of the highlighted finding that are still there."""
        row = self.row
        ids = row.finding.codes if row else ()
        return tuple(self.book[id] for id in ids if id in self.book.codes)

    def place(self, row: Found) -> Place | None:  # noqa: ARG002 - of the highlighted row
        """Return the marked passage."""
        shown = self._cards()
        if not shown:
            self.tell(_("There is no passage to go to."))
            return None
        card = shown[min(self._marked, len(shown) - 1)]
        return Place(card.document, card.span, card.coding)

    # -- what a finding shows ------------------------------------------------------------------

    def panes(self) -> ComposeResult:
        """Lay out the table above, the codes with their passages below."""
        yield Grid(self.columns(), self.cells, id="rows")
        with Horizontal(id="sides"):
            yield Inspector(id="beside")
            yield Inspector(id="other")

    def _cards(self) -> list[Card]:
        """Return the passages that are shown, those of the first code first."""
        dealt = (self._dealt.get(code.id) for code in self.codes_here())
        return [card for one in dealt if one for card in one.cards[:MOST]]

    def _say(self) -> None:
        ids = tuple(code.id for code in self.codes_here())
        if ids != self._about:
            self._about, self._marked = ids, 0
        if not self._dealing and any(id not in self._dealt for id in ids):
            self._dealing = True
            self.run_worker(self._deal(), group="passages")
        self._draw()

    async def _deal(self) -> None:
        """Read the passages of the highlighted finding, and of another one if it is by then."""
        try:
            while lacking := [id for id in self._about if id not in self._dealt]:
                into = self._dealt
                dealt = await self.access.read(partial(_dealt, ids=lacking))
                # What is gone is not asked for again.
                into.update({**dict.fromkeys(lacking, Cards()), **dealt})
                self._draw()
        except QcodeError as error:
            self._failed(str(error))
        finally:
            self._dealing = False

    def _draw(self) -> None:
        codes = self.codes_here()
        paired = len(codes) > 1 and self.size.width >= _ROOM_FOR_TWO
        self.set_class(paired, "-paired")
        sides = [self.query_one("#beside", Inspector), self.query_one("#other", Inspector)]
        columns: list[list[Line]] = [self.unread(), []]
        marks: list[int | None] = [None, None]
        first = 0
        if self.row and self.size.width < _ROOM_FOR_NUMBERS:
            columns[0] += [Line(f"{self.row.kind}: {self.row.numbers}", "quiet"), Line()]
        for at, code in enumerate(codes):
            side = at if paired else 0
            own = self._dealt.get(code.id)
            lines, mark = _of_code(self.book.path(code.id), code, own, self._marked - first)
            if mark is not None:
                marks[side] = len(columns[side]) + mark
            columns[side] += lines
            first += min(MOST, len(own.cards)) if own else 0
        for pane, lines, mark in zip(sides, columns, marks, strict=True):
            pane.show(lines)
            if mark is not None and self._marked:
                self.call_after_refresh(pane.reveal, mark)

    def on_resize(self) -> None:
        """Fit the columns to the terminal."""
        super().on_resize()
        self.call_after_refresh(self._draw)

    def action_passage(self, step: int) -> None:
        """Mark another passage, from the last one on to the first."""
        if shown := self._cards():
            self._marked = (self._marked + step) % len(shown)
            self._draw()


def _dealt(connection: Reader, ids: Sequence[str]) -> Mapping[str, Cards]:
    shelf = Shelf(connection)
    return {id: cards.of_codes(shelf, [id]) for id in ids if id in shelf.book.codes}


def _of_code(path: str, code: Code, dealt: Cards | None, marked: int
             ) -> tuple[list[Line], int | None]:  # fmt: skip
    """Return a code with its passages, and the line of the marked one if it is among them."""
    lines = [Line(path.replace("/", " › "), "strong", code.color or "none")]
    lines += [
        Line(f"{title}: {text}" if title else text)
        for title, text in (("", code.definition), (_("Use when"), code.include),
                            (_("Not for"), code.exclude))
        if text
    ]  # fmt: skip
    if not (code.definition or code.include):
        lines.append(Line(_("This code has no definition yet."), "quiet"))
    lines.append(Line())
    if dealt is None:
        return lines, None
    lines += [Line(one, "quiet") for one in _told(dealt)]
    mark = None
    for number, card in enumerate(dealt.cards[:MOST]):
        if number == marked:
            mark = len(lines)
        head = " · ".join(filter(None, (card.place, card.who, card.coder)))
        sign = "▸ " if number == marked else "  "
        lines.append(Line(head, "strong" if number == marked else "quiet", lead=sign))
        lines.append(Line(f"“{card.text}”", indent=2))
        if card.closed:
            stays = _("⚑ stays inside: {why}").format(why=card.closed)
            lines.append(Line(stays, "quiet", indent=2))
    return lines, mark


def _told(dealt: Cards) -> list[str]:
    """Return how many segments there are, and how many of them are not shown."""
    number = len(dealt.cards)
    said = [counted("{n} segment", "{n} segments", number)]
    if number > MOST:
        said.append(_("the first {n} are shown").format(n=MOST))
    if dealt.unused:
        said.append(_("{n} not to be used").format(n=dealt.unused))
    if dealt.lost:
        said.append(counted("{n} needs a place", "{n} need a place", dealt.lost))
    return [" · ".join(said)]
