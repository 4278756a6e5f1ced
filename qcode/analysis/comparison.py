"""Codes side by side for the values of an attribute, such as villages or roles.

A description of who was asked: informants and villages are chosen on purpose, so that there is no
test here, and no percentage of few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from qcode.analysis.attributes import LEAST_FOR_PERCENT, percentage
from qcode.analysis.frequency import (
    also_in,
    kinds_apart,
    listed_codes,
    share_of_documents,
    unlooked,
)
from qcode.analysis.layer import Layer, said_of
from qcode.analysis.locating import (
    MOSTLY,
    Group,
    Spread,
    difference,
    located,
    on_purpose,
    rules,
    spread,
)
from qcode.analysis.looking import Found, gaps, presence
from qcode.analysis.ordering import ordered
from qcode.errors import NotFound
from qcode.language import _, counted
from qcode.model.case import INFORMANT, Attribute, Case
from qcode.model.table import Blank, Cell, Column, Share, Table

ROLES = ("role", "peran")
"""Names of the attribute that holds the role of an informant, if none is named."""


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
    kind: str = INFORMANT, *, percent: bool = False,
) -> Table:  # fmt: skip
    """Return for each code how many of each group speak of it, in how many roles, and where.

    ``roles`` is left out where it is the attribute that is compared by. Percentages stand beside
    groups of LEAST_FOR_PERCENT at least, or beside all if ``percent`` asks for them.
    """
    places = presence(layer, kind)
    cases = layer.of_kind(kind)
    columns = grouped(layer, by.name, kind)
    parts = groups(cases, roles.name) if roles and roles.id != by.id else ()
    others, least = kinds_apart(layer), 0 if percent else LEAST_FOR_PERCENT
    codes = listed_codes(layer.book, layer.standing, chosen)
    rows, mostly = [], False
    for listed in codes:
        found = places.by_code[listed.code.id]
        shares = spread(columns, found)
        at = located(shares, found)
        mostly |= at.where == MOSTLY
        rows.append((
            listed.title,
            *cells_of(shares, least),
            *([_roles(parts, found)] if parts else []),
            at.cell,
            difference(shares),
            *(share_of_documents(found, kind) for kind in others),
        ))  # fmt: skip
    head = (
        Column("code", _("code")),
        *heads(columns, least),
        *([Column("roles", roles.name, _("in which"), numeric=True)] if roles and parts else []),
        *placed(columns),
        *(also_in(kind) for kind in others),
    )
    notes = (
        *said_of(layer, (listed.code.id for listed in codes)),
        on_purpose(),
        *gaps(layer, places, [listed.code.id for listed in codes]),
        *rules(mostly=mostly),
        *said_of_groups(by, columns, cases),
    )  # fmt: skip
    return Table(_title(by), head, tuple(rows), notes, tuple(listed.depth for listed in codes))


def _title(by: Attribute) -> str:
    return _("Codes by {attribute}: who speaks of them, of those looked through for them").format(
        attribute=by.name
    )


def grouped(layer: Layer, attribute: str, kind: str) -> tuple[Group, ...]:
    """Return the groups to compare, or say that there are none, and why."""
    if layer.emptied:
        raise NotFound(layer.emptied)
    others = frozenset(one.id for one in layer.unasked)
    everyone = (*layer.of_kind(kind), *layer.unasked)
    if not everyone:
        raise NotFound(
            _("nobody of the kind “{kind}” takes part in an interview that is counted here; "
              "“qcode cases link” says who speaks where").format(kind=kind)
        )  # fmt: skip
    found = groups(everyone, attribute)
    if any(group.valued for group in found):
        return tuple(replace(one, cases=one.cases - others, unasked=one.cases & others)
                     for one in found)  # fmt: skip
    raise NotFound(
        _("nobody of the kind “{kind}” who takes part in an interview has a value of "
          "“{attribute}”; “qcode cases link” says who speaks where").format(
            kind=kind, attribute=attribute)
    )  # fmt: skip


def heads(columns: Iterable[Group], least: int) -> Iterator[Column]:
    """Yield the columns of groups, a percentage behind those of so many cases at least."""
    for group in columns:
        yield Column(f"group:{group.name}" if group.valued else "no value", group.name,
                     f"n={len(group.cases)}", numeric=True)  # fmt: skip
        if len(group.cases) >= least:
            yield Column(f"percent:{group.name}", "%", group.name, numeric=True)


def cells_of(shares: Spread, least: int) -> Iterator[Cell]:
    """Yield for how many of each group a code stands, in the columns of ``heads``."""
    for group, share in shares:
        bare = unasked() if group.silent else unlooked()
        yield share if share.n else bare
        if len(group.cases) >= least:
            yield percentage(share.k, share.n, always=not least) if share.n else bare


def unasked() -> Blank:
    """Return what stands for a group of which nobody was asked the question of a table."""
    return Blank("-", _("nobody of this group was asked, as far as it is marked"))


def placed(columns: Iterable[Group]) -> tuple[Column, Column]:
    """Return the columns that tell where a code stands, and how far the groups differ."""
    many = sum(group.valued for group in columns)
    return (
        Column("where", _("where"), counted("of {n} group", "of {n} groups", many)),
        Column("difference", _("difference"), _("most, least")),
    )


def group_keys(table: Table) -> frozenset[str]:
    """Return the keys of the columns of a comparison that hold groups."""
    return frozenset(
        column.key for column in table.columns
        if column.key.startswith("group:") or column.key == "no value"
    )  # fmt: skip


def _roles(parts: Iterable[Group], found: Found) -> Cell:
    """Return in how many roles a code stands, of those with somebody looked through for it."""
    shares = [group.share(found) for group in parts if group.valued]
    looked = [share for share in shares if share.n]
    return Share(sum(share.k > 0 for share in looked), len(looked)) if looked else unlooked()


def said_of_groups(
    by: Attribute, columns: Iterable[Group], cases: Iterable[Case]
) -> list[str]:  # fmt: skip
    """Return sentences about who stands in several groups, and who in none."""
    said = []
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
