"""The coding screen: codebook, text and inspector."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType

from qcode.language import _
from qcode.tui import commands
from qcode.tui.coding_help import coding_help
from qcode.tui.commands import Label
from qcode.tui.commands.codebook import TREE
from qcode.tui.commands.coding import CODING
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.inspecting import Line
from qcode.tui.screens.dividing import DividingScreen
from qcode.tui.screens.flagging import FlaggingScreen
from qcode.tui.screens.following import FollowingScreen
from qcode.tui.screens.guiding import GuidingScreen
from qcode.tui.screens.looking import LookingScreen
from qcode.tui.screens.pacing import PacingScreen
from qcode.tui.screens.piling import PilingScreen
from qcode.tui.screens.placing import PlacingScreen
from qcode.tui.screens.repairing import RepairingScreen
from qcode.tui.screens.tending import TendingScreen
from qcode.tui.widgets.rows import Rows


class CodingScreen(
    RepairingScreen, TendingScreen, PacingScreen, LookingScreen, DividingScreen, FlaggingScreen,
    FollowingScreen, GuidingScreen, PilingScreen, PlacingScreen,
):  # fmt: skip
    """One document, to be read and coded."""

    CSS_PATH = "coding.tcss"
    KEYS = CODING
    PANES = TREE
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(CODING)

    def labels(self) -> list[Label]:
        """Return the most used keys of the pane that has them; while one asks, the help's alone."""
        if self.is_mounted and self.asking:
            return commands.footer(EVERYWHERE, typing=True)
        if self.is_mounted and self.codes.has_focus:
            give = Label(commands.key_of(Rows.BINDINGS, "rows.choose"), _("Give"))
            return [give, *commands.footer(TREE, EVERYWHERE)]
        return super().labels()

    def help(self) -> Iterator[Line]:
        """Say how one codes, and the keys of all panes."""
        return coding_help()
