"""The veil: while a round is open, a coder of it sees nothing that rests on others' codings.

Who looks is an option of the connection, set where a project is opened for somebody; without it
nobody in particular looks, and all is seen. The functions that read codings, memos, flags, counts,
proposals and history ask here for what to leave out; folding, checking and exchange never do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, bindparam, or_, select

from qcode.model.coding import MARKS
from qcode.store import schema
from qcode.store.log import UNDO
from qcode.store.rows import in_chunks
from qcode.store.settings import get_local

_VIEWER = "viewer"
COPY_FOR = "copy for"
"""Local setting of a blind copy: the coder it was made for."""


@dataclass(frozen=True, slots=True)
class Veil:
    """What is hidden from who looks, by local key."""

    me: int
    """Who looks; -1 for somebody who has not joined."""
    documents: Mapping[int, str]
    """Keys and ids of the documents in which others' work is hidden."""
    codes: Mapping[int, str]
    """Keys and ids of the codes that others proposed."""
    rounds: tuple[tuple[str, int], ...]
    """Names of the rounds that hide it, and how many documents each has."""
    peers: frozenset[str]
    """Ids of the others who code in these rounds."""
    since: int
    """The clock (hlc) at which the first of these rounds was opened."""
    codebooks: frozenset[str]
    """Names of the states of the codebook that these rounds froze."""


def look_as(connection: Connection, viewer: str | None) -> Connection:
    """Let somebody look through a connection: a coder's id, empty for a stranger, None for all."""
    return connection.execution_options(**{_VIEWER: viewer})


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """See all for a while: to know what stands already, never to show it."""
    with as_if(connection, None):
        yield


@contextmanager
def as_if(connection: Connection, who: str | None) -> Iterator[None]:
    """Look for a while as somebody else does."""
    before = viewer(connection)
    look_as(connection, who)
    try:
        yield
    finally:
        look_as(connection, before)


def viewer(connection: Connection) -> str | None:
    """Return who looks; None where all is seen."""
    who: str | None = connection.get_execution_options().get(_VIEWER)
    return who


def drawn(connection: Connection) -> Veil | None:
    """Return what is hidden from who looks, or None where nothing is."""
    who = viewer(connection)
    if who is None:
        return None
    opened = [row for row in connection.execute(_rounds()) if _is_open(row.details)]
    if not opened:
        return None
    me = connection.execute(_coder(), {"id": who}).scalar() if who else None
    mine = [row for row in opened if me is None or who in _coders(row.details)]
    if not mine:
        return None
    documents, counts = _documents(connection, [row.pk for row in mine])
    peers = {one for row in mine for one in _coders(row.details)} - {who}
    return Veil(
        -1 if me is None else me,
        documents,
        _proposals(connection, {row.id for row in mine}, who),
        tuple((row.name, counts.get(row.pk, 0)) for row in mine),
        frozenset(peers),
        min(row.born for row in mine),
        frozenset(row.codebook for row in mine),
    )


@cache
def _rounds() -> Select[Any]:
    table = schema.round.table
    return select(table).where(table.c.retired == 0).order_by(table.c.born, table.c.id)


@cache
def _coder() -> Select[Any]:
    table = schema.coder.table
    return select(table.c.pk).where(table.c.id == bindparam("id"))


def _is_open(details: str) -> bool:
    return not json.loads(details).get("closed")


def _coders(details: str) -> Sequence[str]:
    found: Sequence[str] = json.loads(details).get("coders", ())
    return found


def _documents(
    connection: Connection, rounds: list[int]
) -> tuple[dict[int, str], Mapping[int, int]]:
    """Return the documents of some rounds, and how many each round has."""
    table, of = schema.assignment.table, schema.document.table
    query = (
        select(table.c.round, of.c.pk, of.c.id)
        .join(of, of.c.pk == table.c.document)
        .where(table.c.round.in_(rounds), table.c.retired == 0, of.c.retired == 0)
        .distinct()
    )
    found: dict[int, str] = {}
    counts: dict[int, int] = {}
    for round, pk, id in connection.execute(query):
        found[pk] = id
        counts[round] = counts.get(round, 0) + 1
    return found, counts


def _proposals(connection: Connection, rounds: set[str], who: str) -> dict[int, str]:
    """Return the codes that others proposed in some rounds."""
    table = schema.code.table
    query = select(table.c.pk, table.c.id, table.c.maker, table.c.details).where(
        table.c.details.contains('"round":"')
    )
    return {
        pk: id for pk, id, maker, details in connection.execute(query)
        if maker != who and json.loads(details).get("round") in rounds
    }  # fmt: skip


def seen(connection: Connection, table: Table) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that leave out what is hidden of a table of coders and documents."""
    veil = drawn(connection)
    if veil is None:
        return ()
    outside = table.c.document.not_in(list(veil.documents))
    found = [or_(table.c.document.is_(None), outside)]
    if "coder" in table.c:
        found = [or_(table.c.coder == veil.me, *found)]
    if "code" in table.c and veil.codes:
        found.append(table.c.code.not_in(list(veil.codes)))
    return tuple(found)


def seen_flags(connection: Connection) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for flags: what must be obeyed is seen, whoever put it there."""
    table = schema.flag.table
    conditions = seen(connection, table)
    return (or_(table.c.kind.in_(MARKS), and_(*conditions)),) if conditions else ()


def seen_memos(connection: Connection) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for memos.

    Of what is in no document, those are hidden that others wrote since the round was opened.
    """
    veil = drawn(connection)
    if veil is None:
        return ()
    table, log = schema.memo.table, schema.change
    written = select(log.c.row).where(
        log.c.entity == "memo", log.c.hlc >= veil.since, log.c.actor.in_(sorted(veil.peers))
    )
    about = [*veil.documents.values(), *veil.codes.values()]
    elsewhere = or_(table.c.document.is_not(None), table.c.about_noun == "document")
    return (
        or_(
            table.c.coder == veil.me,
            and_(
                *seen(connection, table), table.c.about_id.not_in(about),
                or_(elsewhere, table.c.id.not_in(written)),
            ),
        ),
    )  # fmt: skip


def seen_findings(connection: Connection, table: Table) -> tuple[ColumnElement[bool], ...]:
    """Return the condition for one of FINDINGS: only one's own where others' codings are hidden.

    One's own is also what one wrote into a row that somebody else had begun.
    """
    if drawn(connection) is None:
        return ()
    me, log = viewer(connection) or "", schema.change
    undone = select(schema.step.c.id).where(schema.step.c.undone == 1)
    written = select(log.c.row).where(
        log.c.entity == table.name, log.c.actor == me, log.c.data.is_not(None),
        log.c.step.not_in(undone),
    )  # fmt: skip
    return (or_(table.c.maker == me, table.c.id.in_(written)),)


def hides_search(veil: Veil, change: Any) -> bool:
    """Tell whether a change of a saved search is hidden: another coder's, or of a hidden code."""
    return of_peer(veil, change) or any(code in change.data for code in veil.codes.values())


def of_peer(veil: Veil, change: Any) -> bool:
    """Tell whether another coder of the rounds wrote something since the first was opened."""
    return bool(change.hlc >= veil.since and change.actor in veil.peers)


def only_author(connection: Connection) -> str | None:
    """Return whose findings are seen of those that are one field; None where everybody's are."""
    return None if drawn(connection) is None else viewer(connection) or ""


def of_record(connection: Connection, coder: Any) -> ColumnElement[bool]:
    """Return the condition that a coder's work is of record in its document, which is joined.

    Where others' work is hidden, one's own is.
    """
    document = schema.document.table
    same: ColumnElement[bool] = document.c.record == coder
    veil = drawn(connection)
    if veil is None:
        return same
    inside = document.c.pk.in_(list(veil.documents))
    return or_(and_(inside, coder == veil.me), and_(~inside, same))


def own_records(connection: Connection) -> Mapping[str, bool]:
    """Return the documents in which others' work is hidden, with whether one worked there oneself."""
    veil = drawn(connection)
    if veil is None:
        return {}
    coding, status = schema.coding.table, schema.status.table
    worked: set[int] = set()
    for query in (
        select(coding.c.document).where(coding.c.coder == veil.me),
        select(status.c.document).where(
            status.c.coder == veil.me, status.c.finished.is_not(None)
        ),
    ):  # fmt: skip
        worked.update(connection.execute(query.distinct()).scalars())
    return {id: pk in worked for pk, id in veil.documents.items()}


def hidden_documents(connection: Connection) -> frozenset[str]:
    """Return the ids of the documents in which others' work is hidden."""
    veil = drawn(connection)
    return frozenset(veil.documents.values()) if veil else frozenset()


def hidden_codes(connection: Connection) -> frozenset[str]:
    """Return the ids of the codes that others proposed and that are hidden."""
    veil = drawn(connection)
    return frozenset(veil.codes.values()) if veil else frozenset()


def hidden_coders(connection: Connection) -> frozenset[str]:
    """Return the ids of the coders whose doings are hidden from who looks."""
    veil = drawn(connection)
    return veil.peers if veil else frozenset()


def hidden_steps(connection: Connection, steps: Iterable[str]) -> frozenset[str]:
    """Return which steps of others are hidden: those that touch what is, and what turned them."""
    who = viewer(connection)
    veil = drawn(connection)
    if who is None or (veil is None and not get_local(connection, COPY_FOR)):
        return frozenset()
    change = schema.change
    columns = (change.c.step, change.c.entity, change.c.row, change.c.data, change.c.hlc,
               change.c.actor)  # fmt: skip
    found: set[str] = set()
    turns: dict[str, set[str]] = {}
    for some in in_chunks(steps):
        query = select(*columns).where(change.c.step.in_(some))
        # Compared here: a stranger's empty id is NULL to the database, and nothing differs from it.
        rows = [row for row in connection.execute(query) if row.actor != who]
        born = _births(connection, rows)
        for row in rows:
            if row.entity == UNDO:
                turns.setdefault(row.row, set()).add(row.step)
            elif row.data is None or (veil and _touches(veil, row, born)):
                found.add(row.step)
    if turns:
        for turned in hidden_steps(connection, turns):
            found |= turns[turned]
    return frozenset(found)


def _births(connection: Connection, rows: Sequence[Any]) -> dict[str, Mapping[str, Any]]:
    """Return with what fields each of some rows was created."""
    change = schema.change
    born: dict[str, Mapping[str, Any]] = {}
    for some in in_chunks({row.row for row in rows}):
        query = select(change.c.row, change.c.data).where(
            change.c.row.in_(some), change.c.new == 1, change.c.data.is_not(None)
        )
        born.update({row: json.loads(data) for row, data in connection.execute(query)})
    return born


_WORK = ("coding", "flag", "memo", "status", "decision")


def _touches(veil: Veil, row: Any, born: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether a change of somebody else is about something hidden."""
    fields = {**born.get(row.row, {}), **json.loads(row.data)}
    if row.entity == "code":
        return row.row in veil.codes.values() or of_peer(veil, row)
    if row.entity == "document":
        return "settled" in json.loads(row.data) and row.row in veil.documents.values()
    if row.entity in schema.FINDINGS:
        return True
    if row.entity == "search":
        return hides_search(veil, row)
    if row.entity not in _WORK:
        return False
    hidden = veil.documents.values()
    if fields.get("document") in hidden or fields.get("about_id") in hidden:
        return True
    return row.entity == "memo" and of_peer(veil, row) and not fields.get("document")
