"""Coefficients of agreement on categories, for any number of coders, with missing values.

Ratings are rows of a weight (how many units) and, by category, how many coders gave it. Sources:
Krippendorff (2011), Computing Krippendorff's alpha-reliability; Gwet (2014), Handbook of
inter-rater reliability, for the general form of Fleiss, AC1 and Brennan-Prediger; Cohen (1960).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qcode.analysis.agreement.figure import Figure, uncompared, unvaried

Rating = tuple[int, Sequence[int]]


def alpha(ratings: Iterable[Rating]) -> Figure:
    """Return Krippendorff's nominal alpha: ``1 - (n-1) sum o_ck / sum n_c n_k``, c other than k.

    A unit with m >= 2 values gives ``o_ck`` its ordered pairs (c, k) divided by m - 1.
    """
    apart = 0.0
    totals: dict[int, int] = {}
    for weight, row in ratings:
        m = sum(row)
        if m >= 2:
            apart += weight * (m * m - sum(k * k for k in row)) / (m - 1)
            for category, k in enumerate(row):
                totals[category] = totals.get(category, 0) + weight * k
    n = sum(totals.values())
    if not n:
        return uncompared()
    expected = n * n - sum(total * total for total in totals.values())
    return Figure(1 - (n - 1) * apart / expected) if expected else unvaried()


def percent(ratings: Iterable[Rating]) -> Figure:
    """Return observed agreement: the mean share of pairs of coders who agree on a unit."""
    same, units = 0.0, 0
    for weight, row in ratings:
        m = sum(row)
        if m >= 2:
            same += weight * sum(k * (k - 1) for k in row) / (m * (m - 1))
            units += weight
    return Figure(same / units) if units else uncompared()


def prevalence(ratings: Iterable[Rating], *, singles: bool = False) -> list[float]:
    """Return the mean share of each category: ``pi_k = sum w r_ik/r_i / sum w``.

    With ``singles``, units that one coder rated count here, as Gwet has it; else only those of two.
    """
    shares: list[float] = []
    units = 0
    for weight, row in ratings:
        m = sum(row)
        if m >= (1 if singles else 2):
            shares = shares or [0.0] * len(row)
            shares = [share + weight * k / m for share, k in zip(shares, row, strict=True)]
            units += weight
    return [share / units for share in shares]


def fleiss(ratings: Sequence[Rating], *, singles: bool = False) -> Figure:
    """Return Fleiss' kappa, which is Scott's pi for two coders: chance is ``sum pi_k^2``."""
    shares = prevalence(ratings, singles=singles)
    if sum(share > 0 for share in shares) == 1:
        return unvaried() if percent(ratings).value is not None else uncompared()
    return _beyond(percent(ratings), sum(share * share for share in shares))


def ac1(ratings: Sequence[Rating], *, singles: bool = False) -> Figure:
    """Return Gwet's AC1: chance is ``sum pi_k (1 - pi_k) / (q - 1)`` of q categories.

    It is near 1 for a rare code on characters even where coders share none: never a headline.
    """
    shares = prevalence(ratings, singles=singles)
    chance = sum(share * (1 - share) for share in shares) / max(1, len(shares) - 1)
    return _beyond(percent(ratings), chance)


def brennan_prediger(ratings: Sequence[Rating]) -> Figure:
    """Return Brennan and Prediger's kappa: chance is 1/q."""
    size = max((len(row) for _weight, row in ratings), default=1)
    return _beyond(percent(ratings), 1 / size)


def cohen(pairs: Mapping[tuple[int, int], int]) -> Figure:
    """Return Cohen's kappa of two coders from weights by (category of one, of the other)."""
    n = sum(pairs.values())
    if not n:
        return uncompared()
    first: dict[int, int] = {}
    second: dict[int, int] = {}
    for (one, other), weight in pairs.items():
        first[one] = first.get(one, 0) + weight
        second[other] = second.get(other, 0) + weight
    chance = sum(weight * second.get(category, 0) for category, weight in first.items())
    if chance == n * n:
        return unvaried()
    same = sum(weight for (one, other), weight in pairs.items() if one == other)
    return Figure((same * n - chance) / (n * n - chance))


def _beyond(observed: Figure, chance: float) -> Figure:
    if observed.value is None:
        return observed
    return Figure((observed.value - chance) / (1 - chance))
