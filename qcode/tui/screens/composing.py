"""Writing the story of a case on the screen: pieces put in, moved, written anew, taken out."""

from __future__ import annotations

from functools import partial

from textual import on

from qcode.analysis.releasing import named
from qcode.language import _, counted
from qcode.model.case import Case
from qcode.model.narrative import HEADING, PASSAGE, SENTENCE
from qcode.store import narratives
from qcode.store.narratives import NewPiece
from qcode.store.project import Step
from qcode.tui.access import Access
from qcode.tui.screens.listing import ListScreen
from qcode.tui.story_lines import Row
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.memo import MemoEditor
from qcode.workflows import composing
from qcode.workflows.narrative import Shown


class ComposingScreen(ListScreen[Row]):
    """A list of passages beside a story in which one piece is marked."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self._case: Case | None = None
        self._story: tuple[Shown, ...] = ()
        self._piece = ""
        """The id of the marked piece."""

    @property
    def _at(self) -> int:
        """Where the marked piece stands, at first the last one; -1 where there is none."""
        ids = [one.piece.id for one in self._story]
        return ids.index(self._piece) if self._piece in ids else len(ids) - 1

    def _behind(self) -> str:
        return self._story[self._at].piece.id if self._story else ""

    def _put(self, new: NewPiece, told: str, verb: str = "tell", draft: str = "") -> None:
        case, behind = self._case, self._behind()
        if case is None:
            return

        def put(id: str) -> str:
            self._piece = id
            self.query_one(MemoEditor).forget(draft)
            return told

        self.write(verb, partial(composing.put, case=case, new=new, after=behind), put)

    def action_drop(self) -> None:
        """Put the highlighted passage behind the marked piece."""
        row = self.row
        if row is None:
            return
        told = _("Put into the story")
        if row.closed:
            told = _("Put into the story; it stays inside: {why}").format(why=named(row.closed))
        self._put(NewPiece(PASSAGE, coding=row.coding), told, "drop passage")

    def action_say(self, kind: str) -> None:
        """Ask for a sentence or a heading."""
        case = self._case
        if case is None:
            return
        if kind == HEADING:
            self.query_one("#ask", AskLine).open(HEADING, _("Heading"))
        else:
            self.query_one(MemoEditor).open(f"{SENTENCE} {case.id}", _("A sentence of yours"))

    def action_rewrite(self) -> None:
        """Ask for another text of the marked piece."""
        if not self._story:
            return
        one = self._story[self._at].piece
        if one.kind == PASSAGE:
            self.tell(_("A passage has the participant's words; enter shows it in the text."))
        elif one.kind == HEADING:
            self.query_one("#ask", AskLine).open(one.id, _("Heading"), one.text)
        else:
            self.query_one(MemoEditor).open(one.id, _("A sentence of yours"), one.text)

    @on(AskLine.Answered)
    def _line_typed(self, event: AskLine.Answered) -> None:
        known = {one.piece.id for one in self._story} | {HEADING}
        if event.about in known and event.text:
            self._texted(event.about, event.text)

    @on(MemoEditor.Written)
    def _text_typed(self, event: MemoEditor.Written) -> None:
        self.grid.focus()
        self._texted(event.about, event.text)

    def _texted(self, about: str, text: str) -> None:
        kind = about.partition(" ")[0]
        if kind in (HEADING, SENTENCE):
            self._put(NewPiece(kind, text), _("Written into the story"), draft=about)
            return

        def done(_none: None) -> str:
            self.query_one(MemoEditor).forget(about)
            return _("Written anew")

        self.write("rewrite piece", lambda step: narratives.rewrite(step, about, text), done)

    def action_mark(self, step: int) -> None:
        """Mark another piece, from the last one on to the first."""
        if self._story:
            self._piece = self._story[(self._at + step) % len(self._story)].piece.id
            self._say()

    def action_shift_piece(self, step: int) -> None:
        """Move the marked piece one up or down."""
        at = self._at
        if not 0 <= at + step < len(self._story):
            return
        rest = [one.piece.id for one in self._story]
        self._piece = rest.pop(at)
        behind = rest[at + step - 1] if at + step else ""
        act = partial(narratives.move, piece=self._piece, after=behind)
        self.write("move piece", act, _("Moved; u moves it back"))

    def action_remove(self) -> None:
        """Take the marked piece out of the story."""
        if not self._story:
            return
        at = self._at
        id = self._story[at].piece.id
        near = self._story[at + 1 : at + 2] or self._story[max(0, at - 1) : at]
        self._piece = near[0].piece.id if near else ""
        told = _("Taken out of the story; u brings it back")
        self.write("remove piece", lambda step: narratives.retire(step, [id]), told)

    def action_outline(self) -> None:
        """Write the outline as the story of a case that has none."""
        case = self._case
        if case is None:
            return

        def begin(step: Step) -> int:
            return composing.begin(step, case)

        self.write("outline story", begin, lambda number: counted(
            "An outline of {n} piece; u takes it back", "An outline of {n} pieces; u takes it back",
            number))  # fmt: skip
