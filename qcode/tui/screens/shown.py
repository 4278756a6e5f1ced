"""What all screens have in common: the note on a tiny terminal and the banner."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from qcode.errors import QcodeError
from qcode.language import _
from qcode.terminal import in_one_line

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
    """A screen that gives way to a plain sentence where the terminal is too small for it."""

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

    async def _dispatch_message(self, message: Message) -> None:
        """Go on after a QcodeError: Textual would hear no further message of this screen."""
        try:
            await super()._dispatch_message(message)
        except QcodeError as error:
            self.app._handle_exception(error)  # noqa: SLF001 - where all errors end up
