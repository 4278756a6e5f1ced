"""One theme: the codes and passages for and against it, and who they are from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.analysis.releasing import named
from qcode.analysis.themes import reach, side_named, status_named
from qcode.errors import NotFound, Refused
from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.model.theme import FOR, SIDES, Theme
from qcode.store import themes
from qcode.store.project import Reader, Step
from qcode.tui import session
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, TAKING, UNDOING
from qcode.tui.ground_lines import Row, claimed, described, rows_of
from qcode.tui.inspecting import Line
from qcode.tui.screens.claiming import ClaimingScreen
from qcode.tui.screens.limiting import INSIDE
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.palette import Offer, Palette
from qcode.workflows import filing, theme_changes
from qcode.workflows.theme_quotes import quotations_table, sighted
from qcode.workflows.themes import Behinds, claims
from qcode.workflows.triangulation import informants_table

KEY = "★"
"""The sign of a key quotation."""

KEYS = (
    *LISTING,
    Command("theme.code", "a", "code", _("Put a code under the theme"),
            _("With those below it; x then says that it speaks against the theme."),
            footer=_("Code")),
    Command("theme.for", "f", "side('for')", _("Put the row under the theme, for it")),
    Command("theme.against", "x", "side('against')", _("Put the row under the theme, against it"),
            _("On a passage of a code: this passage alone."), footer=_("Against")),
    Command("theme.why", "m", "why", _("Write in a line why it stands there")),
    Command("theme.take", "R", "take", _("Take the code or passage away from the theme")),
    Command("theme.statement", "e", "statement", _("Write what the theme claims")),
    Command("theme.status", "c", "status", _("Say how far the theme is")),
    *UNDOING,
    *TAKING,
)  # fmt: skip


class ThemeScreen(ClaimingScreen[Row]):
    """Lists the grounds of a theme and of its sub-themes, those for it first."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    ROOM_BESIDE = 100

    def __init__(self, access: Access, theme: str) -> None:
        super().__init__(access)
        self.subject = theme
        self._theme = Theme(theme, "")
        self._book = Codebook(())
        self._who = Table("", (), ())
        self._changed: tuple[str, ...] = ()
        self._asked: Row | None = None

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return name and status of the theme."""
        return _("Theme: {theme} · {status}").format(
            theme=self._theme.name, status=status_named(self._theme.status)
        )

    def columns(self) -> Sequence[Column]:
        """Return side, code or passage, who says it, the words."""
        return (
            Column(_("side"), 10),
            Column(_("code or passage"), 32, unit=_("n: informants looked through"), end=":"),
            Column(_("who"), 10, least=70),
            Column(_("words, or why")),
            Column(INSIDE, 1),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the grounds with their passages."""
        of = claims(connection, Filter())
        if self.subject not in of.themes.by_id:
            raise NotFound(_("This theme is out of view; u on the list of themes brings it back."))
        self._theme, self._book = of.themes[self.subject], of.layer.book
        self._who = informants_table(connection, of, self._theme)
        self._changed = theme_changes.told(connection, of, self.subject)
        found = Behinds(connection, of)
        shown = {one.id for one in of.themes.counted(self.subject)}
        own = [one for side in SIDES for one in of.grounds
               if one.theme in shown and one.side == side]  # fmt: skip
        behind = [found.of(reach([one], self._book)) for one in own]
        everything = {one.coding: one for some in behind for one in some}
        ready = sighted(connection, found, tuple(everything.values())).seen
        seen = {one.coding: one for one in ready}
        rows: list[Row] = []
        for ground, some in zip(own, behind, strict=True):
            part = "" if ground.theme == self.subject else of.themes[ground.theme].name
            rows += rows_of(found, ground, part, [(one, seen[one.coding]) for one in some])
        return rows

    def cells(self, row: Row) -> Sequence[str]:
        """Return side, code or passage, who says it, the words."""
        side = side_named(row.side)
        if row.seen is None:
            title = f"{row.title} ({row.of})" if row.of else row.title
            return (side, title, row.numbers, row.ground.why, "")
        segment = row.seen.passage.segment
        lead = "" if row.ground.coding else "  "
        who = ", ".join(segment.cases or segment.speakers)
        mark = f"{KEY} " if row.key else ""
        return (
            side if row.own else "",
            f"{lead}{mark}{row.seen.address}",
            who,
            " ".join(segment.text.split()),
            INSIDE if row.seen.reason else "",
        )

    def key(self, row: Row) -> str:
        """Return the ids of ground and coding."""
        return f"{row.ground.id} {row.seen.coding if row.seen else ''}"

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the row in full, then what the theme claims and who stands for and against it."""
        changed = (Line(text) for text in self._changed)
        return (*described(row), *changed, *claimed(self._theme, self._who))

    def place(self, row: Row) -> Place | None:
        """Return where the passage stands."""
        if row.seen is None:
            return None
        passage = row.seen.passage
        return Place(passage.page.document.id, passage.span, row.seen.coding)

    def counted(self, shown: int, total: int) -> str:
        """Return how many rows there are."""
        if not total:
            return _("Nothing is put under this theme yet: a adds a code.")
        return _("{k} of {n} rows").format(k=shown, n=total)

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield from super().above()
        yield Palette()

    def theme_here(self) -> Theme:
        """Return the theme of the screen."""
        return self._theme

    # -- what goes out -------------------------------------------------------------------------

    def copied(self, row: Row) -> str:
        """Return the passage with its reference; refuse what was not released."""
        if row.seen is None:
            return row.title
        if row.seen.reason:
            raise Refused(_("this passage stays inside the project: {why}").format(
                why=named(row.seen.reason)))  # fmt: skip
        return f"“{row.seen.excerpt.text}” ({row.seen.reference})"

    def filed(self, rows: Sequence[Row], file: Path) -> str:  # noqa: ARG002
        """Write theme, sub-theme, code, quotation and informant, as far as they may leave."""
        with self.access.project.read() as connection:
            table = quotations_table(connection, Filter(), [self._theme])
        filing.file_table(table, file)
        return table.notes[0] if table.notes else ""

    # -- what is changed -----------------------------------------------------------------------

    def action_open(self) -> None:
        """Go to the passage; from a code to its first one."""
        row = self.row
        if row is not None and row.seen is None:
            at = self.grid.highlighted + 1
            if at < len(self._shown) and not self._shown[at].own:
                self.grid.highlight(at)
        super().action_open()

    def action_code(self) -> None:
        """Ask for a code."""
        offer = Offer(self._book, new_codes=False, language=session.reader_language())
        title = _("Which codes stand for “{theme}”?").format(theme=self._theme.name)
        self.query_one(Palette).open(offer, title)

    @on(Palette.Chosen)
    def _chosen(self, event: Palette.Chosen) -> None:
        self.grid.focus()

        def act(step: Step) -> int:
            for code in event.codes:
                themes.ground(step, self.subject, FOR, code=code)
            return len(event.codes)

        self.write("ground theme", act, lambda n: counted(
            "{n} code stands for it; x on its row: against", "{n} codes stand for it", n
        ))  # fmt: skip

    def action_side(self, side: str) -> None:
        """Put the highlighted code or passage under the theme, on one side."""
        row = self.row
        if row is None or not (row.seen or row.ground.code):
            return
        # What stands under a sub-theme changes its side there; a passage of a code stands alone.
        theme = row.ground.theme if row.own else self.subject
        coding = row.seen.coding if row.seen else ""
        code = "" if coding else row.ground.code
        act = partial(themes.ground, theme=theme, side=side, code=code, coding=coding)
        told = _("It stands for the theme.") if side == FOR else _("It stands against the theme.")
        self.write("ground theme", act, told)

    def action_take(self) -> None:
        """Take the code or passage away from the theme."""
        row = self.row
        if row is not None and row.own:
            act = partial(themes.unground, ids=[row.ground.id])
            self.write("unground theme", act, _("Taken away; u brings it back."))
        elif row is not None:
            self.tell(_("This passage is there because of its code; x says it speaks against."))

    def action_why(self) -> None:
        """Ask why the code or passage stands there."""
        row = self.row
        if row is not None and row.own:
            self._asked = row
            self.query_one(AskLine).open("why", _("Why it stands there"), row.ground.why)
        elif row is not None:
            self.tell(_("f or x puts this passage under the theme first."))

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        row = self._asked
        if event.about == "why" and row is not None:
            act = partial(themes.explain, ground=row.ground.id, why=event.text)
            self.write("ground theme", act, _("Written."))
