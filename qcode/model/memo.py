"""Notes of the researchers on anything, also on a passage without a coding."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.coding import Place

MEMO_SUBJECTS = ("project", "document", "code", "coding", "case", "flag")


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on ``about`` (a kind of MEMO_SUBJECTS and its id).

    A margin note is about a document and has a place there, with ``start``, ``end`` and ``fit``
    on the current version as a coding has. A memo about a flag answers what it asks.
    """

    id: str
    about: tuple[str, str]
    text: str
    coder: str
    at: Place | None = None
    start: int = 0
    end: int = 0
    fit: str = "same"
    retired: bool = False
    made: int = 0
