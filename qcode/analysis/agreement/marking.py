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
    found: list[Stretch] = []
    edge = -1
    for start, end in sorted(stretches):
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


def histogram(marked: Iterable[tuple[int, Iterable[Stretch]]], length: int) -> dict[int, int]:
    """Return how much of ``length`` carries each mask of coders, from one sweep.

    ``marked`` gives the bit of a coder and his united stretches, so that his bit flips at each
    edge.
    """
    edges = [edge for bit, some in marked for a, b in some for edge in ((a, bit), (b, bit))]
    edges.sort()
    weights: dict[int, int] = defaultdict(int)
    mask = at = 0
    for place, bit in edges:
        if place > at:
            weights[mask] += place - at
            at = place
        mask ^= bit
    if at > length:
        raise BadInput(
            _("a coding ends at {end}, after the end of what is compared").format(end=at)
        )
    if length > at:
        weights[0] += length - at
    return weights


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
    asked = sum(bit[who] for who in looked)
    marked: list[tuple[int, Iterable[Stretch]]] = []
    if len(codes) == 1:
        own = marking.marks.get(codes[0], {})
        marked = [(bit[who], some) for who, some in own.items() if who in looked]
    else:
        together: dict[str, list[Stretch]] = defaultdict(list)
        for code in codes:
            for who, some in marking.marks.get(code, {}).items():
                if who in looked:
                    together[who] += some
        marked = [(bit[who], joined(some)) for who, some in together.items()]
    found = histogram(marked, marking.length)
    return {(asked, mask): weight for mask, weight in found.items()}


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
    for one in sorted((start, end, who) for who, some in own.items() for start, end in some):
        if one[0] < edge:
            found[-1].append(one)
        else:
            found.append([one])
        edge = max(edge, one[1])
    return found
