"""What a project shows of how it was worked on: what a section on methods may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("en", "id")


@dataclass(frozen=True, slots=True)
class Draw:
    """How documents were chosen to be coded twice: a share or number, strata, a seed."""

    share: str
    strata: str
    seed: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a closed round came to, as it was kept: pooled alpha on turns with its interval.

    ``below`` counts codes whose alpha is below .667, of ``defined`` that have one, of ``codes``.
    """

    alpha: float | None
    low: float | None
    high: float | None
    characters: float | None
    below: int
    defined: int
    codes: int
    seed: int


@dataclass(frozen=True, slots=True)
class Held:
    """A round as it was held; times are days, ``2026-03-05``, ``closed`` empty while it is open."""

    name: str
    kind: str
    opened: str
    closed: str
    documents: int
    coders: int
    figures: Figures | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """How far disagreements were settled: by how many together, by a rule, against a dissent."""

    disagreements: int
    open: int
    together: int = 0
    alone: int = 0
    by_rule: int = 0
    dissents: int = 0


@dataclass(frozen=True)
class Facts:
    """What the log of a project shows; an empty field is not known and not told."""

    program: str
    approach: str
    documents: Mapping[str, int]
    """Number of documents by kind."""
    informants: int = 0
    coders: tuple[str, ...] = ()
    """Names of those who coded."""
    supervisors: tuple[str, ...] = ()
    coded: int = 0
    """Documents that anybody coded or finished."""
    codes: int = 0
    changes: tuple[tuple[str, int], ...] = ()
    """Days on which the codebook changed after coding began; documents begun by then."""
    double: int = 0
    """Documents that two or more coded or finished, without those of calibration."""
    calibration: int = 0
    draws: tuple[Draw, ...] = ()
    blind: int = 0
    """Doubly coded documents of which all was coded while a round hid others' work."""
    apart: int = 0
    """Further ones whose coders worked in copies of their own, put together afterwards."""
    rounds: tuple[Held, ...] = ()
    resolved: Resolved | None = field(default=None)
