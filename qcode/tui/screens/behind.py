"""The passages behind a number of a chart: enter goes to the text, q comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from qcode.model.filter import Filter
from qcode.store import codebook
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.screens.excerpts import KEYS as EXCERPTS
from qcode.tui.screens.excerpts import ExcerptsScreen
from qcode.tui.widgets.grid import Column
from qcode.workflows.quoting import Seen, Sight

KEYS: tuple[Command, ...] = tuple(one for one in EXCERPTS if one.action not in {"code", "limit"})


class BehindScreen(ExcerptsScreen):
    """Lists the passages that ``find`` returns for a line of options."""

    KEYS: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(
        self, access: Access, line: str, said: str, find: Callable[[Reader, Filter], Sight]
    ) -> None:
        super().__init__(access, line)
        self._said = said
        self._find = find

    def headline(self) -> str:
        """Return the code, the column and the number."""
        return self._said

    def fetch(self, connection: Reader) -> Sequence[Seen]:
        """Read the passages."""
        self._book = codebook.read(connection)
        found = self._find(connection, self.asked)
        self._lost, self._inside = found.lost, sum(bool(one.reason) for one in found.seen)
        return found.seen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what would lead away from the number."""
        return action not in {"code", "limit"} and super().check_action(action, parameters)


class FoundScreen(BehindScreen):
    """Lists codes, each with one passage."""

    def columns(self) -> Sequence[Column]:
        """Return the code first, then where and by whom it is said."""
        address, code, *others = super().columns()
        return (replace(code, least=0, most=28), address, *others)

    def cells(self, row: Seen) -> Sequence[str]:
        """Return code, address, who says it, the words, and why it stays inside."""
        address, code, *others = super().cells(row)
        return (code, address, *others)
