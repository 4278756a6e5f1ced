"""What the log says of themes: since when they are settled, and what was done to their grounds."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, or_, select

from qcode.model.theme import SETTLED
from qcode.store import schema, veil
from qcode.store.rows import in_chunks


class Moved(NamedTuple):
    """A code that was merged or put elsewhere: by the clock of changes, from what, to what."""

    clock: int
    code: str
    merged: bool
    old: str
    new: str


def settled(connection: Connection) -> Mapping[str, int]:
    """Return by the clock of changes since when themes are settled.

    None while others' work is hidden from who looks: what they do to codings would show.
    """
    if veil.drawn(connection) is not None:
        return {}
    log = schema.change
    query = _standing(select(log.c.row, log.c.step, log.c.data)).where(
        log.c.entity == "theme", log.c.data.contains('"status":')
    )
    found: dict[str, str] = {}
    for row, step, data in connection.execute(query):
        found.pop(row, None)
        if json.loads(data)["status"] == SETTLED:
            found[row] = step
    # What was done in the same step belongs to it, such as all that came in from a folder.
    ends = select(log.c.step, func.max(log.c.hlc)).where(log.c.step.in_(set(found.values())))
    last = dict(tuple(row) for row in connection.execute(ends.group_by(log.c.step)))
    return {row: last[step] for row, step in found.items()}


def moved(connection: Connection) -> Iterator[Moved]:
    """Yield the codes that were merged or put elsewhere, in order."""
    log, places = schema.change, dict[tuple[str, str], str]()
    query = _standing(select(log.c.row, log.c.hlc, log.c.data, log.c.new)).where(
        log.c.entity == "code",
        or_(log.c.data.contains('"parent":'), log.c.data.contains('"merged_into":')),
    )
    for row, clock, data, new in connection.execute(query):
        fields = json.loads(data)
        for name in ("parent", "merged_into"):
            if name not in fields:
                continue
            old, place = places.get((row, name), ""), fields[name] or ""
            places[row, name] = place
            if not new and place != old:
                yield Moved(clock, row, name == "merged_into", old, place)


def grounded(connection: Connection, since: int) -> list[tuple[int, str, str]]:
    """Return when which ground came, went or changed sides, and of which theme."""
    log, table, of = schema.change, schema.ground.table, schema.theme.table
    query = (
        _standing(select(log.c.hlc, table.c.id, of.c.id))
        .join(table, table.c.id == log.c.row)
        .join(of, of.c.pk == table.c.theme)
        .where(log.c.entity == "ground", log.c.hlc > since)
        .where(or_(log.c.data.contains('"side":'), log.c.data.contains('"retired":')))
    )
    return [tuple(row) for row in connection.execute(query)]


def coded(
    connection: Connection, since: int, codes: Collection[str], codings: Collection[str]
) -> int:  # fmt: skip
    """Count the codings of some codes, and these codings, that were given, changed or taken away."""
    log, table, of = schema.change, schema.coding.table, schema.code.table
    those = (
        select(table.c.id).join(of, of.c.pk == table.c.code)
        .where(or_(of.c.id.in_(codes), table.c.id.in_(codings)))
    )  # fmt: skip
    query = (
        _standing(select(func.count(log.c.row.distinct())))
        # The sum keeps SQLite from going through all that was done since.
        .where(log.c.row.in_(those), log.c.entity == "coding", log.c.hlc + 0 > since)
        .order_by(None)
    )
    return int(connection.execute(query).scalar_one())


def recoded(connection: Connection, since: int) -> list[tuple[int, str, str, str]]:
    """Return when which coding was given another code, the one it had before and has now."""
    log, now = schema.change, dict[str, str]()
    query = _standing(select(log.c.row, log.c.hlc, log.c.data)).where(
        log.c.entity == "coding", log.c.data.contains('"code":')
    )
    since_then = query.with_only_columns(log.c.row).where(log.c.hlc > since, log.c.new == 0)
    found: list[tuple[int, str, str]] = []
    for some in in_chunks(sorted(set(connection.execute(since_then.order_by(None)).scalars()))):
        for row, clock, data in connection.execute(query.where(log.c.row.in_(some))):
            old, now[row] = now.get(row, ""), json.loads(data)["code"]
            if clock > since and old:
                found.append((clock, row, old))
    return [(clock, row, old, now[row]) for clock, row, old in found]


def _standing(query: Select[Any]) -> Select[Any]:
    """Return a query of changes, in their order, without those of steps that were undone."""
    log, step = schema.change, schema.step
    return (
        query.select_from(log).join(step, step.c.id == log.c.step)
        .where(step.c.undone == 0).order_by(log.c.hlc, log.c.id)
    )  # fmt: skip
