"""Files that are not a project, or not one that this qcode can open, each get a sentence."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from qcode.errors import Busy, QcodeError, Refused, Unusable
from qcode.model.codebook import Code
from qcode.store import backups, codebook, coders, history
from qcode.store.checking import check
from qcode.store.opening import create, open_project

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") * 60


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """Return a project with a few codes in it."""
    path = tmp_path / "uji.qcode"
    project, who = create(str(path), "Uji", coder="ani")
    with project.write(who, "add code") as step:
        codebook.add(step, [Code(step.mint(), f"kode {number}") for number in range(50)])
    project.close()
    return path


def refusal(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(QcodeError) as caught:
        open_project(str(path))
    assert (path.read_bytes() if path.is_file() else b"") == before
    return str(caught.value)


def test_what_is_no_project_is_refused_with_a_sentence_each(tmp_path: Path) -> None:
    photo = tmp_path / "foto.qcode"
    photo.write_bytes(JPEG)
    assert "is not a qcode project" in refusal(photo)
    empty = tmp_path / "kosong.qcode"
    empty.write_bytes(b"")
    assert "is not a qcode project" in refusal(empty)
    assert "no such file" in refusal(tmp_path / "tidak-ada.qcode")
    assert "is a folder" in refusal(tmp_path)
    strange = tmp_path / "lain.qcode"
    with sqlite3.connect(strange) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    assert "not a qcode project" in refusal(strange)


def test_a_newer_project_is_refused_and_left_alone(project_file: Path) -> None:
    with sqlite3.connect(project_file) as file:
        file.execute("PRAGMA user_version=99")
    file.close()
    assert "newer qcode" in refusal(project_file)


def test_an_older_project_is_backed_up_and_folded_anew(project_file: Path) -> None:
    with sqlite3.connect(project_file) as file:
        file.execute("UPDATE local SET value='0' WHERE key='schema'")
        file.execute("PRAGMA user_version=0")
    file.close()
    project = open_project(str(project_file))
    assert check(project) == ()
    with project.read() as connection:
        assert len(codebook.read(connection)) == 50
    assert len(list((project_file.parent / "backups").glob("uji.*.qcode"))) == 1


def test_a_truncated_project_is_called_damaged(project_file: Path) -> None:
    whole = project_file.read_bytes()
    project_file.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refusal(project_file)


def test_a_project_with_a_trigger_of_its_own_is_not_opened(project_file: Path) -> None:
    with sqlite3.connect(project_file) as file:
        file.execute('CREATE TRIGGER t AFTER INSERT ON "change" BEGIN DELETE FROM local; END')
    file.close()
    assert "programs of its own" in refusal(project_file)


def test_a_locked_project_says_so_and_loses_nothing(project_file: Path) -> None:
    project = open_project(str(project_file), busy_ms=200)
    holder = sqlite3.connect(project_file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match="nothing is lost"):
        coders.joined(project, "budi")
    holder.execute("ROLLBACK")
    holder.close()
    assert coders.joined(project, "budi")


@pytest.mark.skipif(os.name == "nt", reason="modes and users are POSIX's")
def test_a_project_that_may_only_be_read_says_so(project_file: Path, tmp_path: Path) -> None:
    reader = f"""
import os, sys
from qcode.errors import QcodeError
from qcode.store import checking, coders
from qcode.store.opening import create, open_project
# Everything is imported while the interpreter may still read its own files.
coders.joined(create({str(tmp_path / "lain.qcode")!r}, "x", coder="x")[0], "y")
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    coders.joined(open_project({str(project_file)!r}), "budi")
except QcodeError as error:
    print(error)
"""
    for folder in (tmp_path, *tmp_path.parents):
        if folder == Path(tempfile.gettempdir()):
            break
        folder.chmod(0o755)
    project_file.chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-c", reader],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert "may only be read here" in done.stdout, done.stderr


def test_a_project_is_made_for_its_owner_alone_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "uji.qcode"
    project, _who = create(str(path), "Uji", coder="ani")
    backup = backups.back_up(project)
    if os.name != "nt":
        for file in (path, backup):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(Refused, match="exists already"):
        create(str(path), "Uji", coder="ani")


def test_a_backup_is_a_whole_project(project_file: Path) -> None:
    project = open_project(str(project_file))
    copy = open_project(str(backups.back_up(project)), readonly=True)
    with copy.read() as connection:
        assert len(codebook.read(connection)) == 50
    assert check(copy) == ()
    with pytest.raises(Refused, match="reading only"):
        coders.joined(copy, "budi")


def test_a_step_that_fails_halfway_leaves_nothing(project_file: Path) -> None:
    project = open_project(str(project_file))
    with project.read() as connection:
        who = coders.listed(connection)[0].id

    def add_twice() -> None:
        with project.write(who, "add code") as step:
            codebook.add(step, [Code(step.mint(), "baru")])
            codebook.add(step, [Code(step.mint(), "baru")])

    with pytest.raises(Refused):
        add_twice()
    with project.read() as connection:
        assert len(codebook.read(connection)) == 50
    assert check(project) == ()


def test_an_address_of_a_server_that_is_not_there_gets_a_sentence() -> None:
    with pytest.raises(Unusable, match=r"does not answer|one more package"):
        open_project("postgresql://nobody@127.0.0.1:9/none?schema=uji")


@pytest.mark.parametrize(
    "address",
    ["postgresql://ani:rahasia@host:notaport/x", "postgres://ani:rahasia@[::1/x", "postgresql:///",
     "postgresql://ani:rahasia@127.0.0.1:9/x", "postgresql://127.0.0.1:9/x?password=rahasia"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_gets_a_sentence_without_its_password(address: str) -> None:
    with pytest.raises(Unusable) as caught:
        open_project(address)
    assert "rahasia" not in str(caught.value)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a project may be made, in a file or on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


def test_who_comes_back_to_a_project_undoes_his_own_steps(place: str) -> None:
    project, ani = create(place, "Uji", coder="ani")
    project.close()
    budi = ""
    for here, name in (("laptop", "ani"), ("desk", "budi")):
        with closing(open_project(place, here=here)) as project:
            who = coders.joined(project, name)
            with project.write(who, "add code") as step:
                codebook.add(step, [Code(step.mint(), f"kode {name}")])
        budi = who
    for here, coder in (("laptop", ani), ("desk", budi)):
        with closing(open_project(place, here=here)) as project:
            done = history.undo(project, coder)
            assert done is not None
            assert done.actor == coder


def test_a_project_lies_where_it_lies_by_whatever_path(
    project_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(open_project(str(project_file))) as one:
        for other in (Path(project_file.name), tmp_path / ".." / tmp_path.name / project_file.name):
            with closing(open_project(str(other))) as another:
                assert another.here == one.here


def test_a_schema_on_a_server_is_one_place_whoever_logs_in(postgres_place: str) -> None:
    project, _who = create(postgres_place, "Uji", coder="ani")
    project.close()
    other = postgres_place.replace("postgres@", "postgres:rahasia@", 1)
    with closing(open_project(other)) as again:
        assert again.here == project.here
        assert "rahasia" not in again.place


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_what_does_not_stand_on_its_words_is_found_by_an_index_of_its_own(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = str(tmp_path / "uji.qcode")
    if database == "postgres":
        place = request.getfixturevalue("postgres_place")
    project, _coder = create(place, "Uji", coder="sari")
    found = {one["name"] for one in inspect(project.engine).get_indexes("coding")}
    project.close()
    assert "ix_coding_unfit" in found


def test_what_was_read_last_is_still_in_memory_for_the_next_step(project_file: Path) -> None:
    with closing(open_project(str(project_file))) as project:
        with project.read() as one, project.read():
            last = one.connection.driver_connection
        for _time in range(2):
            with project.read() as again:
                assert again.connection.driver_connection is last
