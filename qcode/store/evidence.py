"""What the log shows of how a project was worked on: when, in which copy, by whom."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from qcode.store import schema

IMPORTS = ("import", "import codings")
"""Steps that bring in what was done elsewhere, at a time that is in no log."""


@dataclass(frozen=True, slots=True)
class Given:
    """When one coder coded one document: his live codings there, as they were first written.

    ``first`` and ``last`` are milliseconds since 1970 UTC, by his clock. ``writers`` are the copies,
    ``own`` tells that nobody else wrote any of them. ``arrived`` are the first and last place of
    theirs in this copy's order of arrival. ``brought`` tells that some came in from a file: then
    nobody knows when they were given.
    """

    document: str
    coder: str
    first: int
    last: int
    writers: frozenset[str]
    own: bool
    arrived: tuple[int, int]
    brought: bool = False


def given(connection: Connection) -> tuple[Given, ...]:
    """Return when every coder coded every document, of codings that stand."""
    coding, document = schema.coding.table, schema.document.table
    coder, change = schema.coder.table, schema.change
    query = (
        select(
            document.c.id,
            coder.c.id,
            change.c.at,
            change.c.writer,
            change.c.actor,
            change.c.pk,
            change.c.verb,
        )
        .select_from(coding)
        .join(document, document.c.pk == coding.c.document)
        .join(coder, coder.c.pk == coding.c.coder)
        .join(change, change.c.row == coding.c.id)
        .where(change.c.entity == "coding", change.c.new == 1)
        .where(coding.c.retired == 0, document.c.retired == 0)
    )
    found: dict[tuple[str, str], list[tuple[int, str, str, int, str]]] = defaultdict(list)
    for of, who, *rest in connection.execute(query):
        found[of, who].append(tuple(rest))
    return tuple(
        Given(
            of, who, min(one[0] for one in some), max(one[0] for one in some),
            frozenset(one[1] for one in some), {one[2] for one in some} == {who},
            (min(one[3] for one in some), max(one[3] for one in some)),
            any(one[4] in IMPORTS for one in some),
        )
        for (of, who), some in found.items()
    )  # fmt: skip


def undated(connection: Connection) -> frozenset[str]:
    """Return the rounds that came in with a project: nobody knows when they were held."""
    change = schema.change
    query = select(change.c.row).where(
        change.c.entity == "round", change.c.new == 1, change.c.verb.in_(IMPORTS)
    )
    return frozenset(connection.execute(query).scalars())


def begun(connection: Connection) -> Mapping[str, int]:
    """Return when each copy first wrote anything."""
    change = schema.change
    query = select(change.c.writer, func.min(change.c.at)).group_by(change.c.writer)
    return dict(connection.execute(query).all())


def hidden_since(connection: Connection) -> Mapping[tuple[str, str], int]:
    """Return since when a round has each of its coders and documents, by round and their id."""
    change, step = schema.change, schema.step
    query = (
        select(change.c.entity, change.c.row, change.c.data, change.c.at)
        .join(step, step.c.id == change.c.step)
        .where(change.c.entity.in_(("round", "assignment")), step.c.undone == 0)
        .where(change.c.data.is_not(None))
        .order_by(change.c.hlc, change.c.id)
    )
    found: dict[tuple[str, str], int] = {}
    coders: dict[str, set[str]] = defaultdict(set)
    for entity, row, data, at in connection.execute(query):
        given = json.loads(data)
        if entity == "assignment":
            found.setdefault((given.get("round", ""), given.get("document", "")), at)
        elif "coders" in given:
            found |= {(row, who): at for who in given["coders"] if who not in coders[row]}
            coders[row] = set(given["coders"])
    return found


def codebook_changes(connection: Connection, proposed: Collection[str] = ()) -> tuple[int, ...]:
    """Return when codes were made or changed, in order, without steps that are undone.

    ``proposed`` are codes that are left out.
    """
    change, step = schema.change, schema.step
    query = (
        select(step.c.at)
        .join(change, change.c.step == step.c.id)
        .where(change.c.entity == "code", step.c.undone == 0)
        .where(change.c.row.not_in(sorted(proposed)))
        .distinct()
        .order_by(step.c.at)
    )
    return tuple(connection.execute(query).scalars())


def draws(connection: Connection) -> tuple[Mapping[str, str | int], ...]:
    """Return how documents were drawn at random to be coded twice: share, strata, seed."""
    table = schema.assignment.table
    query = select(table.c.details).where(table.c.retired == 0).order_by(table.c.born)
    found: dict[str, Mapping[str, str | int]] = {}
    for details in connection.execute(query).scalars():
        if drawn := json.loads(details).get("drawn"):
            found[json.dumps(drawn, sort_keys=True)] = drawn
    return tuple(found.values())
