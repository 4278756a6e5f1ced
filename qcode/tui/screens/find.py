"""Words in all transcripts of the project; from one place to the next without coming back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from qcode.analysis.releasing import named
from qcode.errors import QcodeError, Refused
from qcode.language import _, counted
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING
from qcode.tui.inspecting import Line
from qcode.tui.screens.limiting import INSIDE, keep_search
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.grid import Column
from qcode.workflows import filing
from qcode.workflows.asking import filter_typed, saved_as
from qcode.workflows.find import Hit, described, hits, hits_table

_BEFORE = 16
"""Characters before what was found that the list shows, so that it is in view itself."""

KEYS = (
    *(one for one in LISTING if one.id != "list.filter"),
    Command("find.words", "slash,x", "words", _("Look for words in all transcripts"),
            _("Also with options: takut --kind interview --where village=Klaten; --word, --stem, "
              "--fuzzy and --regex look in other ways, --code inside passages of a code, --near 5 "
              "--and CODE around it. --save NAME keeps the line for @NAME."), footer=_("Look for")),
    Command("find.filter", "ctrl+f", "filter", _("Show only places with some words around")),
    *SORTING,
    *TAKING,
)  # fmt: skip


class FindScreen(ListScreen[Hit]):
    """Lists where words stand; enter goes there, n from there to the next place."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    ROOM_BESIDE = 110

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access)
        self._line = line
        self._documents = 0

    def on_mount(self) -> None:
        """Begin with the question."""
        self._filter.placeholder = _("ctrl+f shows only places with some words around")
        if not self._line:
            self.call_after_refresh(self.action_words)

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen, and what was looked for."""
        if not self._line:
            return _("Look for words in all transcripts")
        return _("“{words}” in the transcripts").format(words=self._line)

    def columns(self) -> Sequence[Column]:
        """Return document, turn, speaker, and the words between marks."""
        return (
            Column(_("document"), 20),
            Column(_("turn"), 6, right=True),
            Column(_("speaker"), 14, aside=True, least=60),
            Column(_("words")),
            Column(INSIDE, 1),
        )

    def fetch(self, connection: Reader) -> Sequence[Hit]:
        """Look for the words."""
        asked = filter_typed(self._line)
        if not (asked.text.strip() or asked.searches):
            return ()
        found = tuple(hits(connection, asked.text, replace(asked, text="")))
        self._documents = len({hit.page.document.id for hit in found})
        return found

    def cells(self, row: Hit) -> Sequence[str]:
        """Return document, turn, speaker, and the words between marks."""
        document, turn, _line, speaker, words = described(row)
        if (at := words.find("»")) > _BEFORE:
            words = f"…{words[at - _BEFORE :]}"
        return (document, str(turn), speaker, words, INSIDE if row.reason else "")

    def key(self, row: Hit) -> str:
        """Return the document and the place."""
        return f"{row.page.document.id} {row.span.start}"

    def detail(self, row: Hit) -> Sequence[Line]:
        """Return the turn in which the words stand, and the one before it."""
        transcript, at = row.page.hearing.transcript, row.span.start
        number = transcript.turn_index(at)
        turns = transcript.turns[max(0, number - 1) : number + 1]
        stays = _("Stays inside the project: {why}").format(why=named(row.reason))
        return (
            Line(row.page.document.name, "strong"),
            Line(_("turn {n}").format(n=number + 1), "quiet"),
            Line(),
            *(Line(transcript.text[turn.said : turn.end].strip(),
                   "plain" if turn is turns[-1] else "quiet",
                   lead=f"{row.page.hearing.label(turn)}: " if turn.speaker else "")
              for turn in turns),
            *((Line(), Line(stays, "strong")) if row.reason else ()),
        )  # fmt: skip

    def place(self, row: Hit) -> Place:
        """Return where the words stand."""
        words = row.page.hearing.transcript.text[row.span.start : row.span.end]
        return Place(row.page.document.id, row.span, words=words)

    def counted(self, shown: int, total: int) -> str:
        """Return how many places there are in how many documents."""
        if not total:
            return _("Nothing found; / looks for other words.") if self._line else _(
                "/ looks for words; enter goes there, then enter codes them and n goes on.")  # fmt: skip
        places = _("{k} of {n} places").format(k=shown, n=total)
        return f"{places} · " + counted("{n} document", "{n} documents", self._documents)

    # -- what goes out -------------------------------------------------------------------------

    def copied(self, row: Hit) -> str:
        """Return the place with its words; refuse what was not released."""
        if row.reason:
            raise Refused(_("this passage stays inside the project: {why}").format(
                why=named(row.reason)))  # fmt: skip
        return super().copied(row)

    def filed(self, rows: Sequence[Hit], file: Path) -> str:
        """Write the places as ``qcode find`` does; say what was left out."""
        table = hits_table(self._line, rows)
        filing.file_table(table, file)
        return " · ".join(table.notes)

    # -- what is asked for ---------------------------------------------------------------------

    def action_words(self) -> None:
        """Ask which words to look for."""
        title = _("Look for which words in all transcripts?")
        self.query_one(AskLine).open("words", title, self._line)

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if event.about != "words":
            return
        try:
            line, name = saved_as(event.text)
            asked = filter_typed(line)
        except QcodeError as error:
            self.query_one(AskLine).open("words", str(error), event.text)
            return
        if name:
            keep_search(self, name, asked)
        self._line = line
        self.grid.focus()
        self.refetch()
