"""Two corrections of one text, made apart, as one text: turn by turn.

Both versions lead back to a common parent by splices. Where only one of them changed a turn, its
turn stands; where both changed it in different ways, the first one's stands and the place is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qcode.analysis.anchoring import splices
from qcode.model.document import Splice, Transcript, Turn, carry


class Run(NamedTuple):
    """Characters that stand unchanged: where they start before and after, and how many."""

    before: int
    after: int
    length: int


class Joined(NamedTuple):
    """A text made of two versions, how each leads to it, and where both had changed the same."""

    transcript: Transcript
    from_first: tuple[Splice, ...]
    from_second: tuple[Splice, ...]
    both: tuple[int, ...]
    """Numbers of the turns of the joined text, from 1, in which the second's change is lost."""


class _Block(NamedTuple):
    """Whole turns of the parent, and what became of them in the two versions: [start, end)."""

    parent: tuple[int, int]
    first: tuple[int, int]
    second: tuple[int, int]


def joined(
    parent: Transcript,
    first: Transcript, to_first: Sequence[Splice],
    second: Transcript, to_second: Sequence[Splice],
) -> Joined:  # fmt: skip
    """Join two versions of a parent, which the splices lead to."""
    text, turns, both = "", [], []
    ways: tuple[list[Splice], list[Splice]] = ([], [])
    for block in _blocks(parent, first, to_first, second, to_second):
        old, ours, theirs = (
            _cut(version, place)
            for version, place in zip((parent, first, second), block, strict=True)
        )
        chosen = theirs if ours == old else ours
        at = len(text)
        turns += [Turn(one.start + at, one.said + at, one.end + at, one.speaker, one.time)
                  for one in chosen[1]]  # fmt: skip
        if theirs not in (old, ours) and ours != old:
            both.append(len(turns))
        text += chosen[0]
        for way, own, place in ((ways[0], ours, block.first), (ways[1], theirs, block.second)):
            if own[0] != chosen[0]:
                way.extend(
                    Splice(place[0] + one.start, place[0] + one.end, one.length)
                    for one in splices(own[0], chosen[0])
                )
    return Joined(Transcript(text, tuple(turns)), tuple(ways[0]), tuple(ways[1]), tuple(both))


def _cut(version: Transcript, place: tuple[int, int]) -> tuple[str, tuple[Turn, ...]]:
    """Return the text and turns of whole turns, counted from their start."""
    start, end = place
    turns = tuple(
        Turn(one.start - start, one.said - start, one.end - start, one.speaker, one.time)
        for one in version.turns
        if start <= one.start and one.end <= end
    )
    return version.text[start:end], turns


def _blocks(
    parent: Transcript,
    first: Transcript, to_first: Sequence[Splice],
    second: Transcript, to_second: Sequence[Splice],
) -> Iterable[_Block]:  # fmt: skip
    """Yield the smallest blocks that begin and end with a turn in all three texts."""
    edges = [{turn.start for turn in one.turns} | {len(one.text)} for one in (first, second)]
    crossed = [*to_first, *to_second]
    begin = (0, 0, 0)
    for turn in parent.turns:
        at = turn.end
        if any(one.start < at < one.end for one in crossed) and at < len(parent.text):
            continue
        end = (at, _moved(at, to_first), _moved(at, to_second))
        if at == len(parent.text):
            end = (at, len(first.text), len(second.text))
        elif end[1] not in edges[0] or end[2] not in edges[1]:
            continue
        yield _Block(*zip(begin, end, strict=True))
        begin = end
    if not parent.turns:
        yield _Block((0, 0), (0, len(first.text)), (0, len(second.text)))


def _moved(place: int, way: Sequence[Splice]) -> int:
    return carry(place, place + 1, way)[0]


def composed(first: Sequence[Splice], second: Sequence[Splice], length: int) -> tuple[Splice, ...]:
    """Return the splices that do at once what ``first`` and then ``second`` do to a text.

    ``length`` counts the characters of the text before both.
    """
    between = length + sum(one.length - (one.end - one.start) for one in first)
    after = between + sum(one.length - (one.end - one.start) for one in second)
    kept: list[Run] = []
    later = kept_runs(second, between)
    at = 0
    for run in kept_runs(first, length):
        while at < len(later) and later[at].before + later[at].length <= run.after:
            at += 1
        here = at
        while here < len(later) and later[here].before < run.after + run.length:
            start = max(run.after, later[here].before)
            end = min(run.after + run.length, later[here].before + later[here].length)
            kept.append(Run(run.before + start - run.after,
                            later[here].after + start - later[here].before, end - start))  # fmt: skip
            here += 1
    return _between(kept, length, after)


def kept_runs(way: Sequence[Splice], length: int) -> list[Run]:
    """Return what splices leave unchanged of a text of so many characters."""
    runs: list[Run] = []
    before = after = 0
    for one in way:
        if one.start > before:
            runs.append(Run(before, after, one.start - before))
        after += one.start - before + one.length
        before = one.end
    if length > before:
        runs.append(Run(before, after, length - before))
    return runs


def _between(kept: Sequence[Run], length: int, after: int) -> tuple[Splice, ...]:
    found: list[Splice] = []
    start = new = 0
    for run in (*kept, Run(length, after, 0)):
        if run.before > start or run.after > new:
            found.append(Splice(start, run.before, run.after - new))
        start, new = run.before + run.length, run.after + run.length
    return tuple(found)
