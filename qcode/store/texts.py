"""Texts and turns: immutable values, read once and kept for a while."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from sqlalchemy import Connection, select

from qcode.model.change import canonical, digest
from qcode.model.document import Splice, Transcript, Turn
from qcode.store import schema

_KEPT = 24
_kept: OrderedDict[tuple[str, str], Transcript] = OrderedDict()
_lock = Lock()


def turns_body(turns: Iterable[Turn]) -> str:
    """Return turns in the form that is stored."""
    rows = [[turn.start, turn.said, turn.end, turn.speaker, turn.time] for turn in turns]
    return canonical({"turns": rows})


def splices_of(details: str) -> tuple[Splice, ...]:
    """Return the splices that a version's details hold."""
    return tuple(Splice(*splice) for splice in json.loads(details).get("splices", ()))


def put(connection: Connection, kind: str, body: str) -> str:
    """Store a value if it is not there and return its name, the SHA-256 of its body."""
    name = digest(body)
    have = connection.execute(
        select(schema.value.c.hash).where(schema.value.c.hash == name)
    ).first()
    if have is None:
        connection.execute(schema.value.insert(), {"hash": name, "kind": kind, "body": body})
    return name


def body(connection: Connection, name: str) -> str | None:
    """Return the body of a value, or None where it was erased, withheld or never came."""
    found: str | None = connection.execute(
        select(schema.value.c.body).where(schema.value.c.hash == name)
    ).scalar_one_or_none()
    return found


def transcript(connection: Connection, version: int) -> Transcript:
    """Return the text and turns of a version, by its local key."""
    table = schema.version.table
    text, turns = connection.execute(
        select(table.c.text, table.c.turns).where(table.c.pk == version)
    ).one()
    with _lock:
        if (kept := _kept.get((text, turns))) is not None:
            _kept.move_to_end((text, turns))
            return kept
    read = Transcript(
        body(connection, text) or "",
        tuple(
            Turn(*turn) for turn in json.loads(body(connection, turns) or '{"turns":[]}')["turns"]
        ),
    )
    with _lock:
        _kept[text, turns] = read
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return read
