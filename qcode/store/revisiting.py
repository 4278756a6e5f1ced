"""Going back to documents: since when a code means what it means, and that one looked for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qcode.model.change import canonical
from qcode.store import peers, schema, texts
from qcode.store.documents import Status
from qcode.store.log import Edit
from qcode.store.project import Step


@dataclass(frozen=True, slots=True)
class Birthday:
    """When a code got its present meaning (milliseconds since 1970 UTC), and the reason given."""

    at: int
    reason: str


def birthdays(connection: Connection) -> Mapping[str, Birthday]:
    """Return when each code got the meaning it has now, by its id."""
    table, change, step = schema.code.table, schema.change, schema.step
    now = {id: meaning for id, meaning in connection.execute(select(table.c.id, table.c.meaning))}  # noqa: C416 - rows are no pairs to mypy
    now |= peers.meanings_as_seen(connection)
    query = (
        select(change.c.row, change.c.at, change.c.data)
        .join(step, step.c.id == change.c.step)
        .where(change.c.entity == "code", step.c.undone == 0)
        .where(change.c.data.contains('"meaning"'))
        .order_by(change.c.hlc, change.c.id)
    )
    found: dict[str, Birthday] = {}
    for row, at, data in connection.execute(query):
        fields = json.loads(data)
        if row in now and fields.get("meaning") == now[row]:
            found[row] = Birthday(at, fields.get("reason", ""))
    return found


def look(step: Step, status: Status, codes: Mapping[str, str]) -> None:
    """Record that a coder looked for codes, in these meanings, in a document he had coded.

    ``status`` says how far he was; what he had looked for before stays looked for.
    """
    had = sorted([id, meaning] for id, meaning in {**status.codes, **codes}.items())
    state = texts.put(step.connection, "codebook", canonical({"codes": had}))
    field = "finished" if status.finished else "seen"
    data = {"document": status.document, "coder": status.coder, field: state}
    id = step.derive("status", status.document, status.coder)
    step.record([Edit("status", id, data, new=True)])
