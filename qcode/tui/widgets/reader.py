"""The reader: a transcript with its marks, a cursor, and a selection in code points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.message import Message

from qcode.language import _
from qcode.model.document import Transcript
from qcode.model.span import Span
from qcode.tui.layout.caret import Motion
from qcode.tui.layout.spans import Mark
from qcode.tui.widgets.following import Following
from qcode.tui.widgets.motions import bindings
from qcode.tui.widgets.painting import Standing

_LEAVING = ("segment", "alike", "uncoded", "begin_or_end")
"""Actions that would leave a selection whose bounds are being moved."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody was: to come back to the exact place."""

    cursor: int
    top: int
    anchor: int | None = None
    selecting: bool = False


class Reader(Following, can_focus=True):
    """Shows a transcript and posts what its keys and the mouse do; it knows of no database."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    BINDINGS: ClassVar[list[BindingType]] = bindings()

    class Moved(Message):
        """The cursor, the selection or the active mark is another one; read it off ``reader``."""

        def __init__(self, reader: Reader) -> None:
            super().__init__()
            self.reader = reader

        @property
        def control(self) -> Reader:
            """The reader that moved."""
            return self.reader

        def can_replace(self, message: Message) -> bool:
            """Let the newest of several waiting ones do."""
            return isinstance(message, Reader.Moved) and message.reader is self.reader

    class Stopped(Message):
        """There was nowhere to go; ``text`` says so in a sentence."""

        def __init__(self, reader: Reader, text: str) -> None:
            super().__init__()
            self.reader = reader
            self.text = text

        @property
        def control(self) -> Reader:
            """The reader that stays."""
            return self.reader

    def __init__(
        self,
        *,
        unit: Literal["sentence", "turn"] = "sentence",
        tints: bool | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show nothing yet.

        ``unit`` is what a code is put on with nothing selected; ``tints`` overrides the choice by
        the number of colours.
        """
        super().__init__(tints=tints, id=id, classes=classes)
        self.unit: Literal["sentence", "turn"] = unit

    def show(
        self, transcript: Transcript, marks: Iterable[Mark] = (), kinds: Sequence[str] = ()
    ) -> None:
        """Show a transcript from its start; ``kinds`` is the kind of speaker of each turn."""
        self._turn_to(transcript, marks, kinds)
        self._announce()

    # -- where the reader stands --------------------------------------------------------------

    @property
    def selection(self) -> Span | None:
        """What is selected, from the edge of a character to the edge of one."""
        return self._caret.selection

    @property
    def selecting(self) -> bool:
        """Tell whether motions select, after ``v``."""
        return self._caret.selecting

    @property
    def turn(self) -> int:
        """The position of the turn at the cursor, from 0."""
        return self.transcript.turn_index(self.cursor)

    def target(self) -> Span | None:
        """Return what a code would be put on: the selection, else the sentence at the cursor.

        Without blanks at its ends; nothing where there are no words.
        """
        return self._caret.target(self.unit)

    def marks_here(self) -> list[Mark]:
        """Return the marks on the selection, or at the cursor, outer ones first."""
        found = self.selection or Span(self.cursor, self.cursor + 1)
        return self._page.index.query(found.start, found.end)

    @property
    def spot(self) -> Spot:
        """Where the reader stands, for ``restore``."""
        caret = self._caret
        return Spot(caret.cursor, self._first_shown, caret.anchor, caret.selecting)

    def restore(self, spot: Spot) -> None:
        """Stand where the reader stood before, with the same words at the top."""
        before = self.standing
        self._caret.clear()
        self._caret.go(spot.cursor)
        self._caret.anchor = None if spot.anchor is None else self._page.edge(spot.anchor)
        self._caret.selecting = spot.selecting
        self._scroll_to_line(self._page.wrap.line_of(spot.top))
        self._moved(before)

    def go(self, offset: int) -> None:
        """Put the cursor on an offset and show it; gives up the selection."""
        before = self.standing
        self._caret.clear()
        self._caret.go(offset)
        self._arrive(before)

    def go_to_turn(self, start: int) -> None:
        """Put the cursor on the words of a turn and show all of it that there is room for."""
        self.go(start)
        self._reveal_span(self._page.units.at("turn", start))

    def select(self, span: Span) -> None:
        """Select a span and show it, its start before its end."""
        before = self.standing
        self._caret.clear()
        self._caret.select(span)
        self._arrive(before)
        self._reveal_span(span)

    def hold(self, span: Span) -> None:
        """Select a span whose bounds all motions move from now on, until ``release``."""
        self._caret.held = True
        text, end = self.transcript.text, span.end
        # Its end stands at the next word, from which the first motion takes in or gives up words.
        while text[end : end + 1] == " ":
            end += 1
        self.select(Span(span.start, end))

    def release(self) -> None:
        """Let motions move the cursor again."""
        self._caret.held = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keep what would leave a selection from acting while it is held."""
        return not (self._caret.held and action in _LEAVING)

    # -- after a move -------------------------------------------------------------------------

    def _arrive(self, before: Standing) -> None:
        self._moved(before)
        self._reveal(self._page.wrap.line_of(self.cursor))

    def _moved(self, before: Standing) -> None:
        super()._moved(before)
        self._announce()

    def _announce(self) -> None:
        self._place_terminal_cursor()
        if self.is_attached:
            self.post_message(self.Moved(self))

    def _try(self, act: Callable[[], bool], otherwise: str) -> None:
        before = self.standing
        if act():
            self._arrive(before)
        else:
            self.post_message(self.Stopped(self, otherwise))

    # -- actions of the keys ------------------------------------------------------------------

    def action_move(self, motion: Motion, step: int, extend: bool = False) -> None:  # noqa: FBT001, FBT002 - actions have no names
        """Move the cursor by a unit, selecting what lies between if asked to."""
        height = self.scrollable_content_region.height
        top = self._top
        self._try(
            lambda: self._caret.move(motion, step, extend=extend, height=height),
            _("The document ends here.") if step > 0 else _("The document begins here."),
        )
        if motion == "page":
            self._scroll_to_line(top + step * max(1, height - 2))
        elif motion in ("turn", "sentence") and self.selection is None:
            self._reveal_span(self._page.units.at(motion, self.cursor))

    def action_begin_or_end(self) -> None:
        """Begin to select at the cursor, or end it."""
        before = self.standing
        self._caret.toggle()
        self._arrive(before)

    def action_clear(self) -> None:
        """Give up the selection and what was found; without any, leave the key to others."""
        if self._caret.held:
            raise SkipAction
        before = self.standing
        selecting, hits = self.selecting, self.hits
        self._caret.give_up()
        self.hits = ()
        if before.selection is None and not selecting and not hits:
            raise SkipAction
        self._arrive(before)

    def action_grow(self) -> None:
        """Select the next larger unit."""
        self._try(self._caret.grow, _("Nothing larger to select here."))

    def action_shrink(self) -> None:
        """Select the next smaller unit."""
        self._try(self._caret.shrink, _("Nothing smaller to select here."))

    def action_exchange(self) -> None:
        """Select question and answer, then the next ones too."""
        self._try(self._caret.exchange, _("No further question and answer."))

    def action_move_start(self, step: int) -> None:
        """Let the selection begin a word earlier or later."""
        text = _("Select something first: its start moves.")
        if self.selection is not None:
            text = _("The selection begins with its last word.") if step > 0 else (
                _("The document begins here."))  # fmt: skip
        self._try(lambda: self._caret.move_start(step), text)

    def action_segment(self, step: int) -> None:
        """Go to the next or previous coding, which becomes the active one."""
        self._go_to(
            self._page.coding(self.active, self.cursor, step), _("No further segment that way.")
        )

    def action_alike(self, step: int) -> None:
        """Go to the next or previous coding that has the code of the active one."""
        active = self._page.index.marks.get(self.active)
        if active is None:
            self.post_message(self.Stopped(self, _("There is no segment at the cursor.")))
            return
        found = self._page.coding(active.id, active.start, step, active.code)
        text = _("No further segment of “{code}” that way.").format(code=active.label)
        self._go_to(found, text)

    def _go_to(self, mark: Mark | None, otherwise: str) -> None:
        if mark is None:
            self.post_message(self.Stopped(self, otherwise))
            return
        self.active = mark.id
        self.go(mark.start)

    def action_uncoded(self, step: int) -> None:
        """Go to the next or previous participant's turn without a coding."""
        start = self._page.uncoded(self.cursor, step)
        if start is None:
            text = _("No further turn of a participant without a coding that way.")
            self.post_message(self.Stopped(self, text))
        else:
            self.go_to_turn(start)

    def action_copy(self) -> None:
        """Copy the selected words to the clipboard of the terminal."""
        selection = self.selection
        if selection is None:
            raise SkipAction
        self.app.copy_to_clipboard(self.transcript.text[selection.start : selection.end])
