"""Indicators before and after, asked for by names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qcode.analysis.indicators import Indicator, paired, reweighted
from qcode.analysis.indicators import indicators as counted
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.case import Case
from qcode.model.naming import chosen
from qcode.model.table import Table
from qcode.store import cases, documents
from qcode.store.project import Reader
from qcode.workflows.counting import notices

Pairs = Iterable[tuple[str, str]]


def indicators(
    connection: Reader, kind: str = "", *, totals: bool = False, weights: Pairs = (),
    units: Pairs = (),
) -> Table:  # fmt: skip
    """Return what was counted before and after of the cases of one kind; names are as typed.

    Without ``kind``, of the kind that has such values. ``weights`` and ``units`` give an indicator
    what its attributes do not say.
    """
    found, alone = paired(cases.attributes_of(connection))
    if not found:
        raise NotFound(
            _("no two attributes are named as before and after, such as “turnover before” and "
              "“turnover after”, or “omzet sebelum” and “omzet sesudah”")
        )  # fmt: skip
    kind, some = _having(cases.listed(connection), found, kind)
    known = {one.name.casefold(): one for one in found}
    by = {_named(name, known).name.casefold(): _named(of, known) for name, of in weights}
    of = {_named(name, known).name.casefold(): unit for name, unit in units}
    wanted = [reweighted(one, by, of) for one in found
              if any(case.values.get(side) for case in some for side in one.sides)]  # fmt: skip
    table = counted(some, wanted, kind, totals=totals)
    notes = [notice] if (notice := notices(connection, documents.listed(connection))) else []
    left = [
        _("left out, as one side is missing: {names}").format(
            names=", ".join(one.name for one in alone))
    ] if alone else []  # fmt: skip
    return replace(table, notes=(*notes, *table.notes, *left))


def _having(
    everyone: Iterable[Case], found: Iterable[Indicator], typed: str
) -> tuple[str, tuple[Case, ...]]:
    """Return the kind of case that has values of these, and its cases."""
    names = {side for one in found for side in one.sides}
    by_kind: dict[str, list[Case]] = {}
    for case in everyone:
        by_kind.setdefault(case.kind, []).append(case)
    having = {
        kind: kind for kind, some in by_kind.items()
        if any(case.values.get(name) for case in some for name in names)
    }  # fmt: skip
    if not having:
        raise NotFound(_("no case has a value of what was counted before and after"))
    if typed or len(having) > 1:
        kind = chosen(typed, having, _("kind of case"))
    else:
        kind = next(iter(having))
    return kind, tuple(by_kind[kind])


def _named(typed: str, known: dict[str, Indicator]) -> Indicator:
    return chosen(typed, {one.name: one for one in known.values()}, _("indicator"))
