"""Agreement on which codes a place has, all codes at once.

A value is the set of codes that a coder gave a place. Sources: Krippendorff (2011) for alpha with
any distance; Passonneau (2006), Measuring agreement on set-valued items, for MASI.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from qcode.analysis.agreement.figure import Figure, uncompared, unvaried
from qcode.analysis.agreement.marking import Marking

Codes = frozenset[str]
Distance = Callable[[Codes, Codes], float]
Given = tuple[Codes | None, ...]
"""What each coder gave a place; None where he did not look."""


def jaccard(one: Codes, other: Codes) -> float:
    """Return ``1 - |both| / |either|``; two empty sets are the same."""
    either = one | other
    return 1 - len(one & other) / len(either) if either else 0.0


def masi(one: Codes, other: Codes) -> float:
    """Return ``1 - J M``: M is 1 for equal sets, 2/3 where one holds the other, 1/3 for a part."""
    both = one & other
    if not both:
        return 0.0 if one == other else 1.0
    weight = 1.0 if one == other else 2 / 3 if both in (one, other) else 1 / 3
    return 1 - weight * len(both) / len(one | other)


def nominal(one: Codes, other: Codes) -> float:
    """Return 0 for the same set, else 1."""
    return float(one != other)


def alpha(values: Mapping[Given, int], distance: Distance = masi) -> Figure:
    """Return Krippendorff's alpha of sets, each place with its weight; distances are not squared."""
    apart = 0.0
    totals: dict[Codes, float] = defaultdict(float)
    far = cache(distance)
    for given, weight in values.items():
        here = [one for one in given if one is not None]
        if len(here) >= 2:
            total = sum(far(one, other) for one in here for other in here)
            apart += weight * total / (len(here) - 1)
            for one in here:
                totals[one] += weight
    n = sum(totals.values())
    if not n:
        return uncompared()
    expected = expected_distance(totals, distance)
    return Figure(1 - (n - 1) * apart / expected) if expected else unvaried()


def expected_distance(totals: Mapping[Codes, float], distance: Distance = masi) -> float:
    """Return the distances of all ordered pairs of values, of which there are these many.

    A distance must be 1 for sets that have no code in common: only the others are looked at.
    """
    n = sum(totals.values())
    holding: dict[str, list[Codes]] = defaultdict(list)
    for one in totals:
        for code in one:
            holding[code].append(one)
    near = totals.get(frozenset(), 0) ** 2
    for one, weight in totals.items():
        for other in {other for code in one for other in holding[code]}:
            near += weight * totals[other] * (1 - distance(one, other))
    return max(0.0, n * n - near)


def given(
    markings: Iterable[Marking], codes: Sequence[str], coders: Sequence[str]
) -> dict[Given, int]:
    """Return what the coders gave each place of a scale, with weights, from one sweep a document.

    Only codes that all coders of a document had are compared there.
    """
    found: dict[Given, int] = defaultdict(int)
    for marking in markings:
        here = [who for who in coders if who in marking.coders]
        shared = [code for code in codes if len(marking.looked(code)) == len(marking.coders)]
        edges = sorted(
            (edge, who, code)
            for code in shared
            for who, some in marking.marks.get(code, {}).items()
            if who in here
            for stretch in some
            for edge in stretch
        )
        now: dict[str, Codes] = dict.fromkeys(here, frozenset())
        at = 0
        for place, who, code in (*edges, (marking.length, "", "")):
            if place > at:
                found[tuple(now.get(one) for one in coders)] += place - at
                at = place
            if who:
                now[who] ^= {code}
    return found
