"""A document, its immutable versions, and the turns of its speakers."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.span import Span

DOCUMENT_KINDS = ("interview", "observation", "focus group", "document")
SPEAKER_KINDS = ("participant", "interviewer", "interpreter", "unknown")
UNHEARD = ("interviewer", "interpreter")
"""Kinds of speaker whose words make no case; an unknown speaker counts as a participant."""


def count_words(text: str) -> int:
    """Count words by white space: the one definition of a word in qcode."""
    return len(text.split())


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch spoken by one speaker: ``[start, end)``, of which ``[said, end)`` are his words.

    The label and time stamp before ``said`` are nobody's words. ``speaker`` is the label as it
    stands in the text, empty where there is none; ``time`` is the stamp as written.
    """

    start: int
    said: int
    end: int
    speaker: str = ""
    time: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.said <= self.end or self.start == self.end:
            raise BadInput(
                _("turn {start}-{said}-{end} is not in order").format(
                    start=self.start, said=self.said, end=self.end
                )
            )


@dataclass(frozen=True)
class Transcript:
    """A canonical text and the turns that tile it."""

    text: str
    turns: tuple[Turn, ...]

    def __post_init__(self) -> None:
        edge = 0
        for turn in self.turns:
            if turn.start != edge:
                raise BadInput(_("turns must tile the text; a gap lies at {at}").format(at=edge))
            edge = turn.end
        if edge != len(self.text):
            raise BadInput(_("turns must tile the text; it goes on after {at}").format(at=edge))

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Labels in order of first appearance, without the empty one."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    @cached_property
    def starts(self) -> list[int]:
        """Where the turns start, in order."""
        return [turn.start for turn in self.turns]

    @cached_property
    def salt(self) -> bytes:
        """What word hashes are salted with; who lacks the text cannot make it."""
        return hashlib.sha256(b"qcode words\0" + self.text.encode()).digest()

    def hash_words(self, start: int, end: int) -> str:
        """Return the salted SHA-256 (first 16 bytes, hexadecimal) of the words at a place."""
        return hashlib.sha256(self.salt + self.text[start:end].encode()).hexdigest()[:32]

    def words_in(self, start: int, end: int) -> int:
        """Count the words of ``text[start:end]``; one that is cut by an edge counts."""
        return count_words(self.text[start:end]) if start < end else 0

    def turn_index(self, offset: int) -> int:
        """Return the position of the turn that holds ``offset`` (the last one at the end)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def turns_in(self, span: Span) -> Iterator[Turn]:
        """Yield the turns that share a code point with ``span``, in order."""
        first = self.turn_index(span.start)
        if self.turns and span.end <= self.turns[first].end:
            yield self.turns[first]
            return
        yield from self.turns[first : bisect_left(self.starts, span.end)]


def paragraphs(text: str) -> tuple[Turn, ...]:
    """Return one speakerless turn a paragraph, tiling ``text``; none for an empty text."""
    turns: list[Turn] = []
    start = 0
    while start < len(text):
        found = text.find("\n", start)
        end = found + 1 if found >= 0 else len(text)
        turns.append(Turn(start, start, end))
        start = end
    return tuple(turns)


@dataclass(frozen=True, slots=True)
class Splice:
    """A replacement of ``[start, end)`` of the parent's text by ``length`` code points."""

    start: int
    end: int
    length: int


@dataclass(frozen=True)
class Version:
    """One immutable state of a document's text; ``splices`` lead to it from ``parent``."""

    id: str
    document: str
    transcript: Transcript
    parent: str = ""
    splices: tuple[Splice, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks under one label of one document; ``name`` is shown instead of the label."""

    id: str
    document: str
    label: str
    kind: str = "unknown"
    name: str = ""

    def __post_init__(self) -> None:
        if self.kind not in SPEAKER_KINDS:
            raise BadInput(
                _("a speaker is one of {kinds}, not “{kind}”").format(
                    kinds=", ".join(SPEAKER_KINDS), kind=self.kind
                )
            )

    @property
    def heard(self) -> bool:
        """Tell whether this speaker's words count for a case."""
        return self.kind not in UNHEARD


@dataclass(frozen=True, slots=True)
class Document:
    """What a project knows of one text without reading it."""

    id: str
    name: str
    kind: str = "interview"
    version: str = ""
    retired: bool = False
    record: str = ""
    details: dict[str, str] = field(default_factory=dict)
    """Date, place, language and the like, as imported; a ``notice`` stands in every export."""

    def __post_init__(self) -> None:
        if self.kind not in DOCUMENT_KINDS:
            raise BadInput(
                _("a document is one of {kinds}, not “{kind}”").format(
                    kinds=", ".join(DOCUMENT_KINDS), kind=self.kind
                )
            )


def carry(start: int, end: int, splices: Iterable[Splice]) -> tuple[int, int]:
    """Carry ``[start, end)`` through splices by arithmetic; what is left may be empty.

    ``splices`` are disjoint, in order, and count in the text they replace.
    """
    splices = tuple(splices)
    first = _moved(start, splices, is_end=False)
    return first, max(first, _moved(end, splices, is_end=True))


def _moved(place: int, splices: tuple[Splice, ...], *, is_end: bool) -> int:
    shift = 0
    for splice in splices:
        if place < splice.start or (is_end and place <= splice.start):
            break
        if place >= splice.end:
            shift += splice.length - (splice.end - splice.start)
        else:
            return splice.start + shift + (splice.length if is_end else 0)
    return place + shift


def inverse(splices: Iterable[Splice]) -> tuple[Splice, ...]:
    """Return the splices that lead back."""
    back: list[Splice] = []
    shift = 0
    for splice in splices:
        start = splice.start + shift
        back.append(Splice(start, start + splice.length, splice.end - splice.start))
        shift += splice.length - (splice.end - splice.start)
    return tuple(back)
