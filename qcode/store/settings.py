"""What concerns one store alone and is in no log."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from qcode.store import schema


def get_local(connection: Connection, key: str) -> str:
    """Return a local setting, or an empty text."""
    table = schema.local
    found = connection.execute(select(table.c.value).where(table.c.key == key))
    return found.scalar_one_or_none() or ""


def put_local(connection: Connection, key: str, value: str) -> None:
    """Set a local setting."""
    if get_local(connection, key) == value:
        return
    table = schema.local
    connection.execute(delete(table).where(table.c.key == key))
    connection.execute(table.insert(), {"key": key, "value": value})
