"""The items of review: one key each settles them, a rule settles many."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from qcode.analysis.adjudication import Item
from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.commands.review import ITEMS
from qcode.tui.screens.ruling import RulingScreen


class ItemsScreen(RulingScreen):
    """What coders gave differently, item by item."""

    KEYS = ITEMS
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(ITEMS)

    def __init__(
        self, access: Access, code: str = "", document: str = "", *, named: bool = False,
        inside: Callable[[Item], bool] = lambda _item: True,
    ) -> None:  # fmt: skip
        super().__init__(access, code, document, named=named, inside=inside)
        self.add_class("-exhibit")
