"""Where a corrected text differs from the old one: the splices that lead from one to the other.

The old text is at hand, so it is compared and never searched. Lines that stand once in both texts
are anchors (patience diff); between them the longest common sequence of words is found (Indel
distance). A splice begins and ends between words, so that a name is replaced whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from qcode.model.document import Splice

MOST_PAIRS = 1_000_000_000
"""Pairs of words compared in one block (about 125 MB); a larger block is replaced whole."""

_TOKEN = re.compile(r"[^\W_]+|\s|[\W_]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

Block = tuple[int, int, int, int]
"""Items ``[0]:[1]`` of the old sequence that became items ``[2]:[3]`` of the new one."""


def splices(old: str, new: str) -> tuple[Splice, ...]:
    """Return disjoint splices, in order, that turn ``old`` into ``new``; none if they are equal."""
    before, after = _LINE.findall(old), _LINE.findall(new)
    starts = list(accumulate(map(len, before), initial=0))
    onward = list(accumulate(map(len, after), initial=0))
    found: list[Splice] = []
    for first, last, low, high in _changed(before, after):
        offset = starts[first]
        was, becomes = old[offset : starts[last]], new[onward[low] : onward[high]]
        found += (
            Splice(offset + start, offset + end, length)
            for start, end, length in _replaced(_TOKEN.findall(was), _TOKEN.findall(becomes))
        )
    return tuple(found)


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of lines that differ, in order."""
    waiting: list[Block] = [(0, len(before), 0, len(after))]
    while waiting:
        block = _trimmed(before, after, waiting.pop())
        first, last, low, high = block
        if first == last and low == high:
            continue
        anchors = _anchors(before[first:last], after[low:high])
        if not anchors:
            yield block
            continue
        between: list[Block] = []
        for one, other in anchors:
            between.append((first, block[0] + one, low, block[2] + other))
            first, low = block[0] + one + 1, block[2] + other + 1
        waiting += reversed([*between, (first, last, low, high)])


def _trimmed(before: Sequence[str], after: Sequence[str], block: Block) -> Block:
    """Return a block without what both sides begin and end with."""
    first, last, low, high = block
    while first < last and low < high and before[first] == after[low]:
        first, low = first + 1, low + 1
    while first < last and low < high and before[last - 1] == after[high - 1]:
        last, high = last - 1, high - 1
    return first, last, low, high


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions of lines that stand once on both sides and in the same order.

    Of several orders the longest: the increasing subsequence found by patience sorting.
    """
    here, there = Counter(before), Counter(after)
    places = {line: at for at, line in enumerate(after) if there[line] == 1}
    pairs = [
        (at, places[line])
        for at, line in enumerate(before)
        if here[line] == 1 and line in places and not line.isspace()
    ]
    tops: list[int] = []
    ends: list[int] = []
    above: list[int] = []
    for number, (_at, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        tops[pile:] = [place, *tops[pile + 1 :]]
        ends[pile:] = [number, *ends[pile + 1 :]]
        above.append(ends[pile - 1] if pile else -1)
    longest: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        longest.append(pairs[number])
        number = above[number]
    return longest[::-1]


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of what words were replaced, and the length of what came instead."""
    block = _trimmed(before, after, (0, len(before), 0, len(after)))
    starts = list(accumulate(map(len, before), initial=0))
    onward = list(accumulate(map(len, after), initial=0))
    for first, last, low, high in _settled(before, after, list(_differences(before, after, block))):
        yield starts[first], starts[last], onward[high] - onward[low]


def _settled(before: Sequence[str], after: Sequence[str], runs: Sequence[Block]) -> Iterator[Block]:
    """Yield runs so that what went or came ends with its own full stop, not with the one before.

    Words that only went, or only came, may stand a little further on with the same outcome.
    """
    edges = [*((run[0], run[2]) for run in runs[1:]), (len(before), len(after))]
    for (first, last, low, high), (stop, end) in zip(runs, edges, strict=True):
        by = 0
        if low == high:
            by = _slides(before, first, last, stop)
        elif first == last:
            by = _slides(after, low, high, end)
        yield first + by, last + by, low + by, high + by


def _slides(words: Sequence[str], first: int, last: int, stop: int) -> int:
    """Return by how many words ``[first, last)`` may move on before ``stop``."""
    by = 0
    while last + by < stop and words[first + by] == words[last + by]:
        by += 1
    return by


def _differences(before: Sequence[str], after: Sequence[str], block: Block) -> Iterator[Block]:
    """Yield the words that differ within a block, each run once."""
    from rapidfuzz.distance import Indel

    first, last, low, high = block
    if first == last or low == high or (last - first) * (high - low) > MOST_PAIRS:
        yield block
        return
    numbers: dict[str, int] = {}
    was, becomes = (
        [numbers.setdefault(word, len(numbers)) for word in words]
        for words in (before[first:last], after[low:high])
    )
    run: Block | None = None
    for change in Indel.opcodes(was, becomes):
        if change.tag == "equal":
            if run:
                yield run
            run = None
        else:
            start = run or (first + change.src_start, 0, low + change.dest_start, 0)
            run = (start[0], first + change.src_end, start[2], low + change.dest_end)
    if run:
        yield run
