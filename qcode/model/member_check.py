"""The page that a participant is given: what was understood, and his own words to answer to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Point:
    """One passage on the page: its number, his own words, and what the coders call it if shown.

    ``words`` are stretches of his; between two of them somebody else speaks.
    """

    number: int
    words: tuple[str, ...]
    codes: tuple[str, ...] = ()
    verdict: str = ""
    text: str = ""
    """What he answered before, and his correction."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was understood: a heading, such as a theme's name, where one is shown, and sentences."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What a page is made of."""

    case: str
    notice: str
    points: tuple[Point, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One passage as it stands on the page, in the page's language."""

    heading: str
    lines: tuple[str, ...]
    aside: tuple[str, ...] = ()
    """Smaller: the codes, and what was answered before."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page in words; what is empty is not shown."""

    title: str
    language: str
    notice: str
    opening: tuple[str, ...]
    findings_title: str
    findings: tuple[Finding, ...]
    points_title: str
    blocks: tuple[Block, ...]
    choices: tuple[str, ...] = ()
    """To tick below each passage; none where the page is read aloud."""
    room: str = ""
    """What stands before the lines for his own words; empty where the page is read aloud."""
    question: tuple[str, ...] = ()
    """What is asked after each passage that is read aloud."""
    closing: tuple[str, ...] = ()
    signing: tuple[str, ...] = field(default=())
    """Before a line to fill in."""
