"""Bringing what one store knows into another: what is missing is inserted, then folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from qcode.errors import Refused, Unusable
from qcode.language import _
from qcode.model.change import Change
from qcode.store import folding, log, schema
from qcode.store.project import Project, same_file
from qcode.store.rows import in_chunks
from qcode.store.schema import NOUN


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What an exchange brought."""

    changes: int
    texts: int
    waiting: int
    """Rows that cannot stand yet because what they refer to never came."""
    forked: tuple[tuple[str, int], ...]
    """Writer and sequence number of two changes each: a file was copied and both went on."""


def exchange(source: Project, target: Project) -> Exchanged:
    """Insert into ``target`` the changes and values of ``source`` that it lacks, in one step.

    Doing it again brings nothing; the order of several exchanges does not matter. A source of
    another study is refused, and one whose log does not say what was written.
    """
    if source.id != target.id:
        raise Refused(
            _("{source} is another study; only copies of one project can be exchanged").format(
                source=source.place
            )
        )
    if source.place == target.place or (
        source.path and target.path and same_file(source.path, target.path)
    ):
        raise Refused(_("{place} is this project itself").format(place=source.place))
    with source.read() as reading, target.maintain() as writing:
        missing = _missing(reading, writing)
        for change in missing:
            if not change.sound:
                raise Unusable(
                    _("{source}: the log is damaged at change {id}; nothing was taken over").format(
                        source=source.place, id=change.id
                    )
                )
        texts = _copy_values(reading, writing)
        _take(writing, missing)
        waiting = writing.execute(select(func.count()).select_from(schema.waiting)).scalar_one()
        return Exchanged(len(missing), texts, waiting, forks(writing))


def _missing(source: Connection, target: Connection) -> list[Change]:
    ids = list(source.execute(select(schema.change.c.id)).scalars())
    have = log.have(target, ids)
    wanted = [id for id in ids if id not in have]
    return [
        change
        for some in in_chunks(wanted)
        for change in log.read(source, schema.change.c.id.in_(some))
    ]


def _copy_values(source: Connection, target: Connection) -> int:
    table = schema.value
    have = set(target.execute(select(table.c.hash)).scalars())
    wanted = [name for name in source.execute(select(table.c.hash)).scalars() if name not in have]
    for some in in_chunks(wanted):
        rows = source.execute(select(table).where(table.c.hash.in_(some))).mappings()
        target.execute(table.insert(), [dict(row) for row in rows])
    return len(wanted)


def _take(connection: Connection, changes: list[Change]) -> None:
    """Insert changes and fold what they, and the steps they undo, touch."""
    if not changes:
        return
    changes.sort(key=lambda change: (change.hlc, change.id))
    for first in range(0, len(changes), 2000):
        log.insert(connection, changes[first : first + 2000])
    turned = {change.row for change in changes if change.entity == log.UNDO}
    log.note_steps(connection, {change.step for change in changes} | turned)
    touched: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        if change.entity in NOUN:
            touched[change.entity].add(change.row)
    for entity, row in rows_of(connection, turned):
        touched[entity].add(row)
    folding.fold(connection, touched)


def rows_of(connection: Connection, steps: Iterable[str]) -> set[tuple[str, str]]:
    """Return the rows (noun and id) that steps touched."""
    table = schema.change
    found: set[tuple[str, str]] = set()
    for some in in_chunks(steps):
        query = select(table.c.entity, table.c.row).where(table.c.step.in_(some))
        found.update((entity, row) for entity, row in connection.execute(query) if entity in NOUN)
    return found


def forks(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Return the (writer, seq) pairs that stand for more than one change."""
    table = schema.change
    query = (
        select(table.c.writer, table.c.seq)
        .group_by(table.c.writer, table.c.seq)
        .having(func.count() > 1)
        .order_by(table.c.writer, table.c.seq)
    )
    return tuple((writer, seq) for writer, seq in connection.execute(query))
