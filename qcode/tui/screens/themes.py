"""The themes: what each claims, how far it is, and how many stand for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from qcode.analysis.themes import Claims, side_named, status_named, themes_table
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.table import Cell, Table, in_words
from qcode.model.theme import SIDES, Theme
from qcode.store import themes
from qcode.store.project import Reader, Step
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, TAKING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.claiming import ClaimingScreen
from qcode.tui.screens.theme import ThemeScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.grid import Column
from qcode.workflows import theme_changes
from qcode.workflows.themes import claims

KEYS = (
    Command("themes.open", "enter", "open", _("Open the theme: what it rests on"),
            footer=_("Open")),
    *LISTING[1:],
    Command("themes.add", "a", "add", _("Add a theme: a short name, then : and what it claims"),
            footer=_("New")),
    Command("themes.statement", "e", "statement", _("Write what the theme claims"),
            footer=_("Statement")),
    Command("themes.status", "c", "status", _("Say how far the theme is")),
    Command("themes.rename", "r", "rename", _("Give the theme another short name")),
    Command("themes.note", "m", "note", _("Write the memo of the theme")),
    Command("themes.down", "J", "shift(1)", _("Move the theme down")),
    Command("themes.up", "K", "shift(-1)", _("Move the theme up")),
    Command("themes.under", "greater_than_sign", "under", _("Make it part of the theme above it")),
    Command("themes.out", "less_than_sign", "out", _("Take it out of the theme it is part of")),
    Command("themes.retire", "R", "retire", _("Take the theme out of view")),
    *UNDOING,
    *TAKING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A theme as it is listed."""

    theme: Theme
    depth: int
    cells: tuple[Cell, ...]
    """Its row of the table, which is that of ``qcode themes``."""
    grounds: tuple[tuple[str, str], ...]
    """Side and name of each code that is put under it."""
    changed: str
    """What was done to what it rests on since it was settled, in words."""


class ThemesScreen(ClaimingScreen[Row]):
    """Lists the themes as a tree, in their order."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    ROOM_BESIDE = 110

    _table = Table("", (), ())

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Themes")

    def columns(self) -> Sequence[Column]:
        """Return name, status, then codes, passages and informants for and against."""
        return (
            Column(_("theme"), 34, unit=_("informants of those looked through")),
            Column(_("status"), 10, aside=True, least=90),
            Column(_("codes for"), 12, right=True, least=130),
            Column(_("passages for"), 14, right=True, least=110),
            Column(_("informants for"), 18, right=True),
            Column(_("codes against"), 14, right=True, least=140),
            Column(_("passages against"), 18, right=True, least=140),
            Column(_("informants against"), 20, right=True),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the themes with their numbers."""
        found = claims(connection, Filter())
        changed = theme_changes.changed(connection, found)
        self._table = table = theme_changes.noted(found, themes_table(found), changed)
        named = _named(found)
        return tuple(
            Row(theme, depth, cells, tuple(named.get(theme.id, ())), changed.get(theme.id, ""))
            for (theme, depth), cells in zip(found.themes.walk(), table.rows, strict=True)
        )

    def cells(self, row: Row) -> Sequence[str]:
        """Return the row of the table, the name indented."""
        first, *others = map(in_words, row.cells[:8])
        return (f"{'  ' * row.depth}{first}", *others)

    def key(self, row: Row) -> str:
        """Return the id of the theme."""
        return row.theme.id

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table of ``qcode themes`` with these rows."""
        return replace(
            self._table, rows=tuple(row.cells for row in rows),
            depths=tuple(row.depth for row in rows),
        )  # fmt: skip

    def detail(self, row: Row) -> Sequence[Line]:
        """Return what the theme claims, its codes, its numbers apart, and how they are counted."""
        return tuple(_described(row, self._table))

    def counted(self, shown: int, total: int) -> str:
        """Return how many themes there are; where there are none, what makes one."""
        if not total:
            return _("No themes yet: a adds one.")
        return _("{k} of {n} themes").format(k=shown, n=total)

    def theme_here(self) -> Theme | None:
        """Return the highlighted theme."""
        return self.row.theme if self.row is not None else None

    def action_open(self) -> None:
        """Show what the theme rests on."""
        if self.row is not None:
            self.app.push_screen(ThemeScreen(self.access, self.row.theme.id))

    # -- what is changed -----------------------------------------------------------------------

    def action_add(self) -> None:
        """Ask for the name and the statement of a theme."""
        self._ask("add", _("New theme: its short name, then : and what it claims in a sentence"))

    def action_rename(self) -> None:
        """Ask for another name."""
        if theme := self.take():
            self._ask("rename", _("Short name of the theme"), theme.name)

    def _ask(self, about: str, title: str, text: str = "") -> None:
        self.query_one(AskLine).open(about, title, text)

    def action_shift(self, by: int) -> None:
        """Move the theme among those beside it."""
        theme = self.theme_here()
        if theme is None:
            return
        act = partial(themes.shift, theme=theme.id, by=by)
        self.write("move theme", act, lambda done: _("Moved.") if done else _(
            "There is none beside it on that side."
        ))  # fmt: skip

    def action_under(self) -> None:
        """Make the theme part of the one that stands before it, among those beside it."""
        here = self.theme_here()
        if here is None:
            return
        theme = here.id

        def act(step: Step) -> str:
            tree = themes.read(step.connection)
            beside = [one.id for one in tree.children(tree.parent(theme))]
            at = beside.index(theme)
            if not at:
                return _("There is no theme above it to be part of.")
            themes.move(step, theme, beside[at - 1])
            return _("It is part of “{theme}” now.").format(theme=tree[beside[at - 1]].name)

        self.write("move theme", act, lambda told: told)

    def action_out(self) -> None:
        """Take the theme out of the one it is part of."""
        here = self.theme_here()
        if here is None:
            return
        theme = here.id

        def act(step: Step) -> str:
            tree = themes.read(step.connection)
            above = tree.parent(theme)
            if not above:
                return _("It is part of no other theme.")
            themes.move(step, theme, tree.parent(above))
            return _("It is no part of “{theme}” any more.").format(theme=tree[above].name)

        self.write("move theme", act, lambda told: told)

    def action_retire(self) -> None:
        """Take the theme out of view."""
        if theme := self.theme_here():
            told = _("{theme} is out of view; u brings it back.").format(theme=theme.name)
            act = partial(themes.retire, theme=theme.id)
            self.write("retire theme", act, told)

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if event.about == "rename" and event.text and self.about:
            act = partial(themes.revise, theme=self.about.id, values={"name": event.text})
            self.write("revise theme", act, _("Written: {theme}").format(theme=event.text))
        elif event.about == "add" and event.text:
            name, _colon, statement = (part.strip() for part in event.text.partition(":"))

            def make(step: Step) -> str:
                return themes.add(step, Theme("", name, statement))

            def added(theme: str) -> str:
                self.coming = theme
                return _("Added: {theme}").format(theme=name)

            self.write("add theme", make, added)


def _named(found: Claims) -> Mapping[str, list[tuple[str, str]]]:
    named: dict[str, list[tuple[str, str]]] = {}
    book = found.layer.book
    for side in SIDES:
        for one in found.grounds:
            if one.side == side and one.code in book.codes:
                path = book.path(book.end(one.code))
                named.setdefault(one.theme, []).append((side, path))
    return named


def _described(row: Row, table: Table) -> Iterator[Line]:
    theme = row.theme
    yield Line(theme.name, "strong")
    yield Line(status_named(theme.status), "quiet")
    if row.changed:
        yield Line(theme_changes.since(row.changed))
    yield Line(theme.statement or _("e writes what it claims."),
               "plain" if theme.statement else "quiet")  # fmt: skip
    if theme.memo:
        yield Line()
        yield Line(_("Memo"), "strong")
        yield Line(theme.memo)
    for side in SIDES:
        names = [name for of, name in row.grounds if of == side]
        if names:
            yield Line()
            yield Line(_("Codes {side}").format(side=side_named(side)), "strong")
            yield from (Line(name, indent=1) for name in names)
    yield Line()
    for column, cell in zip(table.columns[2:], row.cells[2:], strict=True):
        if text := in_words(cell):
            yield Line(text, lead=f"{column.title} {column.unit}: "
                       if column.title == _("also in") else f"{column.title}: ")  # fmt: skip
    yield Line()
    yield from (Line(note, "quiet") for note in table.notes)
