"""The items of review: one key each settles them, a rule settles many."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.commands.review import ITEMS
from qcode.tui.screens.ruling import RulingScreen


class ItemsScreen(RulingScreen):
    """What coders gave differently, item by item."""

    KEYS = ITEMS
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(ITEMS)

    def __init__(
        self, access: Access, code: str = "", document: str = "", *, named: bool = False
    ) -> None:
        super().__init__(access, code, document, named=named)
        self.add_class("-exhibit")
