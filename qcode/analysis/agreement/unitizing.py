"""The unitizing coefficients of 2016: u-alpha, |u-alpha, cu-alpha and (k)u-alpha.

Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability of unitizing textual continua,
Quality & Quantity 50; Krippendorff (2019), Content Analysis, 4th ed., section 12.6. Not to be
confused with the unitizing alpha of 1995 and 2004 (squared distances) or that of 2013. With more
than two coders the pairable length of a unit is the mean over the other coders, which gives the
value that the book prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from qcode.analysis.agreement.figure import Figure, uncompared, unvaried
from qcode.analysis.agreement.marking import Stretch
from qcode.errors import BadInput
from qcode.language import _

V = TypeVar("V")
Units = Sequence[tuple[int, int, V]]
"""One coder's units of a document, in order and disjoint: start, end, value."""


@dataclass
class Continua(Generic[V]):
    """Coincidences of lengths, added up over documents; None is the value of a gap.

    ``squares`` holds the squared lengths of units by value, ``gaps`` the length of all gaps,
    ``pairable`` the squared pairable lengths of units by value (eq. 36).
    """

    lengths: dict[tuple[V | None, V | None], float] = field(
        default_factory=lambda: defaultdict(float)
    )
    squares: dict[V, float] = field(default_factory=lambda: defaultdict(float))
    gaps: float = 0
    pairable: dict[V, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, length: int, coders: Mapping[str, Units[V]]) -> None:
        """Add a document of this length; one that fewer than two coded adds nothing."""
        if len(coders) < 2:
            return
        lanes = [_tiled(units, length) for units in coders.values()]
        shared = [[0.0] * len(lane) for lane in lanes]
        at, now = 0, [0] * len(lanes)
        while at < length:
            to = min(lane[i][1] for lane, i in zip(lanes, now, strict=True))
            self._cross([lane[i][2] for lane, i in zip(lanes, now, strict=True)], to - at)
            _pair(lanes, now, shared, to - at)
            now = [i + (lane[i][1] == to) for lane, i in zip(lanes, now, strict=True)]
            at = to
        for lane, own in zip(lanes, shared, strict=True):
            for (start, end, value), part in zip(lane, own, strict=True):
                if value is None:
                    self.gaps += end - start
                else:
                    self.squares[value] += (end - start) ** 2
                    self.pairable[value] += part * part

    def _cross(self, values: Sequence[V | None], width: int) -> None:
        part = width / (len(values) - 1)
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    self.lengths[one, other] += part

    def _by_value(self, *, gaps: bool) -> dict[V | None, float]:
        """Return the margins ``l_.k``, with or without what coincides with a gap."""
        found: dict[V | None, float] = defaultdict(float)
        for (one, other), length in self.lengths.items():
            if gaps or (one is not None and other is not None):
                found[other] += length
        return found

    def alpha(self) -> Figure:
        """Return u-alpha: on units, their values and the gaps (eq. 34)."""
        if not self.squares:
            return unvaried() if self.gaps else uncompared()
        margins = self._by_value(gaps=True)
        same = sum(length for (one, other), length in self.lengths.items() if one == other)
        total = sum(margins.values())
        squares = self.gaps + sum(self.squares.values())
        chance = sum(
            margin * margin - (self.gaps if value is None else self.squares[value])
            for value, margin in margins.items()
        )
        expected = total * chance / (total * total - squares)
        return Figure(1 - (total - same) / (total - expected)) if total > expected else unvaried()

    def relevance(self) -> Figure:
        """Return |u-alpha: on what is a unit and what is a gap, whatever the value (eq. 35)."""
        margins = self._by_value(gaps=True)
        total = sum(margins.values())
        if not total:
            return uncompared()
        apart = sum(length for (one, other), length in self.lengths.items()
                    if one is None and other is not None)  # fmt: skip
        gap = margins[None]
        squares = self.gaps + sum(self.squares.values())
        expected = total * gap * (total - gap) / (total * total - squares)
        return Figure(1 - apart / expected) if expected else unvaried()

    def coding(
        self, distance: Callable[[V, V], float] | None = None,
        distances: Callable[[Mapping[V, float]], float] | None = None,
    ) -> Figure:  # fmt: skip
        """Return cu-alpha: on the values where units of two coders meet (eq. 36, 37).

        ``distances`` gives the sum over all ordered pairs of values with these weights, where
        that takes less than going through them.
        """
        margins = self._by_value(gaps=False)
        total, squares = sum(margins.values()), sum(self.pairable.values())
        if not total:
            return _unmet()
        far = distance or _differ
        apart = sum(length * far(one, other) for (one, other), length in self.lengths.items()
                    if one is not None and other is not None)  # fmt: skip
        met = {value: margin for value, margin in margins.items() if value is not None}
        expected = distances(met) if distances else sum(
            one_margin * margin * far(one, other)
            for one, one_margin in met.items() for other, margin in met.items()
        )  # fmt: skip
        if not expected:
            return unvaried()
        return Figure(1 - apart * (total * total - squares) / (total * expected))

    def coding_of(self, value: V) -> tuple[Figure, float]:
        """Return (k)u-alpha of one value, and how much of its length meets units (eq. 38)."""
        margins = self._by_value(gaps=False)
        whole = self._by_value(gaps=True)[value]
        length = margins[value]
        if not length:
            return _unmet(), 0.0
        total = sum(margins.values())
        # The factor l.. / (l..^2 - sum p^2) stands above and below the line and falls out.
        expected = length * total - self.pairable[value]
        apart = length * (total - length)
        if not apart:
            return unvaried(), length / whole
        missing = (length - self.lengths[value, value]) / length
        return Figure(1 - expected / apart * missing), length / whole

    def coverage(self) -> float:
        """Return how much of the continuum cu-alpha rests on: where units of two coders meet."""
        whole = sum(self.lengths.values())
        return sum(self._by_value(gaps=False).values()) / whole if whole else 0.0


def runs(marks: Mapping[str, Sequence[Stretch]]) -> list[tuple[int, int, frozenset[str]]]:
    """Cut what one coder marked, by code and united, into runs with the same set of codes."""
    edges = sorted((edge, code) for code, some in marks.items() for one in some for edge in one)
    found: list[tuple[int, int, frozenset[str]]] = []
    now: frozenset[str] = frozenset()
    at = 0
    for place, code in edges:
        if place > at:
            if now:
                found.append((at, place, now))
            at = place
        now ^= {code}
    return found


def _unmet() -> Figure:
    return Figure(None, _("no units of two coders meet"))


def _differ(one: object, other: object) -> float:
    return float(one != other)


def _tiled(units: Units[V], length: int) -> list[tuple[int, int, V | None]]:
    """Return units and the gaps between them; they must lie apart, and inside."""
    tiles: list[tuple[int, int, V | None]] = []
    at = 0
    for start, end, value in sorted(units, key=lambda unit: unit[:2]):
        if start < at or end > length:
            raise BadInput(_("one coder's units overlap, or leave the text, at {at}").format(at=at))
        if start > at:
            tiles.append((at, start, None))
        tiles.append((start, end, value))
        at = end
    if at < length:
        tiles.append((at, length, None))
    return tiles


def _pair(
    lanes: Sequence[Sequence[tuple[int, int, V | None]]], now: Sequence[int],
    shared: Sequence[list[float]], width: int,
) -> None:  # fmt: skip
    """Add to each unit how much of it other coders' units meet, as a mean over these."""
    here = [lane[i][2] is not None for lane, i in zip(lanes, now, strict=True)]
    units = sum(here)
    for coder, unit in enumerate(here):
        if unit:
            shared[coder][now[coder]] += width * (units - 1) / (len(lanes) - 1)


def continua(documents: Iterable[tuple[int, Mapping[str, Units[V]]]]) -> Continua[V]:
    """Add documents up: a length and, by coder, his units."""
    found: Continua[V] = Continua()
    for length, coders in documents:
        found.add(length, coders)
    return found
