"""Texts that are written from right to left, or that turn the direction of what follows."""

from __future__ import annotations

import re
import unicodedata

_TURNS = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
                    "\U00010800-\U00010fff\U0001e800-\U0001efff]")  # fmt: skip
_STRONG = {"L": False, "R": True, "AL": True}


def isolated(text: str) -> str:
    """Return a piece of a line between isolates where it would turn what stands beside it."""
    return f"\u2068{text}\u2069" if _TURNS.search(text) else text


def from_right(text: str) -> bool:
    """Tell whether the first letter of a text is one that is written from right to left."""
    return next(
        (
            _STRONG[kind] for character in text
            if (kind := unicodedata.bidirectional(character)) in _STRONG
        ),
        False,
    )  # fmt: skip
