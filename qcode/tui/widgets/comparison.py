"""The pane in which the passages of one code stand together, with what the code means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from qcode.language import _
from qcode.model.codebook import Code
from qcode.terminal import in_one_line
from qcode.tui.commands import key_of
from qcode.tui.passages import Other
from qcode.tui.widgets.rows import Rows, fitted, longest

_MOST_PLACE = 24


class PassageList(Rows):
    """Shows passages, one a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", _("Next row"), show=False, id="passages.next"),
        Binding("k", "step(-1)", _("Previous row"), show=False, id="passages.previous"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._others: tuple[Other, ...] = ()
        self._here = ""
        self._widths = (0, 0)

    def show(self, others: Sequence[Other], here: str) -> None:
        """Show passages; ``here`` is the coding from which the comparison begins, or nothing."""
        self._others, self._here = tuple(others), here
        self._widths = (
            min(_MOST_PLACE, longest([one.place for one in others])),
            min(_MOST_PLACE, longest([one.cases for one in others])),
        )
        self.changed()
        ids = [one.coding for one in others]
        # Where it begins is known: what is to be compared with it comes first.
        self.highlight((ids.index(here) + 1) % len(ids) if here in ids else 0)

    @property
    def other(self) -> Other | None:
        """The highlighted passage."""
        return self._others[self.highlighted] if self._others else None

    @property
    def number(self) -> int:
        """How many passages there are."""
        return len(self._others)

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one passage."""
        one = self._others[row]
        place, cases = self._widths
        if width < 2 * (place + cases):
            cases = 0
        mark = "⚑ " if one.closed else ""
        words = max(0, width - place - cases - 5)
        return [
            Segment("▸" if row == self.highlighted else " ", base),
            Segment("=" if one.coding == self._here else " ", base),
            Segment(fitted(one.place, place + 1), base),
            Segment(fitted(one.cases, cases) + " " if cases else "", aside),
            Segment(fitted(f"{mark}{one.text}", words), base),
        ]


class Comparison(Vertical):
    """Shows the passages of a code and posts the one to go to."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o", "close", _("Close"), show=False, id="comparison.close"),
    ]
    TYPED = (("enter", _("Go to the passage; backspace comes back")),)
    """What the list in it does with keys, for the help."""

    class Went(Message):
        """A passage is to be gone to."""

        def __init__(self, other: Other) -> None:
            super().__init__()
            self.other = other

    class Closed(Message):
        """The pane went away."""

    def compose(self) -> ComposeResult:
        """Lay out the list, the words of the highlighted passage, and the code's meaning."""
        yield PassageList()
        yield Static(markup=False, classes="comparison--words")
        yield Static(markup=False, classes="comparison--meaning", id="use")
        yield Static(markup=False, classes="comparison--meaning", id="not")

    def open(self, title: str, code: Code, others: Sequence[Other], here: str = "") -> None:
        """Show the passages of a code."""
        self.border_title = Content(in_one_line(title))
        self.border_subtitle = Content(
            _("enter go there · {close} close").format(
                close=key_of(self.BINDINGS, "comparison.close")
            )
        )
        use = code.definition or code.include
        use = _("Use when: {text}").format(text=use) if use else _(
            "This code has no definition yet."
        )  # fmt: skip
        avoid = _("Not for: {text}").format(text=code.exclude) if code.exclude else ""
        self.query_one("#use", Static).update(Content(in_one_line(use)))
        self.query_one("#not", Static).update(Content(in_one_line(avoid)))
        self.query_one("#not").display = bool(avoid)
        self.add_class("-open")
        self._list.show(others, here)
        self._list.focus()

    @property
    def is_open(self) -> bool:
        """Tell whether the pane is shown."""
        return self.has_class("-open")

    @property
    def other(self) -> Other | None:
        """The highlighted passage."""
        return self._list.other

    @property
    def _list(self) -> PassageList:
        return self.query_one(PassageList)

    def close(self) -> None:
        """Hide the pane."""
        self.remove_class("-open")

    def action_close(self) -> None:
        """Go away."""
        self.close()
        self.post_message(self.Closed())

    @on(Rows.Highlighted)
    def _moved(self, event: Rows.Highlighted) -> None:
        event.stop()
        one = self.other
        if one is None:
            return
        head = " · ".join(filter(None, (one.place, one.cases, one.code, one.coder)))
        closed = _("⚑ stays inside: {why}").format(why=one.closed) if one.closed else ""
        head = " · ".join(filter(None, (head, closed)))
        text = f"{in_one_line(head)}\n“{in_one_line(one.text)}”"
        self.query_one(".comparison--words", Static).update(Content(text), layout=False)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if self.other is not None:
            self.close()
            self.post_message(self.Went(self.other))
