"""A codebook as it is printed: every code with what it stands for, its counts and two passages."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.codebook import Code


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that may be shown, with the line that stands under it."""

    text: str
    reference: str
    why: str = ""
    """Why it is borderline, if it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code; ``depth`` is how many codes stand above it, counts are as tables write them."""

    code: Code
    title: str
    """Its name, and whether it is retired."""
    depth: int
    informants: str
    interviews: str
    passages: str
    typical: Quote | None = None
    borderline: Quote | None = None
    example: str = ""
    """The example that its definition gives, if it may be shown."""


@dataclass(frozen=True, slots=True)
class Printout:
    """A whole codebook; ``notice`` must stand beside every passage of its project."""

    title: str
    made: str
    """The day on which it was printed."""
    notice: str
    notes: tuple[str, ...]
    entries: tuple[Entry, ...]
