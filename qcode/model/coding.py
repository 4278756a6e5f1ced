"""The one stored fact: this coder gave these words that code."""

from __future__ import annotations

from dataclasses import dataclass

FITS = ("same", "changed", "lost")
"""How a place stands on the current version: the same words, other words, or none."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was put: a version, a span in it, and the salted hash of its words."""

    version: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one stretch of one document by one coder.

    ``at`` is where it was put; ``start`` and ``end`` are where that stands on the document's
    current version, and ``fit`` tells how well (see FITS). ``code`` is the code it was given;
    what it counts for is the end of that code's chain of merges.
    """

    id: str
    document: str
    code: str
    coder: str
    at: Place
    start: int
    end: int
    fit: str = "same"
    retired: bool = False
    made: int = 0
    """When it was made, in milliseconds since 1970 UTC, by the coder's clock."""


Given = tuple[int, int, str]
"""Where a coding starts and ends, and the code it was given: all that some counts need."""
UNUSED = "not to be used"
MARKS = ("off the record", UNUSED)
"""Confidential flags: analysable but never shown outside; out of all analysis."""
DISCUSS = "discuss"
"""The flag that raises a question: others answer it, until it is settled."""
FLAGS = (DISCUSS, "key quotation", "negative case", *MARKS)
"""All kinds of flag; those that are no MARKS count as nothing anywhere."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What somebody wants to be seen of a passage, of a kind of FLAGS.

    ``text`` is the line of a DISCUSS flag, its answers are the memos about it; ``settled`` is the
    coder who closed it, or nothing while it is open.
    """

    id: str
    document: str
    kind: str
    coder: str
    at: Place
    start: int
    end: int
    fit: str = "same"
    retired: bool = False
    made: int = 0
    text: str = ""
    settled: str = ""

    @property
    def open(self) -> bool:
        """Tell whether it is a question that nobody has settled."""
        return self.kind == DISCUSS and not self.settled


@dataclass(frozen=True, slots=True)
class Segment:
    """What a reader sees of a coding: its words, who speaks, for whom it counts."""

    coding: Coding
    document: str
    code: str
    """Path of the code it counts for."""
    coder: str
    text: str
    speakers: tuple[str, ...]
    cases: tuple[str, ...]
    turn: int
    """Number of the turn it starts in, from 1."""
    lines: tuple[int, int]
    """First and last line of the text it touches, from 1."""
