"""One theme: the codes and passages for and against it, and who they are from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.analysis.frequency import share_of_cases
from qcode.analysis.releasing import named
from qcode.analysis.themes import reach, side_named, status_named
from qcode.errors import NotFound, Refused
from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.model.filter import Filter
from qcode.model.table import Table, in_words
from qcode.model.theme import AGAINST, FOR, SIDES, STATUSES, Ground, Theme
from qcode.store import themes
from qcode.store.project import Reader, Step
from qcode.tui import session
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, TAKING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.limiting import INSIDE
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.ways import lettered
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Offer, Palette
from qcode.workflows import filing
from qcode.workflows.quoting import Seen
from qcode.workflows.theme_quotes import quotations_table, sighted
from qcode.workflows.themes import Behind, Behinds, claims
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


@dataclass(frozen=True, slots=True)
class Row:
    """A ground of the theme, or a passage of a code that is one."""

    side: str
    ground: Ground
    seen: Seen | None = None
    """The passage; nothing where the row is a code."""
    title: str = ""
    numbers: str = ""
    key: bool = False
    """Whether the passage is flagged as a key quotation."""
    of: str = ""
    """The sub-theme it is put under, where that is not the theme itself."""

    @property
    def own(self) -> bool:
        """Tell whether the row itself is what is put under the theme."""
        return self.seen is None or bool(self.ground.coding)


class ThemeScreen(ListScreen[Row]):
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
        self._about: Row | None = None

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
            Column(_("code or passage"), 32),
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
            rows += _rows(found, ground, part, [(one, seen[one.coding]) for one in some])
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
        return (*_described(row), *_claimed(self._theme, self._who))

    def place(self, row: Row) -> Place | None:
        """Return where the passage stands."""
        if row.seen is None:
            return None
        passage = row.seen.passage
        return Place(passage.page.document.id, passage.span, row.seen.coding)

    def counted(self, shown: int, total: int) -> str:
        """Return how many rows there are, then what the theme claims."""
        if not total:
            return _("Nothing is put under this theme yet: a adds a code.")
        return " · ".join(filter(None, (
            _("{k} of {n} rows").format(k=shown, n=total), self._theme.statement
        )))  # fmt: skip

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()
        yield MemoEditor()
        yield Palette()

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
            self._about = row
            self.query_one(AskLine).open("why", _("Why it stands there"), row.ground.why)
        elif row is not None:
            self.tell(_("f or x puts this passage under the theme first."))

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        row = self._about
        if event.about == "why" and row is not None:
            act = partial(themes.explain, ground=row.ground.id, why=event.text)
            self.write("ground theme", act, _("Written."))

    def action_statement(self) -> None:
        """Open the pane to write what the theme claims."""
        title = _("What “{theme}” claims, in a sentence").format(theme=self._theme.name)
        self.query_one(MemoEditor).open("statement", title, self._theme.statement)

    def action_status(self) -> None:
        """Ask how far the theme is."""
        ways = lettered([Way("", status_named(one), one) for one in STATUSES])
        self.query_one(Choice).open("status", self._theme.name, ways)

    @on(Choice.Closed)
    @on(MemoEditor.Closed)
    @on(Palette.Closed)
    def _unanswered(self) -> None:
        self.grid.focus()

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        act = partial(themes.revise, theme=self.subject, values={"status": event.value})
        self.write("theme status", act, status_named(event.value))

    @on(MemoEditor.Written)
    def _written(self, event: MemoEditor.Written) -> None:
        self.grid.focus()
        act = partial(themes.revise, theme=self.subject, values={"statement": event.text.strip()})

        def forget(_result: object) -> str:
            self.query_one(MemoEditor).forget(event.about)
            return _("Written: {theme}").format(theme=self._theme.name)

        self.write("revise theme", act, forget)


def _rows(
    found: Behinds, ground: Ground, part: str, passages: Sequence[tuple[Behind, Seen]]
) -> Iterator[Row]:
    """Yield the row of a ground, then those of its passages."""
    book = found.claims.layer.book
    if ground.code in book.codes:
        informants = in_words(share_of_cases(found.claims.found(reach([ground], book))))
        yield Row(ground.side, ground, None, book.path(book.end(ground.code)), informants, of=part)
    elif not passages:
        title = _("a passage out of view, or without a place")
        yield Row(ground.side, ground, None, title, of=part)
    for one, seen in passages:
        yield Row(ground.side, ground, seen, key=found.key(one), of=part)


def _described(row: Row) -> Iterator[Line]:
    if row.seen is None:
        yield Line(row.title, "strong")
        if row.numbers:
            yield Line(_("{k} informants, of those looked through").format(k=row.numbers), "quiet")
    else:
        segment = row.seen.passage.segment
        yield Line(segment.code, "strong")
        yield Line(f"{row.seen.address} · {segment.coder}", "quiet")
        yield Line(segment.text)
        said = row.seen.reason and _("Stays inside the project: {why}").format(
            why=named(row.seen.reason)
        )
        yield Line(said or row.seen.reference, "strong" if said else "quiet")
    if row.of:
        yield Line(_("under the sub-theme “{name}”").format(name=row.of), "quiet")
    if row.ground.why:
        yield Line(row.ground.why, lead=_("why: "))
    yield Line()


def _claimed(theme: Theme, who: Table) -> Iterator[Line]:
    yield Line(_("What it claims"), "strong")
    yield Line(theme.statement or _("e writes it."), "plain" if theme.statement else "quiet")
    if theme.memo:
        yield Line(theme.memo, lead=_("memo: "))
    by = ""
    for name, group, *sides in who.rows:
        if name != by:
            by = str(name)
            yield Line()
            yield Line(_("By {group}").format(group=by), "strong")
        said = [
            f"{side_named(side)} {text}"
            for side, cell in zip((FOR, AGAINST), sides, strict=True) if (text := in_words(cell))
        ]  # fmt: skip
        yield Line(" · ".join(said) or "-", lead=f"{group}: ")
