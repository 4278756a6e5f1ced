"""What a coder of an open round sees of what the others wrote beside codings: searches and codes.

A code that stood when the round was opened reads as it did then, but for what he, or somebody who
does not code in the round, changed since. Merging, retiring and restoring are seen at once: they
say what counts where, for everybody.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from qcode.store import schema, veil
from qcode.store.settings import get_local

SHOWN = frozenset({"merged_into", "retired", "round", "reason", "pile"})
"""Fields of a code that are seen whoever wrote them."""


def hidden_searches(connection: Connection) -> frozenset[str]:
    """Return the ids of the saved searches that are hidden, by who saved each last.

    The questions of the guide are not: they are given by the study, not made of codings.
    """
    drawn = veil.drawn(connection)
    if drawn is None:
        return frozenset()
    log, step = schema.change, schema.step
    query = (
        select(log.c.row, log.c.data, log.c.hlc, log.c.actor)
        .join(step, step.c.id == log.c.step)
        .where(log.c.entity == "search", log.c.new == 1, log.c.data.is_not(None))
        .where(step.c.undone == 0)
        .order_by(log.c.hlc, log.c.id)
    )
    last = {row.row: row for row in connection.execute(query)}
    return frozenset(id for id, row in last.items() if veil.hides_search(drawn, row))


def codes_as_seen(connection: Connection) -> Mapping[str, Mapping[str, Any]]:
    """Return the fields of the codes that others changed behind the veil, as they are seen, by id."""
    drawn = veil.drawn(connection)
    if drawn is None:
        return {}
    log, step, code = schema.change, schema.step, schema.code.table
    query = (
        select(log.c.row, log.c.data, log.c.hlc, log.c.actor)
        .join(code, code.c.id == log.c.row)
        .join(step, step.c.id == log.c.step)
        .where(code.c.born < drawn.since, log.c.entity == "code", log.c.data.is_not(None))
        .where(step.c.undone == 0)
        .order_by(log.c.hlc, log.c.id)
    )
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    changed: set[str] = set()
    for row in connection.execute(query):
        fields = json.loads(row.data)
        if veil.of_peer(drawn, row) and not fields.keys() <= SHOWN:
            changed.add(row.row)
            fields = {name: fields[name] for name in fields.keys() & SHOWN - {"reason"}}
        found[row.row].update(fields)
    return {id: found[id] for id in changed}


def meanings_as_seen(connection: Connection) -> Mapping[str, str]:
    """Return the meanings of codes that are seen otherwise than they stand, by id."""
    drawn = veil.drawn(connection)
    if drawn is None or drawn.codebooks == {get_local(connection, "codebook")}:
        return {}
    return {id: fields.get("meaning", "") for id, fields in codes_as_seen(connection).items()}
