"""The codebook as a tree, with how often each code was given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from qcode.language import _
from qcode.model.codebook import Code, Codebook
from qcode.tui import commands
from qcode.tui.commands.codebook import TREE
from qcode.tui.ranking import Ranking
from qcode.tui.widgets.rows import Rows, beside

_ALL_OPEN = 60
"""Up to so many codes the whole tree is open at first."""
RETIRED, MERGED = "×", "⇢"


class _Line(NamedTuple):
    code: Code
    depth: int
    fits: bool
    """Whether it is a code that was looked for, not only one above such."""


class CodeTree(Rows):
    """Shows the offered codes; the counts change in place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", _("Next row"), show=False, id="tree.next"),
        Binding("k", "step(-1)", _("Previous row"), show=False, id="tree.previous"),
        Binding("left,h", "fold", _("Close, or go to the code above"), show=False, id="tree.close"),
        Binding("right,l", "unfold", _("Open the codes below"), show=False, id="tree.open"),
        Binding("space", "turn", _("Open or close"), show=False, id="tree.toggle"),
        *commands.bindings(TREE),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._book = Codebook(())
        self._label: Callable[[Code], str] = lambda code: code.name
        self._counts: Mapping[str, tuple[int, int]] = {}
        self._open: set[str] = set()
        self._seen = False
        self._lines: list[_Line] = []
        self._rows: dict[str, int] = {}
        self._parents: set[str] = set()
        self._ranking: Ranking | None = None
        self.filtered = ""
        """The letters that codes must fit to be shown, or nothing."""
        self.gone = False
        """Whether retired and merged codes show, too."""
        self.own = False
        """Whether a code is counted without those below it."""

    def show(
        self,
        book: Codebook,
        counts: Mapping[str, tuple[int, int]],
        label: Callable[[Code], str],
    ) -> None:
        """Show a codebook; what was open stays open."""
        first, new = not self._seen, book is not self._book
        known = set(self._book.codes)
        self._book, self._counts, self._label, self._seen = book, counts, label, True
        if not (first or new):
            self.refresh()
            return
        self._ranking = None
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

    def filter(self, typed: str) -> None:
        """Show the codes that letters may mean, with those above them; all where there are none."""
        here, self.filtered = self.code, typed
        if not typed and here is not None:
            self.seek(here.id)
            return
        self._lay()
        if typed and not (self._lines and self._lines[self.highlighted].fits):
            self.step_fitting(1)

    def show_gone(self, *, gone: bool) -> None:
        """Show or hide retired and merged codes."""
        self.gone, self._ranking = gone, None
        self._lay()

    @property
    def code(self) -> Code | None:
        """The highlighted code."""
        return self._lines[self.highlighted].code if self._lines else None

    @property
    def number(self) -> int:
        """How many rows there are."""
        return len(self._lines)

    @property
    def whole(self) -> int:
        """How many codes there are to be shown."""
        return len(self._book.codes) if self.gone else len(self._book)

    @property
    def fitting(self) -> int:
        """How many codes fit the filter."""
        return sum(line.fits for line in self._lines)

    def seek(self, code: str) -> None:
        """Highlight a code, opening those above it."""
        above = code
        while above in self._book.codes and (above := self._book.parent(above)):
            self._open.add(above)
        self._lay()
        if code in self._rows:
            self.highlight(self._rows[code])

    def step_fitting(self, step: int) -> None:
        """Highlight the next or previous code that fits the filter."""
        rows = [row for row, line in enumerate(self._lines) if line.fits]
        if rows:
            at, last = self.highlighted, len(rows) - 1
            beyond = [row for row in rows if (row - at) * step > 0]
            self.highlight((beyond[0] if step > 0 else beyond[-1]) if beyond
                           else rows[0 if step > 0 else last])  # fmt: skip

    # -- which rows there are ------------------------------------------------------------------

    def _walked(self) -> Iterator[tuple[Code, int]]:
        book = self._book
        for code, depth in book.walk(retired=self.gone):
            yield code, depth
            if self.gone:
                merged = sorted(book.chain(code.id) - {code.id}, key=lambda one: book[one].name)
                yield from ((book[id], depth + 1) for id in merged)

    def _lay(self) -> None:
        here = self.code
        walked = list(self._walked())
        self._lines = self._narrowed(walked) if self.filtered else self._unfolded(walked)
        self._rows = {line.code.id: row for row, line in enumerate(self._lines)}
        self.changed()
        if here is not None and here.id in self._rows:
            self.highlight(self._rows[here.id])

    def _unfolded(self, walked: list[tuple[Code, int]]) -> list[_Line]:
        lines = []
        hidden_below = -1
        for code, depth in walked:
            if hidden_below >= 0 and depth > hidden_below:
                continue
            lines.append(_Line(code, depth, fits=True))
            hidden_below = -1 if code.id in self._open else depth
        return lines

    def _narrowed(self, walked: list[tuple[Code, int]]) -> list[_Line]:
        if self._ranking is None:
            self._ranking = Ranking(self._book, tuple(code for code, _depth in walked))
        fit = self._ranking.fitting(self.filtered)
        kept: list[_Line] = []
        deeper = -1
        # From the end: whatever stands above a kept row is met after it, one level less deep.
        for code, depth in reversed(walked):
            if code.id in fit or depth < deeper:
                kept.append(_Line(code, depth, code.id in fit))
                deeper = depth
        return kept[::-1]

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one code: its colour, its name, and its counts."""
        code, depth, fits = self._lines[row]
        sign = " "
        if code.id in self._parents:
            sign = "▾" if code.id in self._open or self.filtered else "▸"
        lead = "  " * min(depth, 6)
        here, everywhere = self._counts.get(code.id, (0, 0))
        count = f"{here}/{everywhere}" if everywhere else ""
        name, number = beside(self._label(code), count, width - len(lead) - 3)
        color = base + Style(color=code.color) if code.color else base
        mark = "▌" if code.color else "·"
        if not self._book.offered(code):
            mark = RETIRED if self._book.end(code.id) == code.id else MERGED
            base = color = aside
        return [
            Segment(f"{lead}{sign}", aside),
            Segment(mark, color),
            Segment(name, base if fits else aside),
            Segment(number, aside),
            Segment(" ", base),
        ]

    # -- keys ----------------------------------------------------------------------------------

    def action_turn(self) -> None:
        """Open or close the codes below."""
        if self.code and self.code.id in self._parents and not self.filtered:
            self._open ^= {self.code.id}
            self._lay()

    def action_unfold(self) -> None:
        """Open the codes below, or go to the first of them."""
        code = self.code
        if code is None or code.id not in self._parents:
            return
        if code.id in self._open or self.filtered:
            self.action_step(1)
        else:
            self.action_turn()

    def action_fold(self) -> None:
        """Close the codes below, or go to the code above."""
        code = self.code
        if code is None:
            return
        end = self._book.end(code.id)
        above = self._book.parent(code.id) if end == code.id else end
        if code.id in self._open and code.id in self._parents and not self.filtered:
            self.action_turn()
        elif above in self._rows:
            self.highlight(self._rows[above])
