"""What groups have in common and where they differ: the codes above, what is said of one below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from qcode.formats.patterns import cited, share_told, tabled
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.pattern import Pattern, Patterns
from qcode.model.table import Table, in_words
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING
from qcode.tui.inspecting import Line
from qcode.tui.screens.attributed import GROUPED, AttributedScreen
from qcode.tui.screens.behind import BehindScreen
from qcode.tui.screens.excerpts import ExcerptsScreen
from qcode.tui.screens.limiting import LIMIT
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.grid import Column
from qcode.workflows import filing
from qcode.workflows.patterns import Asked, asked_typed, patterns
from qcode.workflows.quoting import Seen, Sight, sighted

KEYS = (
    Command("patterns.open", "enter", "open", _("Show the passages told of the code"),
            _("Where none is told, all of the code and of those below it."),
            footer=_("Passages")),
    *LISTING[1:],
    GROUPED,
    Command("patterns.measure", "m", "measure", _("Choose which codes, and how many passages"),
            _("Codes that so many informants speak of; so many passages of each group."),
            footer=_("Measure")),
    *LIMIT,
    *SORTING,
    *TAKING,
)  # fmt: skip
_MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Row:
    """A code as it is listed, under the title of its section."""

    title: str
    pattern: Pattern


class PatternsScreen(AttributedScreen[Row]):
    """Lists the codes by where they are found: what is common first."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self.add_class("-below")
        self.how = Asked("")
        self._found = Patterns("", "", (), ())

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen."""
        title = _("What is common and what differs by {attribute}")
        return self.limited(title.format(attribute=self.by or "…"))

    def columns(self) -> Sequence[Column]:
        """Return the code, where it is found, the groups, and how far they differ."""
        first = next((one for section in self._found.sections for one in section.patterns), None)
        return (
            Column(_("code"), 36, unit=_("informants, of those looked through") if first else ""),
            Column(_("where"), 18),
            *(Column(voice.group, 16, right=True) for voice in (first.voices if first else ())),
            Column(_("difference"), 40, aside=True),
        )  # fmt: skip

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the codes with their passages."""
        self.know(connection)
        self._found = patterns(connection, self.asked, replace(self.how, by=self.by))
        return [Row(section.title, one) for section in self._found.sections
                for one in section.patterns]  # fmt: skip

    def cells(self, row: Row) -> Sequence[str]:
        """Return the code, its own name first, where it is found, the groups, how far they differ."""
        one = row.pattern
        shares = (in_words(voice.share) for voice in one.voices)
        return (" ‹ ".join(reversed(one.code.split("/"))), one.where, *shares, one.difference)

    def key(self, row: Row) -> str:
        """Return the path of the code."""
        return row.pattern.code

    def detail(self, row: Row) -> Sequence[Line]:
        """Return what each group says of the code, then what belongs to all of them."""
        return (*_described(row), *(Line(note, "quiet") for note in self._found.notes))

    def counted(self, shown: int, total: int) -> str:
        """Return how many codes there are; where there are none, what would bring some."""
        if not total:
            return _("No patterns of codes that {n} informants or more speak of; m asks for less."
                     ).format(n=self.how.least)  # fmt: skip
        return _("{k} of {n} codes").format(k=shown, n=total)

    # -- what goes out -------------------------------------------------------------------------

    def _of(self, rows: Sequence[Row]) -> Patterns:
        """Return what was found, with these rows in their order."""
        shown = {row.pattern.code for row in rows}
        sections = (
            replace(one, patterns=tuple(each for each in one.patterns if each.code in shown))
            for one in self._found.sections
        )
        return replace(self._found, sections=tuple(one for one in sections if one.patterns))

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table of ``qcode patterns`` with these rows."""
        return tabled(self._of(rows))

    def filed(self, rows: Sequence[Row], file: Path) -> str:
        """Write rows as ``qcode patterns`` does: as a text where the file is one."""
        filing.file_patterns(self._of(rows), file)
        return ""

    # -- what is asked for ---------------------------------------------------------------------

    def action_measure(self) -> None:
        """Ask how many speak of a code at least, and how many passages a group gives."""
        title = _("Informants who speak of a code at least, and passages of each group at most")
        self.query_one(AskLine).open(_MEASURE, title, f"{self.how.least} {self.how.most}")

    @on(AskLine.Answered)
    def _measured(self, event: AskLine.Answered) -> None:
        if event.about == _MEASURE:
            self.taken(event, self._measure)

    def _measure(self, typed: str) -> None:
        self.how = asked_typed(typed)

    # -- what is behind ------------------------------------------------------------------------

    def action_open(self) -> None:
        """List the passages that are told of the code; where there are none, all of it."""
        row = self.row
        if row is None:
            return
        one = row.pattern
        groups: dict[str, str] = {}
        for voice in one.voices:
            for quote in voice.quotes:
                groups[quote.address] = ", ".join(
                    filter(None, (groups.get(quote.address), voice.group))
                )
        if groups:
            said = f"{one.code} · {one.where}"
            self.app.push_screen(ToldScreen(self.access, self.line, said, one.code, groups))
        else:
            self.app.push_screen(ExcerptsScreen(self.access, self.line_of(one.code)))


class ToldScreen(BehindScreen):
    """Lists passages by the groups that say them."""

    def __init__(
        self, access: Access, line: str, said: str, code: str, groups: Mapping[str, str]
    ) -> None:
        """List some passages of a code; ``groups`` says by address whose each is, in order."""

        def told(connection: Reader, asked: Filter) -> Sight:
            found = sighted(connection, replace(asked, codes=(code,)))
            by_address = {one.address: one for one in found.seen}
            there = tuple(by_address[one] for one in groups if one in by_address)
            return Sight(there, 0)

        super().__init__(access, line, said, told)
        self._groups = groups

    def columns(self) -> Sequence[Column]:
        """Return the group first; the code is the same in all rows."""
        address, _code, *others = super().columns()
        return (Column(_("group"), 20), address, *others)

    def cells(self, row: Seen) -> Sequence[str]:
        """Return group, address, who says it, the words, and why it stays inside."""
        address, _code, *others = super().cells(row)
        return (self._groups.get(row.address, ""), address, *others)


def _described(row: Row) -> Iterator[Line]:
    one = row.pattern
    yield Line(one.code.replace("/", " › "), "strong")
    yield Line(f"{row.title} · {one.where}", "quiet")
    for voice in one.voices:
        yield Line()
        yield Line(f"{voice.group}: {share_told(voice)}", "strong")
        for quote in voice.quotes:
            yield Line(f"“{quote.text}”", indent=1)
            yield Line(f"— {cited(quote)}", "quiet", indent=1)
    yield Line()
