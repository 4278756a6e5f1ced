"""What was prepared of a passage that is to be quoted: stored beside it, the words untouched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from qcode.errors import BadInput
from qcode.language import _

ROLES = ("typical", "contrasting", "striking", "explaining")
"""Why this quotation and no other: what many say, what speaks against it, what says it best, what
shows how or why. Each answers a question that a reviewer asks; more would overlap."""
CUT = "[...]"
"""The mark that stands where words were left out."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


class Cut(NamedTuple):
    """Words that are left out: of the words of a passage, counted from 0, up to ``end``."""

    start: int
    end: int


class Basis(NamedTuple):
    """Words that something was made of: a place in one version, and what was left out there."""

    version: str
    start: int
    end: int
    cuts: tuple[Cut, ...] = ()


UNKNOWN = Basis("", 0, 0)
"""Stands for words that are no longer there; nobody has looked at what was made of them since."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of a quotation in another language; ``language`` is a code such as ``en``."""

    language: str
    text: str
    by: str = ""
    checked: str = ""
    """Who checked it; empty where nobody did."""
    of: Basis = UNKNOWN

    def __post_init__(self) -> None:
        if not _LANGUAGE.fullmatch(self.language):
            raise BadInput(_("a language is written as a code such as en, id or jv"))
        if not self.text.strip():
            raise BadInput(_("a translation says something; `forget` takes one away"))


@dataclass(frozen=True, slots=True)
class Quotation:
    """What was prepared of one coding: it holds for every coding of exactly these words."""

    coding: str
    document: str
    start: int
    end: int
    short: Basis | None = None
    """What is left out; None quotes the whole passage."""
    role: str = ""
    used: tuple[str, ...] = ()
    """Chapters or tables that quote it, in order of their names."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    """By language."""

    def __post_init__(self) -> None:
        if self.role and self.role not in ROLES:
            raise BadInput(
                _("the role of a quotation is one of {known}").format(known=", ".join(ROLES))
            )

    @property
    def empty(self) -> bool:
        """Tell whether nothing is prepared."""
        return not (self.short or self.role or self.used or self.translations)
