"""Where codings, flags and margin notes stand on the current version of their document.

A place is stored for the version it was put on. It is carried to the current version by the
splices that lead there, by arithmetic alone; no algorithm ever looks for the words again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from qcode.model.document import Splice, carry, inverse
from qcode.store import schema, texts
from qcode.store.rows import in_chunks
from qcode.store.schema import NOUN, Noun

PLACED = ("coding", "flag", "memo", "asking")


@dataclass(frozen=True, slots=True)
class _Version:
    pk: int
    id: str
    text: str
    turns: str
    ways: Mapping[str, tuple[Splice, ...]]
    """Versions it was made from, each with the splices that lead from there."""


def find_current(connection: Connection, documents: Iterable[int]) -> None:
    """Set the current version of documents: the one created last of those that stand."""
    table = schema.document.table
    for some in in_chunks(documents):
        found = newest(connection, some)
        connection.execute(
            table.update().where(table.c.pk == bindparam("old")).values(current=bindparam("new")),
            [{"old": document, "new": found[document]} for document in some],
        )


def newest(connection: Connection, documents: list[int]) -> dict[int, int | None]:
    """Return the version created last of those that stand of each document, at most a chunk."""
    version = schema.version.table
    query = (
        select(version.c.document, version.c.pk)
        .where(version.c.document.in_(documents))
        .order_by(version.c.born, version.c.id)
    )
    return dict.fromkeys(documents) | dict(connection.execute(query).all())


def standing_on(connection: Connection, noun: str, documents: Iterable[int]) -> set[int]:
    """Return the keys of everything of one noun that has a place in these documents."""
    table = NOUN[noun].table
    found: set[int] = set()
    for some in in_chunks(documents):
        query = select(table.c.pk).where(
            table.c.document.in_(some), table.c.at_version.is_not(None)
        )
        found.update(connection.execute(query).scalars())
    return found


def place(connection: Connection, noun: Noun, keys: Iterable[int]) -> None:
    """Carry the places of some rows to the current versions of their documents."""
    table = noun.table
    updates = misplaced(connection, noun, keys)
    if updates:
        connection.execute(
            table.update()
            .where(table.c.pk == bindparam("old"))
            .values(start=bindparam("s"), end=bindparam("e"), fit=bindparam("f")),
            updates,
        )


def misplaced(connection: Connection, noun: Noun, keys: Iterable[int]) -> list[dict[str, Any]]:
    """Return which rows (``old``) do not stand where they should: at ``s`` to ``e``, fit ``f``."""
    table, document = noun.table, schema.document.table
    query = (
        select(
            table.c.pk, table.c.document, table.c.at_version, table.c.at_start, table.c.at_end,
            table.c.start, table.c.end, table.c.fit, document.c.current,
        )
        .join(document, document.c.pk == table.c.document)
        .where(table.c.pk.in_(bindparam("keys", expanding=True)), table.c.at_version.is_not(None))
    )  # fmt: skip
    carriers: dict[int, _Carrier] = {}
    updates: list[dict[str, Any]] = []
    for some in in_chunks(keys):
        for row in connection.execute(query, {"keys": some}).all():
            if row.at_version == row.current:
                found = (row.at_start, row.at_end, "same")
            else:
                if row.document not in carriers:
                    carriers[row.document] = _Carrier(connection, row.document)
                found = carriers[row.document].find(row, row.current)
            if found != (row.start, row.end, row.fit):
                updates.append({"old": row.pk, "s": found[0], "e": found[1], "f": found[2]})
    return updates


class _Carrier:
    """Carries places between the versions of one document."""

    def __init__(self, connection: Connection, document: int) -> None:
        self.connection = connection
        table = schema.version.table
        query = select(
            table.c.pk, table.c.id, table.c.parent, table.c.text, table.c.turns, table.c.details
        ).where(table.c.document == document)
        rows = [
            _Version(row.pk, row.id, row.text, row.turns, texts.ways_of(row.parent, row.details))
            for row in connection.execute(query)
        ]
        self.by_key: Mapping[int, _Version] = {row.pk: row for row in rows}
        self.by_id: Mapping[str, _Version] = {row.id: row for row in rows}
        self.paths: dict[tuple[int, int], list[tuple[Splice, ...]] | None] = {}

    def find(self, row: Any, current: int | None) -> tuple[int, int, str]:
        """Return where a place stands on the current version, and how well it fits."""
        path = self.path(row.at_version, current) if current is not None else None
        if path is None or current is None:
            return row.at_start, row.at_end, "lost"
        start, end = row.at_start, row.at_end
        for splices in path:
            start, end = carry(start, end, splices)
        if start >= end:
            return start, end, "lost"
        old = self.text(row.at_version)[row.at_start : row.at_end]
        new = self.text(current)[start:end]
        return start, end, "same" if old == new else "changed"

    def text(self, key: int) -> str:
        """Return the text of a version."""
        version = self.by_key[key]
        return texts.read(self.connection, version.text, version.turns).text

    def path(self, source: int, target: int) -> list[tuple[Splice, ...]] | None:
        """Return the splices from one version to another, by the fewest versions between."""
        if (source, target) not in self.paths:
            self.paths[source, target] = self._path(self.by_key[source], self.by_key[target])
        return self.paths[source, target]

    def _path(self, source: _Version, target: _Version) -> list[tuple[Splice, ...]] | None:
        if source.text == target.text:
            return []
        found: dict[str, list[tuple[Splice, ...]]] = {source.id: []}
        queue = [source]
        for version in queue:
            for other, way in self._beside(version):
                if other.id not in found:
                    found[other.id] = [*found[version.id], way]
                    queue.append(other)
        return found.get(target.id)

    def _beside(self, version: _Version) -> Iterator[tuple[_Version, tuple[Splice, ...]]]:
        """Yield the versions that one was made from, then those made from it, with the way there."""
        for parent, way in sorted(version.ways.items()):
            if parent in self.by_id:
                yield self.by_id[parent], inverse(way)
        for id in sorted(self.by_id):
            if version.id in self.by_id[id].ways:
                yield self.by_id[id], self.by_id[id].ways[version.id]
