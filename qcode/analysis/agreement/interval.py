"""How sure an alpha is: documents are drawn again, because characters are not independent.

Percentile bootstrap; Hayes and Krippendorff (2007), Answering the call for a standard reliability
measure, for the shares below a bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from random import Random

from qcode.analysis.agreement.presence import Coincidence, pooled

FEWEST = 5
"""Documents without which no interval is given."""
FEW = 10
"""Documents below which an interval comes with a warning."""
REPLICATES = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of alpha over documents drawn again.

    ``undefined`` counts draws that had no alpha; ``values`` holds the others, in order.
    """

    low: float
    high: float
    undefined: int
    values: tuple[float, ...]

    def below(self, bar: float) -> float:
        """Return the share of draws with an alpha below a bar."""
        return sum(value < bar for value in self.values) / len(self.values)


def intervals(
    by_code: Mapping[str, Sequence[Coincidence]], seed: int, replicates: int = REPLICATES
) -> tuple[dict[str, Interval | None], Interval | None]:
    """Return an interval for each code, and for all pooled; None where documents are too few.

    ``by_code`` gives what each document says of a code, in one order of documents for all codes;
    a document that says nothing of a code has a total of 0 there. The same seed draws the same.
    """
    places = max(map(len, by_code.values()), default=0)
    if places < FEWEST:
        return dict.fromkeys(by_code), None
    lanes = {code: _Lanes(rows) for code, rows in by_code.items()}
    random = Random(seed)
    alphas: dict[str, list[float]] = {code: [] for code in by_code}
    together: list[float] = []
    for _draw in range(replicates):
        weights = [0] * places
        for one in random.choices(range(places), k=places):
            weights[one] += 1
        drawn = {code: lane.summed(weights) for code, lane in lanes.items()}
        for code, sums in drawn.items():
            if (value := pooled([sums]).value) is not None:
                alphas[code].append(value)
        if (value := pooled(drawn.values()).value) is not None:
            together.append(value)
    found = {
        code: _middle(alphas[code], replicates) if lane.documents >= FEWEST else None
        for code, lane in lanes.items()
    }
    return found, _middle(together, replicates)


class _Lanes:
    """One code's coincidences as three lists, so that a draw is three sums of products."""

    def __init__(self, rows: Sequence[Coincidence]) -> None:
        self.apart = [row.apart for row in rows]
        self.marked = [row.marked for row in rows]
        self.total = [row.total for row in rows]
        self.documents = sum(total > 0 for total in self.total)

    def summed(self, weights: Sequence[int]) -> Coincidence:
        return Coincidence(
            sum(map(mul, weights, self.apart)),
            sum(map(mul, weights, self.marked)),
            sum(map(mul, weights, self.total)),
        )


def _middle(values: list[float], replicates: int) -> Interval | None:
    """Return the bounds that leave 2.5 % of the defined draws on either side."""
    if not values:
        return None
    values.sort()
    cut = int(0.025 * len(values))
    return Interval(values[cut], values[-1 - cut], replicates - len(values), tuple(values))
