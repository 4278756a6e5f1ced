"""Themes, the grounds for and against them, and what groups of sources say of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import BadInput, Refused
from qcode.language import _
from qcode.model.theme import SIDES, STATUSES, VERDICTS, Appraisal, Ground, Theme, Themes
from qcode.store import schema, veil
from qcode.store.log import Edit
from qcode.store.project import Step

_TEXTS = ("statement", "memo", "status", "parent")


def add(step: Step, theme: Theme) -> str:
    """Write a new theme and return its id; without a position it comes last among its kind."""
    name = checked_name(theme.name)
    _refuse_twin(step.connection, "", name)
    id = theme.id or step.mint()
    data = {name: getattr(theme, name) for name in _TEXTS}
    position = theme.position or _last(step.connection) + 1
    fields = {**data, "name": name, "status": _checked(theme.status, STATUSES),
              "position": position, "retired": 0}  # fmt: skip
    step.record([Edit("theme", id, fields, new=True)])
    return id


def revise(step: Step, theme: str, values: Mapping[str, str]) -> None:
    """Give a theme another name, statement, memo or status."""
    new = dict(values)
    if "name" in new:
        new["name"] = checked_name(new["name"])
        _refuse_twin(step.connection, theme, new["name"])
    if "status" in new:
        _checked(new["status"], STATUSES)
    if new:
        step.record([Edit("theme", theme, new)])


def move(step: Step, theme: str, parent: str) -> None:
    """Make a theme part of another, or of none; refused where it would be part of itself."""
    everything = read(step.connection)
    if parent and theme in {one.id for one in everything.line(parent)}:
        raise Refused(
            _("“{theme}” would be part of itself").format(theme=everything[theme].name)
        )  # fmt: skip
    step.record([Edit("theme", theme, {"parent": parent, "position": _last(step.connection) + 1})])


def shift(step: Step, theme: str, by: int) -> bool:
    """Move a theme up or down among those beside it; tell whether there was room."""
    everything = read(step.connection)
    beside = [one.id for one in everything.children(everything.parent(theme))]
    at = beside.index(theme)
    if not 0 <= at + by < len(beside):
        return False
    beside.insert(at + by, beside.pop(at))
    step.record([
        Edit("theme", id, {"position": number})
        for number, id in enumerate(beside, 1) if everything[id].position != number
    ])  # fmt: skip
    return True


def retire(step: Step, theme: str, *, retired: bool = True) -> None:
    """Take a theme out of view, or bring it back; its sub-themes go up in the tree meanwhile."""
    step.record([Edit("theme", theme, {"retired": int(retired)})])


def checked_name(name: str) -> str:
    """Return a name without blanks around it, in one line; raises BadInput where none is left."""
    found = " ".join(name.split())
    if not found:
        raise BadInput(_("a theme needs a name"))
    return found


def _checked(typed: str, known: tuple[str, ...]) -> str:
    if typed not in known:
        raise BadInput(
            _("“{typed}” is not one of {known}").format(typed=typed, known=", ".join(known))
        )
    return typed


def _refuse_twin(connection: Connection, theme: str, name: str) -> None:
    for one in read(connection):
        if one.id != theme and one.name.casefold() == name.casefold():
            raise Refused(_("there is a theme “{name}” already").format(name=one.name))


def _last(connection: Connection) -> int:
    return max((one.position for one in read(connection)), default=0)


def read(connection: Connection) -> Themes:
    """Return the themes as a tree; a theme below one that is out of view stands below what is."""
    table = schema.theme.table
    query = select(table).where(*veil.seen_findings(connection, table))
    found: dict[str, Theme] = {}
    above: dict[str, str] = {}
    for row in connection.execute(query):
        given = json.loads(row.details)
        above[row.id] = given.get("parent", "")
        if not row.retired:
            found[row.id] = Theme(
                row.id, row.name, given.get("statement", ""), given.get("status", STATUSES[0]),
                given.get("memo", ""), "", given.get("position", 0), row.maker,
                given.get("made", 0),
            )  # fmt: skip
    return Themes(_below(one, found, above) for one in found.values())


def _below(theme: Theme, live: Mapping[str, Theme], above: Mapping[str, str]) -> Theme:
    from dataclasses import replace

    seen, parent = {theme.id}, above[theme.id]
    while parent in above and parent not in live and parent not in seen:
        seen.add(parent)
        parent = above[parent]
    return replace(theme, parent=parent)


def known(connection: Connection) -> dict[str, str]:
    """Return the ids of all themes by their casefolded names, also of those out of view.

    To know what stands already, never to show it; of two of one name the older one.
    """
    table = schema.theme.table
    query = select(table.c.name, table.c.id).order_by(table.c.born.desc(), table.c.id.desc())
    return {name.casefold(): id for name, id in connection.execute(query)}


def stored(connection: Connection, noun: str) -> frozenset[str]:
    """Return the ids of all grounds or appraisals, to know what stands already."""
    table = schema.NOUN[noun].table
    return frozenset(connection.execute(select(table.c.id)).scalars())


# -- grounds -------------------------------------------------------------------------------------


def ground(
    step: Step, theme: str, side: str, *, code: str = "", coding: str = "", why: str = ""
) -> str:
    """Put a code or a coding under a theme, for or against it; once more changes its side."""
    _checked(side, SIDES)
    noun, target = ("code", code) if code else ("coding", coding)
    id = ground_id(step, theme, code=code, coding=coding)
    known = [one for one in grounds(step.connection, theme) if one.id == id]
    data: dict[str, Any] = {"theme": theme, noun: target, "side": side, "retired": 0}
    line = " ".join(why.split())
    if line or not known:
        data["why"] = line
    step.record([Edit("ground", id, data, new=True)])
    return id


def ground_id(step: Step, theme: str, *, code: str = "", coding: str = "") -> str:
    """Return the id of a ground: one for each theme and what is put under it."""
    return step.derive("ground", theme, *(("code", code) if code else ("coding", coding)))


def explain(step: Step, ground: str, why: str) -> None:
    """Write in a line why a ground stands where it does; an empty line takes that away."""
    step.record([Edit("ground", ground, {"why": " ".join(why.split())})])


def unground(step: Step, ids: Iterable[str]) -> None:
    """Take grounds away from their themes."""
    step.record([Edit("ground", id, {"retired": 1}) for id in ids])


def grounds(connection: Connection, theme: str = "") -> tuple[Ground, ...]:
    """Return the grounds of one theme, or of all that are in view, oldest first."""
    table, of = schema.ground.table, schema.theme.table
    code, coding = schema.code.table, schema.coding.table
    query = (
        select(table.c.id, of.c.id.label("theme"), table.c.side, code.c.id.label("code"),
               coding.c.id.label("coding"), table.c.details)
        .join(of, of.c.pk == table.c.theme)
        .outerjoin(code, code.c.pk == table.c.code)
        .outerjoin(coding, coding.c.pk == table.c.coding)
        .where(table.c.retired == 0, of.c.retired == 0)
        .where(*veil.seen_findings(connection, table), *veil.seen_findings(connection, of))
        .order_by(table.c.born, table.c.id)
    )  # fmt: skip
    if theme:
        query = query.where(of.c.id == theme)
    return tuple(
        Ground(row.id, row.theme, row.side, row.code or "", row.coding or "",
               json.loads(row.details).get("why", ""))
        for row in connection.execute(query)
    )  # fmt: skip


# -- what sources say ----------------------------------------------------------------------------


def appraise(step: Step, wanted: Appraisal) -> str:
    """Write what a group of sources says of a theme or code; once more says it anew.

    Verdict, memo and who chose them are right only together.
    """
    verdict = _checked(wanted.verdict, VERDICTS)
    noun, about = ("theme", wanted.theme) if wanted.theme else ("code", wanted.code)
    id = appraisal_id(step, wanted)
    data = {
        noun: about, "by": wanted.by, "group": wanted.group, "retired": 0,
        "said": [verdict, wanted.memo.strip(), wanted.coder or step.coder],
    }  # fmt: skip
    step.record([Edit("appraisal", id, data, new=True)])
    return id


def appraisal_id(step: Step, wanted: Appraisal) -> str:
    """Return the id of what is said of a group: one for each theme or code and group."""
    about = wanted.theme or wanted.code
    return step.derive("appraisal", about, wanted.by.casefold(), wanted.group.casefold())


def withdraw(step: Step, ids: Iterable[str]) -> None:
    """Take verdicts back: nothing is said of these groups."""
    step.record([Edit("appraisal", id, {"retired": 1}) for id in ids])


def appraisals(connection: Connection) -> tuple[Appraisal, ...]:
    """Return what was said of groups of sources, oldest first."""
    table, theme, code = schema.appraisal.table, schema.theme.table, schema.code.table
    query = (
        select(table.c.id, theme.c.id.label("theme"), code.c.id.label("code"), table.c.details)
        .outerjoin(theme, theme.c.pk == table.c.theme)
        .outerjoin(code, code.c.pk == table.c.code)
        .where(table.c.retired == 0, (theme.c.pk.is_(None)) | (theme.c.retired == 0))
        .where(*veil.seen_findings(connection, table))
        .order_by(table.c.born, table.c.id)
    )
    found, only = [], veil.only_author(connection)
    for row in connection.execute(query):
        given = json.loads(row.details)
        verdict, memo, coder = given["said"]
        if only not in (None, coder):
            continue
        found.append(
            Appraisal(row.id, given["by"], given["group"], verdict, row.theme or "",
                      row.code or "", memo, coder)
        )  # fmt: skip
    return tuple(found)
