"""What a participant said to a passage that was brought back to him, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.coding import Place

AGREE, CORRECT, DO_NOT_USE, WITHDRAW = "agree", "correct", "do not use", "withdraw"
VERDICTS = (AGREE, CORRECT, DO_NOT_USE, WITHDRAW)
FORBIDDING = (DO_NOT_USE, WITHDRAW)
"""After which his words are not used any more: in no analysis, and nowhere outside."""
WAYS = ("paper", "read aloud", "phone")
"""How he was asked; empty where nobody wrote it down."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage that a participant was given to check, and what he said to it.

    ``number`` stands on his page, and stays. ``places`` are his own words as they were shown.
    An answer without ``coding`` is about everything he said.
    """

    id: str
    case: str
    coding: str = ""
    number: int = 0
    codings: tuple[str, ...] = ()
    """All codings on these words, ``coding`` among them."""
    places: tuple[Place, ...] = ()
    verdict: str = ""
    """One of VERDICTS, or empty as long as he has not answered."""
    text: str = ""
    """What he said, such as his correction."""
    how: str = ""
    asked: int = 0
    """When his page was made, in milliseconds since 1970 UTC; 0 where he was asked without one."""
    answered: int = 0
    by: str = ""
    """The coder who wrote the answer down, or who made the page."""

    @property
    def forbids(self) -> bool:
        """Tell whether his words may not be used any more."""
        return self.verdict in FORBIDDING
