"""In which groups a code stands: in all, in some, only or mostly in one, and how far they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis.frequency import unlooked
from qcode.analysis.looking import Found
from qcode.language import _
from qcode.model.table import Blank, Cell, Share

ALL, SOME, MOSTLY, ONLY, LONE, NOWHERE, UNLOOKED = (
    "all", "some", "mostly", "only", "lone", "nowhere", "unlooked"
)  # fmt: skip
"""Where a code stands; LONE is that of several groups one alone was looked through."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cases that have one value; ``valued`` is False for those without any.

    ``unasked`` are further ones, whom nobody asked the question that a table is of.
    """

    name: str
    cases: frozenset[str]
    valued: bool = True
    unasked: frozenset[str] = frozenset()

    @property
    def silent(self) -> bool:
        """Whether nobody of the group was asked."""
        return bool(self.unasked and not self.cases)

    def share(self, found: Found) -> Share:
        """Return for how many of the group a code stands, of those it was looked for in."""
        return Share(len(self.cases & found.cases), len(self.cases & found.cases_looked))


@dataclass(frozen=True, slots=True)
class Located:
    """Where a code stands: in ``k`` of the ``n`` groups looked through; ``group`` is the one of
    ONLY, MOSTLY and LONE. ``asked`` is False where another was not even asked.
    """

    where: str
    k: int = 0
    n: int = 0
    group: str = ""
    asked: bool = True

    @property
    def cell(self) -> Cell:
        """What stands in a table for it."""
        match self.where:
            case "unlooked":
                return unlooked()
            case "nowhere":
                return Blank("-", _("found nowhere, where it was looked for"))
            case "lone" if not self.asked:
                return _("{group}, the only one asked and looked through").format(group=self.group)
            case "lone":
                return _("{group}, the only one looked through").format(group=self.group)
            case "only":
                return _("only {group}").format(group=self.group)
            case "mostly":
                return _("mostly {group}").format(group=self.group)
            case "all":
                return _("in all {n}").format(n=self.n)
            case _:
                return _("in {k} of {n}").format(k=self.k, n=self.n)


Spread = Sequence[tuple[Group, Share]]
"""Groups with for how many of each a code stands."""


def spread(groups: Iterable[Group], found: Found) -> Spread:
    """Return for how many of each group a code stands, of those it was looked for in."""
    return [(group, group.share(found)) for group in groups]


def located(groups: Spread, found: Found) -> Located:
    """Return where a code stands; who has no value is left out.

    Mostly: more than half of all who speak of it are of that group, and its share is more than
    twice that of any other.
    """
    looked = _looked(groups)
    having = {name: share for name, share in looked.items() if share.k}
    k, n = len(having), len(looked)
    if not looked:
        return Located(UNLOOKED)
    if not having:
        return Located(NOWHERE, k, n)
    if n == 1:
        asked = not any(group.silent for group, _share in groups if group.valued)
        return Located(LONE, k, n, next(iter(looked)), asked)
    if k == 1:
        return Located(ONLY, k, n, next(iter(having)))
    everyone = set().union(*(group.cases for group, _share in groups if group.valued))
    if most := _mostly(having, len(found.cases & everyone)):
        return Located(MOSTLY, k, n, most)
    return Located(ALL if k == n else SOME, k, n)


def _looked(groups: Spread) -> dict[str, Share]:
    return {group.name: share for group, share in groups if group.valued and share.n}


def _mostly(having: Mapping[str, Share], speaking: int) -> str:
    name = max(having, key=lambda name: having[name].k / having[name].n)
    top = having[name]
    rest = [share for other, share in having.items() if other != name]
    outweighs = all(top.k * share.n > 2 * share.k * top.n for share in rest)
    return name if 2 * top.k > speaking and outweighs else ""


def difference(groups: Spread) -> Cell:
    """Return the largest and the smallest share of those looked through, each as k of n.

    Of several groups with one share, that of which most were looked through is named.
    """
    looked = _looked(groups)
    if not looked:
        return unlooked()
    if len(looked) == 1:
        if any(group.silent for group, _share in groups if group.valued):
            return Blank("-", _("nothing to differ from: one group alone was asked and looked "
                                "through"))  # fmt: skip
        return Blank("-", _("nothing to differ from: one group alone was looked through"))
    ranked = sorted(looked, key=lambda name: looked[name].k / looked[name].n)
    least, most = looked[ranked[0]], looked[ranked[-1]]
    if not most.k:
        return Located(NOWHERE).cell
    if least.k * most.n == most.k * least.n:
        return _("none")
    return _("{most}, {least}").format(most=_named(looked, most), least=_named(looked, least))


def _named(looked: Mapping[str, Share], share: Share) -> str:
    """Return a share with the groups that have it."""
    alike = [name for name, one in looked.items() if one.k * share.n == share.k * one.n]
    n = max(looked[name].n for name in alike)
    names: Sequence[str] = [name for name in alike if looked[name].n == n]
    return _("{k} of {n} in {groups}").format(k=looked[names[0]].k, n=n, groups=_groups(names))


def _groups(names: Sequence[str]) -> str:
    """Return groups in a phrase; of many the first two, and how many more."""
    if len(names) < 4:
        return _(" and ").join(names)
    return _("{names} and {n} more").format(names=", ".join(names[:2]), n=len(names) - 2)


def on_purpose() -> str:
    """Return why there is no test of a difference between groups of any kind."""
    return _("informants and places were chosen on purpose: a description, not an estimate")


def rules(*, mostly: bool = True) -> tuple[str, ...]:
    """Return how “where” and “difference” are told; without ``mostly`` where nothing is so."""
    where = (
        _("“where”: in all, in some, or only in one of the groups looked through; “mostly”: more "
          "than half of all who speak of it, and a share more than twice that of any other group; "
          "groups that were not looked through are left out")
        if mostly
        else _("“where”: in all, in some, or only in one of the groups looked through; others are "
               "left out")
    )  # fmt: skip
    return (
        where,
        _("“difference”: the largest and the smallest share; a difference between those who were "
          "asked, and no more"),
    )  # fmt: skip
