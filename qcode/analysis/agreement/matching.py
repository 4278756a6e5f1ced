"""Did both mark it: segments of two coders matched one to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qcode.analysis.agreement.figure import Figure, unused
from qcode.analysis.agreement.marking import Stretch


class Matched(NamedTuple):
    """How many pairs were matched, of how many segments of the two coders."""

    pairs: int
    first: int
    second: int


def matched(first: Sequence[Stretch], second: Sequence[Stretch], overlap: float) -> Matched:
    """Match united segments of one code greedily by the share of their union that both hold.

    A pair needs at least that ``overlap`` (0.5: half of the union), and one character.
    """
    shares: list[tuple[float, int, int]] = []
    begin = 0
    for i, (start, end) in enumerate(first):
        while begin < len(second) and second[begin][1] <= start:
            begin += 1
        for j in range(begin, len(second)):
            if second[j][0] >= end:
                break
            both = min(end, second[j][1]) - max(start, second[j][0])
            share = both / (end - start + second[j][1] - second[j][0] - both)
            if share >= overlap:
                shares.append((-share, i, j))
    left: set[int] = set()
    right: set[int] = set()
    for _share, i, j in sorted(shares):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return Matched(len(left), len(first), len(second))


def f1(found: Iterable[Matched]) -> Figure:
    """Return ``2 x pairs / (segments of both)``, added up over documents."""
    pairs = segments = 0
    for one in found:
        pairs += one.pairs
        segments += one.first + one.second
    return Figure(2 * pairs / segments) if segments else unused()
