"""The story of a case: at the left its passages, at the right what is told of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from qcode.analysis.releasing import withheld
from qcode.errors import QcodeError
from qcode.language import _, counted
from qcode.model.case import Case
from qcode.model.naming import chosen
from qcode.store import cases, narratives
from qcode.store.project import Reader
from qcode.system import typed_path
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.composing import ComposingScreen
from qcode.tui.screens.limiting import INSIDE
from qcode.tui.screens.listing import styles
from qcode.tui.screens.shown import Place
from qcode.tui.story_lines import TOLD, Row, card, told
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.grid import Column, Grid
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.memo import MemoEditor
from qcode.workflows import narrative, stories
from qcode.workflows.addresses import addresses_on

KEYS = (
    Command("list.open", "enter", "open", _("Go to the passage in the text"),
            footer=_("Go there")),
    Command("list.filter", "slash", "filter", _("Show only passages with these words or codes")),
    *LISTING[2:],
    Command("story.drop", "i", "drop", _("Put the passage into the story"),
            _("Behind the marked piece."), footer=_("Put in")),
    Command("story.say", "t", "say('sentence')", _("Write a sentence of yours"),
            _("Behind the marked piece."), footer=_("Write")),
    Command("story.heading", "T", "say('heading')", _("Write a heading")),
    Command("story.next", "semicolon,n", "mark(1)", _("Mark the next piece")),
    Command("story.previous", "comma,N", "mark(-1)", _("Mark the piece before")),
    Command("story.down", "J", "shift_piece(1)", _("Move the marked piece down")),
    Command("story.up", "K", "shift_piece(-1)", _("Move the marked piece up")),
    Command("story.rewrite", "e", "rewrite", _("Write the marked piece anew")),
    Command("story.remove", "R", "remove", _("Take the marked piece out"),
            _("Its passage stays coded.")),
    Command("story.outline", "o", "outline", _("Begin with an outline"),
            _("The passages in order of time below the codebook's first level; only where "
              "there is no story yet.")),
    Command("story.case", "c", "case", _("Choose a case"), footer=_("Case")),
    Command("story.case.next", "right_square_bracket", "other_case(1)", _("Go to the next case")),
    Command("story.case.previous", "left_square_bracket", "other_case(-1)",
            _("Go to the case before")),
    Command("story.everyone", "O", "everyone", _("Offer everyone's passages, or those that count")),
    *UNDOING,
    Command("list.file", "w", "file", _("Write the story to a file"),
            _("The name says how: .md, .docx, .html or .txt. What may not be quoted is a gap.")),
    *SORTING,
)  # fmt: skip
_FILE, _OVER = "story file", "story file over"


class NarrativeScreen(ComposingScreen):
    """Lists the passages of one case beside its story."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    CSS_PATH = styles("narrative")

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._cases: tuple[Case, ...] = ()
        self._everyone = False

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return whose story it is."""
        if self._case is None:
            return _("Stories of cases")
        return _("Story of {case}").format(case=self._case.name)

    def columns(self) -> Sequence[Column]:
        """Return whether the story has it, place, code, words, and why it stays inside."""
        return (
            Column(TOLD, 1), Column(_("passage"), 12, aside=True, end=":"), Column(_("code"), 16, least=50),
            Column(_("words")), Column(INSIDE, 1),
        )  # fmt: skip

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the story and the passages of its case; at first, of one that has a story."""
        parts = {one.case for one in cases.participations(connection)}
        self._cases = tuple(one for one in cases.listed(connection) if one.id in parts)
        begun = {one.case for one in narratives.listed(connection)}
        known = {one.id: one for one in self._cases}
        first = [one for one in self._cases if one.id in begun] or list(self._cases)
        self._case = known.get(self._case.id if self._case else "", first[0] if first else None)
        if self._case is None:
            self._story = ()
            return ()
        self._story = narrative.shown(connection, self._case)
        there = {one.piece.coding for one in self._story}
        offered = narrative.passages(connection, self._case, everyone=self._everyone)
        where = addresses_on(connection, [one.page for one in offered])
        return [
            Row(one, where[one.segment.coding.id],
                withheld(one.page.hearing.transcript, one.page.closed, one.span),
                one.segment.coding.id in there)
            for one in offered
        ]  # fmt: skip

    def cells(self, row: Row) -> Sequence[str]:
        """Return whether the story has it, place, code, words, and why it stays inside."""
        one = row.passage.segment
        return (
            TOLD if row.told else "", row.address, one.code.rpartition("/")[2],
            " ".join(one.text.split()), INSIDE if row.closed else "",
        )  # fmt: skip

    def key(self, row: Row) -> str:
        """Return the id of the coding."""
        return row.coding

    def place(self, row: Row) -> Place:
        """Return where the passage stands."""
        return Place(row.passage.page.document.id, row.passage.span, row.coding)

    def counted(self, shown: int, total: int) -> str:
        """Return how much there is, and how to begin."""
        if self._case is None:
            return _("Nobody takes part in a document yet: ctrl+t c links cases to documents.")
        pieces = counted("{n} piece", "{n} pieces", len(self._story))
        offered = _("{k} of {n} passages").format(k=shown, n=total)
        if not self._story:
            return _("{passages} · no story yet: o begins with an outline").format(passages=offered)
        return f"{offered} · {pieces} · " + _("; and , mark a piece, J and K move it")

    # -- how it is shown -----------------------------------------------------------------------

    def panes(self) -> ComposeResult:
        """Lay out the passages with the words of one at the left, the story at the right."""
        with Vertical(id="offered"):
            yield Grid(self.columns(), self.cells, id="rows")
            yield Inspector(id="card")
        yield Inspector(id="beside")

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield MemoEditor()

    def _say(self) -> None:
        row = self.row
        self.query_one("#card", Inspector).show(tuple(card(row)) if row else ())
        lines: list[Line] = []
        mark = 0
        for at, one in enumerate(self._story):
            if at == self._at:
                mark = len(lines)
            lines += told(one, marked=at == self._at)
        beside = self.query_one("#beside", Inspector)
        while lines and not lines[0].text:
            lines, mark = lines[1:], max(0, mark - 1)
        unread = self.unread()
        beside.show((*unread, *lines) or [Line(self._empty(), "quiet")])
        self.call_after_refresh(beside.reveal, mark and mark + len(unread))

    def _empty(self) -> str:
        return _("Nothing is told yet: i puts the passage in, t writes a sentence, T a heading.")

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if event.about in (_FILE, _OVER):
            self._to_file(event.about, event.text)
        elif event.about == "case" and event.text:
            self._choose(event.text)

    # -- another case --------------------------------------------------------------------------

    def action_case(self) -> None:
        """Ask for a case by its name."""
        names = ", ".join(one.name for one in self._cases[:12])
        title = _("Whose story? {names}").format(names=names)
        self.query_one("#ask", AskLine).open("case", title)

    def _choose(self, typed: str) -> None:
        try:
            names = [one.name for one in self._cases]
            found = chosen(typed, {
                one.name if names.count(one.name) == 1 else f"{one.kind}: {one.name}": one
                for one in self._cases
            }, _("case"))  # fmt: skip
        except QcodeError as error:
            self.query_one("#ask", AskLine).open("case", str(error), typed)
            return
        self._show_case(found)

    def action_other_case(self, step: int) -> None:
        """Go to the next case or the one before."""
        ids = [one.id for one in self._cases]
        if self._case is not None and self._case.id in ids:
            self._show_case(self._cases[(ids.index(self._case.id) + step) % len(ids)])

    def _show_case(self, case: Case) -> None:
        self._case, self._piece = case, ""
        self.grid.focus()
        self.refetch()

    def action_everyone(self) -> None:
        """Offer everyone's passages, or only those that count."""
        self._everyone = not self._everyone
        self.refetch(_("Everyone's passages") if self._everyone else _("The passages that count"))

    # -- out -----------------------------------------------------------------------------------

    def action_file(self) -> None:
        """Ask for the name of a file."""
        if not self._story:
            self.tell(_("There is no story to write yet."))
            return
        title = _("Write the story to a file: name.md, .docx, .html or .txt")
        self.query_one("#ask", AskLine).open(_FILE, title, self._named)

    def _to_file(self, about: str, typed: str) -> None:
        if not typed:
            return
        file = typed_path(typed)
        stories.format_of(file)
        again = (about, typed) == (_OVER, self._named)
        self._named = typed
        if file.exists() and not again:
            title = _("There is such a file. Enter once more writes over it.")
            self.query_one("#ask", AskLine).open(_OVER, title, typed)
        elif self._case is not None:
            self._write_story(self._case, file)

    @work(group="file")
    async def _write_story(self, case: Case, file: Path) -> None:
        try:
            found = await self.access.read(lambda connection: narrative.story(connection, case))
            await asyncio.to_thread(stories.file_story, found, file)
        except QcodeError as error:
            self._failed(str(error))
            return
        self.tell(" · ".join((_("Written: {file}").format(file=file), *found.notes[:1])))
