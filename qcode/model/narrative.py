"""The story of one case: headings, the researcher's sentences, and passages, in an order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qcode.errors import BadInput
from qcode.language import _

HEADING, SENTENCE, PASSAGE = "heading", "sentence", "passage"
PIECES = (HEADING, SENTENCE, PASSAGE)

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HEAD = 4
"""Digits of a key that count on where pieces are added at an end."""
_STRIDE = 36
_TAIL = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: ``text`` is what the researcher wrote, ``coding`` the passage that stands there.

    ``order`` sorts it among the pieces of its case: a fraction written in digits, so that one can
    always stand between two others and no other piece is touched by a move.
    """

    id: str
    case: str
    kind: str
    order: str
    text: str = ""
    coding: str = ""
    by: str = ""
    """The id of who put it there."""

    def __post_init__(self) -> None:
        if self.kind not in PIECES:
            raise BadInput(
                _("a piece of a story is one of {known}, not “{kind}”").format(
                    known=", ".join(PIECES), kind=self.kind
                )
            )


@dataclass(frozen=True, slots=True)
class ToldPiece:
    """A piece as a reader meets it; ``gap`` says why the words of a passage are not there."""

    kind: str
    text: str
    reference: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story on its way out; ``notice`` must stand beside every passage of its project."""

    title: str
    notice: str
    notes: tuple[str, ...]
    pieces: tuple[ToldPiece, ...]


def ordered(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces as they are told: on every copy that has them, the same way."""
    return sorted(pieces, key=lambda one: (one.order, one.id))


def between(low: str, high: str, id: str) -> str:
    """Return the order of the piece ``id`` after ``low`` and before ``high``; empty is an end.

    It ends with digits of the id: pieces that two copies put at one place differ, so that a third
    one can stand between them.
    """
    tail = id[-_TAIL:].rstrip("0") or "1"
    if not high and (head := _beyond(low, _STRIDE)):
        return head + tail
    if not low and (head := _beyond(high, -_STRIDE)):
        return head + tail
    return _middle(low, high) + tail


def _beyond(key: str, step: int) -> str:
    """Return the head of a key behind (or before) all with the head of this one, or nothing."""
    if not key:
        return _DIGITS[len(_DIGITS) // 2] + "0" * (_HEAD - 1)
    number = int(key[:_HEAD].ljust(_HEAD, "0"), len(_DIGITS)) + step
    if not 0 < number < len(_DIGITS) ** _HEAD:
        return ""
    digits = ""
    for _place in range(_HEAD):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _middle(low: str, high: str) -> str:
    """Return digits that come after ``low``, and with whatever follows them before ``high``."""
    found = ""
    while True:
        at = len(found)
        first = _DIGITS.index(low[at]) if at < len(low) else 0
        last = _DIGITS.index(high[at]) if at < len(high) else len(_DIGITS)
        if last - first > 1:
            return found + _DIGITS[(first + last) // 2]
        found += _DIGITS[first]
        # One digit below that of ``high``: whatever follows stays below it.
        if last > first:
            high = ""
