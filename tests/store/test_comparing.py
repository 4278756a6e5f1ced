"""Tables are compared with the log: no cell may differ unseen, and folding anew gives the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, delete, func, select

from qcode.store import dialect, opening, schema
from qcode.store.comparing import differences
from qcode.store.exchange import exchange
from qcode.store.project import Project, lay_tables
from qcode.store.refolding import contents
from tests.store.worlds import Copy, World

ROWS = 2
"""How many rows of each table are harmed, each in every column."""


def folded_anew(project: Project) -> dict[str, set[str]]:
    """Return what the tables say when the whole log is folded into an empty store."""
    engine = dialect.sqlite_engine(None)
    lay_tables(engine, project.id)
    copy = Project(engine, "memory", here="anew")
    exchange(project, copy)
    with copy.read() as connection:
        said = contents(connection)
    copy.close()
    return said


@pytest.fixture(params=["sqlite", "postgresql"])
def copy(request: pytest.FixtureRequest) -> Iterator[Copy]:
    """Return a copy in which much was done, on a file or a server."""
    engines = [dialect.sqlite_engine(None) for _ in range(3)]
    place = ""
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres_place")
        engines[0] = opening.new_server(place)
    world = World(5, engines)
    for _ in range(160):
        world.act()
    world.reconcile()
    yield world.copies[0]
    for engine in engines:
        engine.dispose()


def different(connection: Connection) -> str:
    """Return the first table that differs from the log, if one does."""
    return next(differences(connection, lambda _name: None), ("", 0))[0]


def other(connection: Connection, column: Column[Any], value: Any) -> Any:
    """Return another value than the one that stands in a column."""
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        keys = connection.execute(select(target).order_by(target)).scalars()
        return next((key for key in keys if key != value), value)
    if isinstance(column.type, schema.Hex):
        return random.Random(value).randbytes(len(value) // 2 or 16).hex()
    if column.type.python_type is int:
        return 1 - value if value in (0, 1) else (value or 0) + 1
    return "lain"


def harmed(copy: Copy, table: Table) -> Iterator[tuple[str, Connection]]:
    """Yield a table with one cell changed or one row gone, in turn; nothing of it is kept."""
    key = table.c.get("pk", next(iter(table.c)))
    with copy.project.read() as connection:
        some = connection.execute(select(table).order_by(func.random()).limit(ROWS)).all()
    for row in some:
        where = [column.is_not_distinct_from(row._mapping[column.name]) for column in table.c]
        for column in (None, *table.c):
            if column is key and column.name == "pk":
                continue
            with copy.engine.connect() as connection, connection.begin() as transaction:
                if column is None:
                    connection.execute(delete(table).where(*where))
                else:
                    new = other(connection, column, row._mapping[column.name])
                    connection.execute(table.update().where(*where).values({column: new}))
                yield f"{table.name}.{column.name if column is not None else '(row)'}", connection
                transaction.rollback()


def test_no_cell_of_a_table_differs_from_the_log_unseen(copy: Copy) -> None:
    with copy.project.read() as connection:
        assert not different(connection)
        before = contents(connection)
    assert folded_anew(copy.project) == before
    full = [table for table in schema.FOLDED if before[table.name]]
    found = 0
    assert len(full) > 15
    for table in full:
        for what, connection in harmed(copy, table):
            if different(connection):
                found += 1
            else:
                assert contents(connection) == before, what
    assert found > 10 * len(full)
