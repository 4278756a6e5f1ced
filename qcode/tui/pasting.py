"""What is pasted stays text, whatever characters it holds.

Textual looks for escape sequences also inside a bracketed paste. One that it does not know, such as
an escape character that was copied along, it types as keys: letters that code, delete and finish.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
_PLAIN_FEED = XTermParser.feed


class Pastes:
    """Takes escape characters out of pastes in what a terminal sends, piece by piece."""

    def __init__(self) -> None:
        self._inside = False
        self._kept = ""
        """The end of the last piece, which may be the beginning of a mark."""

    def cleaned(self, data: str) -> str:
        """Return the next piece as it is to be read."""
        data, self._kept = self._kept + data, ""
        parts: list[str] = []
        while data:
            mark = END if self._inside else START
            before, found, data = data.partition(mark)
            if not found and self._inside:
                self._kept = _beginning(before, mark)
                before = before.removesuffix(self._kept)
            parts.append(before.replace("\x1b", "") if self._inside else before)
            parts.append(found)
            self._inside ^= bool(found)
        return "".join(parts)


def _beginning(text: str, mark: str) -> str:
    """Return the longest end of a text with which a mark begins."""
    ends = (mark[:length] for length in range(len(mark) - 1, 0, -1))
    return next((end for end in ends if text.endswith(end)), "")


def keep_pastes() -> None:
    """Let Textual read pastes as text alone. Calling twice changes nothing."""

    def feed(self: XTermParser, data: str) -> Iterable[Message]:
        pastes = vars(self).setdefault("pastes", Pastes())
        return _PLAIN_FEED(self, pastes.cleaned(data)) if data else _PLAIN_FEED(self, data)

    XTermParser.feed = feed  # type: ignore[method-assign]
