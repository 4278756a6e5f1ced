"""A transcript with its marks as lines on the screen: layout, painting, repainting.

Only the lines on the screen are painted, painted ones are kept, and a change repaints the lines it
touches; the cost does not grow with the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.color import Color
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qcode.model.document import Transcript
from qcode.model.span import Span
from qcode.tui.colors import few_colors
from qcode.tui.layout.caret import Caret
from qcode.tui.layout.page import LineRange, Page
from qcode.tui.layout.spans import Mark
from qcode.tui.widgets.painting import Ink, Margin, Painter, Standing

_KEPT_LINES = 128
_LEAST_WIDTH = 4
_WIDTH_UNKNOWN = 80


class Sheet(ScrollView):
    """Shows a page of marked text with a cursor and a selection on it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--cursor",
        "reader--selection",
        "reader--hit",
        "reader--gutter",
        "reader--speaker",
        "reader--label",
    }

    def __init__(
        self, *, tints: bool | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        """Show nothing yet; ``tints`` overrides the choice by the number of colours."""
        super().__init__(id=id, classes=classes)
        self._tints = tints
        self._page = Page(Transcript("", ()))
        self._caret = Caret(self._page)
        self._active = ""
        self._hits: Sequence[Span] = ()
        self._margin = Margin.fitting(0)
        self._painter: Painter | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(_KEPT_LINES)

    @property
    def standing(self) -> Standing:
        """The cursor and the selection, as they are painted."""
        return Standing(self._caret.cursor, self._caret.selection)

    @property
    def page(self) -> Page:
        """The transcript as it is laid out, with its units and marks; not to be changed."""
        return self._page

    @property
    def transcript(self) -> Transcript:
        """The transcript that is shown."""
        return self._page.transcript

    # -- marks --------------------------------------------------------------------------------

    def put(self, marks: Iterable[Mark]) -> None:
        """Add marks, each in place of the one of its id; nothing else moves."""
        self._repaint_changed(self._page.put(marks))

    def drop(self, ids: Iterable[str]) -> None:
        """Take marks away; ids that are not shown are passed over."""
        self._repaint_changed(self._page.drop(ids))

    @property
    def active(self) -> str:
        """The id of the mark whose colour shows where it overlaps others, or empty."""
        return self._active

    @active.setter
    def active(self, id: str) -> None:
        if id == self._active:
            return
        known = self._page.index.marks
        changed = [known[mark] for mark in (self._active, id) if mark in known]
        self._active = id
        if self._painter is not None:
            self._painter.active = id
        self._repaint_changed(self._page.lanes.lines(mark) for mark in changed)

    @property
    def hits(self) -> Sequence[Span]:
        """What was looked for and found, in order."""
        return self._hits

    @hits.setter
    def hits(self, hits: Sequence[Span]) -> None:
        if hits or self._hits:
            self._hits = hits
            self._forget_painted()
            self.refresh()

    # -- layout -------------------------------------------------------------------------------

    def _turn_to(self, transcript: Transcript, marks: Iterable[Mark], kinds: Sequence[str]) -> None:
        self._margin, width = self._measures()
        self._page = Page(transcript, marks, kinds, width=width)
        self._caret = Caret(self._page)
        self._active = ""
        self._hits = ()
        self._forget_painted()
        self._fit()
        self._scroll_to_line(0)

    def on_resize(self) -> None:
        """Wrap anew where the width changed, with the same words at the top."""
        top = self._first_shown
        margin, width = self._measures()
        if width != self._page.wrap.width or margin != self._margin:
            self._margin = margin
            self._page.layout(width)
            self._forget_painted()
        self._fit()
        self._scroll_to_line(self._page.wrap.line_of(top))

    def _measures(self) -> tuple[Margin, int]:
        width = self.scrollable_content_region.width or _WIDTH_UNKNOWN
        margin = Margin.fitting(width)
        # One cell beyond the words is for the blank, or the cursor, at the end of a line.
        return margin, max(_LEAST_WIDTH, width - margin.width - 1)

    def _fit(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._page.wrap))
        self.refresh()

    def _forget_painted(self) -> None:
        self._painter = None
        self._strips.clear()

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _first_shown(self) -> int:
        starts = self._page.wrap.starts
        return starts[max(0, min(self._top, len(starts) - 1))]

    def _scroll_to_line(self, line: int) -> None:
        if self.is_attached:
            self.scroll_to(y=max(0, line))

    def scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> None:
        """Scroll at once: an animated page costs thirty frames."""
        super().scroll_to(x, y, **{**options, "animate": False})

    # -- painting -----------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget what was painted in another theme."""
        super().notify_style_update()
        self._forget_painted()

    def render_line(self, y: int) -> Strip:
        """Paint one row; lines without cursor and selection are kept."""
        number = self._top + y
        width = self.scrollable_content_region.width
        painter = self._painter or self._new_painter()
        if number >= len(self._page.wrap):
            return Strip.blank(width, painter.ink.base)
        standing = self.standing
        if self._touches(number, standing):
            return _filled(painter.line(number, standing), width, painter.ink.base)
        strip = self._strips.get(number)
        if strip is None:
            strip = _filled(painter.line(number, Standing()), width, painter.ink.base)
            self._strips[number] = strip
        return strip

    def _touches(self, number: int, standing: Standing) -> bool:
        start, _end, onward = self._page.wrap.bounds(number)
        selection = standing.selection
        if selection and selection.start < onward and selection.end > start:
            return True
        return number == self._page.wrap.line_of(standing.cursor)

    def _new_painter(self) -> Painter:
        self._painter = Painter(self._page, self._ink(), self._margin)
        self._painter.active = self._active
        self._painter.hits = self._hits
        return self._painter

    def _ink(self) -> Ink:
        _outer, ground = self.background_colors
        text = ground + self.styles.color
        base = Style(color=text.rich_color, bgcolor=ground.rich_color)
        tints = self._tints
        if tints is None:
            tints = not few_colors(self.app)
        return Ink(
            base=base,
            cursor=self._component("cursor", ground) if tints else Style(reverse=True, bold=True),
            selection=self._component("selection", ground) if tints else Style(reverse=True),
            hit=self._component("hit", ground) if tints else Style(bold=True, italic=True),
            gutter=self._component("gutter", ground),
            speaker=base + Style(bold=True),
            label=self._component("label", ground),
            ground=ground,
            text=text,
            tints=tints,
        )

    def _component(self, name: str, ground: Color) -> Style:
        styles = self.get_component_styles(f"reader--{name}")
        behind = ground + styles.background
        ahead = behind.get_contrast_text(styles.color.a) if styles.auto_color else styles.color
        colors = Style(color=(behind + ahead).rich_color, bgcolor=behind.rich_color)
        return colors + styles.text_style

    # -- repainting ---------------------------------------------------------------------------

    def _repaint(self, first: int, last: int) -> None:
        """Paint lines anew as far as they are on the screen."""
        top = self._top
        first = max(first, top)
        last = min(last, top + self.scrollable_content_region.height - 1)
        if first <= last:
            width = self.scrollable_content_region.width
            self.refresh(Region(0, first - top, width, last - first + 1))

    def _repaint_changed(self, changed: Iterable[LineRange]) -> None:
        for first, last in changed:
            if last - first < _KEPT_LINES:
                for number in range(first, last + 1):
                    self._strips.discard(number)
            else:
                self._strips.clear()
            self._repaint(first, last)

    def _moved(self, before: Standing) -> None:
        """Show where cursor and selection are now; a subclass tells others."""
        self._repaint_moved(before)

    def _repaint_moved(self, before: Standing) -> None:
        """Paint anew the lines on which cursor or selection differ from ``before``."""
        after = self.standing
        line_of = self._page.wrap.line_of
        self._repaint(line_of(before.cursor), line_of(before.cursor))
        self._repaint(line_of(after.cursor), line_of(after.cursor))
        for start, end in _differing(before.selection, after.selection):
            self._repaint(line_of(start), line_of(end))


def _differing(before: Span | None, after: Span | None) -> list[tuple[int, int]]:
    if before == after:
        return []
    if before is None or after is None or not before.overlaps(after):
        return [(span.start, span.end) for span in (before, after) if span]
    edges = ((before.start, after.start), (before.end, after.end))
    return [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]]


def _filled(segments: list[Segment], width: int, base: Style) -> Strip:
    segments = [segment for segment in segments if segment.text]
    used = sum(segment.cell_length for segment in segments)
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    strip = Strip(segments, max(used, width))
    return strip.crop(0, width) if used > width else strip
