"""What one coder did and when, as the log says it; nothing else is kept of his time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from qcode.store import schema, veil

IMPORTS = ("import", "import cases", "import codings", "import codebook", "found", "join")
"""Verbs of steps that bring in what was made elsewhere, at another time."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a coder made that still stands: a coding, a memo, a code, or a finished document.

    ``at`` is in milliseconds since 1970 UTC; ``document`` is the id of the document of a coding or
    of a finished one; ``noun`` is coding, memo, code or status.
    """

    at: int
    noun: str
    id: str
    document: str = ""


def deeds(connection: Connection, coder: str, since: int = 0) -> tuple[Deed, ...]:
    """Return what a coder made since a time, in the order in which it was made.

    Nothing where his work is hidden from who looks.
    """
    if coder in veil.hidden_coders(connection):
        return ()
    found: list[Deed] = []
    for noun in ("coding", "memo", "code"):
        found += (Deed(*row) for row in connection.execute(_made(noun, coder, since)))
    # A document may be finished, opened and finished again: the last time counts.
    finished = {row.row: Deed(*row) for row in connection.execute(_finished(coder, since))}
    return tuple(sorted((*found, *finished.values()), key=lambda deed: (deed.at, deed.id)))


def _made(noun: str, coder: str, since: int) -> Select[Any]:
    change, table, of = schema.change, schema.NOUN[noun].table, schema.document.table
    query = _own(coder, since).join(table, table.c.id == change.c.row)
    kept = query.where(change.c.entity == noun, change.c.new == 1, table.c.retired == 0)
    columns = (change.c.at, change.c.entity, change.c.row)
    if noun != "coding":
        return kept.with_only_columns(*columns)
    owner = schema.coder.table
    return (
        kept.join(of, of.c.pk == table.c.document)
        .join(owner, owner.c.pk == table.c.coder)
        .where(owner.c.id == coder, of.c.retired == 0)
        .with_only_columns(*columns, of.c.id)
    )


def _finished(coder: str, since: int) -> Select[Any]:
    change, table, of = schema.change, schema.status.table, schema.document.table
    return (
        _own(coder, since)
        .join(table, table.c.id == change.c.row)
        .join(of, of.c.pk == table.c.document)
        .where(change.c.entity == "status", schema.step.c.verb == "finish")
        .where(table.c.finished.is_not(None), of.c.retired == 0)
        .order_by(change.c.hlc, change.c.id)
        .with_only_columns(change.c.at, change.c.entity, change.c.row, of.c.id)
    )


def _own(coder: str, since: int) -> Select[Any]:
    change, step = schema.change, schema.step
    return (
        select(change.c.id)
        .join(step, step.c.id == change.c.step)
        .where(step.c.actor == coder, step.c.at >= since, step.c.undone == 0)
        .where(step.c.verb.not_in(IMPORTS))
    )


def clock(connection: Connection, coder: str, since: int = 0) -> tuple[int, ...]:
    """Return when a coder saved anything, in milliseconds since 1970 UTC, earliest first."""
    if coder in veil.hidden_coders(connection):
        return ()
    step = schema.step
    query = select(step.c.at).where(
        step.c.actor == coder, step.c.at >= since, step.c.verb.not_in(IMPORTS)
    )
    return tuple(connection.execute(query.order_by(step.c.at)).scalars())
