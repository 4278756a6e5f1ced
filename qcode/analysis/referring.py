"""The line under a quotation: who speaks, as far as nobody is recognised by it.

An informant is cited with as much as at least three are cited with: name of the case, then
village, then role, then gender and age band. Who shares his combination with fewer than two others
is cited with less. Reports, tables and patterns have headings that tell the village of everybody,
and lie beside each other: so the village comes first, and an informant is cited with the same in
every file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from qcode.analysis.comparison import ROLES
from qcode.language import _
from qcode.model.case import Attribute, Case

VILLAGES = ("village", "desa")
"""Names of the attribute that holds an informant's village, if none is named."""
GENDERS = ("gender", "sex", "jenis kelamin", "kelamin")
AGES = ("age", "usia", "umur")
"""Names of the attribute that holds an age in years; it is cited as a band of ten."""
LEAST_SHARING = 3
PRIVACY = ("id", "role", "village", "person")
"""How much a reference may say at most: each adds to the one before it."""

Shown = Mapping[str, tuple[str, ...]]
"""Names of the attributes with which a case is cited, by id of the case."""


Steps = tuple[tuple[str, ...], ...]
"""Names of attributes, one group a level of PRIVACY above the first."""


def steps(attributes: Sequence[Attribute], privacy: str = PRIVACY[-1]) -> Steps:
    """Return what a reference names up to a level of PRIVACY, as far as the project has it."""
    return tuple(one for one in _levels(attributes)[: PRIVACY.index(privacy)] if one)


def reckoned(attributes: Sequence[Attribute]) -> Steps:
    """Return what every file of a project may tell, in the order in which it is given up last."""
    role, village, person = _levels(attributes)
    return tuple(one for one in (village, role, person) if one)


def headed(attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """Return the attribute that headings of some file or other tell of everybody, if any."""
    return _levels(attributes)[1]


def _levels(attributes: Sequence[Attribute]) -> Steps:
    known = {attribute.name.casefold(): attribute.name for attribute in attributes}

    def first(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(known[name] for name in names if name in known)[:1]

    return first(ROLES), first(VILLAGES), (*first(GENDERS), *first(AGES))


def usual(attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """Return the attributes that tell informants apart in most studies: role, then village."""
    return named(steps(attributes, "village"))


def named(wanted: Steps) -> tuple[str, ...]:
    """Return the names of all steps, in order."""
    return tuple(name for step in wanted for name in step)


def levels(cases: Sequence[Case], wanted: Steps, always: Sequence[str] = ()) -> Shown:
    """Return with which attributes each case is cited: as many as LEAST_SHARING cases share.

    ``always`` are attributes that are told anyway, such as in the heading above an excerpt.
    """
    shown: dict[str, tuple[str, ...]] = {}
    rest = list(cases)
    for depth in range(len(wanted), -1, -1):
        some = named(wanted[:depth])
        known = (*always, *(name for name in some if name not in always))
        sharing = Counter(_combination(case, known) for case in rest)
        for case in rest:
            if not depth or sharing[_combination(case, known)] >= LEAST_SHARING:
                shown[case.id] = some
        rest = [case for case in rest if case.id not in shown]
    return shown


def alone(cases: Sequence[Case], attributes: Sequence[str]) -> tuple[Case, ...]:
    """Return the cases whose combination of values fewer than LEAST_SHARING cases share."""
    return alone_by(cases, {case.id: tuple(attributes) for case in cases})


def alone_by(cases: Sequence[Case], known: Shown) -> tuple[Case, ...]:
    """Return the cases whose values fewer than LEAST_SHARING share; each has attributes known."""
    sharing = {some: Counter(_combination(case, some) for case in cases)
               for some in set(known.values())}  # fmt: skip
    return tuple(
        case for case in cases
        if sharing[known[case.id]][_combination(case, known[case.id])] < LEAST_SHARING
    )  # fmt: skip


def _combination(case: Case, attributes: Sequence[str]) -> tuple[str, ...]:
    return (case.kind, *(cited(case, name) for name in attributes))


def cited(case: Case, attribute: str) -> str:
    """Return a value as a reference says it: an age as a band of ten years."""
    value = case.value(attribute)
    if value.isascii() and value.isdecimal() and attribute.casefold() in AGES:
        low = int(value[:3]) // 10 * 10
        return f"{low}-{low + 9}"
    return value


def values_shown(cases: Sequence[Case], shown: Shown) -> dict[str, str]:
    """Return the values with which these cases are cited together, by attribute."""
    if not cases:
        return {}
    if len(cases) == 1:
        (case,) = cases
        return {name: value for name in shown.get(case.id, ()) if (value := cited(case, name))}
    names = min((shown.get(case.id, ()) for case in cases), key=len)
    values = {
        name: " + ".join(dict.fromkeys(value for case in cases if (value := cited(case, name))))
        for name in names
    }
    return {name: value for name, value in values.items() if value}


def who(document: str, cases: Sequence[Case], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return who speaks, as a reference begins; the document is added where it says more."""
    name = " + ".join(case.name for case in cases) or document
    return (name, *values.values(), *([document] if name != document else []))


def places() -> Callable[[int, tuple[int, int]], str]:
    """Return what says where a quotation stands: given its turn, its first and its last line."""
    one, several = _("turn {turn}, line {first}"), _("turn {turn}, lines {first}-{last}")

    def said(turn: int, lines: tuple[int, int]) -> str:
        first, last = lines
        return (one if first == last else several).format(turn=turn, first=first, last=last)

    return said
