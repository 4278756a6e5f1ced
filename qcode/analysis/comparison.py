"""Codes side by side for the values of an attribute, such as villages or roles.

A description of who was asked: informants and villages are chosen on purpose, so that there is no
test and no percentage here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis.frequency import (
    also_in,
    kinds_apart,
    listed_codes,
    share_of_documents,
    unlooked,
)
from qcode.analysis.layer import Layer, said_of
from qcode.analysis.looking import Found, gaps, presence
from qcode.analysis.ordering import ordered
from qcode.errors import NotFound
from qcode.language import _, counted
from qcode.model.case import INFORMANT, Attribute, Case
from qcode.model.table import Blank, Cell, Column, Share, Table

ROLES = ("role", "peran")
"""Names of the attribute that holds the role of an informant, if none is named."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cases that have one value; ``valued`` is False for those without any."""

    name: str
    cases: frozenset[str]
    valued: bool = True

    def share(self, found: Found) -> Share:
        """Return for how many of the group a code stands, of those it was looked for in."""
        return Share(len(self.cases & found.cases), len(self.cases & found.cases_looked))


def groups(cases: Iterable[Case], attribute: str) -> tuple[Group, ...]:
    """Return the cases by value of an attribute, those without one last."""
    members: dict[str, set[str]] = defaultdict(set)
    without: set[str] = set()
    for case in cases:
        for value in case.values.get(attribute, ()):
            members[value].add(case.id)
        if not case.values.get(attribute):
            without.add(case.id)
    found = [Group(value, frozenset(members[value])) for value in ordered(members)]
    if without:
        found.append(Group(_("(no value)"), frozenset(without), valued=False))
    return tuple(found)


def comparison(
    layer: Layer, by: Attribute, roles: Attribute | None = None, chosen: Iterable[str] = (),
    kind: str = INFORMANT,
) -> Table:  # fmt: skip
    """Return for each code how many of each group speak of it, in how many roles, and where.

    ``roles`` is left out where it is the attribute that is compared by.
    """
    places = presence(layer, kind)
    cases = layer.of_kind(kind)
    columns = _grouped(cases, by.name, kind)
    parts = groups(cases, roles.name) if roles and roles.id != by.id else ()
    others = kinds_apart(layer)
    used = {tally.code for tally in layer.tallies}
    codes = listed_codes(layer.book, used, chosen)
    rows = []
    for listed in codes:
        found = places.by_code[listed.code.id]
        rows.append((
            listed.title,
            *(_cell(group, found) for group in columns),
            *([_roles(parts, found)] if parts else []),
            _where([group for group in columns if group.valued], found),
            *(share_of_documents(found, kind) for kind in others),
        ))  # fmt: skip
    return Table(
        _("Codes by {attribute}: who speaks of them, of those looked through for them").format(
            attribute=by.name
        ),
        (*_columns(columns, roles if parts else None), *(also_in(kind) for kind in others)),
        tuple(rows),
        (
            *said_of(layer),
            _("informants and {attribute} were chosen on purpose: a description, not an "
              "estimate").format(attribute=by.name),
            *gaps(layer, places, [listed.code.id for listed in codes]),
            *_rules(by, columns, cases),
        ),
        tuple(listed.depth for listed in codes),
    )  # fmt: skip


def _grouped(cases: Iterable[Case], attribute: str, kind: str) -> tuple[Group, ...]:
    """Return the groups to compare, or say that there are none."""
    found = groups(cases, attribute)
    if any(group.valued for group in found):
        return found
    raise NotFound(
        _("nobody of the kind “{kind}” who takes part in an interview has a value of "
          "“{attribute}”; “qcode cases link” says who speaks where").format(
            kind=kind, attribute=attribute)
    )  # fmt: skip


def _columns(columns: Sequence[Group], roles: Attribute | None) -> tuple[Column, ...]:
    many = sum(group.valued for group in columns)
    return (
        Column("code", _("code")),
        *(
            Column(f"group:{group.name}" if group.valued else "no value", group.name,
                   f"n={len(group.cases)}", numeric=True)
            for group in columns
        ),
        *([Column("roles", roles.name, _("in which"), numeric=True)] if roles else []),
        Column("where", _("where"), counted("of {n} group", "of {n} groups", many)),
    )  # fmt: skip


def group_keys(table: Table) -> frozenset[str]:
    """Return the keys of the columns of a comparison that hold groups."""
    return frozenset(
        column.key for column in table.columns
        if column.key.startswith("group:") or column.key == "no value"
    )  # fmt: skip


def _cell(group: Group, found: Found) -> Cell:
    share = group.share(found)
    return share if share.n else unlooked()


def _roles(parts: Iterable[Group], found: Found) -> Cell:
    """Return in how many roles a code stands, of those with somebody looked through for it."""
    shares = [group.share(found) for group in parts if group.valued]
    looked = [share for share in shares if share.n]
    return Share(sum(share.k > 0 for share in looked), len(looked)) if looked else unlooked()


def _where(columns: Iterable[Group], found: Found) -> Cell:
    """Return where a code stands: in all groups, some, one alone, or mostly in one.

    Mostly: more than half of all who speak of it are of that group, and its share is more than
    twice that of any other.
    """
    shares = {group.name: group.share(found) for group in columns}
    looked = {name: share for name, share in shares.items() if share.n}
    if not looked:
        return unlooked()
    having = {name: share for name, share in looked.items() if share.k}
    if not having:
        return Blank("-", _("found nowhere, where it was looked for"))
    if len(looked) == 1:
        return _("{group}, the only one looked through").format(group=next(iter(looked)))
    if len(having) == 1:
        return _("only {group}").format(group=next(iter(having)))
    if most := _mostly(having, {case for group in columns for case in group.cases & found.cases}):
        return _("mostly {group}").format(group=most)
    if len(having) == len(looked):
        return _("in all {n}").format(n=len(looked))
    return _("in {k} of {n}").format(k=len(having), n=len(looked))


def _mostly(having: Mapping[str, Share], speaking: set[str]) -> str:
    name = max(having, key=lambda name: having[name].k)
    top = having[name]
    rest = [share for other, share in having.items() if other != name]
    outweighs = all(top.k * share.n > 2 * share.k * top.n for share in rest)
    return name if 2 * top.k > len(speaking) and outweighs else ""


def _rules(by: Attribute, columns: Iterable[Group], cases: Iterable[Case]) -> list[str]:
    said = [
        _("“mostly”: more than half of all who speak of it, and a share more than twice that of "
          "any other group; groups that were not looked through are left out of “where”")
    ]  # fmt: skip
    if several := sum(len(case.values.get(by.name, ())) > 1 for case in cases):
        said.append(
            counted("{n} informant has several values of {{attribute}} and stands in several "
                    "columns",
                    "{n} informants have several values of {{attribute}} and stand in several "
                    "columns", several).format(attribute=by.name)
        )  # fmt: skip
    if any(not group.valued for group in columns):
        said.append(
            _("“(no value)” holds who has no {attribute}; it is left out of “where”").format(
                attribute=by.name
            )
        )
    return said
