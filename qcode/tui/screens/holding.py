"""Keys that act one after the other: each on the list as those before it left it on disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from qcode.store.project import Step
from qcode.tui.screens.exhibiting import ExhibitingScreen

W = TypeVar("W")


class HoldingScreen(ExhibitingScreen):
    """The items; what is typed while something is on its way to the disk is done behind it."""

    _writing = False
    """Whether a verdict is on its way."""
    _rereading = False
    """Whether what may change many items is on its way, and then into the list."""
    _held: deque[Callable[[], None]]
    """What was typed meanwhile."""

    def _one_by_one(self, act: Callable[[], None]) -> None:
        """Act on the item that shows once all before is on disk and in the list."""
        if self._writing or self._rereading:
            self._held.append(act)
        else:
            act()

    def _go_on(self) -> None:
        while self._held and not (self._writing or self._rereading):
            self._held.popleft()()

    def write(self, verb: str, act: Callable[[Step], W], then: Callable[[W], str] | str) -> None:
        """Write what may change many items, and read the list anew."""
        self._rereading = True
        super().write(verb, act, then)

    async def _arrange(self, known: str) -> None:
        await super()._arrange(known)
        self._rereading = False
        self._go_on()

    def _failed(self, why: str) -> None:
        if self._rereading:
            self._rereading = False
            self._held.clear()
        super()._failed(why)
