"""A transcript laid out for one width: lines, marks and their lanes, offsets and cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from qcode.model.document import Transcript
from qcode.model.units import Units
from qcode.tui.layout import cells
from qcode.tui.layout.lanes import Lanes
from qcode.tui.layout.spans import Mark, SpanIndex, reading_order
from qcode.tui.layout.wrap import Wrap

LineRange = tuple[int, int]


class Page:
    """What the reader paints and moves over; ``text`` is the transcript's as it may be shown."""

    def __init__(
        self,
        transcript: Transcript,
        marks: Iterable[Mark] = (),
        kinds: Sequence[str] = (),
        *,
        width: int = 80,
    ) -> None:
        self.transcript = transcript
        self.units = Units(transcript, kinds)
        self.text = cells.shown(transcript.text)
        self.index = SpanIndex(len(self.text), marks)
        self.limit = max(0, len(self.text) - self.text.endswith("\n"))
        """The last place where the cursor may stand."""
        self.layout(width)

    def layout(self, width: int) -> None:
        """Wrap the text anew to ``width`` cells."""
        breaks = (turn.start for turn in self.transcript.turns)
        self.wrap = Wrap(self.text, width, breaks)
        self.lanes = Lanes(self.wrap, self.index)

    # -- marks ------------------------------------------------------------------------------

    def put(self, marks: Iterable[Mark]) -> list[LineRange]:
        """Add marks, each in place of the one of its id; return the lines that look new."""
        dirty: list[LineRange] = []
        for mark in marks:
            dirty += self.drop([mark.id])
            self.index.add(mark)
            dirty.append(self.lanes.put(mark))
        return dirty

    def drop(self, ids: Iterable[str]) -> list[LineRange]:
        """Take marks away; return the lines that look new."""
        gone = [mark for id in ids if (mark := self.index.remove(id))]
        return [self.lanes.drop(mark) for mark in gone]

    def coding(self, mark_id: str, offset: int, step: int, code: str = "") -> Mark | None:
        """Return the coding after (1) or before (-1) one, or the nearest that way of ``offset``.

        With a code, only codings of that one count.
        """
        codings = sorted(
            (
                mark
                for mark in self.index.marks.values()
                if mark.kind == "coding" and code in ("", mark.code)
            ),
            key=reading_order,
        )
        current = self.index.marks.get(mark_id)
        if current is not None and current.kind == "coding" and current.start == offset:
            at = bisect_left(codings, reading_order(current), key=reading_order) + step
        else:
            at = bisect_left(codings, offset + (step > 0), key=lambda mark: mark.start)
            at -= step < 0
        return codings[at] if 0 <= at < len(codings) else None

    def uncoded(self, offset: int, step: int) -> int | None:
        """Return the start of the next (1) or previous (-1) heard turn without a coding."""
        units = self.units
        turn = self.transcript.turn_index(offset) + step
        while 0 <= turn < len(self.transcript.turns):
            said = units.said(turn) if units.heard(turn) else None
            if said and not any(
                mark.kind == "coding" for mark in self.index.query(said.start, said.end)
            ):
                return said.start
            turn += step
        return None

    # -- offsets and cells ------------------------------------------------------------------

    def x_of(self, offset: int) -> int:
        """Return the cell of its line at which an offset stands."""
        return cells.x_of(self.text, self.wrap.starts[self.wrap.line_of(offset)], offset)

    def offset_at(self, line: int, x: int) -> int:
        """Return the offset under a cell of a line; past its end, the last place on that line."""
        line = max(0, min(line, len(self.wrap) - 1))
        start, end, onward = self.wrap.bounds(line)
        found = cells.offset_at(self.text, start, end, x)
        if found < onward or line == len(self.wrap) - 1:
            return min(found, self.limit)
        return self.before(found)

    def after(self, offset: int) -> int:
        """Return the end of the cluster at an offset: one step to the right."""
        if offset >= self.limit:
            return self.limit
        _start, end, onward = self.wrap.bounds(self.wrap.line_of(offset))
        if offset >= end:
            return min(onward, self.limit)
        return min(cells.cluster_end(self.text, offset, end), self.limit)

    def before(self, offset: int) -> int:
        """Return the start of the cluster before an offset: one step to the left."""
        if offset <= 0:
            return 0
        start, end, _onward = self.wrap.bounds(self.wrap.line_of(offset - 1))
        if offset > end:
            return end
        return cells.snapped_down(cells.cluster_starts(self.text, start, end), offset - 1)

    def edge(self, offset: int) -> int:
        """Return the start of the cluster that holds an offset, within the text."""
        offset = max(0, min(offset, self.limit))
        start, end, _onward = self.wrap.bounds(self.wrap.line_of(offset))
        if offset >= end:
            return offset
        return cells.snapped_down(cells.cluster_starts(self.text, start, end), offset)

    def edge_up(self, offset: int) -> int:
        """Return the first cluster edge at or after an offset."""
        down = self.edge(offset)
        return down if down >= min(offset, self.limit) else self.after(down)
