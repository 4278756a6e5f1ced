"""A segment on its way out into a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation with what a write-up needs to cite it.

    ``address`` is how a coding is typed on the command line (``W07:15.2``: document, turn, and
    which coding of that turn); ``reference`` is the line that stands under the quotation;
    ``notice`` says what must stand beside every excerpt of its project, such as ``data latihan``.
    """

    address: str
    reference: str
    code: str
    text: str
    document: str
    turn: int
    lines: tuple[int, int]
    speakers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    coder: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the cases, by name."""
    memo: str = ""
    notice: str = ""
