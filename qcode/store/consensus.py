"""Who stands for what the coders settled on: a coder of a derived id who is no person."""

from __future__ import annotations

from sqlalchemy import Connection, select

from qcode.model.filter import CONSENSUS
from qcode.model.identity import derived
from qcode.store import schema
from qcode.store.settings import get_local

NAME = CONSENSUS
"""What it is called wherever a coder's name stands."""


def consensus_id(connection: Connection) -> str:
    """Return the id under which the codings stand that coders settled on, in any copy."""
    return derived(get_local(connection, "project"), "coder", CONSENSUS)


def consensus_key(connection: Connection) -> int | None:
    """Return the local key of the consensus; None while nothing was settled."""
    table = schema.coder.table
    query = select(table.c.pk).where(table.c.id == consensus_id(connection))
    return connection.execute(query).scalar()
