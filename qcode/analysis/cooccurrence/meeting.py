"""Which passages of one document meet: they overlap, stand in one turn, or are near each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

from qcode.model.document import Transcript, Turn
from qcode.model.hearing import Hearing
from qcode.model.span import Span

OVERLAP, TURN, NEAR = "overlap", "turn", "near"
WAYS = (OVERLAP, TURN, NEAR)

Code = TypeVar("Code")
"""What stands for a code: its id, or a number."""
Piece = tuple[int, int, Code, int]
"""Start and end of what may be used of a passage, its code, and a number of its own."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Way:
    """How passages meet; ``words`` is how many may stand between them, for NEAR alone."""

    by: str = OVERLAP
    words: int = 0


class Meeting(NamedTuple, Generic[Code]):
    """Two passages, by their two codes.

    ``shared`` counts characters that have both. ``counts`` tells that two passages meet that were
    not told before; ``cases`` returns who speaks there, None where they only share characters.
    """

    one: Code
    other: Code
    shared: int
    counts: bool
    cases: Callable[[], Iterable[str]] | None


def met(
    pieces: Sequence[Piece[Code]], way: Way, hearing: Callable[[], Hearing[str]], *, whole: bool
) -> Iterator[Meeting[Code]]:  # fmt: skip
    """Yield what meets of the passages of one document; those of one code never do.

    Passages overlap that share a character. They stand in one turn in which each has a word. They
    are near each other with at most ``way.words`` words between them, labels aside, or none where
    they overlap. Who speaks is who says a word of what overlaps, of the turn, or of both passages.
    ``pieces`` are in order; ``whole`` tells that each is a passage.
    """
    told: set[tuple[int, int]] | None = None if whole else set()
    for one, other in overlapping(pieces):
        start, end = other[0], min(one[1], other[1])
        if way.by != OVERLAP:
            yield _meeting(one, other, end - start)
            continue
        fresh = told is None or _couple(one, other) not in told
        if told is not None:
            told.add(_couple(one, other))
        yield _meeting(one, other, end - start, fresh, partial(speaking, hearing, start, end))
    if way.by == TURN:
        yield from _in_one_turn(pieces, hearing())
    elif way.by == NEAR:
        yield from _near(pieces, way.words, hearing)


def overlapping(pieces: Iterable[Piece[Code]]) -> Iterator[tuple[Piece[Code], Piece[Code]]]:
    """Yield each two pieces of two codes that share a character; they are in order."""
    active: list[Piece[Code]] = []
    edge = 0  # Behind it, nothing is active: most pieces stand alone.
    for piece in pieces:
        start, end, code, _number = piece
        if start >= edge:
            active = [piece]
            edge = end
            continue
        active = [one for one in active if one[1] > start]
        for one in active:
            if one[2] != code:
                yield one, piece
        active.append(piece)
        edge = max(edge, end)


def _meeting(
    one: Piece[Code], other: Piece[Code], shared: int = 0, counts: bool = False,  # noqa: FBT001, FBT002
    cases: Callable[[], Iterable[str]] | None = None,
) -> Meeting[Code]:  # fmt: skip
    return Meeting(one[2], other[2], shared, counts, cases)


def _couple(one: Piece[Code], other: Piece[Code]) -> tuple[int, int]:
    return (one[3], other[3]) if one[3] < other[3] else (other[3], one[3])


def speaking(hearing: Callable[[], Hearing[str]], start: int, end: int) -> Iterable[str]:
    """Return whose words stand in a stretch."""
    return voices(hearing())(start, end)


def voices(
    heard: Hearing[str], among: Collection[str] | None = None
) -> Callable[[int, int], Collection[str]]:
    """Return what tells, for one document, whose words stand in a stretch: of some cases, or all."""
    transcript = heard.transcript
    text, turns, starts = transcript.text, transcript.turns, transcript.starts
    known: dict[str, Collection[str]] = {}

    def of(turn: Turn) -> Collection[str]:
        cases = heard.of(turn)
        return cases if among is None else [case for case in cases if case in among]

    def speaking(start: int, end: int) -> Collection[str]:
        # Most stretches lie in one turn, and there are thousands.
        turn = turns[bisect_right(starts, start) - 1]
        if end > turn.end:
            spoken = heard.spoken(Span(start, end))
            return {case for turn, _said in spoken for case in of(turn)}
        said = start if start > turn.said else turn.said  # noqa: FURB136 - a call takes longer
        if said >= end or (text[said].isspace() and text[said:end].isspace()):
            return ()
        if (cases := known.get(turn.speaker)) is None:
            cases = known[turn.speaker] = of(turn)
        return cases

    return speaking


def _in_one_turn(pieces: Iterable[Piece[Code]], hearing: Hearing[str]) -> Iterator[Meeting[Code]]:
    by_turn: dict[int, dict[int, Piece[Code]]] = defaultdict(dict)
    of: dict[int, Sequence[str]] = {}
    for piece in pieces:
        for said, _words in hearing.spoken(Span(piece[0], piece[1])):
            by_turn[said.start][piece[3]] = piece
            of[said.start] = hearing.of(said)
    told: set[tuple[int, int]] = set()
    for turn, here in sorted(by_turn.items()):
        for one, other in combinations(here.values(), 2):
            if one[2] != other[2]:
                fresh = _couple(one, other) not in told
                told.add(_couple(one, other))
                yield _meeting(one, other, 0, fresh, partial(of.__getitem__, turn))


def _near(
    pieces: Sequence[Piece[Code]], most: int, hearing: Callable[[], Hearing[str]]
) -> Iterator[Meeting[Code]]:  # fmt: skip
    between = _Words(hearing().transcript).between
    told: set[tuple[int, int]] = set()
    who: dict[int, set[str]] = defaultdict(set)
    for start, end, _code, number in pieces:
        who[number].update(speaking(hearing, start, end))
    for at, one in enumerate(pieces):
        for other in pieces[at + 1 :]:
            if other[0] > one[1] and between(one[1], other[0]) > most:
                break
            if one[2] != other[2] and _couple(one, other) not in told:
                told.add(_couple(one, other))
                both = who[one[3]] & who[other[3]]
                yield _meeting(one, other, 0, True, both.copy)


class _Words:
    """Where the words of a transcript stand; labels are none."""

    def __init__(self, transcript: Transcript) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for turn in transcript.turns:
            for word in _WORD.finditer(transcript.text, turn.said, turn.end):
                self._starts.append(word.start())
                self._ends.append(word.end())

    def between(self, start: int, end: int) -> int:
        """Count the words of a stretch; one that is cut by an edge counts."""
        return bisect_left(self._starts, end) - bisect_right(self._ends, start)
