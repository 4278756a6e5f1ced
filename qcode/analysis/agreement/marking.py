"""What coders marked, as stretches, and the histogram that every figure is computed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.errors import BadInput
from qcode.language import _

Stretch = tuple[int, int]
"""A half-open stretch ``(start, end)``. A plain pair: a project holds a hundred thousand."""
Counts = Mapping[tuple[int, int], int]
"""Weight by (mask of the coders who looked, mask of those who marked); a bit for each coder."""


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Unite one coder's stretches of one code: duplicates, nested, overlapping, touching ones.

    Empty stretches are left out.
    """
    stretches = sorted(stretches)
    if len(stretches) == 1 and stretches[0][0] < stretches[0][1]:
        return stretches  # As mostly.
    found: list[Stretch] = []
    edge = -1
    for start, end in stretches:
        if start >= end:
            continue
        if start <= edge:
            if end > edge:
                found[-1] = (found[-1][0], end)
                edge = end
        else:
            found.append((start, end))
            edge = end
    return found


def histogram(
    own: Mapping[str, Sequence[Stretch]], bit: Mapping[str, int], length: int
) -> dict[int, int]:  # fmt: skip
    """Return how much of ``length`` some coder marked, by mask of coders, from one sweep.

    ``own`` gives each coder's united stretches; his bit flips at each of their edges.
    """
    weights: dict[int, int] = {}
    _weigh(own, bit, length, weights)
    return weights


def _weigh(
    own: Mapping[str, Sequence[Stretch]], bit: Mapping[str, int], length: int,
    weights: dict[int, int],
) -> None:  # fmt: skip
    """Add how much some coder marked to what is there by mask: there are thousands to add up."""
    mask = 0
    some: Sequence[Stretch] = ()
    for who, marked in own.items():
        if mask and marked != some:
            mask = 0
            break
        mask |= bit[who]
        some = marked
    if mask:  # One coder, or all the same, as mostly.
        end = some[-1][1] if some else 0
        if end:
            weight = end - some[0][0] if len(some) == 1 else sum([b - a for a, b in some])
            weights[mask] = weights.get(mask, 0) + weight
    elif len(own) == 2:
        (one, ours), (other, theirs) = own.items()
        end = _cross((bit[one], ours), (bit[other], theirs), weights)
    else:
        end = _sweep(own, bit, weights)
    if end > length:
        raise BadInput(
            _("a coding ends at {end}, after the end of what is compared").format(end=end)
        )


def _cross(
    one: tuple[int, Sequence[Stretch]], other: tuple[int, Sequence[Stretch]],
    weights: dict[int, int],
) -> int:  # fmt: skip
    """Add how much two coders marked, and return where that ends.

    Without sorting, since both are in order.
    """
    (bit, ours), (flag, theirs) = one, other
    if len(ours) == len(theirs) == 1:
        ((start, end),), ((a, b),) = ours, theirs
        first, second, both = end - start, b - a, max(0, min(b, end) - max(a, start))
    else:
        first, second = sum([b - a for a, b in ours]), sum([b - a for a, b in theirs])
        both = _shared(ours, theirs)
    for mask, weight in ((bit | flag, both), (bit, first - both), (flag, second - both)):
        if weight:
            weights[mask] = weights.get(mask, 0) + weight
    return max(ours[-1][1] if ours else 0, theirs[-1][1] if theirs else 0)


def _sweep(
    own: Mapping[str, Sequence[Stretch]], bit: Mapping[str, int], weights: dict[int, int]
) -> int:  # fmt: skip
    """Add how much any number of coders marked, and return where that ends."""
    edges = [
        edge for who, some in own.items() for a, b in some
        for edge in ((a, bit[who]), (b, bit[who]))
    ]  # fmt: skip
    edges.sort()
    end = mask = 0
    for place, flip in edges:
        if mask and place > end:
            weights[mask] = weights.get(mask, 0) + place - end
        end = place
        mask ^= flip
    return end


def _shared(ours: Sequence[Stretch], theirs: Sequence[Stretch]) -> int:
    """Return how much two coders marked both."""
    both = at = 0
    for start, end in ours:
        while at < len(theirs) and theirs[at][1] <= start:
            at += 1
        for a, b in theirs[at:] if at else theirs:
            if a >= end:
                break
            both += min(b, end) - max(a, start)
    return both


@dataclass(frozen=True)
class Marking:
    """One document as its coders marked it, on one scale: characters, turns, informants, ...

    ``coders`` are those who coded or finished it; one who found nothing is among them, one who
    never looked is not. ``marks`` gives, by code and coder, united stretches of the scale.
    ``lacking`` names, by code, the coders who did not have that code: missing data there.
    """

    document: str
    length: int
    coders: tuple[str, ...]
    marks: Mapping[str, Mapping[str, Sequence[Stretch]]]
    lacking: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def looked(self, code: str) -> tuple[str, ...]:
        """Return the coders of this document who had a code."""
        lacking = self.lacking.get(code)
        return tuple(who for who in self.coders if who not in lacking) if lacking else self.coders


def bits(coders: Iterable[str]) -> dict[str, int]:
    """Return a bit for each coder, in order."""
    return {coder: 1 << number for number, coder in enumerate(coders)}


def counts(marking: Marking, codes: Iterable[str], bit: Mapping[str, int]) -> Counts:
    """Return the histogram of one document for a code, or for several taken together as one.

    Only coders with a ``bit`` enter, and of several codes who had any of them.
    """
    codes = tuple(codes)
    looked = {who for code in codes for who in marking.looked(code) if who in bit}
    together: dict[str, list[Stretch]] = defaultdict(list)
    for code in codes:
        for who, some in marking.marks.get(code, {}).items():
            if who in looked:
                together[who] += some
    if len(codes) > 1:
        together = {who: joined(some) for who, some in together.items()}
    return _counts(marking, looked, together, bit)


def _counts(
    marking: Marking, looked: Iterable[str], own: Mapping[str, Sequence[Stretch]],
    bit: Mapping[str, int],
) -> Counts:  # fmt: skip
    asked = sum(bit[who] for who in looked)
    weights = histogram(own, bit, marking.length)
    found = {(asked, mask): weight for mask, weight in weights.items()}
    if blank := marking.length - sum(weights.values()):
        found[asked, 0] = blank
    return found


def counted(
    markings: Iterable[Marking], codes: Iterable[str], bit: Mapping[str, int]
) -> dict[str, Counts]:  # fmt: skip
    """Return the histogram of each code over documents, touching only what was marked.

    The same as ``added(counts(...))`` for each code; every coder must have a ``bit``.
    """
    blank: dict[int, int] = defaultdict(int)
    marked: dict[int, dict[str, dict[int, int]]] = {}
    apart: dict[str, dict[tuple[int, int], int]] = {code: defaultdict(int) for code in codes}
    for marking in markings:
        asked = sum([bit[who] for who in marking.coders])
        blank[asked] += marking.length
        _count_marked(marking, bit, marked.setdefault(asked, {code: {} for code in apart}))
        for code in apart.keys() & marking.lacking.keys():
            apart[code][asked, 0] -= marking.length
            for key, weight in counts(marking, (code,), bit).items():
                apart[code][key] += weight
    for code, total in apart.items():
        for asked, length in blank.items():
            own = marked[asked][code]
            total[asked, 0] += length - sum(own.values())
            for mask, weight in own.items():
                total[asked, mask] += weight
    return {
        code: {key: weight for key, weight in total.items() if weight}
        for code, total in apart.items()
    }


def _count_marked(
    marking: Marking, bit: Mapping[str, int], found: Mapping[str, dict[int, int]]
) -> None:  # fmt: skip
    """Add what is marked with codes that all had, by mask."""
    lacking, length = marking.lacking, marking.length
    for code, own in marking.marks.items():
        if own and code in found and code not in lacking:
            _weigh(own, bit, length, found[code])


def added(several: Iterable[Counts]) -> Counts:
    """Add histograms up: documents are never averaged."""
    total: dict[tuple[int, int], int] = defaultdict(int)
    for one in several:
        for key, weight in one.items():
            total[key] += weight
    return total


def clusters(own: Mapping[str, Sequence[Stretch]]) -> list[list[tuple[int, int, str]]]:
    """Return the distinct places of one code: stretches of all coders, joined where they overlap.

    Each is a list of (start, end, coder) in order of place.
    """
    found: list[list[tuple[int, int, str]]] = []
    edge = -1
    for one in sorted([(start, end, who) for who, some in own.items() for start, end in some]):
        if one[0] < edge:
            found[-1].append(one)
        else:
            found.append([one])
        edge = max(edge, one[1])
    return found


def count_places(own: Mapping[str, Sequence[Stretch]]) -> int:
    """Count the distinct places of one code, as ``clusters`` has them."""
    if len(own) == 1:
        return sum(map(len, own.values()))
    if len(own) == 2:
        one, other = own.values()
        if one == other:
            return len(one)
        if len(one) == len(other) == 1:
            return 1 if one[0][0] < other[0][1] and other[0][0] < one[0][1] else 2
    number, edge = 0, -1
    for start, end in sorted([one for some in own.values() for one in some]):
        number += start >= edge
        edge = max(edge, end)
    return number
