"""The cursor and the selection of a reader, and how the keys move them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qcode.model.sentences import trimmed
from qcode.model.span import Span
from qcode.model.units import UNITS, Unit
from qcode.tui.layout.page import Page

Motion = Literal["char", "line", "page", "word", "sentence", "turn", "exchange", "edge", "document"]


@dataclass
class Caret:
    """Where a reader stands on a page and what is selected there.

    The cursor stands before a cluster. A selection runs from ``anchor`` to the cursor; while
    ``selecting`` (after ``v``) it takes in the cluster under the cursor as well, unless a word
    begins there; while ``held`` every motion moves its end.
    """

    page: Page
    cursor: int = 0
    anchor: int | None = None
    selecting: bool = False
    held: bool = False
    _goal: int | None = None
    _grown: list[tuple[int | None, int]] = field(default_factory=list)

    @property
    def selection(self) -> Span | None:
        """What is selected, from cluster edge to cluster edge."""
        if self.anchor is None:
            return None
        start, end = sorted((self.anchor, self.cursor))
        if self.selecting and not (start < end and self._begins_word(end)):
            end = self.page.after(end)
        return Span(start, end) if start < end else None

    def _begins_word(self, offset: int) -> bool:
        """Tell whether a word begins at an offset: a selection up to there ends before it."""
        text = self.page.text
        if offset >= len(text) or text[offset].isspace():
            return False
        word = self.page.units.at("word", offset)
        return text[offset - 1].isspace() or (word is not None and word.start == offset)

    def target(self, unit: Unit = "sentence") -> Span | None:
        """Return what a code would be put on: the selection without outer blanks, else the unit.

        Nothing where only blanks are selected or the turn holds no words. A motion into the next
        turn stands behind its label, which is left out.
        """
        selection = self.selection
        if selection is None:
            return self.page.units.at(unit, self.cursor)
        transcript, end = self.page.transcript, selection.end
        turn = transcript.turns[transcript.turn_index(end - 1)] if transcript.turns else None
        if turn and selection.start < turn.start and end <= turn.said:
            end = turn.start
        return trimmed(transcript.text, selection.start, end)

    def go(self, offset: int, *, extend: bool = False) -> None:
        """Move the cursor to an offset; ``extend`` selects what lies between."""
        extend = extend or self.held
        if extend and self.anchor is None:
            self.anchor = self.cursor
        elif not extend and not self.selecting:
            self.anchor = None
        self.cursor = self.page.edge(offset)
        self._grown.clear()

    def select(self, span: Span) -> None:
        """Select a span, widened to cluster edges; the cursor stands at its end."""
        self.selecting = False
        self.anchor = self.page.edge(span.start)
        self.cursor = self.page.edge_up(span.end)
        self._goal = None

    def clear(self) -> None:
        """Give up the selection."""
        self.selecting = False
        self.anchor = None
        self._grown.clear()

    def give_up(self) -> None:
        """Give up the selection, and stand on its words: behind them it may be another segment."""
        selection = self.selection
        self.clear()
        if selection and self.cursor == selection.end:
            self.cursor = self.page.edge(selection.end - 1)
            self._goal = None

    def toggle(self) -> None:
        """Begin to select at the cursor, or end it and keep what is selected."""
        if self.selecting:
            selection = self.selection
            self.selecting = False
            if selection:
                self.anchor, self.cursor = selection.start, selection.end
            return
        self.selecting = True
        if self.anchor is None:
            self.anchor = self.cursor

    def move(self, motion: Motion, step: int, *, extend: bool = False, height: int = 1) -> bool:
        """Move by ``step`` units; tell whether there was anywhere to go."""
        if motion not in ("line", "page"):
            self._goal = None
        goal = self._goal
        offset = self._reached(motion, step, height)
        if offset is None:
            return False
        self.go(offset, extend=extend)
        self._goal = self._goal if motion in ("line", "page") else goal
        return True

    def _reached(self, motion: Motion, step: int, height: int) -> int | None:
        page = self.page
        if motion == "char":
            return page.after(self.cursor) if step > 0 else page.before(self.cursor)
        if motion in ("line", "page"):
            return self._line(step * (max(1, height - 2) if motion == "page" else 1))
        if motion == "document":
            return page.limit if step > 0 else 0
        if motion == "edge":
            line = page.wrap.line_of(self.cursor)
            start, end, onward = page.wrap.bounds(line)
            if step < 0:
                return start
            return end if end < onward else page.before(end)
        found = page.units.next if step > 0 else page.units.previous
        reached = found(motion, self.cursor)  # type: ignore[arg-type]
        if reached is None and self._extends and step > 0:
            return page.limit
        return reached

    @property
    def _extends(self) -> bool:
        return self.anchor is not None

    def _line(self, step: int) -> int:
        page = self.page
        if self._goal is None:
            self._goal = page.x_of(self.cursor)
        line = page.wrap.line_of(self.cursor) + step
        return page.offset_at(max(0, min(line, len(page.wrap) - 1)), self._goal)

    def grow(self) -> bool:
        """Select the smallest unit, from the word to the exchange, that holds more than now."""
        selection = self.selection
        at = selection.start if selection else self.cursor
        for unit in UNITS:
            span = self.page.units.at(unit, at)
            if span and (selection is None or (span.contains(selection) and span != selection)):
                self._grown.append((self.anchor, self.cursor))
                self.select(span)
                return True
        return False

    def shrink(self) -> bool:
        """Undo one growth, else select the largest unit at its start inside the selection."""
        selection = self.selection
        if self._grown:
            self.selecting = False
            self.anchor, self.cursor = self._grown.pop()
            return True
        if selection is None:
            return False
        for unit in reversed(UNITS):
            span = self.page.units.at(unit, selection.start)
            if span and selection.contains(span) and span != selection:
                self.select(span)
                return True
        return False

    def move_start(self, step: int) -> bool:
        """Move the start of the selection by a word, taking in more (-1) or less (1)."""
        selection = self.selection
        if selection is None:
            return False
        units = self.page.units
        found = units.next if step > 0 else units.previous
        start = found("word", selection.start)
        if start is None or start >= selection.end:
            return False
        self.select(Span(start, selection.end))
        self._grown.clear()
        return True

    def exchange(self) -> bool:
        """Select the question and answer at the cursor; once more, the next one too."""
        selection = self.selection
        units = self.page.units
        at = selection.start if selection else self.cursor
        span = units.at("exchange", at)
        if span is None:
            return False
        if selection and selection.contains(span):
            onward = units.next("exchange", selection.end - 1)
            more = units.at("exchange", onward) if onward is not None else None
            if more is None:
                return False
            span = Span(selection.start, more.end)
        self.select(span)
        return True
