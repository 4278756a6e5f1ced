"""Whether there are colours enough to tell things apart by them."""

from __future__ import annotations

from typing import Any

from textual.app import App

_FEW = (None, "standard", "windows")


def few_colors(app: App[Any]) -> bool:
    """Tell whether reverse, bold and underline must say what a colour would."""
    return app.console.color_system in _FEW or app.no_color or app.native_ansi_color
