"""The server that the tests of the store run on."""

from __future__ import annotations

import psycopg


def test_the_server_answers_and_runs_as_an_ordinary_user(postgres: str) -> None:
    with psycopg.connect(postgres.replace("+psycopg", "", 1)) as connection:
        row = connection.execute("SELECT current_setting('server_encoding')").fetchone()
    assert row == ("UTF8",)


def test_each_test_gets_a_schema_of_its_own(postgres_place: str) -> None:
    assert "&schema=t" in postgres_place or "?schema=t" in postgres_place
