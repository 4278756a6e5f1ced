"""Where SQLite and PostgreSQL differ: engines, locks, and what their errors mean."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool, StaticPool

from qcode.errors import Busy, QcodeError, Unusable
from qcode.language import _

BUSY_MS = 10_000
CACHE_KB = 16_384
"""What each of the two connections to a file keeps of it in memory."""
_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=EXTRA",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "mmap_size=0",
)
_SCHEMA_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def is_url(place: str) -> bool:
    """Tell whether a project's place is a PostgreSQL address rather than a file."""
    return place.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def shown(place: str) -> str:
    """Return a project's place as it may be shown: an address without its password."""
    if not is_url(place):
        return place
    return re.sub(r"(://[^:/@]*:).*(?=@)|([?&]password=)[^&]*", r"\1\2***", place)


def identity(address: str) -> str:
    """Return which schema of which server an address leads to, whoever logs in."""
    url, schema = _parsed(address)
    return f"{url.host or url.query.get('host', '')}:{url.port or ''}/{url.database}/{schema}"


def sqlite_engine(
    path: Path | None,
    *,
    readonly: bool = False,
    busy_ms: int = BUSY_MS,
    cache_kb: int = CACHE_KB,
) -> Engine:
    """Return an engine on a file, or on memory where there is no path.

    Transactions are begun by qcode itself, because the sqlite3 module would leave the creation of
    tables outside of them (Python issue 10740).
    """
    mode = "ro" if readonly else "rw"
    address = f"file:{quote(str(path))}?mode={mode}" if path else ":memory:"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address,
            uri=path is not None,
            timeout=busy_ms / 1000,
            isolation_level=None,
            check_same_thread=False,
        )

    # The connection used last has in memory what is needed next; taking turns fills both of them.
    queue = {"poolclass": QueuePool, "pool_size": 2, "pool_use_lifo": True}
    pool: dict[str, Any] = queue if path else {"poolclass": StaticPool}
    engine = create_engine("sqlite://", creator=connect, hide_parameters=True, **pool)

    @event.listens_for(engine, "connect")
    def _prepare(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.execute(f"PRAGMA busy_timeout={busy_ms}")
        for pragma in (*_PRAGMAS, f"cache_size=-{cache_kb}"):
            dbapi.execute(f"PRAGMA {pragma}")
        if path and not readonly:
            dbapi.execute("PRAGMA journal_mode=DELETE")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            _begin_writing(connection, busy_ms)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(connection: Connection, busy_ms: int) -> None:
    """Take SQLite's write lock, asking often.

    SQLite's own waiting asks less and less often, up to every 100 ms, so that among many busy
    writers one may never get its turn.
    """
    end = time.monotonic() + busy_ms / 1000
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except OperationalError as error:
                if "locked" not in str(error.orig) or time.monotonic() > end:
                    raise
            else:
                return
            time.sleep(random.uniform(0.001, 0.012))
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={busy_ms}")


def _parsed(address: str) -> tuple[URL, str]:
    """Return an address without the schema that it names, and that schema."""
    try:
        url = make_url(re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", address))
    except (ValueError, ArgumentError):
        raise Unusable(
            _("{place} is not the address of a PostgreSQL project; one looks like "
              "postgresql://USER@HOST/DATABASE?schema=NAME").format(place=shown(address))
        ) from None  # fmt: skip
    query = dict(url.query)
    named = query.pop("schema", "qcode")
    schema = named if isinstance(named, str) else named[0]
    if not _SCHEMA_NAME.fullmatch(schema):
        raise Unusable(
            _("the schema “{name}” is not a plain name of small letters, digits and _").format(
                name=schema
            )
        )
    return url.set(query=query), schema


def postgres_engine(address: str) -> tuple[Engine, str]:
    """Return an engine and the schema that its ``?schema=NAME`` names (default ``qcode``)."""
    url, schema = _parsed(address)
    try:
        engine = create_engine(url, hide_parameters=True, pool_size=2)
    except ModuleNotFoundError as error:
        raise Unusable(
            _("PostgreSQL needs one more package: pip install 'qcode-qda[postgres]'")
        ) from error

    @event.listens_for(engine, "connect")
    def _prepare(dbapi: Any, _record: object) -> None:
        with dbapi.cursor() as cursor:
            cursor.execute(f'SET search_path TO "{schema}"')
            cursor.execute(f"SET lock_timeout TO {BUSY_MS}")
        dbapi.commit()

    return engine, schema


def is_sqlite(connection: Connection) -> bool:
    """Tell whether this connection leads to SQLite."""
    return connection.dialect.name == "sqlite"


@contextmanager
def interruptible(connection: Connection) -> Iterator[None]:
    """Let ctrl+c end what SQLite does by itself for seconds; a server lets it anyway."""
    if not is_sqlite(connection):
        yield
        return
    file: Any = connection.connection.driver_connection
    # SQLite asks every so many of its own instructions, and Python sees to signals meanwhile.
    file.set_progress_handler(lambda: None, 100_000)
    try:
        yield
    except (sqlite3.OperationalError, OperationalError) as error:
        if "interrupted" in str(error):
            raise KeyboardInterrupt from None
        raise
    finally:
        with suppress(sqlite3.ProgrammingError):  # What is stopped between two rows is closed.
            file.set_progress_handler(None, 0)


def lock_for_writing(connection: Connection) -> None:
    """Wait for the one write lock of the project; SQLite took it with BEGIN IMMEDIATE."""
    if not is_sqlite(connection):
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 20817))")
        )


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what a database driver raises into a sentence; interview text is never in it."""
    try:
        yield
    except DBAPIError as error:
        raise _meaning(str(error.orig), place) from None
    except sqlite3.Error as error:
        raise _meaning(str(error), place) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise _meaning("malformed", place) from None


def _meaning(message: str, place: str) -> QcodeError:
    said = message.casefold()
    for signs, kind, sentence in _MEANINGS:
        if any(sign in said for sign in signs):
            return kind(_(sentence).format(place=shown(place)))
    return Unusable(
        _("{place}: the database answered “{message}”; nothing was changed").format(
            place=shown(place), message=message.splitlines()[0] if message else ""
        )
    )


def _N(message: str) -> str:  # noqa: N802 - the usual name of a marker for later translation
    return message


_MEANINGS: tuple[tuple[tuple[str, ...], type[QcodeError], str], ...] = (
    (
        ("database is locked", "lock timeout", "database table is locked"),
        Busy,
        _N("{place}: another program is writing to the project; nothing is lost, try again"),
    ),
    (
        ("readonly", "read-only", "permission denied"),
        Unusable,
        _N("{place}: the project may only be read here; copy it to a folder of your own to work"),
    ),
    (
        ("disk is full", "no space left"),
        Unusable,
        _N("{place}: the disk is full; this step was not saved, everything before it is"),
    ),
    (
        ("malformed", "not a database", "corrupt", "disk i/o error"),
        Unusable,
        _N(
            "{place}: the file is damaged or cannot be read; the folder backups/ beside it holds "
            "earlier copies"
        ),
    ),
    (
        ("unable to open",),
        Unusable,
        _N("{place}: the file cannot be opened; is the folder there, and may you write in it?"),
    ),
    (
        ("connection refused", "could not translate", "connection failed", "timeout expired"),
        Unusable,
        _N("{place}: the database server does not answer; is it running, is the address right?"),
    ),
    (
        ("password authentication", "no password supplied", "authentication failed"),
        Unusable,
        _N(
            "{place}: the server refused the login; name the user in the address and keep the "
            "password in ~/.pgpass"
        ),
    ),
)
