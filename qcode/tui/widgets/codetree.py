"""The codebook as a tree, with how often each code was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from qcode.language import _
from qcode.model.codebook import Code, Codebook
from qcode.tui.widgets.rows import Rows, beside

_ALL_OPEN = 60
"""Up to so many codes the whole tree is open at first."""


class CodeTree(Rows):
    """Shows the offered codes; the counts change in place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", _("Next row"), show=False, id="tree.next"),
        Binding("k", "step(-1)", _("Previous row"), show=False, id="tree.previous"),
        Binding("left,h", "fold", _("Close, or go to the code above"), show=False, id="tree.close"),
        Binding("right,l", "unfold", _("Open the codes below"), show=False, id="tree.open"),
        Binding("space", "turn", _("Open or close"), show=False, id="tree.toggle"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._book = Codebook(())
        self._label: Callable[[Code], str] = lambda code: code.name
        self._counts: Mapping[str, tuple[int, int]] = {}
        self._open: set[str] = set()
        self._seen = False
        self._lines: list[tuple[Code, int]] = []
        self._parents: set[str] = set()

    def show(
        self,
        book: Codebook,
        counts: Mapping[str, tuple[int, int]],
        label: Callable[[Code], str],
    ) -> None:
        """Show a codebook; what was open stays open."""
        first = not self._seen
        known = set(self._book.codes)
        self._book, self._counts, self._label, self._seen = book, counts, label, True
        self._parents = {book.parent(code.id) for code in book}
        if first:
            whole = len(book) <= _ALL_OPEN
            self._open = {code.id for code, depth in book.walk() if whole and depth < 3}
        else:
            for code in book:
                if code.id not in known:
                    self._open.add(book.parent(code.id))
        self._lay()

    def recount(self, counts: Mapping[str, tuple[int, int]]) -> None:
        """Show other counts; nothing moves."""
        self._counts = counts
        self.refresh()

    @property
    def code(self) -> Code | None:
        """The highlighted code."""
        return self._lines[self.highlighted][0] if self._lines else None

    @property
    def number(self) -> int:
        """How many rows there are."""
        return len(self._lines)

    def _lay(self) -> None:
        here = self.code
        self._lines = []
        hidden_below = -1
        for code, depth in self._book.walk():
            if hidden_below >= 0 and depth > hidden_below:
                continue
            self._lines.append((code, depth))
            hidden_below = -1 if code.id in self._open else depth
        self.changed()
        if here is not None:
            ids = [code.id for code, _depth in self._lines]
            if here.id in ids:
                self.highlight(ids.index(here.id))

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one code: its colour, its name, and its counts."""
        code, depth = self._lines[row]
        sign = " "
        if code.id in self._parents:
            sign = "▾" if code.id in self._open else "▸"
        lead = "  " * min(depth, 6)
        here, everywhere = self._counts.get(code.id, (0, 0))
        count = f"{here}/{everywhere}" if everywhere else ""
        name, number = beside(self._label(code), count, width - len(lead) - 3)
        color = base + Style(color=code.color) if code.color else base
        return [
            Segment(f"{lead}{sign}", aside),
            Segment("▌" if code.color else "·", color),
            Segment(name, base),
            Segment(number, aside),
            Segment(" ", base),
        ]

    # -- keys ----------------------------------------------------------------------------------

    def action_turn(self) -> None:
        """Open or close the codes below."""
        if self.code and self.code.id in self._parents:
            self._open ^= {self.code.id}
            self._lay()

    def action_unfold(self) -> None:
        """Open the codes below, or go to the first of them."""
        code = self.code
        if code is None or code.id not in self._parents:
            return
        if code.id in self._open:
            self.action_step(1)
        else:
            self.action_turn()

    def action_fold(self) -> None:
        """Close the codes below, or go to the code above."""
        code = self.code
        if code is None:
            return
        if code.id in self._open and code.id in self._parents:
            self.action_turn()
        elif above := self._book.parent(code.id):
            ids = [one.id for one, _depth in self._lines]
            if above in ids:
                self.highlight(ids.index(above))
