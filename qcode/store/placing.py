"""Where codings, flags and margin notes stand on the current version of their document.

A place is stored for the version it was put on. It is carried to the current version by the
splices that lead there, by arithmetic alone; no algorithm ever looks for the words again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from qcode.model.document import Splice, carry, inverse
from qcode.store import schema, texts
from qcode.store.rows import in_chunks
from qcode.store.schema import NOUN, Noun

PLACED = ("coding", "flag", "memo")


@dataclass(frozen=True, slots=True)
class _Version:
    pk: int
    id: str
    parent: str
    text: str
    splices: tuple[Splice, ...]


def find_current(connection: Connection, documents: Iterable[int]) -> None:
    """Set the current version of documents: the one created last of those that stand."""
    version, table = schema.version.table, schema.document.table
    query = (
        select(version.c.document, version.c.pk)
        .where(version.c.document.in_(bindparam("documents", expanding=True)))
        .order_by(version.c.born, version.c.id)
    )
    for some in in_chunks(documents):
        newest = dict.fromkeys(some) | dict(connection.execute(query, {"documents": some}).all())
        connection.execute(
            table.update().where(table.c.pk == bindparam("old")).values(current=bindparam("new")),
            [{"old": document, "new": newest[document]} for document in some],
        )


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
    if updates:
        connection.execute(
            table.update()
            .where(table.c.pk == bindparam("old"))
            .values(start=bindparam("s"), end=bindparam("e"), fit=bindparam("f")),
            updates,
        )


class _Carrier:
    """Carries places between the versions of one document."""

    def __init__(self, connection: Connection, document: int) -> None:
        self.connection = connection
        table = schema.version.table
        query = select(table.c.pk, table.c.id, table.c.parent, table.c.text, table.c.details).where(
            table.c.document == document
        )
        rows = [
            _Version(row.pk, row.id, row.parent, row.text, texts.splices_of(row.details))
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
        old = texts.transcript(self.connection, row.at_version).text[row.at_start : row.at_end]
        new = texts.transcript(self.connection, current).text[start:end]
        return start, end, "same" if old == new else "changed"

    def path(self, source: int, target: int) -> list[tuple[Splice, ...]] | None:
        """Return the splices from one version to another: up to the common parent, then down."""
        if (source, target) not in self.paths:
            self.paths[source, target] = self._path(self.by_key[source], self.by_key[target])
        return self.paths[source, target]

    def _path(self, source: _Version, target: _Version) -> list[tuple[Splice, ...]] | None:
        if source.text == target.text:
            return []
        above = self._ancestors(source)
        down: list[tuple[Splice, ...]] = []
        for version in self._ancestors(target):
            if version in above:
                up = above[: above.index(version)]
                return [inverse(one.splices) for one in up] + down[::-1]
            down.append(version.splices)
        return None

    def _ancestors(self, version: _Version) -> list[_Version]:
        line = [version]
        while (above := self.by_id.get(line[-1].parent)) is not None and above not in line:
            line.append(above)
        return line
