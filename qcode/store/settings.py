"""What concerns one store alone and is in no log."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from qcode.store import schema


def get_local(connection: Connection, key: str) -> str:
    """Return a local setting, or an empty text."""
    return connection.execute(_query(), {"key": key}).scalar_one_or_none() or ""


@cache
def _query() -> Any:
    table = schema.local
    return select(table.c.value).where(table.c.key == bindparam("key"))


def put_local(connection: Connection, key: str, value: str) -> None:
    """Set a local setting."""
    if get_local(connection, key) == value:
        return
    table = schema.local
    connection.execute(delete(table).where(table.c.key == key))
    connection.execute(table.insert(), {"key": key, "value": value})
