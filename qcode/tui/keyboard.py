"""Keys one after the other: a key that opens a pane is done before the next one is sent anywhere.

Textual sends every key at once to the widget that has the keys then. Of keys that arrive together,
as over a slow line or from quick fingers, those behind one that opens a pane would be lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.app import App

_ROUNDS = 3
"""How often the way from the widget up to the app is gone before a key counts as done: the key, the
message that it made, and the change of focus that this asked for."""
_LONGEST = 0.5
"""Seconds after which the next key is sent all the same."""
_LOOK = 0.03
"""Seconds between two looks whether what a key is waited for at is still there."""


class Keyboard:
    """Holds keys back until the one before them is done; ``send`` delivers one."""

    def __init__(self, app: App[None], send: Callable[[events.Key], Awaitable[None]]) -> None:
        self._app = app
        self._send = send
        self._held: deque[events.Key] = deque()
        self._sent = 0
        self._busy = False
        self._at: MessagePump = app

    async def take(self, event: events.Key) -> None:
        """Send a key, at once or when those before it are done."""
        self._held.append(event)
        if not self._busy:
            await self._next()

    async def _next(self) -> None:
        self._busy = bool(self._held)
        if not self._held:
            return
        self._sent += 1
        number = self._sent
        target = self._app.focused or self._app.screen
        await self._send(self._held.popleft())
        self._look(number, 0.0)
        self._climb(target, target, _ROUNDS, number)

    def _look(self, number: int, waited: float) -> None:
        """Give up waiting where the widget went away while its key acted, or after long."""

        async def look() -> None:
            if number != self._sent or not self._busy:
                return
            if waited >= _LONGEST or not self._at.is_running or self._at._closing:  # noqa: SLF001
                await self._done(number)
            else:
                self._look(number, waited + _LOOK)

        self._app.set_timer(_LOOK, look)

    def _climb(self, start: MessagePump, at: MessagePump, rounds: int, number: int) -> None:
        """Follow what a key set off from pump to pump, behind it, up to the app."""

        def reached() -> None:
            above = at._parent if at is not self._app else None  # noqa: SLF001 - the way keys go
            if above is not None and above.is_running:
                self._climb(start, above, rounds, number)
            elif rounds > 1 and start.is_running:
                self._climb(start, start, rounds - 1, number)
            else:
                self._app.call_later(self._done, number)

        if at.is_running:
            self._at = at
            at.call_later(reached)
        else:
            self._app.call_later(self._done, number)

    async def _done(self, number: int) -> None:
        if number == self._sent and self._busy:
            await self._next()
