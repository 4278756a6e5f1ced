"""The words of an item of review, with what two coders gave them in two lanes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from qcode.language import _
from qcode.model.document import Transcript
from qcode.model.span import Span
from qcode.tui.layout.spans import Mark
from qcode.tui.widgets.painting import Painter, Standing, shape
from qcode.tui.widgets.reader import Reader

SIGNS = ("●", "▲")
COLORS = ("#4e9af1", "#f1a23c")
_LINES_ABOVE = 2

Stretches = Sequence[tuple[int, int]]


class DuetPainter(Painter):
    """Paints the lanes of two coders: a sign where a passage begins, a bracket as far as it goes."""

    def __init__(self, plain: Painter, first: int) -> None:
        super().__init__(plain.page, plain.ink, plain.margin)
        self._first = first

    def _number(self, start: int) -> list[Segment]:
        width = self.margin.number
        (segment,) = super()._number(start) or (Segment(""),)
        if not segment.text.strip():
            return [segment]
        return [Segment(f"{int(segment.text) + self._first:>{width - 1}} ", segment.style)]

    def _lanes(self, marks: Sequence[Mark], start: int, onward: int) -> list[Segment]:
        area, ink = self.margin.area, self.ink
        gap = " " if area >= 7 else ""
        found: list[Segment] = []
        for lane, color in enumerate(COLORS):
            own = [mark for mark in marks if mark.code == str(lane)]
            opens = any(start <= mark.start for mark in own)
            style = ink.lane(color)
            if area >= 4:
                found.append(Segment(SIGNS[lane] if opens else " ", style))
            bracket = shape(own[0], start, onward) if len(own) == 1 else "┃" if own else " "
            found.append(Segment(bracket + gap, style))
        used = sum(cell_len(segment.text) for segment in found)
        return [*found, Segment(" " * max(0, area - used), ink.base)]


class Passage(Reader):
    """Shows an item; while bounds are chosen, the keys of the text move them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", _("Take these words"), show=False, id="bounds.take"),
        Binding("escape", "give_up", _("Leave the bounds as they are"), show=False,
                id="bounds.close"),
    ]  # fmt: skip
    can_focus = False

    class Taken(Message):
        """Words were chosen, in offsets of the document; none where they were not."""

        def __init__(self, span: Span | None) -> None:
            super().__init__()
            self.span = span

    choosing = False
    _base = 0
    _number_before = 0

    def tell(
        self, transcript: Transcript, base: int, number_before: int,
        given: tuple[Stretches, Stretches],
    ) -> None:  # fmt: skip
        """Show an excerpt that begins at ``base``, and what A and B gave in offsets of the text.

        ``number_before`` is how many turns come before it.
        """
        self._base, self._number_before = base, number_before
        marks = [
            Mark(f"{lane} {at}", start - base, end - base, str(lane), COLORS[lane])
            for lane, own in enumerate(given) for at, (start, end) in enumerate(own)
        ]  # fmt: skip
        self.show(transcript, marks)
        first = min((mark.start for mark in marks), default=0)
        self._caret.go(first)
        self._scroll_to_line(self._page.wrap.line_of(first) - _LINES_ABOVE)

    def choose(self, spans: Iterable[Span]) -> None:
        """Let the keys move the bounds that begin as the edges of some words of the text."""
        spans = tuple(spans)
        start, end = min(one.start for one in spans), max(one.end for one in spans)
        self.choosing = self.can_focus = True
        self.focus()
        self.hold(Span(start - self._base, end - self._base))

    def action_take(self) -> None:
        """Say which words were chosen."""
        found = self.target()
        self._end(Span(found.start + self._base, found.end + self._base) if found else None)

    def action_give_up(self) -> None:
        """Say that none were chosen."""
        self._end(None)

    def _end(self, span: Span | None) -> None:
        self.release()
        before = self.standing
        self._caret.clear()
        self.choosing = self.can_focus = False
        self._repaint_moved(before)
        self.post_message(self.Taken(span))

    @property
    def standing(self) -> Standing:
        """The cursor and the selection while bounds are chosen; else neither shows."""
        return super().standing if self.choosing else Standing()

    def _new_painter(self) -> Painter:
        self._painter = DuetPainter(super()._new_painter(), self._number_before)
        return self._painter

    def _repaint_moved(self, before: Standing) -> None:
        if self.choosing or before.cursor >= 0:
            super()._repaint_moved(before)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select with the mouse only while bounds are chosen."""
        if not self.choosing:
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Select with the mouse only while bounds are chosen."""
        if not self.choosing:
            event.prevent_default()
