"""What a terminal may be shown: the one rule by which text cannot drive it.

A control character in a transcript could clear the screen, write to the clipboard or reverse the
direction of a line. Everything that is printed or drawn passes through here, on its way to
standard output, to standard error and to the screens.
"""

from __future__ import annotations

REPLACEMENT = "\ufffd"

_CONTROLS = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = (0x200B, 0x2028, 0x2029, 0xFEFF, *range(0xFFF9, 0xFFFC))
_HALVES = range(0xD800, 0xE000)

HARMFUL = dict.fromkeys((*_CONTROLS, *_DIRECTIONS, *_UNSEEN, *_HALVES), REPLACEMENT)
"""For ``str.translate``: what becomes U+FFFD, one for one, so that offsets stay."""


def harmless(text: str) -> str:
    """Return ``text`` as it may be shown; line breaks and tabs stay, lengths too."""
    return text.translate(HARMFUL)


def in_one_line(text: str) -> str:
    """Return ``text`` as it may be shown in a cell: line breaks and tabs become blanks."""
    if text.isprintable():
        # Nothing that is harmful or breaks a line is printable, and most cells are.
        return text
    return text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ").translate(HARMFUL)
