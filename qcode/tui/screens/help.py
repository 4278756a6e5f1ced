"""The help: every key of a screen, from the declarations that also bind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from qcode.language import _
from qcode.model.sentences import MOST_WORDS
from qcode.tui import commands
from qcode.tui.commands import Command
from qcode.tui.inspecting import Line
from qcode.tui.screens.shown import ShownScreen
from qcode.tui.widgets.choice import Choice
from qcode.tui.widgets.codetree import CodeTree
from qcode.tui.widgets.comparison import Comparison
from qcode.tui.widgets.findline import FindLine
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Palette
from qcode.tui.widgets.reader import Reader
from qcode.tui.widgets.rows import Rows
from qcode.tui.widgets.status import HeaderLine, KeyLine

_KEYS = 22


class HelpScreen(ShownScreen):
    """Shows what the screen below it can do."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,enter,question_mark,f1", "close", _("Close"), show=False, id="help.close"
        ),
    ]

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    def parts(self) -> ComposeResult:
        """Lay out the text."""
        yield HeaderLine(id="header")
        yield Inspector(id="help")
        yield KeyLine([("esc", _("Close")), ("↑ ↓ PgDn", _("Scroll"))], id="keys")

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(HeaderLine).show(_("qcode · Help"), "")
        self.query_one(Inspector).show(self._lines)
        self.query_one(Inspector).focus()

    def action_close(self) -> None:
        """Go back."""
        self.app.pop_screen()


def home_help() -> Iterator[Line]:
    """Yield the help of the list of documents."""
    yield Line(_("Documents"), "strong")
    yield Line(
        _("Type some letters to look for a document, go to it with ↑ and ↓, open it with enter. "
          "The bar shows how far you are: the furthest turn you coded, or finished.")
    )  # fmt: skip
    yield Line()
    yield from _commands(commands.HOME)
    yield from _commands(commands.EVERYWHERE)


def coding_help() -> Iterator[Line]:
    """Yield the help of the coding screen."""
    yield Line(_("Coding in short"), "strong")
    yield Line(
        _("Move with the arrows, or from sentence to sentence with ) and (. Enter asks for a code "
          "for the sentence at the cursor: type a few letters of it, and enter again gives it. To "
          "code other words, select them first: shift and arrows, v and any motion, + to grow, or "
          "the mouse. The selection stays, so that enter gives it a second code; the full stop "
          "gives the last code again. u takes back what you did last. Everything is on disk when "
          "its mark appears.")
    )  # fmt: skip
    yield Line()
    yield Line(_("What a sentence is"), "strong")
    yield Line(
        _("Words up to a full stop, question or exclamation mark. In speech written down without "
          "them: up to the next comma, ellipsis or pause, or {words} words.").format(
              words=MOST_WORDS)
    )  # fmt: skip
    yield Line()
    yield Line(_("Codes and segments"), "strong")
    yield from _commands(commands.CODING)
    for title, owner in (
        (_("Moving and selecting"), Reader),
        (_("While choosing a code"), Palette),
        (_("In the codebook"), CodeTree),
        (_("In lists"), Rows),
        (_("While writing a memo"), MemoEditor),
        (_("While choosing from a few"), Choice),
        (_("While finding words"), FindLine),
        (_("While comparing passages"), Comparison),
    ):
        yield Line(title, "strong")
        yield from (_row(keys, label) for keys, label in getattr(owner, "TYPED", ()))
        yield from _bindings(owner.BINDINGS)
    yield from _margin()
    yield Line(_("Everywhere"), "strong")
    yield from _commands(commands.EVERYWHERE)


def _margin() -> Iterator[Line]:
    yield Line(_("Left of the text"), "strong")
    for sign, text in (
        ("┏┃┗ ╺", _("a segment; its code stands where it begins. Where two overlap, the words "
                    "are underlined")),
        ("┌│└ ╶", _("a margin note")),
        ("╔║╚ ═", _("a confidential mark")),
        ("+", _("more than there is room for")),
        ("3/12", _("beside a code: how many segments of yours here, and in the project, those of "
                   "the codes below it counted")),
    ):  # fmt: skip
        yield _row(sign, text)
    yield Line()


def _commands(declared: Iterable[Command]) -> Iterator[Line]:
    for command in declared:
        if not command.listed:
            continue
        text = f"{command.label}. {command.help}" if command.help else command.label
        yield _row(command.shown or commands.shown_keys(command.keys), text)
    yield Line()


def _bindings(bound: list[BindingType]) -> Iterator[Line]:
    for keys, label in commands.described(bound):
        yield _row(keys, label)
    yield Line()


def _row(keys: str, text: str) -> Line:
    return Line(text, lead=keys.ljust(_KEYS))
