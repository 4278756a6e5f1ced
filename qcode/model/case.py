"""Whom or what a study is about, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.bound import DATE, NUMBER, ends

YES_NO = "yes/no"
ATTRIBUTE_TYPES = ("text", NUMBER, DATE, YES_NO)
_YES = frozenset(("yes", "y", "ya", "true"))
_NO = frozenset(("no", "n", "tidak", "false"))
INFORMANT = "informant"
KINDS = {"informan": INFORMANT, "desa": "village", "rumah tangga": "household"}
"""Kinds of case as they are written in Bahasa Indonesia, and what they are called here."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a participant released; None stands for what nobody wrote down."""

    quotation: bool | None = None
    note: str = ""
    translation: bool | None = None
    """Whether words may be quoted in another language."""
    checking: bool | None = None
    """Whether his words may be brought back to him to be checked."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A typed property of cases; ``multiple`` allows several values at once.

    ``unit`` is what its numbers are (Rp, %). ``weight`` names the attribute by which the mean over
    several cases is weighted, if it is a mean and no sum.
    """

    id: str
    name: str
    type: str = "text"
    multiple: bool = False
    unit: str = ""
    weight: str = ""

    def __post_init__(self) -> None:
        if self.type not in ATTRIBUTE_TYPES:
            raise BadInput(
                _("an attribute is one of {types}, not “{type}”").format(
                    types=", ".join(ATTRIBUTE_TYPES), type=self.type
                )
            )


def fitting(value: str, type: str) -> str:
    """Return a value as one of a type of attribute is compared; BadInput where it is none."""
    if type == NUMBER and not ends(value, NUMBER):
        raise BadInput(_("a number stands here"))
    if type == DATE and not ends(value, DATE):
        raise BadInput(_("a date is written 2024-05-31, 2024-05 or 2024"))
    if type != YES_NO:
        return value
    answer = yes_or_no(value)
    if answer is None:
        raise BadInput(_("yes, no or nothing stands here"))
    return "yes" if answer else "no"


def yes_or_no(text: str) -> bool | None:
    """Return what was answered, in English or Bahasa Indonesia; None for anything else."""
    folded = text.casefold()
    return True if folded in _YES else False if folded in _NO else None


@dataclass(frozen=True, slots=True)
class Case:
    """An informant, household, village, ... with its values by attribute name."""

    id: str
    kind: str
    name: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consent: Consent = Consent()
    retired: bool = False

    def value(self, attribute: str) -> str:
        """Return the value of an attribute as one text; several are joined by `` + ``."""
        return " + ".join(self.values.get(attribute, ()))


@dataclass(frozen=True, slots=True)
class Participation:
    """A case takes part in a document, as one of its speakers or as a whole (no speaker)."""

    id: str
    document: str
    case: str
    speaker: str = ""
