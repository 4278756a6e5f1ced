"""What is marked on a text, found by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["coding", "memo", "flag"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``[start, end)`` that the reader shows as marked; ``color`` is #rrggbb or empty."""

    id: str
    start: int
    end: int
    code: str = ""
    color: str = ""
    label: str = ""
    kind: MarkKind = "coding"


class SpanIndex:
    """Marks in lists by block of text: adding, removing and asking cost the answer, not the whole.

    A mark that reaches beyond the text is found where the text is.
    """

    BLOCK = 512

    def __init__(self, length: int, marks: Iterable[Mark] = ()) -> None:
        self.marks: dict[str, Mark] = {}
        self._blocks: list[list[Mark]] = [[] for _ in range(length // self.BLOCK + 1)]
        for mark in marks:
            self.add(mark)

    def add(self, mark: Mark) -> Mark | None:
        """Put a mark; return the one of the same id that it replaces."""
        before = self.remove(mark.id)
        self.marks[mark.id] = mark
        for block in self._over(mark.start, mark.end):
            block.append(mark)
        return before

    def remove(self, id: str) -> Mark | None:
        """Take a mark away and return it, or nothing where there is none."""
        mark = self.marks.pop(id, None)
        if mark is not None:
            for block in self._over(mark.start, mark.end):
                block.remove(mark)
        return mark

    def query(self, start: int, end: int) -> list[Mark]:
        """Return the marks that share a code point with ``[start, end)``, outer ones first."""
        found: dict[str, Mark] = {}
        for block in self._over(start, end):
            for mark in block:
                if mark.start < end and mark.end > start:
                    found[mark.id] = mark
        return sorted(found.values(), key=reading_order)

    def _over(self, start: int, end: int) -> list[list[Mark]]:
        return self._blocks[start // self.BLOCK : max(end - 1, start) // self.BLOCK + 1]


def reading_order(mark: Mark) -> tuple[int, int, str]:
    """Order marks by start, the longer of two before the shorter."""
    return mark.start, -mark.end, mark.id
