"""Questions that are asked one after another before anything is written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Generator

from textual.widget import Widget

from qcode.tui.screens.shown import ShownScreen

Asking = Generator[Callable[[], None], str, None]
"""What is asked one after another: each step opens a pane and is sent the answer."""


class AskedScreen(ShownScreen):
    """A screen that asks; in between, and at the end, what it is about has the keys again."""

    _asking: Asking | None = None

    @property
    @abstractmethod
    def asked_about(self) -> Widget:
        """What the questions are about."""

    def _go_on(self, asking: Asking, answer: str | None = None) -> None:
        """Ask what comes next, if there is anything more."""
        self._asking = None
        self.asked_about.focus()
        try:
            following = next(asking) if answer is None else asking.send(answer)
        except StopIteration:
            return
        self._asking = asking
        following()
