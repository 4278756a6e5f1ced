"""Creating and opening projects; whatever is wrong with a file is said before it is touched."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, inspect, text

from qcode.errors import Refused, Unusable
from qcode.language import _
from qcode.model.project import APPROACHES
from qcode.store import dialect, schema
from qcode.store.backups import back_up
from qcode.store.project import Project, clock, found, lay_tables
from qcode.store.refolding import refold
from qcode.store.settings import get_local, put_local
from qcode.store.soundness import Soundness, is_large
from qcode.system import create_private

FIRST, LATER, NEVER = "first", "later", "never"
"""When a file is searched for damage: before it is opened, beside what is read first, or not."""
_HEADER = b"SQLite format 3\x00"


def create(
    place: str,
    name: str,
    *,
    coder: str,
    approach: str = "codebook",
    notice: str = "",
    language: str = "",
    now: Callable[[], int] = clock,
) -> tuple[Project, str]:
    """Create a project and return it with the id of its first coder.

    ``place`` is a file that must not exist, or a PostgreSQL address whose schema must be empty.
    """
    if approach not in APPROACHES:
        raise Refused(
            _("an approach is one of {known}, not “{approach}”").format(
                known=", ".join(APPROACHES), approach=approach
            )
        )
    id = uuid4().hex
    with dialect.explained(place):
        engine = new_server(place) if dialect.is_url(place) else _new_file(Path(place))
        lay_tables(engine, id)
    project = Project(engine, place, now=now)
    details = {"name": name, "approach": approach, "notice": notice, "language": language}
    who = found(project, id, {key: value for key, value in details.items() if value}, coder)
    return project, who


def _new_file(path: Path) -> Engine:
    create_private(path)
    return dialect.sqlite_engine(path)


def new_server(place: str) -> Engine:
    """Make the schema of a project on a server; refused where one stands there."""
    engine, name = dialect.postgres_engine(place)
    with engine.connect() as connection, connection.begin():
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{name}"'))
        if inspect(connection).has_table("change"):
            raise Refused(
                _("the schema “{name}” on the server holds a project already").format(name=name)
            )
    return engine


def open_project(
    place: str,
    *,
    readonly: bool = False,
    now: Callable[[], int] = clock,
    busy_ms: int = dialect.BUSY_MS,
    cache_kb: int = dialect.CACHE_KB,
    here: str = "",
    search: str = FIRST,
) -> Project:
    """Open a project, or say in a sentence why not.

    A damaged file is refused; NEVER lets it in to be looked at, and with LATER a large one (see
    ``soundness.LARGE``) is looked through when it is first written, or ``project.ensure_sound``
    is called. A file written by a newer qcode is refused; one written by an older is backed up,
    then its tables are folded anew from its log.
    """
    sound = None
    if dialect.is_url(place):
        engine, name = dialect.postgres_engine(place)
        _check_server(engine, place, name)
    else:
        path = Path(place)
        _check_header(path)
        engine = dialect.sqlite_engine(path, readonly=readonly, busy_ms=busy_ms, cache_kb=cache_kb)
        sound = Soundness(engine, place) if search != NEVER else None
        later = search == LATER and is_large(place)
        _check_file(engine, place, sound if not later else None)
    project = Project(engine, place, readonly=readonly, now=now, here=here)
    project.sound = sound
    with project.read() as connection:
        layout = int(get_local(connection, "schema") or 0)
    if layout > schema.SCHEMA:
        raise Unusable(_newer(place, layout))
    if layout < schema.SCHEMA:
        _upgrade(project)
    return project


def _check_header(path: Path) -> None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unusable(_("{path} is a folder, not a project file").format(path=path))
        with path.open("rb") as stream:
            head = stream.read(len(_HEADER))
    except FileNotFoundError as error:
        raise Unusable(
            _("{path}: there is no such file; `qcode init NAME` makes a project").format(path=path)
        ) from error
    except OSError as error:
        raise Unusable(
            _("{path} cannot be read: {why}").format(path=path, why=error.strerror)
        ) from error
    if head != _HEADER:
        raise Unusable(
            _("{path} is not a qcode project, or it is encrypted; nothing was changed").format(
                path=path
            )
        )


def _check_file(engine: Engine, place: str, sound: Soundness | None) -> None:
    with dialect.explained(place), engine.connect() as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        if application != schema.APPLICATION:
            raise Unusable(
                _("{place} is an SQLite file, but not a qcode project; nothing was changed").format(
                    place=place
                )
            )  # fmt: skip
        layout = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if layout > schema.SCHEMA:
            raise Unusable(_newer(place, layout))
        if sound:
            sound.ensure(connection)
        _check_objects(connection, place)


def _check_objects(connection: Connection, place: str) -> None:
    """Refuse a file that brings its own triggers or views: they would run with our writes."""
    strange = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
    ).scalar_one()
    if strange:
        raise Unusable(
            _("{place} holds programs of its own (triggers or views) and is not opened").format(
                place=place
            )
        )


def _check_server(engine: Engine, place: str, name: str) -> None:
    with dialect.explained(place), engine.connect() as connection:
        if not inspect(connection).has_table("local", schema=name):
            raise Unusable(
                _("there is no project in the schema “{name}”; `qcode init NAME -p ADDRESS` makes "
                  "one").format(name=name)
            )  # fmt: skip


def _newer(place: str, layout: int) -> str:
    return _(
        "{place} was written by a newer qcode (layout {layout}, this one knows {known}); install "
        "the newer qcode. Nothing was changed"
    ).format(place=dialect.shown(place), layout=layout, known=schema.SCHEMA)


def _upgrade(project: Project) -> None:
    back_up(project)
    with project.maintain() as connection:
        for table in schema.FOLDED:
            table.drop(connection, checkfirst=True)
        schema.metadata.create_all(connection)
        refold(connection)
        put_local(connection, "schema", str(schema.SCHEMA))
        if dialect.is_sqlite(connection):
            connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA}")
