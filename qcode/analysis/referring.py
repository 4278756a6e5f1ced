"""The line under a quotation: who speaks, as far as nobody is recognised by it.

An informant is cited with the role and the village where at least three are cited with that same
combination, else with the role where three are left who share it, else by the name of the case
alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from qcode.analysis.comparison import ROLES
from qcode.language import _
from qcode.model.case import Attribute, Case

VILLAGES = ("village", "desa")
"""Names of the attribute that holds an informant's village, if none is named."""
LEAST_SHARING = 3

Shown = Mapping[str, tuple[str, ...]]
"""Names of the attributes with which a case is cited, by id of the case."""


def usual(attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """Return the attributes that a reference names if none are chosen: role, then village."""
    known = {attribute.name.casefold(): attribute.name for attribute in attributes}
    found = (
        next((known[name] for name in names if name in known), "") for names in (ROLES, VILLAGES)
    )
    return tuple(name for name in found if name)


def levels(cases: Sequence[Case], attributes: Sequence[str]) -> Shown:
    """Return with which attributes each case is cited: as many as LEAST_SHARING cases share."""
    shown: dict[str, tuple[str, ...]] = {}
    rest = list(cases)
    for depth in range(len(attributes), -1, -1):
        some = tuple(attributes[:depth])
        sharing = Counter(_combination(case, some) for case in rest)
        for case in rest:
            if not depth or sharing[_combination(case, some)] >= LEAST_SHARING:
                shown[case.id] = some
        rest = [case for case in rest if case.id not in shown]
    return shown


def alone(cases: Sequence[Case], attributes: Sequence[str]) -> tuple[Case, ...]:
    """Return the cases whose combination of values fewer than LEAST_SHARING cases share."""
    sharing = Counter(_combination(case, attributes) for case in cases)
    return tuple(case for case in cases if sharing[_combination(case, attributes)] < LEAST_SHARING)


def _combination(case: Case, attributes: Sequence[str]) -> tuple[str, ...]:
    return (case.kind, *(case.value(name) for name in attributes))


def values_shown(cases: Sequence[Case], shown: Shown) -> dict[str, str]:
    """Return the values with which these cases are cited together, by attribute."""
    if not cases:
        return {}
    names = min((shown.get(case.id, ()) for case in cases), key=len)
    values = {
        name: " + ".join(dict.fromkeys(value for case in cases if (value := case.value(name))))
        for name in names
    }
    return {name: value for name, value in values.items() if value}


def reference(
    document: str, cases: Sequence[Case], values: Mapping[str, str], turn: int,
    lines: tuple[int, int],
) -> str:  # fmt: skip
    """Return the line that stands under a quotation."""
    who = " + ".join(case.name for case in cases) or document
    first, last = lines
    where = _("turn {turn}").format(turn=turn)
    place = (
        _("line {line}").format(line=first) if first == last
        else _("lines {first}-{last}").format(first=first, last=last)
    )  # fmt: skip
    return " · ".join(
        (who, *values.values(), *([document] if who != document else []), f"{where}, {place}")
    )
