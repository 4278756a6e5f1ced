"""Damage is found, not hidden: a file in which one bit fell over is never taken for whole."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from qcode.errors import QcodeError
from qcode.model.span import Span
from qcode.store import codebook, codings, dialect, documents, schema
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.opening import open_project
from qcode.store.project import Project
from qcode.store.refolding import contents
from tests.store.test_durability import prepared

FLIPS = int(os.environ.get("QCODE_FLIPS", "80"))


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Return a project with a few dozen codings."""
    path = tmp_path / "uji.qcode"
    project = prepared(str(path))
    with project.read() as connection:
        texts = documents.listed(connection)
        codes = [code.id for code in codebook.read(connection)]
    with project.write(project_coder(project), "apply") as step:
        codings.apply(
            step,
            [NewCoding(texts[number % 3].id, Span(number, number + 9), codes[number % 6])
             for number in range(60)],
        )  # fmt: skip
    project.close()
    return path


def project_coder(project: Project) -> str:
    with project.read() as connection:
        return str(connection.execute(select(schema.coder.table.c.id)).scalars().first())


def everything(path: Path) -> object:
    """Return all that a person could read of a project: its log, its texts, its tables."""
    project = open_project(str(path), readonly=True)
    with project.read() as connection:
        log = [tuple(row) for row in connection.execute(select(schema.change))]
        texts = {tuple(row) for row in connection.execute(select(schema.value))}
        said = contents(connection)
    project.close()
    return log, texts, said


def test_a_fallen_bit_is_found_or_has_changed_nothing(whole: Path, tmp_path: Path) -> None:
    before = everything(whole)
    data = whole.read_bytes()
    rng = random.Random(11)
    damaged = tmp_path / "rusak.qcode"
    found = 0
    # Pages of tables without rows are almost all zeros, in which nothing stands.
    written = [place for place, byte in enumerate(data) if byte and place >= 100]
    for place in rng.choices(written, k=FLIPS):
        flipped = data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :]
        damaged.write_bytes(flipped)
        try:
            project = open_project(str(damaged), readonly=True)
            told = [one for one in check(project) if one.damage]
            project.close()
        except QcodeError:
            told = ["refused"]  # type: ignore[list-item]
        if told:
            found += 1
        else:
            assert everything(damaged) == before
    assert found > FLIPS // 2


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE coding SET retired = 1 WHERE pk = 3",
        'UPDATE coding SET start = start + 1, "end" = "end" + 1 WHERE pk = 3',
        "DELETE FROM coding WHERE pk = 3",
        "UPDATE tally SET words = words + 1 WHERE rowid = 1",
        'UPDATE "change" SET data = replace(data, \'"retired"\', \'"retire"\'), at = at + 1',
        'DELETE FROM "change" WHERE pk = 40',
        "UPDATE value SET body = body || ' ' WHERE kind = 'text'",
        "UPDATE value SET kind = 'tfxt' WHERE kind = 'text'",
        "UPDATE code SET name = 'lain' WHERE pk = 1",
    ],
)
def test_a_file_that_was_changed_behind_our_back_is_told_apart(whole: Path, harm: str) -> None:
    with sqlite3.connect(whole) as file:
        file.execute(harm)
    file.close()
    project = open_project(str(whole))
    assert [one for one in check(project) if one.damage]
    project.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no signal to send to oneself on Windows")
def test_ctrl_c_ends_what_sqlite_does_by_itself(whole: Path) -> None:
    long = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000000) "
        "SELECT count(*) FROM n"
    )
    project = open_project(str(whole))
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with (
        project.read() as connection,
        pytest.raises(KeyboardInterrupt),
        dialect.interruptible(connection),
    ):
        connection.exec_driver_sql(long).all()
    assert check(project) == ()
    project.close()


def test_ctrl_c_between_two_rows_is_no_fault_of_the_database(whole: Path) -> None:
    def stopped(connection: Connection) -> None:
        connection.invalidate()  # As SQLAlchemy does with what is stopped while it reads rows.
        raise KeyboardInterrupt

    project = open_project(str(whole))
    with (
        pytest.raises(KeyboardInterrupt),
        project.read() as connection,
        dialect.interruptible(connection),
    ):
        stopped(connection)
    assert check(project) == ()
    project.close()
