"""Texts and turns: immutable values, read once and kept for a while."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from functools import cache
from sys import intern
from threading import Lock
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from qcode.model.change import canonical, digest
from qcode.model.document import Splice, Transcript, Turn
from qcode.store import schema

KINDS = ("text", "turns", "codebook", "figures")
"""What values are of; a file of another layout, which may have more, is not opened."""
_KEPT = 20_000_000
"""Code points of texts that are kept in memory once read."""
_kept: OrderedDict[tuple[str, str], Transcript] = OrderedDict()
_lock = Lock()


def turns_body(turns: Iterable[Turn]) -> str:
    """Return turns in the form that is stored."""
    rows = [[turn.start, turn.said, turn.end, turn.speaker, turn.time] for turn in turns]
    return canonical({"turns": rows})


def splices_of(details: str) -> tuple[Splice, ...]:
    """Return the splices that a version's details hold."""
    return tuple(Splice(*splice) for splice in json.loads(details).get("splices", ()))


def ways_of(parent: str, details: str) -> dict[str, tuple[Splice, ...]]:
    """Return the versions that a version was made from, with the splices from each.

    One was made from its parent, or where two corrections were joined, from both.
    """
    held = json.loads(details)
    ways = {parent: splices_of(details)} if parent else {}
    if other := held.get("other"):
        ways[other] = tuple(Splice(*splice) for splice in held["other_splices"])
    return ways


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
    row = connection.execute(_version_query(), {"version": version}).one()
    return read(connection, row.text, row.turns)


def current(connection: Connection, document: int) -> Transcript:
    """Return the text and turns of the current version of a document, by its local key."""
    row = connection.execute(_current_query(), {"document": document}).one()
    return read(connection, row.text, row.turns)


@cache
def _version_query() -> Any:
    table = schema.version.table
    return select(table.c.text, table.c.turns).where(table.c.pk == bindparam("version"))


@cache
def _both_query() -> Any:
    table = schema.value
    both = table.c.hash == bindparam("text"), table.c.hash == bindparam("turns")
    return select(table.c.hash, table.c.body).where(or_(*both))


@cache
def _current_query() -> Any:
    table, document = schema.version.table, schema.document.table
    return (
        select(table.c.text, table.c.turns)
        .join(document, document.c.current == table.c.pk)
        .where(document.c.pk == bindparam("document"))
    )


def _turns(rows: Iterable[tuple[int, int, int, str, str]]) -> tuple[Turn, ...]:
    # A document has thousands of turns and a handful of speakers: each label is kept once.
    return tuple(
        Turn(start, said, end, intern(speaker), time) for start, said, end, speaker, time in rows
    )


def read(connection: Connection, text: str, turns: str) -> Transcript:
    """Return a text with its turns, by the names of both values."""
    with _lock:
        if (kept := _kept.get((text, turns))) is not None:
            _kept.move_to_end((text, turns))
            return kept
    held = dict(connection.execute(_both_query(), {"text": text, "turns": turns}).all())
    rows = json.loads(held.get(turns) or '{"turns":[]}')["turns"]
    found = Transcript(held.get(text) or "", _turns(rows))
    with _lock:
        _kept[text, turns] = found
        while len(_kept) > 1 and sum(len(one.text) for one in _kept.values()) > _KEPT:
            _kept.popitem(last=False)
    return found
