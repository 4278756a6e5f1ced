"""Stretches of a text, counted in Unicode code points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qcode.errors import BadInput
from qcode.language import _


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of one text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise BadInput(
                _("a passage must end after it starts: {start}-{end}").format(
                    start=self.start, end=self.end
                )
            )

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two stretches share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether every code point of ``other`` lies in this stretch."""
        return self.start <= other.start and other.end <= self.end


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join stretches that overlap or touch; what is returned is disjoint and in order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            if span.end > joined[-1].end:
                joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """Take ``holes`` out of the union of ``spans``."""
    left = list(united(spans))
    for hole in united(holes):
        kept: list[Span] = []
        for span in left:
            if not span.overlaps(hole):
                kept.append(span)
                continue
            if span.start < hole.start:
                kept.append(Span(span.start, hole.start))
            if hole.end < span.end:
                kept.append(Span(hole.end, span.end))
        left = kept
    return tuple(left)
