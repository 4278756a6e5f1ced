"""A few things to choose from by one letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from qcode.language import _
from qcode.terminal import in_one_line
from qcode.tui.commands import key_of
from qcode.tui.widgets.rows import Rows, fitted


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to choose: its letter, what it says, and what it stands for."""

    letter: str
    label: str
    value: str
    color: str = ""
    """A colour to show beside it, or nothing."""


class Choice(Rows):
    """A small pane that goes away with a letter, enter, or escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", _("Close"), show=False, id="choice.close"),
    ]

    class Made(Message):
        """A way was chosen; ``about`` says in what."""

        def __init__(self, about: str, value: str) -> None:
            super().__init__()
            self.about = about
            self.value = value

    class Closed(Message):
        """The pane went away without a choice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ways: tuple[Way, ...] = ()
        self._about = ""

    def open(self, about: str, title: str, ways: Sequence[Way]) -> None:
        """Show what there is to choose from."""
        self._about, self._ways = about, tuple(ways)
        self.border_title = Content(in_one_line(title))
        self.border_subtitle = Content(
            _("one key · {close} close").format(close=key_of(self.BINDINGS, "choice.close"))
        )
        self.styles.height = len(ways) + 2
        self.add_class("-open")
        self.changed()
        self.highlight(0)
        self.focus()

    def close(self) -> None:
        """Hide the pane."""
        self.remove_class("-open")

    @property
    def is_open(self) -> bool:
        """Tell whether the pane is shown."""
        return self.has_class("-open")

    @property
    def number(self) -> int:
        """How many ways there are."""
        return len(self._ways)

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one way."""
        way = self._ways[row]
        return [
            Segment(f" {way.letter} ", base + Style(bold=True)),
            Segment("█" if way.color else " ", base + Style(color=way.color or None)),
            Segment(f" {fitted(way.label, width - 5)}", base if row == self.highlighted else aside),
        ]

    def action_close(self) -> None:
        """Go away without a choice."""
        self.close()
        self.post_message(self.Closed())

    def action_choose(self) -> None:
        """Take the highlighted way."""
        self._take(self._ways[self.highlighted])

    def on_key(self, event: events.Key) -> None:
        """Take the way of a letter; other letters do nothing while the pane is open."""
        if not event.is_printable:
            return
        event.stop()
        event.prevent_default()
        for way in self._ways:
            if way.letter == event.character:
                self._take(way)

    def _take(self, way: Way) -> None:
        self.close()
        self.post_message(self.Made(self._about, way.value))
