"""The lines around a screen: where one is, what was done, what is not saved, which keys there are."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from qcode.language import _, counted
from qcode.model.span import Span
from qcode.terminal import in_one_line
from qcode.tui.commands import Label
from qcode.tui.layout.page import Page
from qcode.tui.widgets.rows import beside, clipped, fitted


class HeaderLine(Static):
    """One row: what stands left is cut where what stands right needs the room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._parts = ("", "")

    def show(self, left: str, right: str) -> None:
        """Show other texts."""
        self._parts = (left, right)
        self._paint()

    def on_resize(self) -> None:
        """Cut anew."""
        self._paint()

    def _paint(self) -> None:
        width = self.content_size.width
        whole, right = self._parts
        # What one knows anyway gives way first.
        if cell_len(whole) + cell_len(right) >= width:
            whole = whole.removeprefix("qcode · ")
        left, right = beside(whole, right, width)
        self.update(Content(left + right), layout=False)


_MOST = 3
"""How many rows a sentence may take that says what was done, or why it was not."""


class StatusLine(Static):
    """Says where one is, or until one moves, what was done: in more rows where one is too short."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._place = ""
        self._saved = ""
        self._rows = 1
        self.told = ""

    def stand(self, place: str, saved: str) -> None:
        """Say where one is now; what was told goes away."""
        self.told, self._place, self._saved = "", place, saved
        self._paint()

    def tell(self, text: str, saved: str = "") -> None:
        """Say what was done."""
        self.told, self._saved = text, saved or self._saved
        self._paint()

    @property
    def text(self) -> str:
        """What is said, in one line."""
        parts = (self.told or self._place, self._saved)
        return in_one_line(" · ".join(filter(None, parts)))

    def on_resize(self) -> None:
        """Cut anew."""
        self._paint()

    def _paint(self) -> None:
        text, room = self.text, self.content_size.width - 1
        if cell_len(text) > room:
            # What was said matters more than when it was saved, which is said again at once.
            text = self.told or self._place or self._saved
            text = clipped(text, room, _MOST) if self.told else fitted(text, room)
        lines = text.split("\n")
        if self._rows != len(lines):
            self.styles.height = self._rows = len(lines)
        self.update(Content("\n".join(f" {line}" for line in lines)), layout=False)


class KeyLine(Static):
    """Shows a few keys and what they do; a click on one does it."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """A key was clicked whose action is to be run."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, keys: Sequence[Label], *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._keys = tuple(keys)
        self._shown: tuple[Label, ...] = ()

    def show(self, keys: Sequence[Label]) -> None:
        """Show other keys."""
        self._keys = tuple(keys)
        self.on_resize()

    def on_resize(self) -> None:
        """Show as many as there is room for; the last one, the help, always."""
        *others, help = self._keys
        room = self.size.width - _cells(help)
        shown: list[Label] = []
        for key in others:
            room -= _cells(key)
            if room >= 0:
                shown.append(key)
        parts: list[tuple[str, str]] = [(" ", "")]
        self._shown = (*shown, help)
        for one in self._shown:
            parts += [(one.key, "bold"), (f" {one.text}   ", "")]
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer does."""
        left = event.x - 1
        for one in self._shown:
            if 0 <= left < _cells(one) - 3 and one.action:
                self.post_message(self.Clicked(one.action))
            left -= _cells(one)


def _cells(one: Label) -> int:
    return cell_len(one.key) + cell_len(one.text) + 4


def position(page: Page, cursor: int, selection: Span | None) -> str:
    """Return where a coder is, in words."""
    transcript = page.transcript
    if not transcript.turns:
        return _("This document holds no words.")
    place = _("Turn {turn} of {turns}").format(
        turn=transcript.turn_index(cursor) + 1, turns=len(transcript.turns)
    )
    if selection is None:
        return place
    return f"{place} · {selected(page, selection)}"


def selected(page: Page, selection: Span) -> str:
    """Return how much is selected, in sentences and words."""
    transcript = page.transcript
    first = transcript.turn_index(selection.start)
    last = transcript.turn_index(selection.end - 1)
    sentences = sum(
        span.overlaps(selection)
        for turn in range(first, last + 1)
        for span in page.units.sentences(turn)
    )
    words = transcript.words_in(selection.start, selection.end)
    said = counted("{n} word", "{n} words", words)
    whole = page.units.at("sentence", selection.start)
    if sentences == 1 and whole and not selection.contains(whole):
        return _("{words} selected").format(words=said)
    return _("{sentences} selected ({words})").format(
        sentences=counted("{n} sentence", "{n} sentences", sentences), words=said
    )
