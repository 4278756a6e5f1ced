"""Places in documents, and the way through a list of them while its screen is not shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from qcode.model.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to stand in a document: words to be selected, and the segment meant among theirs."""

    document: str
    span: Span | None = None
    coding: str = ""
    code: str = ""
    """A code to look for there, first at hand."""
    whose: str = ""
    """Whose codings show there, as the desk has it; by default one's own."""
    words: str = ""
    """The words that stood there when the place was read, if it may have to be found again."""

    def found_in(self, text: str) -> Span | None:
        """Return where the place is in a text that may be corrected since; None where it is not."""
        span, words = self.span, self.words
        if span is None or (span.end <= len(text) and words in ("", text[span.start : span.end])):
            return span
        before, after = text.rfind(words, 0, span.end), text.find(words, span.start)
        starts = [start for start in (before, after) if words and start >= 0]
        if not starts:
            return None
        start = min(starts, key=lambda one: abs(one - span.start))
        return Span(start, start + len(words))


class Trail(Generic[T]):
    """The rows of a list, each with a place or none, and at which of them somebody stands."""

    def __init__(self, rows: Sequence[T], place: Callable[[T], Place | None], at: int) -> None:
        self._rows = rows
        self._place = place
        self.at = at
        """The position of the row that somebody stands at."""

    @property
    def number(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def step(self, step: int) -> Place | None:
        """Go to the next (1) or previous (-1) row that has a place, or stay where none follows."""
        at = self.at + step
        while 0 <= at < len(self._rows):
            place = self._place(self._rows[at])
            if place is not None:
                self.at = at
                return place
            at += step
        return None
