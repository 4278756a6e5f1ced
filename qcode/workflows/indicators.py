"""Indicators before and after, asked for by names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from qcode.analysis.indicators import Indicator, paired, reweighted
from qcode.analysis.indicators import indicators as counted
from qcode.analysis.layer import shortened
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.case import Attribute, Case
from qcode.model.filter import Filter
from qcode.model.naming import chosen
from qcode.model.table import Table
from qcode.store import cases, documents
from qcode.store.project import Reader
from qcode.workflows.choosing import cases_of
from qcode.workflows.counting import notices

EVERYTHING = Filter()
Pairs = Iterable[tuple[str, str]]


def indicators(
    connection: Reader, kind: str = "", *, totals: bool = False, weights: Pairs = (),
    units: Pairs = (), asked: Filter = EVERYTHING,
) -> Table:  # fmt: skip
    """Return what was counted before and after of the cases of one kind; names are as typed.

    Of those cases that a filter of names leaves. Without ``kind``, of the kind that has such values. ``weights`` and ``units`` give an indicator
    what its attributes do not say.
    """
    found, alone = paired(cases.attributes_of(connection))
    if not found:
        raise NotFound(
            _("no two attributes are named as before and after, such as “turnover before” and "
              "“turnover after”, or “omzet sebelum” and “omzet sesudah”")
        )  # fmt: skip
    why = _("what was counted before and after is told of cases, whatever is said")
    kind, some = _of_kind(_having(cases_of(connection, asked, why), found), kind)
    known = {one.name.casefold(): one for one in found}
    by = {_named(name, known).name.casefold(): _named(of, known) for name, of in weights}
    of = {_named(name, known).name.casefold(): unit for name, unit in units}
    wanted = [reweighted(one, by, of) for one in found
              if any(case.values.get(side) for case in some for side in one.sides)]  # fmt: skip
    table = counted(some, wanted, kind, totals=totals)
    notes = [notice] if (notice := notices(connection, documents.listed(connection))) else []
    if asked != EVERYTHING:
        notes.append(_("only these cases: {names}").format(
            names=shortened([one.name for one in some])))  # fmt: skip
    return replace(table, notes=(*notes, *table.notes, *_left(alone, known)))


def _left(alone: Iterable[Attribute], known: Collection[str]) -> Iterator[str]:
    """Yield which attributes are in no pair, and why."""
    doubled: list[str] = []
    single: list[str] = []
    for one in alone:
        stem = one.name.strip().rpartition(" ")[0].casefold()
        (doubled if stem in known else single).append(one.name)
    if single:
        yield _("left out, as one side is missing: {names}").format(names=", ".join(single))
    if doubled:
        yield _("left out, as another attribute is the same side: {names}").format(
            names=", ".join(doubled))  # fmt: skip


def subjects(connection: Reader) -> Mapping[str, Mapping[str, str]]:
    """Return the ids of cases by name, for each kind of which something was counted so."""
    found, _alone = paired(cases.attributes_of(connection))
    by_kind = _having(cases.listed(connection), found)
    return {kind: {case.name: case.id for case in some} for kind, some in by_kind.items()}


def _having(everyone: Iterable[Case], found: Iterable[Indicator]) -> dict[str, tuple[Case, ...]]:
    """Return the cases of each kind that has values of these."""
    names = {side for one in found for side in one.sides}
    by_kind: dict[str, list[Case]] = {}
    for case in everyone:
        by_kind.setdefault(case.kind, []).append(case)
    return {
        kind: tuple(some) for kind, some in by_kind.items()
        if any(case.values.get(name) for case in some for name in names)
    }  # fmt: skip


def _of_kind(by_kind: Mapping[str, tuple[Case, ...]], typed: str) -> tuple[str, tuple[Case, ...]]:
    """Return the kind of case that is meant, and its cases."""
    if not by_kind:
        raise NotFound(_("no case has a value of what was counted before and after"))
    kind = next(iter(by_kind))
    if typed or len(by_kind) > 1:
        kind = chosen(typed, {one: one for one in by_kind}, _("kind of case"))
    return kind, by_kind[kind]


def _named(typed: str, known: dict[str, Indicator]) -> Indicator:
    return chosen(typed, {one.name: one for one in known.values()}, _("indicator"))
