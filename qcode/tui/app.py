"""The program on the screen: opens a project, shows its screens, and is where errors end up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment, Segments
from textual import events, on
from textual.app import App as TextualApp
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.color import Color
from textual.filter import LineFilter
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import WorkerFailed

from qcode import settings
from qcode.errors import Busy, QcodeError, Refused
from qcode.language import _, counted
from qcode.model.naming import chosen
from qcode.settings import Settings
from qcode.store import coders, documents, progress
from qcode.store.opening import LATER, open_project
from qcode.store.project import Project
from qcode.terminal import HARMFUL
from qcode.tui import commands, keymap, themes
from qcode.tui.access import Access
from qcode.tui.colors import few_colors
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.helping import of_commands
from qcode.tui.inspecting import Line
from qcode.tui.keyboard import Keyboard
from qcode.tui.layout.cells import count_spacing_marks
from qcode.tui.pasting import keep_pastes
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.help import HelpScreen
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.shown import ShownScreen
from qcode.tui.screens.views import ViewsScreen
from qcode.tui.widgets.status import StatusLine
from qcode.workflows.telling import local_now

NOTHING_KEPT = Settings()
BUSY_MS = 400
"""How long a lock of another program is waited for before the screen says so."""
_CACHE_KB = 1_024
"""A document is read once and kept as values; little of the file is needed a second time."""


class Harmless(LineFilter):
    """Lets nothing reach the terminal that could drive it; all widgets draw through here."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Replace every harmful character, one for one."""
        return [
            segment if segment.control or (segment.text.isascii() and segment.text.isprintable())
            else Segment(segment.text.translate(HARMFUL), segment.style)
            for segment in segments
        ]  # fmt: skip


class App(TextualApp[None]):
    """Shows one project to one coder."""

    TITLE = "qcode"
    CSS_PATH = Path(__file__).parent / "screens" / "shown.tcss"
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(EVERYWHERE)
    COMMAND_PALETTE_BINDING = "ctrl+p"

    trouble: reactive[str] = reactive("")
    """What keeps the project from being read or written, or nothing."""

    def __init__(
        self, project: Project, coder: str, document: str = "", kept: Settings = NOTHING_KEPT
    ) -> None:
        """Show the list of documents, or the document of that id."""
        super().__init__()
        for theme in themes.HIGH_CONTRAST:
            self.register_theme(theme)
        self._kept = kept
        self._keys, self._problems = keymap.usable(kept.keys)
        commands.rebind(self._keys)
        self.animation_level = "none"
        self._filters.append(Harmless())
        project.viewer = coder
        self.access = Access(project, coder, self.post_message)
        self._home = HomeScreen(self.access, self.open_document)
        self._document = document
        self._warned = False
        self._damage = ""
        self._keyboard = Keyboard(self, super().on_event)

    async def on_event(self, event: events.Event) -> None:
        """Take keys one after the other."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._keyboard.take(event)
        else:
            await super().on_event(event)

    def on_mount(self) -> None:
        """Show the first screens as the settings have them."""
        self.set_keymap(self._keys)
        self.set_class(few_colors(self), "-few-colors")
        if self._kept.theme in self.available_themes:
            self.theme = self._kept.theme
        self.watch(self, "theme", self._theme_chosen, init=False)
        lost = themes.unknown(self._kept.theme, self.available_themes)
        self.trouble = " ".join(filter(None, (self._kept.problem, *self._problems, lost)))
        self.access.ensure_sound()
        self.push_screen(self._home)
        if self._document:
            self.open_document(self._document)

    def _theme_chosen(self, name: str) -> None:
        self.run_worker(self._remember_theme(name), group="theme")

    async def _remember_theme(self, name: str) -> None:
        try:
            await asyncio.to_thread(settings.remember_theme, name)
        except (QcodeError, OSError) as error:
            self.say(Refused(_("The theme is not remembered: {why}").format(why=error)))

    def open_document(self, document: str) -> None:
        """Show a document to be coded."""
        self._home.opened = document
        self.push_screen(CodingScreen(self.access, document))

    def on_unmount(self) -> None:
        """End the writing thread."""
        self.access.close()

    # -- reading and writing -------------------------------------------------------------------

    @on(Access.Waiting)
    def _waiting(self, event: Access.Waiting) -> None:
        self.trouble = event.why or self._damage

    @on(Access.Damaged)
    def _damaged(self, event: Access.Damaged) -> None:
        self.trouble = self._damage = event.why

    @on(Access.Written)
    def _written(self, event: Access.Written) -> None:
        event.settle()
        if not self.access.unsaved:
            self.trouble = self._damage
            self._warned = False

    # -- commands ------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show all keys of the screen."""
        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
            return
        if isinstance(self.screen, ShownScreen):
            everywhere = (Line(_("Everywhere"), "strong"), *of_commands(EVERYWHERE))
            self.push_screen(HelpScreen((*self.screen.help(), *everywhere)))

    def action_views(self) -> None:
        """Ask which screen to go to."""
        if not isinstance(self.screen, ViewsScreen):
            self.push_screen(ViewsScreen(self.access))

    @on(ShownScreen.Go)
    def _go(self, event: ShownScreen.Go) -> None:
        screen = CodingScreen(self.access, event.place.document, event.place)
        screen.trail = event.trail
        self.push_screen(screen)

    async def action_quit(self) -> None:
        """Leave, but not without a word while something is not on disk."""
        if (waiting := self.access.unsaved) and not self._warned:
            self._warned = True
            self.trouble = counted(
                "{n} step is not saved yet. ctrl+q once more gives it up.",
                "{n} steps are not saved yet. ctrl+q once more gives them up.",
                waiting,
            )
            return
        for screen in self.screen_stack:
            if isinstance(screen, ShownScreen):
                screen.leave()
        self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the commands of the screen with their keys, for the command palette."""
        found = (*screen.KEYS, *screen.PANES) if isinstance(screen, ShownScreen) else ()
        for command in (*found, *EVERYWHERE):
            if command.id == "app.palette" or not command.listed:
                continue
            yield SystemCommand(
                f"{command.label} ({command.said})", command.help,
                lambda action=command.target: self.run_later(action),
            )  # fmt: skip
        yield SystemCommand(_("Theme"), _("Light or dark, and other colours."),
                            self.action_change_theme)  # fmt: skip

    def run_later(self, action: str) -> None:
        """Run a command of the screen below the command palette once that is gone."""

        async def run() -> None:
            await self.run_action(action, self.screen)

        self.call_later(run)

    # -- errors --------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Say what a QcodeError says and go on; anything else is a fault and ends the program."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, QcodeError):
            self.say(cause)
        else:
            super()._handle_exception(error)

    async def _dispatch_message(self, message: Message) -> None:
        """Go on after a QcodeError: Textual would hear no further message, not even a key."""
        try:
            await super()._dispatch_message(message)
        except QcodeError as error:
            self.say(error)

    def say(self, error: QcodeError) -> None:
        """Show what was refused, and why, in the status line."""
        for line in self.screen.query(StatusLine):
            line.tell(str(error))

    def _fatal_error(self) -> None:
        """End with a report of what happened where; messages and values may be interview text."""
        from rich.traceback import Traceback

        self.bell()
        report = Traceback(show_locals=False, width=None)
        for stack in report.trace.stacks:
            stack.exc_value = ""
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()


def run(
    place: str, coder: str, document: str = "", *, resume: bool = False, asked: bool = False
) -> str:
    """Show the project at a place to a coder, at its list of documents or in one of them.

    ``document`` is a name or a clear beginning of one; ``resume`` opens the document that the
    coder was in last; ``asked`` tells that the coder was named. Returns what the coder did today in
    one sentence, which may be empty.
    Raises a QcodeError where the project or the document is none.
    """
    count_spacing_marks()
    keep_pastes()
    project = open_project(place, busy_ms=BUSY_MS, cache_kb=_CACHE_KB, search=LATER)
    try:
        who = coders.joined(project, coder, asked=asked)
        project.viewer = who
        with project.read() as connection:
            known = {one.name: one.id for one in documents.listed(connection)}
            wanted = chosen(document, known, _("document")) if document else ""
            if resume and not wanted:
                last = progress.last_document(connection, who)
                wanted = last if last in known.values() else ""
        kept = settings.remembered()
        app = App(project, who, wanted, kept)
        app.access.hides_attributes = kept.hide_attributes
        app.run()
        return _today(project, who) if app.return_code == 0 else ""
    finally:
        project.close()


def _today(project: Project, coder: str) -> str:
    """Return what a coder did today, unless another program holds the project."""
    from qcode.workflows.progress import today

    with suppress(Busy), project.read() as connection:
        return today(connection, coder, local_now())
    return ""
