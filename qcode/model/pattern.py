"""What groups have in common and where they differ, each with passages: raw text for a chapter."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.excerpt import Excerpt
from qcode.model.table import Cell


@dataclass(frozen=True, slots=True)
class Voice:
    """One group on one code: how many speak of it, and what may be quoted of them."""

    group: str
    share: Cell
    quotes: tuple[Excerpt, ...] = ()
    silence: str = ""
    """Why nothing is quoted, if nothing is."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One code by groups; ``where`` says in which of them it is found."""

    code: str
    where: str
    difference: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The patterns of one sort under their heading."""

    title: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Common patterns first, then contextual differences; ``notice`` stands beside every passage."""

    title: str
    notice: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
