"""Which column of the margin a mark's bracket stands in."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.tui.layout.spans import Mark, SpanIndex, reading_order
from qcode.tui.layout.wrap import Wrap


class Lanes:
    """The lane of every mark, chosen over the whole text so that scrolling never moves one.

    In reading order each mark takes the leftmost lane that is free on all its lines. Marks whose
    lines touch form a cluster, and clusters do not depend on each other: a change repairs its own
    alone. In a cluster of more than ``most`` marks, the others keep their lanes instead.
    """

    def __init__(self, wrap: Wrap, index: SpanIndex, *, most: int = 400) -> None:
        self._wrap = wrap
        self._index = index
        self._most = most
        self._lanes: dict[str, int] = {}
        self._assign(index.marks.values())

    def __getitem__(self, id: str) -> int:
        return self._lanes[id]

    def lines(self, mark: Mark) -> tuple[int, int]:
        """Return the first and the last line that a mark stands on."""
        return self._wrap.line_of(mark.start), self._wrap.last_line_of(mark.end)

    def put(self, mark: Mark) -> tuple[int, int]:
        """Give a lane to a mark just added; return the first and last line that look new."""
        return self._repair(mark, put=True)

    def drop(self, mark: Mark) -> tuple[int, int]:
        """Free the lane of a mark just removed; return the first and last line to show anew."""
        self._lanes.pop(mark.id, None)
        return self._repair(mark, put=False)

    def _repair(self, mark: Mark, *, put: bool) -> tuple[int, int]:
        first, last = self.lines(mark)
        cluster = self._cluster(first, last)
        if cluster is None:
            if put:
                self._lanes[mark.id] = self._free(mark, first, last)
            return first, last
        before = {other.id: self._lanes.get(other.id) for other in cluster}
        self._assign(cluster)
        for other in cluster:
            if before[other.id] != self._lanes[other.id]:
                above, below = self.lines(other)
                first, last = min(first, above), max(last, below)
        return first, last

    def _cluster(self, first: int, last: int) -> list[Mark] | None:
        """Return all marks whose lines hang together with these, or nothing if too many do."""
        while True:
            found = self._on_lines(first, last)
            if len(found) > self._most:
                return None
            reach = [self.lines(mark) for mark in found]
            above = min((line for line, _ in reach), default=first)
            below = max((line for _, line in reach), default=last)
            if above >= first and below <= last:
                return found
            first, last = min(first, above), max(last, below)

    def _on_lines(self, first: int, last: int) -> list[Mark]:
        return self._index.query(self._wrap.starts[first], self._wrap.bounds(last)[2])

    def _free(self, mark: Mark, first: int, last: int) -> int:
        taken = {
            self._lanes[other.id]
            for other in self._on_lines(first, last)
            if other.id != mark.id and other.id in self._lanes
        }
        return next(lane for lane in range(len(taken) + 1) if lane not in taken)

    def _assign(self, marks: Iterable[Mark]) -> None:
        free_from: list[int] = []
        lanes = self._lanes
        for mark in sorted(marks, key=reading_order):
            first, last = self.lines(mark)
            for lane, line in enumerate(free_from):
                if line <= first:
                    free_from[lane] = last + 1
                    lanes[mark.id] = lane
                    break
            else:
                lanes[mark.id] = len(free_from)
                free_from.append(last + 1)
