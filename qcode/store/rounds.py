"""Rounds and assignments: who codes what, with which codebook, blind to whom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.identity import derived
from qcode.model.round import AGAIN, Assignment, Round, checked_round_name
from qcode.store import documents, schema, texts, veil
from qcode.store.log import Edit
from qcode.store.project import Step
from qcode.store.settings import get_local


def listed(connection: Connection) -> tuple[Round, ...]:
    """Return the rounds in the order in which they were opened."""
    table = schema.round.table
    query = select(table).where(table.c.retired == 0).order_by(table.c.born, table.c.id)
    return tuple(_round(row) for row in connection.execute(query))


def _round(row: Any) -> Round:
    details = json.loads(row.details)
    return Round(
        row.id, row.name, row.kind, tuple(details.get("coders", ())), details.get("made", 0),
        details.get("closed", 0), row.codebook or "", row.figures or "", row.maker,
    )  # fmt: skip


def open_for(connection: Connection, coder: str) -> tuple[Round, ...]:
    """Return the open rounds in which a coder codes."""
    return tuple(one for one in listed(connection) if one.open and coder in one.coders)


def assignments(connection: Connection, round: str = "") -> tuple[Assignment, ...]:
    """Return who is to code what, of one round or of all and without one, as it was assigned."""
    table, document = schema.assignment.table, schema.document.table
    coder, of = schema.coder.table, schema.round.table
    query = (
        select(document.c.id, coder.c.id, of.c.id, table.c.details)
        .join(document, document.c.pk == table.c.document)
        .join(coder, coder.c.pk == table.c.coder)
        .outerjoin(of, of.c.pk == table.c.round)
        .where(table.c.retired == 0, document.c.retired == 0)
        .where(table.c.round.is_(None) | (of.c.retired == 0))
        .order_by(table.c.born, table.c.id)
    )
    if round:
        query = query.where(of.c.id == round)
    return tuple(
        Assignment(which, who, within or "", bool(json.loads(details).get("primary")))
        for which, who, within, details in connection.execute(query)
    )


def acting_as(connection: Connection, coder: str) -> str:
    """Return as whom a coder codes now: as his second self while he has a round to do again."""
    for one in listed(connection):
        if one.open and one.kind == AGAIN:
            second = second_self(get_local(connection, "project"), coder, one.id)
            if second in one.coders and not _through(connection, second, one.id):
                return second
    return coder


def second_self(project: str, coder: str, round: str) -> str:
    """Return the id of who a coder is while he codes again in a round."""
    return derived(project, "coder", coder, AGAIN, round)


def _through(connection: Connection, coder: str, round: str) -> bool:
    """Tell whether a coder finished all that a round gives him."""
    wanted = {one.document for one in assignments(connection, round) if one.coder == coder}
    done = {
        one.document for one in documents.statuses(connection)
        if one.coder == coder and one.finished
    }  # fmt: skip
    return wanted <= done


def refuse_elsewhere(step: Step, wanted: Iterable[str]) -> None:
    """Refuse that a second self codes documents which his round does not give him."""
    table = schema.coder.table
    query = select(table.c.details).where(table.c.id == step.coder)
    details = step.connection.execute(query).scalar()
    if not details or not json.loads(details).get("of"):
        return
    given = {one.document for one in assignments(step.connection) if one.coder == step.coder}
    if set(wanted) - given:
        raise Refused(
            _("you are coding again, in a round; finish its documents first, or have it closed")
        )


def begin(step: Step, name: str, kind: str, coders: Iterable[str], id: str = "") -> str:
    """Open a round with the codebook as it stands; return its id, which is minted if none is given."""
    name = checked_round_name(name)
    if any(one.name.casefold() == name.casefold() for one in listed(step.connection)):
        raise Refused(_("there is a round “{name}” already").format(name=name))
    with veil.lifted(step.connection):
        state = documents.keep_state(step)
    data = {"name": name, "kind": kind, "coders": list(coders), "codebook": state}
    edit = Edit("round", id or step.mint(), data, new=True)
    step.record([edit])
    return edit.row


def staff(step: Step, round: str, coders: Iterable[str]) -> None:
    """Set who codes in a round."""
    step.record([Edit("round", round, {"coders": list(coders)})])


def close(step: Step, round: str, figures: str) -> None:
    """Close a round; ``figures`` is the text that says what it came to, kept as it is."""
    name = texts.put(step.connection, "figures", figures) if figures else ""
    step.record([Edit("round", round, {"closed": step.now(), "figures": name})])


def assign(
    step: Step, wanted: Iterable[Assignment], drawn: Mapping[str, Any] | None = None
) -> None:
    """Record who is to code what; who becomes primary is so instead of who was.

    ``drawn`` says how documents were drawn at random: share, strata, seed.
    """
    wanted = list(wanted)
    primary = {one.document: _id(step, one) for one in wanted if one.primary}
    edits = [
        Edit("assignment", _id(step, old), {"primary": 0})
        for old in assignments(step.connection)
        if old.primary and primary.get(old.document, _id(step, old)) != _id(step, old)
    ]
    for one in wanted:
        data: dict[str, Any] = {"document": one.document, "coder": one.coder, "retired": 0}
        if one.round:
            data["round"] = one.round
        if one.primary:
            data["primary"] = 1
        if drawn:
            data["drawn"] = dict(drawn)
        edits.append(Edit("assignment", _id(step, one), data, new=True))
    step.record(edits)


def withdraw(step: Step, unwanted: Iterable[Assignment]) -> None:
    """Take assignments back; whose coding is of record is again who coded first."""
    step.record([
        Edit("assignment", _id(step, one), {"retired": 1, "primary": 0}) for one in unwanted
    ])  # fmt: skip


def _id(step: Step, one: Assignment) -> str:
    return step.derive("assignment", one.document, one.coder, one.round)
