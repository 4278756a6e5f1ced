"""What was counted of places before and after: attributes in pairs, their totals and their change.

Two attributes are a pair by their names: what they are of, then ``before`` and ``after``, or
``sebelum`` and ``sesudah``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.language import _, counted
from qcode.model import bound
from qcode.model.case import Attribute, Case
from qcode.model.table import Blank, Cell, Column, Table, percent

BEFORE, AFTER = ("before", "sebelum"), ("after", "sesudah")
"""Last words of the names of attributes."""
PERCENT = "%"
"""The unit whose change is told in points."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A pair of attributes; ``weights`` are the names of those that a mean is weighted by."""

    name: str
    before: Attribute
    after: Attribute
    unit: str = ""
    weights: tuple[str, str] | None = None

    @property
    def sides(self) -> tuple[str, str]:
        """The names of the two attributes."""
        return self.before.name, self.after.name

    @property
    def measured(self) -> bool:
        """Tell whether it is a number, so that it can change."""
        return all(one.type == "number" and not one.multiple for one in (self.before, self.after))


def paired(
    attributes: Iterable[Attribute]
) -> tuple[tuple[Indicator, ...], tuple[Attribute, ...]]:  # fmt: skip
    """Return the attributes that have a before and an after, and those that are in no pair.

    Of several that are one side of the same, the first is meant.
    """
    sides: dict[str, dict[bool, Attribute]] = {}
    names: dict[str, str] = {}
    more: list[Attribute] = []
    for one in attributes:
        name, _blank, when = one.name.strip().rpartition(" ")
        if name and when.casefold() in (*BEFORE, *AFTER):
            names.setdefault(name.casefold(), name.strip())
            side = sides.setdefault(name.casefold(), {})
            if side.setdefault(when.casefold() in AFTER, one) is not one:
                more.append(one)
    pairs = [
        Indicator(names[key], two[False], two[True], two[True].unit or two[False].unit,
                  _weights(two[False], two[True]))
        for key, two in sides.items() if len(two) == len((BEFORE, AFTER))
    ]  # fmt: skip
    alone = [next(iter(two.values())) for two in sides.values() if len(two) == 1]
    return tuple(pairs), (*alone, *more)


def _weights(before: Attribute, after: Attribute) -> tuple[str, str] | None:
    if before.weight and after.weight:
        return before.weight, after.weight
    return None


def indicators(
    cases: Sequence[Case], wanted: Iterable[Indicator], kind: str, *, totals: bool = False
) -> Table:
    """Return each indicator before and after, for each case and for all; ``totals`` for all alone.

    Totals are of the cases that have both values: sums, means weighted by another attribute, or
    how many different values there are of what is no number.
    """
    rows: list[tuple[Cell, ...]] = []
    notes = [counted("{n} case of the kind {{kind}}", "{n} cases of the kind {{kind}}", len(cases)
                     ).format(kind=kind)]  # fmt: skip
    for one in wanted:
        if not totals:
            rows += ((one.name, one.unit, case.name, *_told(one, [case])) for case in cases)
        having = [case for case in cases if _both(one, case)]
        rows.append((one.name, one.unit, _how(one, having), *_told(one, having)))
        notes += _said(one, cases, having)
    columns = (
        Column("indicator", _("indicator")), Column("unit", _("unit")), Column("case", kind),
        Column("before", _("before"), numeric=True), Column("after", _("after"), numeric=True),
        Column("change", _("change"), _("of before"), numeric=True),
    )  # fmt: skip
    return Table(_("Indicators before and after"), columns, tuple(rows), tuple(notes))


def _both(one: Indicator, case: Case) -> bool:
    names = (*one.sides, *(one.weights or ()))
    if one.measured:
        return all(number(case, name) is not None for name in names)
    return all(case.values.get(name) for name in one.sides)


def number(case: Case, attribute: str) -> float | None:
    """Return the value of an attribute as a number; None where there is none."""
    return bound.number(case.value(attribute))


def _told(one: Indicator, cases: Sequence[Case]) -> tuple[Cell, Cell, Cell]:
    """Return what stands for one case, or for several together: before, after, change."""
    if not one.measured:
        before, after = (_different(cases, name) for name in one.sides)
        return before, after, Blank("-", _("“{name}” is no number").format(name=one.name))
    both = [_together(one, cases, at) for at in (0, 1)]
    return _cell(both[0]), _cell(both[1]), _change(one, *both)


def _different(cases: Iterable[Case], attribute: str) -> Cell:
    values = {value for case in cases for value in case.values.get(attribute, ())}
    return len(values) or _missing()


def _missing() -> Blank:
    return Blank("·", _("no value"))


Total = float | Blank


def _together(one: Indicator, cases: Sequence[Case], side: int) -> Total:
    """Return the value of one case, the sum of several, or their mean if it has weights."""
    found = [value for case in cases if (value := number(case, one.sides[side])) is not None]
    if not found:
        return _missing()
    if len(found) == 1:
        return found[0]
    if one.weights is None:
        if one.unit == PERCENT:
            return Blank("-", _("percentages are not added up; a weight says how to take the mean"))
        return math.fsum(found)
    weights = [number(case, one.weights[side]) or 0.0 for case in cases]
    if math.fsum(weights) <= 0:
        return Blank("-", _("nothing to weight the mean by"))
    products = (value * weight for value, weight in zip(found, weights, strict=True))
    return math.fsum(products) / math.fsum(weights)


def _cell(total: Total) -> Cell:
    if isinstance(total, Blank):
        return total
    whole = round(total)
    return whole if math.isclose(total, whole, rel_tol=1e-12, abs_tol=1e-9) else total


def _change(one: Indicator, before: Total, after: Total) -> Cell:
    """Return by how much it changed: in percent of what it was, percentages in points."""
    if isinstance(before, Blank) or isinstance(after, Blank):
        return Blank("-", _("no change without both values"))
    if one.unit == PERCENT:
        points = f"{round(after - before, 1):+g}"
        return _("{points} points").format(points="0" if points in ("+0", "-0") else points)
    if before <= 0:
        return Blank("-", _("no percentage of what was not above 0"))
    change = percent(after - before, before)
    return f"{change:+d} %" if change else "0 %"


def _how(one: Indicator, having: Sequence[Case]) -> str:
    """Return what the row of all cases holds."""
    n = len(having)
    if not one.measured:
        return counted("all {n}: different values", "all {n}: different values", n)
    if one.weights is None:
        return counted("all {n}: sum", "all {n}: sum", n)
    by = one.weights[0].rpartition(" ")[0] or one.weights[0]
    return counted("all {n}: mean by {{weight}}", "all {n}: mean by {{weight}}", n).format(
        weight=by
    )


def _said(one: Indicator, cases: Sequence[Case], having: Sequence[Case]) -> Iterable[str]:
    if len(having) < len(cases):
        yield _("{name}: {k} of {n} have all values and are in the total").format(
            name=one.name, k=len(having), n=len(cases)
        )
    if not one.measured:
        yield _("{name}: before {before}; after {after}").format(
            name=one.name, before=_listed(having, one.sides[0]), after=_listed(having, one.sides[1])
        )
    if one.weights and having:
        sums = [_cell(math.fsum(number(case, name) or 0 for case in having))
                for name in one.weights]  # fmt: skip
        change = _told(one, having)[2]
        if sums[0] != sums[1] and not isinstance(change, Blank):
            yield _("{name}: a mean over “{weight}”, {before} before and {after} after; they are not "
                    "the same ones, so that {change} is not the growth of one of them").format(
                name=one.name, weight=one.weights[0].rpartition(" ")[0] or one.weights[0],
                before=sums[0], after=sums[1], change=change,
            )  # fmt: skip


def _listed(cases: Iterable[Case], attribute: str) -> str:
    values = dict.fromkeys(value for case in cases for value in case.values.get(attribute, ()))
    return ", ".join(values) or "–"


def reweighted(one: Indicator, weights: Mapping[str, Indicator], units: Mapping[str, str]
               ) -> Indicator:  # fmt: skip
    """Return an indicator with the weight and unit that were asked for, by its name."""
    key = one.name.casefold()
    by = weights[key].sides if key in weights else one.weights
    return Indicator(one.name, one.before, one.after, units.get(key, one.unit), by)
