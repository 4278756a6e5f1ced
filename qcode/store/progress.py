"""How far a coder is, and where he stopped: what the screens show beside the codings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from qcode.store import schema, veil
from qcode.store.settings import get_local, put_local

_LATEST = 400


@dataclass(frozen=True, slots=True)
class Reach:
    """How much one coder gave a document: live codings, and where the furthest one starts."""

    codings: int
    furthest: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a coder stopped in a document: offsets of the cursor and of the first words shown."""

    cursor: int = 0
    top: int = 0


def reaches(connection: Connection, coder: str) -> Mapping[str, Reach]:
    """Return how far a coder is with each document he coded, by the document's id."""
    table, document = schema.coding.table, schema.document.table
    query = (
        _own(connection, select(document.c.id, func.count(), func.max(table.c.start)), coder)
        .join(document, document.c.pk == table.c.document)
        .group_by(document.c.id)
    )
    return {id: Reach(codings, last) for id, codings, last in connection.execute(query)}


def codings_ever(connection: Connection) -> int:
    """Return about how many codings there are, retired ones too, at no cost."""
    return connection.execute(select(func.max(schema.coding.table.c.pk))).scalar_one() or 0


def turn_starts(connection: Connection) -> Mapping[str, tuple[int, ...]]:
    """Return where the turns of each document start, in its current version, by its id."""
    document, version, value = schema.document.table, schema.version.table, schema.value
    query = (
        select(document.c.id, value.c.body)
        .join(version, version.c.pk == document.c.current)
        .join(value, value.c.hash == version.c.turns)
        .where(document.c.retired == 0)
    )
    return {
        id: tuple(turn[0] for turn in json.loads(body or '{"turns":[]}')["turns"])
        for id, body in connection.execute(query)
    }


def given(connection: Connection, coder: str) -> Mapping[str, int]:
    """Return how many live codings a coder has of each code, as it was given, by its id."""
    table, code, document = schema.coding.table, schema.code.table, schema.document.table
    query = (
        _own(connection, select(code.c.id, func.count()), coder)
        .join(code, code.c.pk == table.c.code)
        .join(document, document.c.pk == table.c.document)
        .where(document.c.retired == 0)
        .group_by(code.c.id)
    )
    return {id: number for id, number in connection.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def latest(connection: Connection, coder: str) -> tuple[str, ...]:
    """Return the codes a coder gave lately, the latest first, each once."""
    table, code = schema.coding.table, schema.code.table
    query = (
        _own(connection, select(code.c.id), coder)
        .join(code, code.c.pk == table.c.code)
        .order_by(table.c.born.desc(), table.c.id.desc())
        .limit(_LATEST)
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))


def _own(connection: Connection, query: Any, coder: str) -> Any:
    table, who = schema.coding.table, schema.coder.table
    return (
        query.select_from(table)
        .join(who, who.c.pk == table.c.coder)
        .where(who.c.id == coder, table.c.retired == 0, *veil.seen(connection, table))
    )


def stop_at(connection: Connection, coder: str, document: str, stop: Stop) -> None:
    """Note in this copy where a coder stopped, and in which document; this is no step."""
    put_local(connection, f"stop {coder} {document}", f"{stop.cursor} {stop.top}")
    put_local(connection, f"last {coder}", document)


def stopped(connection: Connection, coder: str, document: str) -> Stop:
    """Return where a coder stopped in a document; its start where he never was."""
    cursor, _blank, top = get_local(connection, f"stop {coder} {document}").partition(" ")
    return Stop(int(cursor or 0), int(top or 0))


def newest(connection: Connection) -> int:
    """Return the clock (hlc) of the last change, by which one knows that something was written."""
    return connection.execute(select(func.max(schema.change.c.hlc))).scalar_one() or 0


def pin(connection: Connection, coder: str, number: int, code: str) -> None:
    """Note in this copy which code a coder pinned to a number; this is no step."""
    pins = {**pinned(connection, coder), number: code}
    put_local(connection, f"pinned {coder}", json.dumps(pins, sort_keys=True))


def pinned(connection: Connection, coder: str) -> Mapping[int, str]:
    """Return the codes that a coder pinned, by number."""
    pins = json.loads(get_local(connection, f"pinned {coder}") or "{}")
    return {int(number): code for number, code in pins.items()}


def read_first(connection: Connection, coder: str, document: str, *, reading: bool) -> None:
    """Note in this copy whether a coder reads a document for the first time; this is no step."""
    put_local(connection, f"reading {coder} {document}", "1" if reading else "")


def first_reading(connection: Connection, coder: str, document: str) -> bool:
    """Tell whether a coder reads a document for the first time, without the codebook."""
    return bool(get_local(connection, f"reading {coder} {document}"))


def last_document(connection: Connection, coder: str) -> str:
    """Return the id of the document a coder was in last, or nothing."""
    return get_local(connection, f"last {coder}")
