"""Colours for those who need more contrast than Textual's own light and dark give."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from qcode.language import _

HIGH_CONTRAST = (
    Theme(
        name="qcode-high-contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#00ffff",
        warning="#ffb000",
        error="#ff8080",
        success="#80ff80",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#202020",
        luminosity_spread=0.2,
        text_alpha=1.0,
    ),
    Theme(
        name="qcode-high-contrast-light",
        primary="#00007a",
        secondary="#005a5a",
        accent="#005a5a",
        warning="#ffb000",
        error="#8a0000",
        success="#004d00",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#e4e4e4",
        dark=False,
        luminosity_spread=0.2,
        text_alpha=1.0,
    ),
)
"""Themes of qcode's own, dark and light; white on black stands at 21 to 1."""


def unknown(name: str, known: Mapping[str, Theme]) -> str:
    """Return a sentence where a theme that was remembered is none, else nothing."""
    if not name or name in known:
        return ""
    return _("There is no theme “{name}” any more: ctrl+p, then Theme, shows them.").format(
        name=name
    )
