"""What all screens have in common: commands, help, the note on a tiny terminal and the banner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from qcode.errors import QcodeError
from qcode.language import _
from qcode.terminal import in_one_line
from qcode.tui import commands
from qcode.tui.commands import Command, Label
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.helping import of_commands
from qcode.tui.inspecting import Line
from qcode.tui.trail import Place, Trail
from qcode.tui.widgets.status import KeyLine

__all__ = ["Banner", "Place", "ShownScreen"]

LEAST_WIDTH, LEAST_HEIGHT = 20, 5


class Banner(Static):
    """Says what keeps the project from being read or written; else it takes no room."""

    def on_mount(self) -> None:
        """Follow what the app knows."""
        self.watch(self.app, "trouble", self._say)

    def _say(self, trouble: str) -> None:
        self.update(Content(f" {in_one_line(trouble)}"))
        self.set_class(bool(trouble), "-shown")


class ShownScreen(Screen[None]):
    """A screen that gives way to a plain sentence where the terminal is too small for it.

    A subclass declares its ``KEYS`` and binds them: ``BINDINGS = bindings(KEYS)``.
    """

    KEYS: ClassVar[tuple[Command, ...]] = ()
    PANES: ClassVar[tuple[Command, ...]] = ()
    """Commands of the screen that have their keys in one of its panes alone."""
    FIRST: ClassVar[type[Widget] | None] = None
    """The kind of widget that has the keys at first, whose own are pressed on the same screen."""

    class Go(Message):
        """Somebody wants to see a place in a document, and to come back here from it."""

        def __init__(self, place: Place, trail: Trail[Any] | None = None) -> None:
            super().__init__()
            self.place = place
            self.trail = trail
            """The list it stands in, to go on from there to the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-tiny-x"), (LEAST_WIDTH, "-fits-x")]
        self.VERTICAL_BREAKPOINTS = [(0, "-tiny-y"), (LEAST_HEIGHT, "-fits-y")]

    def compose(self) -> ComposeResult:
        """Lay out the sentence, then the screen itself."""
        sentence = _("Too small: at least {width} x {height}").format(
            width=LEAST_WIDTH, height=LEAST_HEIGHT
        )
        yield Static(Content(sentence), id="too-small")
        yield from self.parts()

    def parts(self) -> ComposeResult:
        """Lay out the screen."""
        raise NotImplementedError

    def key_line(self) -> KeyLine:
        """Return the last line of the screen: its most used keys."""
        return KeyLine(self.labels(), id="keys")

    def labels(self) -> list[Label]:
        """Return what the last line says now; letters are no keys while one types them."""
        typing = isinstance(self.focused, Input | TextArea)
        return commands.footer(self.KEYS, EVERYWHERE, typing=typing)

    @on(events.DescendantFocus)
    def show_keys(self) -> None:
        """Say what can be done now with whatever has the keys."""
        for line in self.query(KeyLine):
            line.show(self.labels())

    @on(KeyLine.Clicked)
    async def _key_clicked(self, event: KeyLine.Clicked) -> None:
        event.stop()
        await self.app.run_action(event.action, self)

    def help(self) -> Iterator[Line]:
        """Yield what the help says of this screen."""
        yield from of_commands(self.KEYS)

    def leave(self) -> None:
        """Note what is to be found again; called before the screen goes."""

    _had_keys: Widget | None = None

    @on(events.Resize)
    def _hold_keys(self, event: events.Resize) -> None:
        """Give the keys back to what had them before the screen was too small to show it."""
        if event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT:
            self._had_keys = self.focused or self._had_keys
        elif self._had_keys is not None:
            self.call_after_refresh(self._give_keys_back, self._had_keys)
            self._had_keys = None

    def _give_keys_back(self, widget: Widget) -> None:
        if self.focused is None and widget.is_attached:
            widget.focus()

    async def _dispatch_message(self, message: Message) -> None:
        """Go on after a QcodeError: Textual would hear no further message of this screen."""
        try:
            await super()._dispatch_message(message)
        except QcodeError as error:
            self.app._handle_exception(error)  # noqa: SLF001 - where all errors end up
