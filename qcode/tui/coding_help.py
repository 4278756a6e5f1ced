"""The help of the coding screen."""

from __future__ import annotations

from collections.abc import Iterator

from qcode.language import _
from qcode.model.sentences import MOST_WORDS
from qcode.tui.commands.codebook import TREE
from qcode.tui.commands.coding import CODING
from qcode.tui.helping import of_bindings, of_commands, row
from qcode.tui.inspecting import Line
from qcode.tui.widgets.choice import Choice
from qcode.tui.widgets.codepane import CodePane
from qcode.tui.widgets.codetree import CodeTree
from qcode.tui.widgets.comparison import Comparison
from qcode.tui.widgets.findline import FindLine
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Palette
from qcode.tui.widgets.reader import Reader
from qcode.tui.widgets.rows import Rows


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
    yield from of_commands(CODING)
    for title, owner in (
        (_("Moving and selecting"), Reader),
        (_("While choosing a code"), Palette),
        (_("In the codebook"), CodeTree),
        (_("While filtering the codebook"), CodePane),
        (_("In lists"), Rows),
        (_("While writing a memo or correcting a turn"), MemoEditor),
        (_("While choosing from a few"), Choice),
        (_("While finding words"), FindLine),
        (_("While comparing passages"), Comparison),
    ):
        yield Line(title, "strong")
        yield from (row(keys, label) for keys, label in getattr(owner, "TYPED", ()))
        declared = {command.id for command in TREE}
        plain = [one for one in owner.BINDINGS if getattr(one, "id", "") not in declared]
        yield from of_bindings(plain)
        if owner is CodeTree:
            yield from of_commands(TREE)
    yield from _margin()


def _margin() -> Iterator[Line]:
    yield Line(_("Left of the text"), "strong")
    for sign, text in (
        ("┏┃┗ ╺", _("a segment; its code stands where it begins. Where two overlap, the words "
                    "are underlined")),
        ("┌│└ ╶", _("a margin note")),
        ("╔║╚ ═", _("a flag, such as discuss or off the record")),
        ("+", _("more than there is room for")),
        ("3/12", _("beside a code: how many segments of yours here, and in the project, those of "
                   "the codes below it counted; w in the codebook leaves those out")),
    ):  # fmt: skip
        yield row(sign, text)
    yield Line()
