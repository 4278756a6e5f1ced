"""Rounds: named double codings, and who codes which document in them."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.errors import BadInput
from qcode.language import _

CALIBRATION = "calibration"
RELIABILITY = "reliability"
DRIFT = "drift"
AGAIN = "again"
ROUND_KINDS = (CALIBRATION, RELIABILITY, DRIFT, AGAIN)
"""Coders learn the codebook together; are compared; are compared later; one codes once more."""

CODER = "coder"
SUPERVISOR = "supervisor"
ROLES = (CODER, SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Round:
    """A named double coding with the codebook as it stood when it was opened.

    ``coders`` are ids; those of a round of kind AGAIN are second selves. ``opened`` and ``closed``
    are milliseconds since 1970 UTC, ``closed`` 0 while the round is open. ``codebook`` and
    ``figures`` name values; ``figures`` is empty until the round is closed.
    """

    id: str
    name: str
    kind: str
    coders: tuple[str, ...]
    opened: int = 0
    closed: int = 0
    codebook: str = ""
    figures: str = ""
    maker: str = ""

    @property
    def open(self) -> bool:
        """Tell whether its coders are still to code, each for himself."""
        return not self.closed


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to code a document, in a round (an id) or without one.

    ``primary`` says that the document's coding of record is his.
    """

    document: str
    coder: str
    round: str = ""
    primary: bool = False


def checked_round_name(name: str) -> str:
    """Return the name of a round without blanks around it, or refuse it."""
    name = name.strip()
    if not name or len(name) > 100 or not name.isprintable():
        raise BadInput(_("a round's name is a short text of one line"))
    return name
