"""A walk over all screens, with whatever each of their commands opens, whichever they are."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from textual.color import Color
from textual.screen import Screen
from textual.widgets import Input

from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.shown import ShownScreen
from qcode.tui.screens.views import VIEWS, ViewsScreen
from tests.tui.study import Playing

DOCUMENTS, CODING = "documents", "coding"
PLACES = (DOCUMENTS, CODING, *(view.letter for view in VIEWS))
"""Where a walk can be: on the first screen, on a document, on a screen by its letter."""
HOSTILE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]")
_LEAVING = {"documents", "close", "next_document"}
"""Actions that lead away, to where a walk comes anyhow."""
_MOST_STEPS_BACK = 6


def drawn(one: Playing) -> str:
    """Return what the screen brings to the terminal, after all filters."""
    filters = one.app.get_line_filters()
    text = []
    for row in one.app.screen._compositor.render_strips():
        segments = list(row)
        for each in filters:
            segments = each.apply(segments, Color.parse("black"))
        text.append("".join(segment.text for segment in segments).rstrip())
    return "\n".join(text)


async def stations(one: Playing, place: str) -> AsyncIterator[str]:
    """Go to a place, then wherever a key of it leads, and yield what was pressed each time."""
    one.on(HomeScreen)
    if place == DOCUMENTS:
        yield ""
        await one.press("slash", "b")
        yield "slash"
        await one.press("escape", "ctrl+t")
        yield "ctrl+t"
        await one.press("escape")
    else:
        await one.press("enter")
        one.screen.reader.action_move("turn", 1)
        if place != CODING:
            await one.press("ctrl+t", place)
        await _begin(one)
        yield ""
        async for keys in _commands(one, one.on(ShownScreen)):
            yield keys
    for key in ("f1", "ctrl+p"):
        await one.press(key)
        yield key
        await one.press("escape")


async def _begin(one: Playing) -> None:
    """Fill in what a screen asks for before it shows anything."""
    assert not isinstance(one.app.screen, ViewsScreen)
    if isinstance(one.app.screen.focused, Input):
        await one.type("kata")
        await one.press("enter")


async def _commands(one: Playing, screen: ShownScreen) -> AsyncIterator[str]:
    """Press the first key of every command of a screen, and come back to it each time."""
    for command in screen.KEYS:
        if command.action in _LEAVING or not command.listed:
            continue
        if isinstance(screen, CodingScreen):
            screen.reader.focus()
        key = command.keys.partition(",")[0]
        await one.press(key)
        yield key
        await _back(one, screen)


async def _back(one: Playing, screen: Screen[None]) -> None:
    """Close what was opened, until the screen stands there with nothing above it."""
    for _ in range(_MOST_STEPS_BACK):
        if one.app.screen is screen and not getattr(screen, "asking", False):
            return
        on_text = isinstance(one.app.screen, CodingScreen) and not one.screen.asking
        await one.press("q" if on_text else "escape")
    raise AssertionError(f"{one.app.screen} does not lead back to {screen}")
