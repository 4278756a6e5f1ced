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
    """A round as it was held; times are days, ``2026-03-05``, ``closed`` empty while it is open.

    Of one that came in with a project it is not known when it was held: ``opened`` is empty.
    """

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
    coders: Mapping[str, int] = field(default_factory=dict)
    """How many documents each coded or finished, by name."""
    supervisors: tuple[str, ...] = ()
    coded: int = 0
    """Documents that anybody coded or finished."""
    codes: int = 0
    changes: tuple[tuple[str, int], ...] = ()
    """Days on which the codebook changed after coding began; documents begun by then."""
    brought: bool = False
    """Whether codings came in, of which nobody knows what the codebook was when they were given."""
    older: int = 0
    """Documents that were not looked through for every code in its present meaning."""
    newer: int = 0
    """The codes that they were not looked through for."""
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
