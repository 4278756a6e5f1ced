"""An open project: one SQLite file or one PostgreSQL schema, its transactions and its steps."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.change import Change
from qcode.model.identity import derived, minted
from qcode.store import dialect, folding, log, schema, veil
from qcode.store.log import Edit, Pen
from qcode.store.rows import Entry
from qcode.store.settings import get_local, put_local
from qcode.store.soundness import Soundness

Reader = Connection
"""What a project is read through; the layers above name it without naming SQLAlchemy."""


def clock() -> int:
    """Return the time in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


@dataclass
class Step:
    """One action of one person: a transaction on its way, undone and redone as a whole."""

    connection: Connection
    project: str
    pen: Pen
    now: Callable[[], int]
    changes: int = 0
    touched: dict[str, set[str]] = field(default_factory=dict)

    @property
    def coder(self) -> str:
        """The id of the coder who acts."""
        return self.pen.actor

    def mint(self) -> str:
        """Return a new id."""
        return minted(self.now())

    def derive(self, *parts: str) -> str:
        """Return the id of something given, in this project."""
        return derived(self.project, *parts)

    def record(self, edits: Iterable[Edit]) -> None:
        """Write changes into the log and fold them into the tables."""
        edits = list(edits)
        if not edits:
            return
        written = [self.pen.write(edit, self.mint(), self.now()) for edit in edits]
        log.insert(self.connection, written)
        if not self.changes:
            self._open(written[0])
        self.changes += len(written)
        touched: dict[str, set[str]] = {}
        fresh: dict[str, list[Entry]] = {}
        for edit, change in zip(edits, written, strict=True):
            touched.setdefault(edit.noun, set()).add(edit.row)
            if edit.fresh or edit.row in fresh:
                fresh.setdefault(edit.row, []).append(
                    Entry(change.hlc, change.id, change.at, change.actor, edit.new, edit.data)
                )
        folding.fold(self.connection, touched, fresh)

    def _open(self, first: Change) -> None:
        row = {
            "id": first.step, "writer": first.writer, "actor": first.actor, "verb": first.verb,
            "seq": first.seq, "hlc": first.hlc, "at": first.at, "undone": 0, "turned": 0,
        }  # fmt: skip
        self.connection.execute(schema.step.insert(), row)


class Project:
    """A project that can be read and written.

    Reading and writing are short: no transaction stays open while a person thinks, because an
    open reader keeps an SQLite writer from committing.
    """

    def __init__(
        self, engine: Engine, place: str, *, readonly: bool = False,
        now: Callable[[], int] = clock, here: str = "",
    ) -> None:  # fmt: skip
        self.engine = engine
        self.place = dialect.shown(place)
        self.readonly = readonly
        self.now = now
        self.here = here or self._address(place)
        self.newcomers: dict[str, str] = {}
        """Names by id of coders who join with the first step they write."""
        self.viewer: str | None = None
        """Who looks: the id of a coder, empty for a stranger; None sees all (see ``veil``)."""
        self.sound: Soundness | None = None
        """Whether the file is damaged; None where nobody asks, as on a server."""
        with self.read() as connection:
            self.id = get_local(connection, "project")

    @property
    def path(self) -> Path | None:
        """The file, or None for a project on a server."""
        return None if dialect.is_url(self.place) else Path(self.place)

    def ensure_sound(self) -> None:
        """Raise Unusable where the file is damaged; to look through a large one takes a while."""
        if self.sound:
            self.sound.ensure()

    @contextmanager
    def read(self, *, everything: bool = False) -> Iterator[Connection]:
        """Read in one transaction, as who looks; ``everything`` is for closing a round and the like."""
        with dialect.explained(self.place), self.engine.connect() as connection:
            yield veil.look_as(connection, None if everything else self.viewer)

    @contextmanager
    def write(self, coder: str, verb: str) -> Iterator[Step]:
        """Write one step: everything in the block is on disk when it ends, or nothing is."""
        with self._locked() as connection:
            if coder in self.newcomers:
                name = {"name": self.newcomers[coder]}
                joining = self._step(connection, coder, "join")
                joining.record([Edit("coder", coder, name, new=True, fresh=True)])
            yield self._step(connection, coder, verb)
        self.newcomers.pop(coder, None)

    def _step(self, connection: Connection, coder: str, verb: str) -> Step:
        pen = Pen.taken(
            connection, writer=self._writer(connection), actor=coder,
            step=minted(self.now()), verb=verb,
        )  # fmt: skip
        if self.viewer is not None:
            veil.look_as(connection, coder)
        return Step(connection, self.id, pen, self.now)

    @contextmanager
    def maintain(self) -> Iterator[Connection]:
        """Write what is no step of a person: exchange, refolding."""
        with self._locked() as connection:
            yield connection

    @contextmanager
    def _locked(self) -> Iterator[Connection]:
        if self.readonly:
            raise Refused(
                _("{place}: the project was opened for reading only").format(place=self.place)
            )
        self.ensure_sound()
        with dialect.explained(self.place), self.engine.connect() as connection:
            writing = veil.look_as(connection.execution_options(writes=True), self.viewer)
            with writing.begin():
                dialect.lock_for_writing(writing)
                yield writing

    def _address(self, place: str) -> str:
        """Return where this copy lies; a server is one place, from whichever machine it is used."""
        if self.path is None:
            return dialect.identity(place)
        return f"{_machine()}:{self.path.resolve()}"

    def _writer(self, connection: Connection) -> str:
        """Return who this copy is, minted anew when it is first written at another place.

        A place is known again: people who reach one project by different ways each keep their
        own steps to undo.
        """
        if get_local(connection, "here") != self.here:
            own = f"writer {self.here}"
            writer = get_local(connection, own) or minted(self.now())
            for key, value in (("here", self.here), (own, writer), ("writer", writer)):
                put_local(connection, key, value)
        return get_local(connection, "writer")

    def close(self) -> None:
        """Let go of the file or server."""
        self.engine.dispose()


def _machine() -> str:
    from qcode.system import machine

    return machine()


def lay_tables(engine: Engine, project: str) -> None:
    """Create the tables of an empty store."""
    with engine.connect() as connection, connection.execution_options(writes=True).begin():
        schema.metadata.create_all(connection)
        put_local(connection, "schema", str(schema.SCHEMA))
        put_local(connection, "project", project)
        if dialect.is_sqlite(connection):
            connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION}")
            connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA}")


def found(project: Project, id: str, details: Mapping[str, Any], coder: str) -> str:
    """Write the first two steps of a new project, and return the id of its first coder."""
    who = minted(project.now())
    with project.write(who, "join") as step:
        step.record([Edit("coder", who, {"name": coder}, new=True, fresh=True)])
    with project.write(who, "found") as step:
        step.record([Edit("project", id, dict(details), new=True, fresh=True)])
    return who


def project_row(connection: Connection) -> Any:
    """Return the folded row of the project, or None before it was founded."""
    return connection.execute(select(schema.project.table)).first()


def about(connection: Connection) -> Mapping[str, str]:
    """Return the project's name and, as far as given, its approach, notice and language."""
    row = project_row(connection)
    if row is None:
        return {"name": ""}
    details = json.loads(row.details)
    known = {key: details[key] for key in ("approach", "notice", "language") if details.get(key)}
    return {"name": row.name, **known}


def speak(step: Step, language: str) -> None:
    """Say in which language the interviews are, in two or three letters (ISO 639)."""
    row = project_row(step.connection)
    step.record([Edit("project", row.id, {"language": language})])


def same_file(one: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file."""
    return one.exists() and other.exists() and one.samefile(other)
