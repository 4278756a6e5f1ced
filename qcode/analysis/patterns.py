"""What groups have in common and where they differ, and which passages to show of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from qcode.analysis.comparison import grouped
from qcode.analysis.frequency import listed_codes
from qcode.analysis.layer import Layer
from qcode.analysis.locating import (
    ALL,
    LONE,
    MOSTLY,
    NOWHERE,
    ONLY,
    SOME,
    UNLOOKED,
    Group,
    Located,
    difference,
    located,
    spread,
)
from qcode.analysis.looking import Found, Presence, gaps, presence
from qcode.language import _, counted
from qcode.model.case import INFORMANT, Attribute
from qcode.model.table import Cell, Share

ORDER = (ALL, MOSTLY, ONLY, SOME)
"""In which order sorts of patterns are told: what is common first."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A code and where it stands among the groups."""

    code: str
    at: Located
    difference: Cell
    found: Found


@dataclass(frozen=True)
class Places:
    """The groups, and the codes of each sort in the order of the codebook, with what to know."""

    groups: tuple[Group, ...]
    sorts: Mapping[str, tuple[Placed, ...]]
    presence: Presence
    notes: tuple[str, ...]


def places(
    layer: Layer, by: Attribute, chosen: Iterable[str] = (), least: int = 1, kind: str = INFORMANT
) -> Places:
    """Return where every code stands that ``least`` speak of at least."""
    where = presence(layer, kind)
    groups = tuple(group for group in grouped(layer, by.name, kind) if group.valued)
    sorts: dict[str, list[Placed]] = {sort: [] for sort in (*ORDER, LONE, NOWHERE, UNLOOKED)}
    codes = listed_codes(layer.book, layer.standing, chosen)
    few = 0
    for one in codes:
        found = where.by_code[one.code.id]
        shares = spread(groups, found)
        at = located(shares, found)
        if at.k and len({case for group in groups for case in group.cases & found.cases}) < least:
            few += 1
        else:
            sorts[at.where].append(Placed(one.code.id, at, difference(shares), found))
    told = [
        (few, _("codes that fewer than {least} speak of are left out: {n}").format(
            least=least, n=few)),
        (len(sorts[NOWHERE]), _("codes found nowhere, where they were looked for: {n}").format(
            n=len(sorts[NOWHERE]))),
        (len(sorts[UNLOOKED]), _("codes that were looked for nowhere: {n}").format(
            n=len(sorts[UNLOOKED]))),
        (len(sorts[LONE]), _("codes for which one group alone was looked through: {n}").format(
            n=len(sorts[LONE]))),
    ]  # fmt: skip
    notes = (*gaps(layer, where, [one.code.id for one in codes]),
             *(text for number, text in told if number))  # fmt: skip
    return Places(groups, {sort: tuple(sorts[sort]) for sort in ORDER}, where, notes)


def heading(sort: str, groups: Sequence[Group], by: Attribute) -> str:
    """Return what stands over the codes of one sort."""
    if sort == ALL:
        return _("In common: found in every {attribute}").format(attribute=by.name)
    titles = {
        MOSTLY: _("Different: mostly in one {attribute}"),
        ONLY: _("Different: in one {attribute} only"),
        SOME: counted("Different: in some of {n} {{attribute}}",
                      "Different: in some of {n} {{attribute}}", len(groups)),
    }  # fmt: skip
    return titles[sort].format(attribute=by.name)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be quoted, as far as the choice depends on it; ``key`` as it was flagged.

    ``cases`` are those of the group that speak in it.
    """

    coding: str
    cases: frozenset[str]
    words: int
    key: bool = False


def picked(candidates: Sequence[Candidate], most: int) -> tuple[str, ...]:
    """Return the codings of the passages to show: key quotations first, then of median length.

    Each of another informant, as long as there is one who was not shown yet; in the order given.
    """
    if not candidates:
        return ()
    middle = median_low(one.words for one in candidates)
    ranked = sorted(
        range(len(candidates)),
        key=lambda at: (not candidates[at].key, abs(candidates[at].words - middle), at),
    )
    shown: set[str] = set()
    chosen: list[int] = []
    while ranked and len(chosen) < most:
        fresh = [at for at in ranked if not candidates[at].cases <= shown]
        best = (fresh or ranked)[0]
        ranked.remove(best)
        chosen.append(best)
        shown |= candidates[best].cases
    return tuple(candidates[at].coding for at in sorted(chosen))


def silence(share: Share, inside: int) -> str:
    """Return why nothing is quoted of a group; ``inside`` counts its passages of the code itself.

    Nothing is said where it has none of these: ``rules`` tells that once for all.
    """
    if not share.k:
        return _("nobody speaks of it")
    return counted("{n} passage stays inside the project", "{n} passages stay inside the project",
                   inside) if inside else ""  # fmt: skip


def rules(most: int) -> tuple[str, ...]:
    """Return how passages were chosen."""
    return (
        counted("passages: {n} at most of a group, key quotations first, then those of median "
                "length, each of another informant where there is one; of the code itself: where a "
                "group that speaks of it has none, they stand with the codes below",
                "passages: {n} at most of a group, key quotations first, then those of median "
                "length, each of another informant where there is one; of the code itself: where a "
                "group that speaks of it has none, they stand with the codes below", most),
    )  # fmt: skip
