"""Agreement on one code, given or not: figures of a histogram of masks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from qcode.analysis.agreement import nominal
from qcode.analysis.agreement.figure import Figure, uncompared, unused, unvaried
from qcode.analysis.agreement.marking import Counts


class Coincidence(NamedTuple):
    """What alpha needs of one code: additive over documents.

    ``apart`` is the weight of ordered pairs of coders who differ, each divided by m - 1; ``marked``
    and ``total`` are values, of units that two or more looked at.
    """

    apart: float
    marked: int
    total: int


def ratings(counts: Counts) -> list[nominal.Rating]:
    """Return a histogram as ratings in two categories: not given, given."""
    return [
        (weight, (looked.bit_count() - mask.bit_count(), mask.bit_count()))
        for (looked, mask), weight in counts.items()
    ]


def coincidence(counts: Counts) -> Coincidence:
    """Return how often coders differ, and how often the code was given, of how many values."""
    apart, marked, total = 0.0, 0, 0
    for (looked, mask), weight in counts.items():
        m, k = looked.bit_count(), mask.bit_count()
        if m >= 2:
            apart += 2 * weight * k * (m - k) / (m - 1)
            marked += weight * k
            total += weight * m
    return Coincidence(apart, marked, total)


def summed(several: Iterable[Coincidence]) -> Coincidence:
    """Add up what several documents say of one code."""
    apart, marked, total = 0.0, 0, 0
    for one in several:
        apart += one.apart
        marked += one.marked
        total += one.total
    return Coincidence(apart, marked, total)


def alpha(found: Coincidence) -> Figure:
    """Return Krippendorff's binary alpha: ``1 - (n-1) o_01 / (n_0 n_1)``."""
    if not found.total:
        return uncompared()
    if not found.marked:
        return unused()
    # nominal.alpha has the same value from ratings; this form is what the bootstrap can add up.
    return pooled([found])


def pooled(codes: Iterable[Coincidence]) -> Figure:
    """Return pooled alpha, ``1 - sum Do / sum De`` over codes; never a mean of alphas.

    ``Do = 2 o_01 / n``, ``De = 2 n_0 n_1 / (n (n-1))``, after the pooled kappa of De Vries, Elliott,
    Kanouse and Teleki (2008), Field Methods 20(3).
    """
    observed = expected = 0.0
    seen = False
    for apart, marked, total in codes:
        if total:
            seen = True
            observed += apart / total
            expected += 2 * marked * (total - marked) / (total * (total - 1))
    if not seen:
        return uncompared()
    return Figure(1 - observed / expected) if expected else unvaried()


def dice(counts: Counts) -> Figure:
    """Return the overlap: ``2a / (2a + b + c)`` of two coders, positive agreement of more.

    In general ``sum w k(k-1) / sum w k(m-1)``, the share of pairs: where one of them marked, the
    other did too. Dice (1945); Fleiss, Levin and Paik (2003), Statistical Methods, ch. 18.
    """
    both = marked = 0
    seen = False
    for (looked, mask), weight in counts.items():
        m, k = looked.bit_count(), mask.bit_count()
        if m >= 2:
            seen = True
            both += weight * k * (k - 1)
            marked += weight * k * (m - 1)
    if marked:
        return Figure(both / marked)
    return unused() if seen else uncompared()


def jaccard(counts: Counts) -> Figure:
    """Return the share of what anybody marked that all who looked marked (two: ``a/(a+b+c)``)."""
    every = some = 0
    seen = False
    for (looked, mask), weight in counts.items():
        if looked.bit_count() >= 2:
            seen = True
            every += weight if mask == looked else 0
            some += weight if mask else 0
    if some:
        return Figure(every / some)
    return unused() if seen else uncompared()


class Crossed(NamedTuple):
    """Two coders' two-by-two table of one code."""

    both: int
    first: int
    second: int
    neither: int


def crossed(counts: Counts, first: int, second: int) -> Crossed:
    """Return the table of two coders, by their bits, over what both looked at."""
    cells = [0, 0, 0, 0]
    for (looked, mask), weight in counts.items():
        if looked & first and looked & second:
            cells[(not mask & first) * 2 + (not mask & second)] += weight
    return Crossed(*cells)


def between(counts: Counts, first: int, second: int) -> Counts:
    """Return the histogram of two of the coders, over what both looked at."""
    pair = first | second
    found: dict[tuple[int, int], int] = {}
    for (looked, mask), weight in counts.items():
        if looked & pair == pair:
            found[pair, mask & pair] = found.get((pair, mask & pair), 0) + weight
    return found


def cohen(counts: Counts, first: int, second: int) -> Figure:
    """Return Cohen's kappa of two coders; on all characters of a text it is NVivo's number."""
    both, one, other, neither = crossed(counts, first, second)
    return nominal.cohen({(1, 1): both, (1, 0): one, (0, 1): other, (0, 0): neither})


def pooled_cohen(codes: Iterable[Crossed]) -> Figure:
    """Return the kappa of two coders over codes: ``(mean Po - mean Pe) / (1 - mean Pe)``.

    De Vries, Elliott, Kanouse and Teleki (2008). Of one code it is Cohen's kappa; codes that both
    gave everything or nothing take part, since they agreed on these.
    """
    same = chance = 0.0
    number = 0
    for both, one, other, neither in codes:
        n = both + one + other + neither
        if n:
            number += 1
            same += (both + neither) / n
            chance += ((both + one) * (both + other) + (other + neither) * (one + neither)) / n**2
    if not number:
        return uncompared()
    if number == chance:
        return unvaried()
    return Figure((same - chance) / (number - chance))
