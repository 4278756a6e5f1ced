"""Copies of a project made before every bulk step, each read back before it counts."""

from __future__ import annotations

import glob
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select

from qcode.errors import Unusable
from qcode.language import _
from qcode.store import dialect, schema
from qcode.store.project import Project, lay_tables
from qcode.system import create_private, private_folder

KEPT = 20
"""Newest backups of a project that are kept; of older ones, the last of each day."""


def back_up_if_filled(project: Project) -> None:
    """Make a backup before a bulk step where the project holds documents already."""
    with project.read() as connection:
        filled = connection.execute(select(schema.document.table.c.pk).limit(1)).first()
    if filled:
        back_up(project)


def back_up(project: Project, folder: Path | None = None) -> Path:
    """Write a copy of the project into ``backups/`` beside it and return its path.

    A project on a server is written as an SQLite file, into the current folder.
    """
    beside = project.path.parent if project.path else Path.cwd()
    folder = private_folder(folder or beside / "backups")
    stem = project.path.stem if project.path else "server"
    target = _free_name(folder, f"{stem}.{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}")
    if project.path:
        _copy_file(project.path, target)
    else:
        _copy_log(project, target)
    _verify(project, target)
    _thin(folder, stem)
    return target


def listed(project: Project) -> tuple[Path, ...]:
    """Return the backups that lie where ``back_up`` puts them, newest first."""
    beside = project.path.parent if project.path else Path.cwd()
    stem = project.path.stem if project.path else "server"
    found = (beside / "backups").glob(f"{glob.escape(stem)}.[0-9]*.qcode")
    return tuple(sorted(found, reverse=True))


def _free_name(folder: Path, stem: str) -> Path:
    for number in range(1, 1000):
        path = folder / (f"{stem}.qcode" if number == 1 else f"{stem}-{number}.qcode")
        if not path.exists():
            return path
    raise Unusable(_("{folder} holds too many backups of this second").format(folder=folder))


def _copy_file(source: Path, target: Path) -> None:
    create_private(target)
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        dialect.explained(str(source)),
        closing(sqlite3.connect(address, uri=True, timeout=dialect.BUSY_MS / 1000)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _copy_log(project: Project, target: Path) -> None:
    from qcode.store.exchange import exchange

    create_private(target)
    engine = dialect.sqlite_engine(target)
    lay_tables(engine, project.id)
    copy = Project(engine, str(target), here="backup")
    exchange(project, copy)
    copy.close()


def _verify(project: Project, target: Path) -> None:
    """Read a backup back: sound, and with as many changes as the project had at least."""
    with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        changes = copy.execute('SELECT count(*) FROM "change"').fetchone()[0]
        copy.execute("PRAGMA query_only=ON")
    with project.read() as connection:
        logged = connection.execute(select(func.count()).select_from(schema.change)).scalar_one()
    if not sound or changes > logged:
        target.unlink()
        raise Unusable(_("the backup {path} could not be read back").format(path=target))


def _thin(folder: Path, stem: str) -> None:
    """Drop backups that are older than the newest KEPT and not the last of their day."""
    files = sorted(folder.glob(f"{stem}.[0-9]*.qcode"), reverse=True)
    days: set[str] = set()
    for position, path in enumerate(files):
        day = path.name[len(stem) + 1 :][:8]
        if position >= KEPT and day in days:
            path.unlink()
        days.add(day)
