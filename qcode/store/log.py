"""The append-only log: writing steps into it and reading changes out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from qcode.model.change import Change, canonical, digest, hashed
from qcode.store import schema
from qcode.store.rows import in_chunks, streamed

UNDO = "step"
"""Entity of a change that says of a step whether it is undone."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be set on one row; ``new`` creates it, ``fresh`` says nobody can have it yet."""

    noun: str
    row: str
    data: Mapping[str, Any]
    new: bool = False
    fresh: bool = False


@dataclass
class Pen:
    """Who writes, as what, and where in the order of changes the next one stands."""

    writer: str
    actor: str
    step: str
    verb: str
    seq: int
    hlc: int

    @classmethod
    def taken(cls, connection: Connection, *, writer: str, actor: str, step: str, verb: str) -> Pen:
        """Take up the pen inside the write lock: the last sequence number and clock are final."""
        last = connection.execute(_last(), {"writer": writer}).one()
        return cls(writer, actor, step, verb, last[0] or 0, last[1] or 0)

    def write(self, edit: Edit, id: str, at: int) -> Change:
        """Make the next change; ``at`` is the clock in milliseconds since 1970 UTC."""
        self.seq += 1
        self.hlc = max(at << 16, self.hlc + 1)
        data = canonical(edit.data)
        blank = Change(
            id, self.writer, self.seq, self.hlc, at, self.actor, self.step, self.verb,
            edit.noun, edit.row, edit.new, data, digest(data), "",
        )  # fmt: skip
        return sealed(blank)


@cache
def _last() -> Any:
    log = schema.change
    own = select(func.max(log.c.seq)).where(log.c.writer == bindparam("writer"))
    return select(own.scalar_subquery(), select(func.max(log.c.hlc)).scalar_subquery())


def sealed(change: Change) -> Change:
    """Return a change with its hash filled in."""
    fields = {name: getattr(change, name) for name in change.__slots__}
    return Change(**{**fields, "hash": change.expected_hash()})


def insert(connection: Connection, changes: Sequence[Change]) -> None:
    """Append changes to the log."""
    rows = [
        {name: getattr(change, name) for name in Change.__slots__} | {"new": int(change.new)}
        for change in changes
    ]
    if rows:
        connection.execute(schema.change.insert(), rows)


def read(connection: Connection, where: Any = None) -> Iterable[Change]:
    """Yield changes in the order in which they are folded."""
    log = schema.change
    query = select(*(log.c[name] for name in Change.__slots__)).order_by(log.c.hlc, log.c.id)
    if where is not None:
        query = query.where(where)
    for row in connection.execute(query):
        fields = row._asdict()
        yield Change(**{**fields, "new": bool(fields["new"])})


def unsound(connection: Connection) -> Iterator[str]:
    """Yield the ids of the changes that do not say what was written."""
    log = schema.change
    query = select(*(log.c[name] for name in Change.__slots__))
    for (
        id, writer, seq, hlc, at, actor, step, verb, entity, row, new, data, kept, sealed,
    ) in streamed(connection, query):  # fmt: skip
        said = hashed(
            id.hex(), writer.hex(), seq, hlc, at, actor.hex(), step.hex(), verb, entity, row.hex(),
            new, kept.hex(),
        )  # fmt: skip
        if sha256(said.encode()).digest() != sealed or (
            data is not None and sha256(data.encode()).digest() != kept
        ):
            yield id.hex()


def have(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return which of these changes the log holds."""
    log = schema.change
    found: set[str] = set()
    for some in in_chunks(ids):
        query = select(log.c.id).where(log.c.id.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def note_steps(connection: Connection, steps: Iterable[str]) -> None:
    """Derive the rows of ``step`` from the log: what each did, and whether it is undone."""
    log, table = schema.change, schema.step
    for some in in_chunks(set(steps)):
        known = set(connection.execute(select(table.c.id).where(table.c.id.in_(some))).scalars())
        turns = turned(connection, some)
        first: dict[str, Any] = {}
        query = select(log).where(log.c.step.in_(some)).order_by(log.c.seq, log.c.id)
        for row in connection.execute(query):
            first.setdefault(row.step, row)
        rows = [_step_row(id, row, turns.get(id, (0, 0))) for id, row in first.items()]
        new = [row for row in rows if row["id"] not in known]
        if new:
            connection.execute(table.insert(), new)
        for old in rows:
            if old["id"] in known:
                connection.execute(table.update().where(table.c.id == old["id"]).values(old))


def _step_row(id: str, row: Any, turn: tuple[int, int]) -> dict[str, Any]:
    return {
        "id": id, "writer": row.writer, "actor": row.actor, "verb": row.verb, "seq": row.seq,
        "hlc": row.hlc, "at": row.at, "undone": turn[0], "turned": turn[1],
    }  # fmt: skip


def turned(
    connection: Connection, steps: Sequence[str] | None = None
) -> dict[str, tuple[int, int]]:
    """Return, for each step that was ever undone or redone, whether it is undone and since when.

    Of all steps, or of at most a chunk of them.
    """
    log = schema.change
    query = (
        select(log.c.row, log.c.hlc, log.c.data)
        .where(log.c.entity == UNDO, log.c.data.is_not(None))
        .order_by(log.c.hlc, log.c.id)
    )
    if steps is not None:
        query = query.where(log.c.row.in_(steps))
    return {row: (int("true" in data), hlc) for row, hlc, data in connection.execute(query)}
