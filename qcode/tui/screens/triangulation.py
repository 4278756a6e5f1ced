"""Themes or codes by groups of sources: who of each, and the verdict that somebody chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.analysis import triangulation as analysis
from qcode.analysis.themes import Claims, notes
from qcode.analysis.triangulation import (
    Square,
    Subject,
    contradictions_first,
    source_named,
    sources,
    squares,
    verdict_named,
)
from qcode.language import _, counted
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.model.table import Blank, Table, in_words
from qcode.model.theme import DROPPED, SIDES, VERDICTS, Appraisal
from qcode.store import coders, themes
from qcode.store.project import Reader, Step
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, TAKING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.behind import BehindScreen
from qcode.tui.screens.listing import ListScreen
from qcode.tui.ways import attributes, lettered
from qcode.tui.widgets.cellgrid import CellGrid
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.heatmap import written
from qcode.tui.widgets.memo import MemoEditor
from qcode.workflows.attributes import numbered
from qcode.workflows.quoting import Sight
from qcode.workflows.theme_quotes import sighted
from qcode.workflows.themes import Behinds, claims
from qcode.workflows.triangulation import behind, by_named

SIGNS = {"agrees": "=", "partly": "≈", "contradicts": "≠", "silent": "∅",
         "not applicable": "n/a"}  # fmt: skip
"""How a verdict is written in a cell."""
NONE = "none"

KEYS = (
    Command("triangulation.open", "enter", "open", _("Show the passages behind the cell"),
            footer=_("Passages")),
    *LISTING[1:],
    Command("triangulation.verdict", "v", "verdict", _("Choose your verdict on the cell"),
            _("agrees, partly, silent, contradicts, not applicable; the program chooses none."),
            footer=_("Verdict")),
    Command("triangulation.why", "m", "why", _("Write why, for others to follow")),
    Command("triangulation.by", "b", "by", _("By role, kind of source or another attribute"),
            footer=_("By")),
    Command("triangulation.codes", "o", "codes", _("Show codes, or themes again")),
    *UNDOING,
    *TAKING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A theme or code with all groups."""

    subject: Subject
    squares: tuple[Square, ...]
    statement: str = ""


class TriangulationScreen(ListScreen[Row]):
    """Sets themes beside groups of sources; what contradicts comes first."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    FIRST = GRID = CellGrid

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.add_class("-below")
        self._of_codes = False
        self._by: str | None = None
        """The attribute, nothing for the kind of source, None for the usual one."""
        self._known: Mapping[str, int] = {}
        self._columns: tuple[str, ...] = ()
        self._coders: dict[str, str] = {}
        self._notes: tuple[str, ...] = ()
        self._about: Square | None = None

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen, and what makes the groups."""
        what = _("Codes by source") if self._of_codes else _("Themes by source")
        return f"{what}: {self._by or _('kind of source')}"

    def columns(self) -> Sequence[Column]:
        """Return theme or code, then the groups."""
        return (
            Column(_("code") if self._of_codes else _("theme"), 34, unit=self._counted),
            *(Column(name, 24, right=True, unit="" if self._of_codes else _("for : against"))
              for name in self._columns),
        )  # fmt: skip

    @property
    def _counted(self) -> str:
        """What the numbers are, of whom."""
        *_sides, one = analysis.units(self._by or "")
        return _("k/n: {units} looked through").format(units=one)

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Count, and read the verdicts."""
        of = claims(connection, Filter())
        self._known = numbered(connection, INFORMANT)
        if self._by is None or (self._by and self._by not in self._known):
            usual = by_named(connection, "")
            self._by = usual if usual in self._known else ""
        self._columns = tuple(source_named(one) for one in sources(of, self._by))
        self._coders = dict(coders.names(connection))
        self._notes = notes(of)
        return _rows(of, self._subjects(of), self._by, themes.appraisals(connection))

    def _subjects(self, of: Claims) -> Sequence[Subject]:
        if self._of_codes:
            used = of.layer.standing
            return [
                Subject("code", code.id, code.name, depth)
                for code, depth in of.layer.book.walk(retired=True)
                if not code.retired or not of.layer.book.below(code.id).isdisjoint(used)
            ]
        return [
            Subject("theme", one.id, one.name, depth)
            for one, depth in of.themes.walk() if one.status != DROPPED
        ]  # fmt: skip

    def cells(self, row: Row) -> Sequence[str]:
        """Return the name, then of each group the sign of the verdict and the numbers."""
        found = [f"{'  ' * row.subject.depth}{row.subject.title}"]
        for one in row.squares:
            sides = (one.for_, one.against) if one.subject.noun == "theme" else (one.for_,)
            numbers = " : ".join(written(side) or "-" for side in sides)
            found.append(f" {SIGNS[one.verdict] + ' ' if one.verdict else ''}{numbers}")
        return found

    def key(self, row: Row) -> str:
        """Return the id of the theme or code."""
        return row.subject.id

    @property
    def square(self) -> Square | None:
        """The chosen cell."""
        row = self.row
        grid = self.grid
        if row is None or not isinstance(grid, CellGrid) or not row.squares:
            return None
        return row.squares[max(1, min(grid.column, len(row.squares))) - 1]

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table of ``qcode triangulate`` for these rows."""
        made = [one for row in rows for one in row.squares]
        return analysis.triangulation_table(made, self._by or "", self._coders, self._notes)

    def copied(self, row: Row) -> str:
        """Return the row as it is shown, with the verdicts in words."""
        cells = [row.subject.title]
        cells += [
            " ".join(filter(None, (source_named(one.source), in_words(one.for_),
                                   verdict_named(one.verdict))))
            for one in row.squares
        ]  # fmt: skip
        return "\t".join(cells)

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the chosen cell in words, then how all are counted."""
        square = self.square
        said = _described(square, self._coders, self._by or "") if square else ()
        claimed = [Line(row.statement)] if row.statement else []
        return (
            *said, *claimed, Line(),
            Line(" · ".join(f"{SIGNS[one]} {verdict_named(one)}" for one in VERDICTS), "quiet"),
            *(Line(note, "quiet") for note in self._notes),
        )  # fmt: skip

    def counted(self, shown: int, total: int) -> str:
        """Return how many rows there are; without themes, what makes one."""
        if not total:
            return _("No themes yet: ctrl+t t makes one; o shows codes.")
        said = _("{k} of {n} rows").format(k=shown, n=total)
        open = sum(not one.verdict for row in self._all for one in row.squares)
        bare = counted("{n} cell without a verdict", "{n} cells without a verdict", open)
        return said if self._of_codes else f"{said} · {bare}"

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()
        yield MemoEditor()

    # -- what is asked for ---------------------------------------------------------------------

    def action_open(self) -> None:
        """Show the passages behind the chosen cell."""
        square = self.square
        if square is None:
            return
        said = f"{square.subject.title} · {source_named(square.source)}"

        def find(connection: Reader, _asked: Filter) -> Sight:
            found = Behinds(connection, claims(connection, Filter()))
            some = [one for side in SIDES for one in behind(found, square, side)]
            return sighted(connection, found, tuple({one.coding: one for one in some}.values()))

        self.app.push_screen(BehindScreen(self.access, "", said, find))

    def action_by(self) -> None:
        """Ask what makes the groups."""
        ways = lettered([Way("", _("kind of source"), ""), *attributes(self._known)])
        self.query_one(Choice).open("by", _("Sources by"), ways)

    def action_codes(self) -> None:
        """Show codes instead of themes, or themes again."""
        self._of_codes = not self._of_codes
        self.refetch()

    def action_verdict(self) -> None:
        """Ask for the verdict on the chosen cell."""
        self._about = self.square
        if self._about is None:
            return
        letters = {"not applicable": "n"}
        ways = [Way(letters.get(one, one[0]), f"{SIGNS[one]:4}{verdict_named(one)}", one)
                for one in VERDICTS]  # fmt: skip
        ways.append(Way("0", _("    no verdict"), NONE))
        title = f"{self._about.subject.title} · {source_named(self._about.source)}"
        self.query_one(Choice).open("verdict", title, ways)

    def action_why(self) -> None:
        """Open the pane to write why the verdict was chosen."""
        self._about = self.square
        if self._about is not None and not self._about.verdict:
            self.tell(_("v chooses a verdict first; then m says why."))
        elif self._about is not None:
            title = _("Why: {theme} · {group}").format(
                theme=self._about.subject.title, group=source_named(self._about.source)
            )
            about = f"why {self._by} {self._about.subject.id} {self._about.source.name}"
            self.query_one(MemoEditor).open(about, title, self._about.memo)

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        if event.about == "by":
            self._by = event.value
            self.refetch()
        elif self._about is not None:
            verdict = "" if event.value == NONE else event.value
            self._appraise(self._about, verdict, self._about.memo)

    @on(MemoEditor.Written)
    def _written(self, event: MemoEditor.Written) -> None:
        self.grid.focus()
        if self._about is not None:
            self._appraise(self._about, self._about.verdict, event.text)
            self.query_one(MemoEditor).forget(event.about)

    def _appraise(self, square: Square, verdict: str, memo: str) -> None:
        noun, id = square.subject.noun, square.subject.id
        one = Appraisal("", self._by or "", square.source.name, verdict, memo=memo)
        one = replace(one, theme=id) if noun == "theme" else replace(one, code=id)
        told = f"{source_named(square.source)}: {verdict_named(verdict) or '-'}"
        self.write("appraise", partial(_written, wanted=one), told)


def _written(step: Step, wanted: Appraisal) -> None:
    """Write a verdict, or take it back where none is left."""
    if wanted.verdict:
        themes.appraise(step, wanted)
    else:
        themes.withdraw(step, [themes.appraisal_id(step, wanted)])


def _rows(
    of: Claims, wanted: Sequence[Subject], by: str, said: Sequence[Appraisal]
) -> Sequence[Row]:
    """Return the rows, those with a contradiction first."""
    made: dict[str, list[Square]] = {one.id: [] for one in wanted}
    for square in squares(of, wanted, by, said):
        made[square.subject.id].append(square)
    rows = {
        one.id: Row(one, tuple(made[one.id]),
                    of.themes[one.id].statement if one.noun == "theme" else "")
        for one in wanted
    }  # fmt: skip
    first = [square for row in rows.values() for square in row.squares if square.verdict]
    ids = dict.fromkeys(
        one.subject.id for one in contradictions_first(first) if one.verdict in VERDICTS[:2]
    )
    return [*(_flat(rows[id]) for id in ids), *(row for id, row in rows.items() if id not in ids)]


def _flat(row: Row) -> Row:
    """Return a row that stands apart from its tree."""
    return replace(row, subject=replace(row.subject, depth=0))


def _described(square: Square, names: dict[str, str], by: str) -> Iterator[Line]:
    for_, against, alone = analysis.units(by)
    group = source_named(square.source)
    yield Line(f"{square.subject.title} · {group}", "strong")
    titled = ((for_, square.for_), (against, square.against))
    for title, cell in titled if square.subject.noun == "theme" else ((alone, square.for_),):
        if text := in_words(cell):
            why = f": {cell.why}" if isinstance(cell, Blank) else ""
            yield Line(f"{text}{why}", lead=f"{title}: ")
    if square.verdict:
        who = names.get(square.coder, "?")
        yield Line(f"{verdict_named(square.verdict)} ({who})", lead=_("verdict: "))
    else:
        yield Line(_("no verdict chosen yet: v"), "quiet")
    if square.memo:
        yield Line(square.memo, lead=_("why: "))
