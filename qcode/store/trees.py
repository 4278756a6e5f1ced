"""The tree of codes and the chains of merges: folded over all codes together.

A change that would close a loop is passed over, in (hlc, id) order, so that every copy arrives at
the same tree whatever was moved under what meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, select

from qcode.model.change import canonical, digest
from qcode.store import schema
from qcode.store.settings import put_local

FIELDS = ("parent", "merged_into")


@dataclass(frozen=True, slots=True)
class Loop:
    """A change that was passed over because it would have closed a loop."""

    change: str
    code: str
    field: str
    target: str


def fold(connection: Connection) -> set[tuple[int, int]]:
    """Derive parents, merges and ends of chains; return (document, code) pairs counted elsewhere.

    The pairs are those of codings whose code now counts for another one than before.
    """
    table = schema.code.table
    updates: list[dict[str, Any]] = []
    moved: list[int] = []
    for pk, final, new in misplaced(connection):
        names = ("new_parent", "new_merged", "new_final")
        updates.append({"old": pk, **dict(zip(names, new, strict=True))})
        if final is not None and new[2] != final:
            moved += [pk, final, new[2]]
    if updates:
        connection.execute(
            table.update()
            .where(table.c.pk == bindparam("old"))
            .values(
                parent=bindparam("new_parent"),
                merged_into=bindparam("new_merged"),
                final=bindparam("new_final"),
            ),
            updates,
        )
    put_local(connection, "codebook", digest(state_body(connection)))
    return _pairs(connection, moved)


def misplaced(
    connection: Connection,
) -> Iterator[tuple[int, int | None, tuple[int | None, int | None, int]]]:
    """Yield the codes that do not stand where they should, each with its end of chain as stored.

    With each come its parent, what it was merged into and its end of chain as they should be.
    """
    table = schema.code.table
    rows = connection.execute(
        select(table.c.pk, table.c.id, table.c.parent, table.c.merged_into, table.c.final)
    ).all()
    keys = {row.id: row.pk for row in rows}
    folded, _loops = folded_trees(connection, keys)
    for row in rows:
        new = (
            keys.get(folded["parent"].get(row.id, "")),
            keys.get(folded["merged_into"].get(row.id, "")),
            keys[_end(row.id, folded["merged_into"])],
        )
        if new != (row.parent, row.merged_into, row.final):
            yield row.pk, row.final, new


def folded_trees(
    connection: Connection, codes: Iterable[str]
) -> tuple[dict[str, dict[str, str]], list[Loop]]:
    """Fold ``parent`` and ``merged_into`` of the codes that stand, and list what was passed over."""
    standing = set(codes)
    trees: dict[str, dict[str, str]] = {name: {} for name in FIELDS}
    loops: list[Loop] = []
    log, step = schema.change, schema.step
    query = (
        select(log.c.id, log.c.row, log.c.data)
        .join(step, step.c.id == log.c.step)
        .where(log.c.entity == "code", step.c.undone == 0, log.c.data.is_not(None))
        .order_by(log.c.hlc, log.c.id)
    )
    for change, row, data in connection.execute(query):
        if row not in standing:
            continue
        fields = json.loads(data)
        for name in FIELDS:
            if name not in fields:
                continue
            target = fields[name] or ""
            if target and row in _chain(target, trees[name]):
                loops.append(Loop(change, row, name, target))
            elif not target or target in standing:
                trees[name][row] = target
    return trees, loops


def _chain(id: str, tree: dict[str, str]) -> set[str]:
    seen = {id}
    while (id := tree.get(id, "")) and id not in seen:
        seen.add(id)
    return seen


def _end(id: str, tree: dict[str, str]) -> str:
    while onward := tree.get(id, ""):
        id = onward
    return id


def _pairs(connection: Connection, codes: list[int]) -> set[tuple[int, int]]:
    """Return where codings of these codes, or of what was merged into them, stand."""
    if not codes:
        return set()
    coding, code, tally = schema.coding.table, schema.code.table, schema.tally
    pairs: set[tuple[int, int]] = set()
    given = (
        select(coding.c.document, coding.c.code)
        .join(code, code.c.pk == coding.c.code)
        .where(code.c.pk.in_(codes) | code.c.final.in_(codes))
        .distinct()
    )
    pairs.update((document, pk) for document, pk in connection.execute(given))
    counted = select(tally.c.document, tally.c.code).where(tally.c.code.in_(codes)).distinct()
    pairs.update((document, pk) for document, pk in connection.execute(counted))
    return pairs


def state_body(
    connection: Connection, only: Container[str] | None = None,
    seen: Mapping[str, str] = MappingProxyType({}),
) -> str:  # fmt: skip
    """Return the codebook as it stands now: the offered codes (of ``only``) and their meanings.

    What is proposed in a round is not in it: nobody else can look for that. ``seen`` gives the
    meanings of codes that who looks sees otherwise.
    """
    table = schema.code.table
    query = select(table.c.id, table.c.meaning).where(
        table.c.retired == 0, table.c.final == table.c.pk,
        ~table.c.details.contains('"round":"') | table.c.details.contains('"round":""'),
    )  # fmt: skip
    return canonical({"codes": sorted(
        [id, seen.get(id, meaning)] for id, meaning in connection.execute(query)
        if only is None or id in only
    )})  # fmt: skip
