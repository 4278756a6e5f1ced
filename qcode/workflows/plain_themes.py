"""Themes, their grounds and the verdicts on sources, in and out of plain files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.theme import STATUSES, Appraisal, Theme
from qcode.store import codings, themes
from qcode.store.project import Reader

if TYPE_CHECKING:
    from qcode.workflows.plain_findings import Leaving, Taking

Rows = Sequence[Mapping[str, str]]


def leave_themes(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the themes, each before its sub-themes."""
    names, tree = _names(ways.connection), themes.read(ways.connection)
    for one in tree:
        yield {"name": names[one.id], "under": names.get(tree.parent(one.id), ""),
               "statement": one.statement, "status": one.status, "memo": one.memo}  # fmt: skip


def leave_grounds(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the grounds by theme; one whose passage is written nowhere is not."""
    names, known = _names(ways.connection), themes.grounds(ways.connection)
    placed = {one.id: ways.coding(one) for one in codings.of_ids(
        ways.connection, {one.coding for one in known if one.coding}
    )}  # fmt: skip
    for theme, name in names.items():
        for one in (one for one in known if one.theme == theme):
            code = ways.codes.get(one.code, "")
            cells = {"code": code} if code else placed.get(one.coding, {})
            if cells:
                yield {"theme": name, "side": one.side, **cells, "why": one.why}


def leave_appraisals(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the verdicts on themes, then those on codes."""
    names = _names(ways.connection)
    known = themes.appraisals(ways.connection)
    order = {id: at for at, id in enumerate((*names, *ways.codes))}
    about = [(one.theme or one.code, one) for one in known]
    for id, one in sorted(about, key=lambda each: order.get(each[0], -1)):
        if id in order:
            yield {
                "theme": names.get(one.theme, ""), "code": ways.codes.get(one.code, ""),
                "groups": one.by, "group": one.group, "verdict": one.verdict, "memo": one.memo,
                "by": ways.coders.get(one.coder, ""),
            }  # fmt: skip


def _names(connection: Reader) -> dict[str, str]:
    """Return the themes by id, in their order, with names of which no two are the same."""
    named: dict[str, str] = {}
    taken: set[str] = set()
    for one in themes.read(connection):
        name, number = one.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{one.name} ({number})"
        taken.add(name.casefold())
        named[one.id] = name
    return named


def take_themes(ways: Taking, rows: Rows) -> tuple[int, int]:
    """Store the themes that are not here by their names."""
    new = known = 0
    here = themes.known(ways.step.connection)
    for row in rows:
        name = row["name"]
        if name.casefold() in here:
            known += 1
            continue
        above = row.get("under", "")
        parent = _found(here, above, "themes.csv") if above else ""
        made = Theme(
            ways.step.derive("theme", name.casefold()), name, row.get("statement", ""),
            row.get("status", STATUSES[0]), row.get("memo", ""), parent,
        )  # fmt: skip
        here[name.casefold()] = themes.add(ways.step, made)
        new += 1
    return new, known


def take_grounds(ways: Taking, rows: Rows) -> tuple[int, int]:
    """Store the grounds that are not here; what was said of one that is, stays."""
    new = known = 0
    here = themes.known(ways.step.connection)
    there = themes.stored(ways.step.connection, "ground")
    for row in rows:
        theme = _found(here, row["theme"], "grounds.csv")
        coding = ways.coding(row) if row.get("document") else ""
        code = "" if row.get("document") else ways.codes.get(row["code"], "")
        if not (code or coding):
            continue
        if themes.ground_id(ways.step, theme, code=code, coding=coding) in there:
            known += 1
            continue
        themes.ground(
            ways.step, theme, row["side"], code=code, coding=coding, why=row.get("why", "")
        )  # fmt: skip
        new += 1
    return new, known


def take_appraisals(ways: Taking, rows: Rows) -> tuple[int, int]:
    """Store the verdicts on groups of sources of which nothing is said here."""
    new = known = 0
    here = themes.known(ways.step.connection)
    there = themes.stored(ways.step.connection, "appraisal")
    for row in rows:
        theme = _found(here, row["theme"], "appraisals.csv") if row.get("theme") else ""
        code = ways.codes.get(row.get("code", ""), "")
        one = Appraisal(
            "", row.get("groups", ""), row["group"], row["verdict"], theme,
            "" if theme else code, row.get("memo", ""), ways.coders.get(row.get("by", ""), ""),
        )  # fmt: skip
        if themes.appraisal_id(ways.step, one) in there:
            known += 1
            continue
        themes.appraise(ways.step, one)
        new += 1
    return new, known


def _found(here: Mapping[str, str], name: str, file: str) -> str:
    try:
        return here[name.casefold()]
    except KeyError:
        raise BadInput(
            _("there is no theme “{name}”; themes.csv names them, each before those under it"
              ).format(name=name), file=file,
        ) from None  # fmt: skip
