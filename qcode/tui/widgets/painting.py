"""How one line of the reader looks: gutter, lanes, label, and the words with their marks.

No mark shows by colour alone: a bracket stands in the margin, the code's label beside it where
there is room, and words under two codes are underlined. A tint shows one code only, the active or
the innermost, because a blend of three is brown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from qcode.model.span import Span
from qcode.tui.layout import cells
from qcode.tui.layout.page import Page
from qcode.tui.layout.spans import Mark

TINT = 0.30
MOST_LANES = 6
_NUMBER = 5
_BRACKETS = {"coding": "╺┏┃┗", "memo": "╶┌│└", "flag": "═╔║╚"}
_LEAST_LABEL = 3


@dataclass(frozen=True, slots=True)
class Margin:
    """How the cells left of the words are shared; lanes and labels stand in one ``area``."""

    number: int
    area: int
    lanes: int

    @classmethod
    def fitting(cls, width: int) -> Margin:
        """Return the margin for a reader of ``width`` cells."""
        area = next((size for least, size in ((72, 13), (52, 10), (32, 5)) if width >= least), 2)
        return cls(_NUMBER if width >= 32 else 0, area, min(MOST_LANES, area))

    @property
    def width(self) -> int:
        """Cells before the words, the blank before them included."""
        return self.number + self.area + 1


@dataclass(frozen=True)
class Ink:
    """The styles of a theme; ``tints`` is off below 256 colours."""

    base: Style
    cursor: Style
    selection: Style
    hit: Style
    gutter: Style
    speaker: Style
    label: Style
    ground: Color
    text: Color
    tints: bool = True
    _made: dict[tuple[str, ...], Style] = field(default_factory=dict)

    def lane(self, color: str) -> Style:
        """Return the style of a bracket."""
        style = self._made.get(("lane", color))
        if style is None:
            shade = self._visible(Color.parse(color)) if color else self.text
            style = self.base + Style(color=shade.rich_color)
            self._made["lane", color] = style
        return style

    def words(self, codings: Sequence[Mark], active: str, *, speaker: bool) -> Style:
        """Return the style of words under these codings, outer ones first."""
        style = self.speaker if speaker else self.base
        if not codings:
            return style
        top = next((mark for mark in codings if mark.id == active), None)
        top = top or min(codings, key=lambda mark: (mark.end - mark.start, -mark.start))
        several = len({mark.code for mark in codings}) > 1
        key = ("words", top.color, str(several), str(speaker))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = style + self._marked(top.color, several=several)
        return made

    def _marked(self, color: str, *, several: bool) -> Style:
        if not self.tints:
            return Style(underline=True, bold=True if several else None)
        shade = Color.parse(color) if color else self.text
        tint = self.ground.blend(shade, TINT if color else TINT / 2)
        return Style(bgcolor=tint.rich_color, underline=True if several else None)

    def _visible(self, color: Color) -> Color:
        close = abs(color.brightness - self.ground.brightness) < 0.2
        return color.blend(self.text, 0.5) if close else color


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the cursor stands and what is selected, as far as a line shows it."""

    cursor: int = -1
    selection: Span | None = None


class Painter:
    """Paints the lines of one page in one ink."""

    def __init__(self, page: Page, ink: Ink, margin: Margin) -> None:
        self.page = page
        self.ink = ink
        self.margin = margin
        self.active = ""
        """The mark whose colour shows where it overlaps others."""
        self.hits: Sequence[Span] = ()
        """What was looked for and found, in order, none overlapping another."""

    def line(self, number: int, standing: Standing) -> list[Segment]:
        """Return a line as segments, not filled up to the right edge."""
        start, end, onward = self.page.wrap.bounds(number)
        marks = self.page.index.query(start, max(onward, start + 1))
        if standing.cursor >= 0 and self.page.wrap.line_of(standing.cursor) != number:
            standing = Standing(selection=standing.selection)
        return [
            *self._number(start),
            *self._lanes(marks, start, onward),
            Segment(" ", self.ink.base),
            *self._words(marks, start, end, standing),
        ]

    def _number(self, start: int) -> list[Segment]:
        width = self.margin.number
        if not width:
            return []
        transcript = self.page.transcript
        turn = transcript.turn_index(start)
        begins = bool(transcript.turns) and transcript.turns[turn].start == start
        return [Segment(f"{turn + 1:>{width - 1}} " if begins else " " * width, self.ink.gutter)]

    def _lanes(self, marks: Sequence[Mark], start: int, onward: int) -> list[Segment]:
        area, lanes, ink = self.margin.area, self.margin.lanes, self.ink
        if not marks:
            return [Segment(" " * area, ink.base)]
        brackets: dict[int, Segment] = {}
        hidden = False
        for mark in marks:
            lane = self.page.lanes[mark.id]
            if lane >= lanes:
                hidden = True
                continue
            brackets[lane] = Segment(shape(mark, start, onward), ink.lane(mark.color))
        if hidden:
            brackets[lanes - 1] = Segment("+", ink.gutter)
        used = max(brackets) + 1
        blank = Segment(" ", ink.base)
        opening = [mark for mark in marks if start <= mark.start and mark.label]
        label = _label(opening, area - used - 1)
        return [
            *(brackets.get(lane, blank) for lane in range(used)),
            Segment(f" {label}" if area > used else "", ink.label),
            Segment(" " * (area - used - cell_len(label) - 1), ink.base),
        ]

    def _words(
        self, marks: Sequence[Mark], start: int, end: int, standing: Standing
    ) -> list[Segment]:
        text, ink = self.page.text, self.ink
        said = self._said(start)
        codings = [mark for mark in marks if mark.kind == "coding"]
        hits = self._hits(start, end)
        cuts = self._cuts([*codings, *hits], start, end, (standing, said))
        segments: list[Segment] = []
        for here, onward in pairwise(cuts):
            over = [mark for mark in codings if mark.start < onward and mark.end > here]
            style = ink.words(over, self.active, speaker=onward <= said)
            if any(hit.start < onward and hit.end > here for hit in hits):
                style += ink.hit
            segments.append(Segment(text[here:onward], self._stood(style, here, standing)))
        if standing.cursor >= end and standing.cursor >= 0:
            segments.append(Segment(" ", self._stood(ink.base, standing.cursor, standing)))
        return segments

    def _hits(self, start: int, end: int) -> Sequence[Span]:
        first = bisect_right(self.hits, start, key=lambda hit: hit.end)
        last = bisect_left(self.hits, end, key=lambda hit: hit.start)
        return self.hits[first:last]

    def _stood(self, style: Style, here: int, standing: Standing) -> Style:
        selection = standing.selection
        if selection and selection.start <= here < selection.end:
            style += self.ink.selection
        return style + self.ink.cursor if here == standing.cursor else style

    def _said(self, start: int) -> int:
        transcript = self.page.transcript
        turns = transcript.turns
        return turns[transcript.turn_index(start)].said if turns else 0

    def _cuts(
        self, codings: Sequence[Mark | Span], start: int, end: int, other: tuple[Standing, int]
    ) -> list[int]:
        """Return where the style may change, at edges of clusters only."""
        standing, said = other
        starts = cells.cluster_starts(self.page.text, start, end)
        lower = [mark.start for mark in codings]
        upper = [mark.end for mark in codings] + [said]
        if standing.selection:
            lower.append(standing.selection.start)
            upper.append(standing.selection.end)
        if start <= standing.cursor < end:
            lower.append(standing.cursor)
            at = bisect_right(starts, standing.cursor)
            upper.append(starts[at] if at < len(starts) else end)
        cuts = {start, end}
        cuts.update(cells.snapped_down(starts, at) for at in lower if start < at < end)
        cuts.update(cells.snapped_up(starts, at, end) for at in upper if start < at < end)
        return sorted(cuts)


def shape(mark: Mark, start: int, onward: int) -> str:
    """Return the bracket of a mark beside a line."""
    alone, opens, through, closes = tuple(_BRACKETS[mark.kind])
    if mark.start >= start:
        return alone if mark.end <= onward else opens
    return closes if mark.end <= onward else through


def _label(opening: Sequence[Mark], room: int) -> str:
    """Return the label of the first mark that begins here, and how many more do."""
    if not opening:
        return ""
    more = f" +{len(opening) - 1}" if len(opening) > 1 else ""
    room -= len(more)
    if room < _LEAST_LABEL:
        return ""
    label = cells.shown(opening[0].label).replace("\n", " ")
    if cell_len(label) > room:
        label = set_cell_size(label, room - 1).rstrip() + "…"
    return label + more
