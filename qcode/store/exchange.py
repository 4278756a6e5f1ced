"""Bringing what one store knows into another: what is missing is inserted, then folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, func, select

from qcode.errors import Refused, Unusable
from qcode.language import _
from qcode.model.change import Change, digest
from qcode.store import folding, log, schema, veil
from qcode.store.project import Project, same_file
from qcode.store.rows import in_chunks
from qcode.store.schema import NOUN
from qcode.store.settings import get_local

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What an exchange brought."""

    changes: int
    texts: int
    waiting: int
    """Rows that cannot stand yet because what they refer to never came."""
    forked: tuple[tuple[str, int], ...]
    """Writer and sequence number of two changes each: a file was copied and both went on."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one source brought, and what the target alone had written about the same rows."""

    place: str
    changes: tuple[Change, ...]
    """What the target lacked, or had without data."""
    ours: tuple[Change, ...]
    texts: int
    newest: Mapping[str, int]
    """When each writer whose changes the source holds wrote last, in milliseconds since 1970."""


Look = Callable[[Connection, Sequence[Brought]], T]
"""What is made of the merged tables, before they are kept or given up."""


class _NotKept(Exception):
    """Ends a transaction of which nothing is to remain."""


def exchange(source: Project, target: Project) -> Exchanged:
    """Insert into ``target`` the changes and values of ``source`` that it lacks, in one step.

    Doing it again brings nothing; the order of several exchanges does not matter. A source of
    another study is refused, and one whose log or texts do not say what was written.
    """

    def look(connection: Connection, brought: Sequence[Brought]) -> Exchanged:
        (one,) = brought
        waiting = connection.execute(select(func.count()).select_from(schema.waiting))
        return Exchanged(len(one.changes), one.texts, waiting.scalar_one(), forks(connection))

    return merge([source], target, look)


def merge(sources: Sequence[Project], target: Project, look: Look[T], *, keep: bool = True) -> T:
    """Bring what several sources know into ``target``, all or nothing, and return ``look``'s answer.

    Without ``keep`` the target stays as it was: ``look`` alone sees how it would be.
    """
    for source in sources:
        _refuse_strangers(source, target)
        _refuse_unblinding(source, target)
    found: list[T] = []
    with suppress(_NotKept), target.maintain() as writing:
        brought = []
        for source in sources:
            with source.read() as reading:
                brought.append(_bring(reading, writing, source.place))
        found.append(look(writing, brought))
        if not keep:
            raise _NotKept
    return found[0]


def brings(source: Project, target: Project) -> bool:
    """Tell whether a source knows anything that the target lacks."""
    _refuse_strangers(source, target)
    _refuse_unblinding(source, target)
    with source.read() as reading, target.read() as writing:
        missing, _ours = _missing(reading, writing)
        return bool(missing or _lacking(reading, writing)[0] or _unfilled(reading, writing))


def _refuse_strangers(source: Project, target: Project) -> None:
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


def _refuse_unblinding(source: Project, target: Project) -> None:
    """Refuse to bring into a blind copy what was not made for its coder."""
    with source.read() as reading, target.read() as writing:
        owner = get_local(writing, veil.COPY_FOR)
        if not owner or get_local(reading, veil.COPY_FOR) == owner:
            return
        coder = schema.coder.table
        name = writing.execute(select(coder.c.name).where(coder.c.id == owner)).scalar() or "?"
    raise Refused(
        _("this is the copy of {name}, who codes blind: it takes in newer copies made for {name}, "
          "and {source} would show the work of others").format(name=name, source=source.place)
    )  # fmt: skip


def _bring(reading: Connection, writing: Connection, place: str) -> Brought:
    missing, ours = _missing(reading, writing)
    if any(not change.sound for change in missing):
        raise Unusable(
            _("{source}: the log is damaged at change {id}; nothing was taken over").format(
                source=place, id=next(one.id for one in missing if not one.sound)
            )
        )
    texts = _copy_values(reading, writing, place)
    filled = _fill(reading, writing)
    take(writing, missing, filled, woken=bool(texts))
    table = schema.change
    newest = select(table.c.writer, func.max(table.c.at)).group_by(table.c.writer)
    return Brought(place, (*missing, *filled), ours, texts, dict(reading.execute(newest).all()))


def _missing(
    source: Connection, target: Connection
) -> tuple[list[Change], tuple[Change, ...]]:  # fmt: skip
    """Return what the target lacks, and what it alone wrote about the same rows."""
    table = schema.change
    ids = set(source.execute(select(table.c.id)).scalars())
    have = log.have(target, ids)
    wanted = [id for id in ids if id not in have]
    missing = [
        change for some in in_chunks(wanted) for change in log.read(source, table.c.id.in_(some))
    ]
    ours = tuple(
        change
        for some in in_chunks(
            {change.row for change in missing if not change.new or change.entity in schema.WHOLE}
        )
        for change in log.read(target, table.c.row.in_(some))
        if change.id not in ids
    )
    return missing, ours


def _copy_values(source: Connection, target: Connection, place: str) -> int:
    """Copy texts, turns and codebook states that the target lacks or of which it has no words."""
    table = schema.value
    wanted, have = _lacking(source, target)
    for some in in_chunks(wanted):
        rows = source.execute(select(table).where(table.c.hash.in_(some))).mappings()
        for row in rows:
            if row["body"] is not None and digest(row["body"]) != row["hash"]:
                raise Unusable(
                    _(
                        "{source}: a stored {kind} is not what it was; nothing was taken over"
                    ).format(source=place, kind=row["kind"])
                )
            if row["hash"] in have:
                target.execute(
                    table.update().where(table.c.hash == row["hash"]).values(body=row["body"])
                )
            else:
                target.execute(table.insert(), dict(row))
    return len(wanted)


def _lacking(source: Connection, target: Connection) -> tuple[list[str], Mapping[str, bool]]:
    """Return the values that a target lacks or has without their body, and those it has at all."""
    query = select(schema.value.c.hash, schema.value.c.body.is_not(None))
    have: dict[str, bool] = {name: bool(filled) for name, filled in target.execute(query)}
    given: dict[str, bool] = {name: bool(filled) for name, filled in source.execute(query)}
    wanted = [name for name, filled in given.items()
              if name not in have or (filled and not have[name])]  # fmt: skip
    return wanted, have


def _fill(source: Connection, target: Connection) -> list[Change]:
    """Give changes that the target has without their data what the source has of them."""
    table = schema.change
    filled = _unfilled(source, target)
    for change in filled:
        target.execute(table.update().where(table.c.id == change.id).values(data=change.data))
    return filled


def _unfilled(source: Connection, target: Connection) -> list[Change]:
    """Return what a source has of the changes that the target has without their data."""
    table = schema.change
    empty = list(target.execute(select(table.c.id).where(table.c.data.is_(None))).scalars())
    return [
        change
        for some in in_chunks(empty)
        for change in log.read(source, table.c.id.in_(some) & table.c.data.is_not(None))
        if change.sound
    ]


def take(
    connection: Connection, changes: list[Change], filled: Sequence[Change] = (), *,
    woken: bool = False,
) -> None:  # fmt: skip
    """Insert changes and fold what they, and the steps they undo, touch.

    ``filled`` holds changes whose data came only now; ``woken`` tells that texts came, for which
    versions may have waited.
    """
    changes.sort(key=lambda change: (change.hlc, change.id))
    for first in range(0, len(changes), 2000):
        log.insert(connection, changes[first : first + 2000])
    fresh = [*changes, *filled]
    turned = {change.row for change in fresh if change.entity == log.UNDO}
    log.note_steps(connection, {change.step for change in fresh} | turned)
    touched: dict[str, set[str]] = defaultdict(set)
    for change in fresh:
        if change.entity in NOUN:
            touched[change.entity].add(change.row)
    for entity, row in rows_of(connection, turned):
        touched[entity].add(row)
    if woken:
        table = schema.waiting
        query = select(table.c.id).where(table.c.noun == "version")
        touched["version"].update(connection.execute(query).scalars())
    if any(touched.values()):
        folding.fold(connection, touched)


def rows_of(connection: Connection, steps: Iterable[str]) -> set[tuple[str, str]]:
    """Return the rows (noun and id) that steps touched."""
    table = schema.change
    found: set[tuple[str, str]] = set()
    for some in in_chunks(steps):
        query = select(table.c.entity, table.c.row).where(table.c.step.in_(some))
        found.update((entity, row) for entity, row in connection.execute(query) if entity in NOUN)
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """What a store knows of what one copy wrote."""

    id: str
    actors: tuple[str, ...]
    """Who worked on that copy."""
    missing: tuple[tuple[int, int], ...]
    """First and last number of each stretch of its changes that never came."""


def written(connection: Connection) -> tuple[Written, ...]:
    """Return the copies whose changes a store holds."""
    table = schema.change
    query = select(table.c.writer, table.c.seq, table.c.actor).order_by(table.c.writer, table.c.seq)
    numbers: dict[str, int] = {}
    actors: dict[str, dict[str, None]] = defaultdict(dict)
    missing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for writer, seq, actor in connection.execute(query):
        last = numbers.get(writer, 0)
        if seq > last + 1:
            missing[writer].append((last + 1, seq - 1))
        numbers[writer] = max(seq, last)
        actors[writer][actor] = None
    return tuple(Written(id, tuple(actors[id]), tuple(missing[id])) for id in numbers)


def waiting(connection: Connection) -> Mapping[str, int]:
    """Return how many rows cannot stand yet, by noun."""
    table = schema.waiting
    query = select(table.c.noun, func.count()).group_by(table.c.noun)
    return dict(connection.execute(query).all())


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
