"""What was acknowledged is on disk, whoever else writes and whenever the process dies."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from qcode.model.codebook import Code
from qcode.store import codebook, documents, schema
from qcode.store.checking import check
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.store.project import Project
from tests.store.worlds import text_of

KILLS = int(os.environ.get("QCODE_KILLS", "20"))
SECONDS = float(os.environ.get("QCODE_WRITING_SECONDS", "4"))
ROOT = Path(__file__).resolve().parents[2]


def prepared(place: str) -> Project:
    """Return a new project with three documents and six codes."""
    project, who = create(place, "Uji", coder="ani")
    rng = random.Random(1)
    with project.write(who, "import") as step:
        documents.add(step, [NewDocument(f"W0{number}", text_of(rng)) for number in range(3)])
    with project.write(who, "add code") as step:
        codebook.add(step, [Code(step.mint(), name) for name in "abcdef"])
    return project


def working(place: str, name: str, seconds: float) -> subprocess.Popen[str]:
    """Start a process that codes in a project."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.worker", place, name, str(seconds)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def stored(project: Project) -> set[str]:
    """Return the ids of all codings ever made, those undone among them."""
    log = schema.change
    with project.read() as connection:
        made = select(log.c.row).where(log.c.entity == "coding", log.c.new == 1)
        return set(connection.execute(made).scalars())


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_no_acknowledged_coding_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    place = str(tmp_path / "uji.qcode")
    prepared(place).close()
    rng = random.Random(7)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        process = working(place, "ani", 60)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(rng.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        rest, _errors = process.communicate()
        # The last line may have been cut off by the kill.
        lines = [line.split() for line in (first + rest).split("\n")[:-1]]
        acknowledged.update(id for line in lines for id in line)
        project = open_project(place)
        found = stored(project)
        assert acknowledged <= found
        assert len(found) % 2 == 0, "half a step was stored"
        assert check(project) == ()
        project.close()
    assert len(acknowledged) > KILLS


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return where a project may be made: a file, or a schema on a server."""
    if request.param == "sqlite":
        yield str(tmp_path / "uji.qcode")
    else:
        yield request.getfixturevalue("postgres_place")


def test_eight_writers_at_once_meet_no_error_and_lose_nothing(place: str) -> None:
    project = prepared(place)
    writers = [working(place, f"c{number}", SECONDS) for number in range(8)]
    acknowledged: set[str] = set()
    for writer in writers:
        out, errors = writer.communicate(timeout=SECONDS + 120)
        assert writer.returncode == 0, errors
        acknowledged.update(out.split())
    assert acknowledged <= stored(project)
    assert check(project) == ()
    with project.read() as connection:
        log = schema.change
        pairs = select(func.count()).select_from(
            select(log.c.writer, log.c.seq).distinct().subquery()
        )
        whole = select(func.count()).select_from(log)
        assert connection.execute(pairs).scalar_one() == connection.execute(whole).scalar_one()
    assert len(acknowledged) > 16
    project.close()
