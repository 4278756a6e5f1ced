"""The one count under all counts."""

from __future__ import annotations

from typing import NamedTuple


class Tally(NamedTuple):
    """How often one coder's code stands in one document: united passages and participants' words.

    ``case`` is the id of whom it counts for. The row with an empty ``case`` is the document's
    own: all its passages and words, which are more than the sum over cases where nobody is
    counted for and less where two speak in one passage; never add the others up to it.
    """

    code: str
    case: str
    document: str
    coder: str
    passages: int
    words: int
