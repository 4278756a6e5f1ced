"""The pane that tells what stands at the cursor and what its code means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qcode.language import _
from qcode.terminal import harmless
from qcode.tui.inspecting import Line, Look
from qcode.tui.layout.wrap import Wrap

_STYLES = Path(__file__).with_name("inspector.tcss").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    look: Look = "plain"
    color: str = ""
    lead: str = ""


class Inspector(ScrollView, can_focus=True):
    """Shows lines of plain text, wrapped to its width; nothing else is laid out anew for it."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "pagedown,ctrl+d", "page_down", _("Page down"), show=False, id="inspector.page.next"
        ),
        Binding("pageup,ctrl+u", "page_up", _("Page up"), show=False, id="inspector.page.previous"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"inspector--quiet"}
    DEFAULT_CSS = _STYLES

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()
        self._rows: list[_Row] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, from the first."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self.scroll_to(y=0, animate=False)
        self._wrap()

    def reveal(self, line: int) -> None:
        """Show a line from its first row, if it is not in view as a whole."""
        width, height = self.scrollable_content_region.size
        rows = [len(_wrapped(one, max(4, width - 1))) for one in self._lines[: line + 1]]
        top, seen = sum(rows[:-1]), self.scroll_offset.y
        if not seen <= top <= seen + height - rows[-1]:
            self.scroll_to(y=top, animate=False, force=True)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrap()

    def _wrap(self) -> None:
        width, height = self.scrollable_content_region.size
        self._rows = [row for line in self._lines for row in _wrapped(line, max(4, width - 1))]
        # Another size lays out the whole screen anew: what fits is given one and the same.
        self.virtual_size = Size(width, max(height, len(self._rows)))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        row = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        base = self.rich_style
        if row >= len(self._rows):
            return Strip.blank(width, base)
        shown = self._rows[row]
        quiet = base + self.get_component_rich_style("inspector--quiet", partial=True)
        styles = {"plain": base, "strong": base + Style(bold=True), "quiet": quiet}
        segments = [Segment(shown.lead, base + Style(bold=True))] if shown.lead else []
        if shown.color:
            bar = base + Style(color=shown.color) if shown.color.startswith("#") else base
            segments.append(Segment("▌", bar))
        segments.append(Segment(shown.text, styles[shown.look]))
        return Strip(segments).adjust_cell_length(width, base)


def _wrapped(line: Line, width: int) -> list[_Row]:
    """Return a paragraph as rows; what stands left of it has a row of its own if it is wide."""
    text = harmless(line.text).replace("\t", " ")
    lead = harmless(line.lead) or " " * line.indent
    above: list[_Row] = []
    if len(lead) > max(2, width // 2):
        above, lead = [_Row(lead.rstrip(), "strong")], "  "
    room = max(2, width - cell_len(lead) - bool(line.color))
    if cell_len(text) <= room and "\n" not in text:
        return [*above, _Row(text, line.look, line.color, lead)]
    wrap = Wrap(text, room, ())
    spans = (wrap.bounds(number) for number in range(len(wrap)))
    return above + [
        _Row(text[start:end], line.look, line.color, " " * cell_len(lead) if number else lead)
        for number, (start, end, _onward) in enumerate(spans)
    ]
