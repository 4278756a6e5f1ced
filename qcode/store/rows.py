"""One row of the log: its changes in force, folded into fields, split into columns."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, literal, select, type_coerce, union_all
from sqlalchemy.types import NULLTYPE

from qcode.model.change import canonical
from qcode.store import schema
from qcode.store.schema import NOUN, Noun

CHUNK = 500


class Entry(NamedTuple):
    """What the fold needs of one change that is in force."""

    hlc: int
    id: str
    at: int
    actor: str
    new: bool
    data: str | Mapping[str, Any] | None
    """As stored, or as it was just written."""


@dataclass(slots=True)
class Row:
    """The folded state of one row."""

    born: int
    maker: str
    fields: dict[str, Any]

    def refs(self, noun: Noun) -> Iterator[tuple[str, str]]:
        """Yield what the row refers to: noun and id."""
        for name, target in noun.refs.items():
            if self.fields.get(name):
                yield target, self.fields[name]
        if noun.place and self.fields.get("at"):
            yield "version", self.fields["at"][0]


def in_chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield a collection in lists that fit into one statement."""
    ordered = list(ids)
    for first in range(0, len(ordered), CHUNK):
        yield ordered[first : first + CHUNK]


def fold_row(entries: Sequence[Entry]) -> Row | None:
    """Fold the changes of one row that are in force; None where nothing created it."""
    born: int | None = None
    maker = ""
    fields: dict[str, Any] = {}
    for entry in sorted(entries, key=_moment) if len(entries) > 1 else entries:
        if entry.data is None:
            continue
        if entry.new and born is None:
            born, maker = entry.hlc, entry.actor
            fields.setdefault("made", entry.at)
        fields.update(json.loads(entry.data) if isinstance(entry.data, str) else entry.data)
    return None if born is None else Row(born, maker, fields)


def _moment(entry: Entry) -> tuple[int, str]:
    return entry.hlc, entry.id


def entries(
    connection: Connection, noun: Noun, ids: Iterable[str], fresh: Mapping[str, list[Entry]],
    *, without: str = "",
) -> dict[str, list[Entry]]:  # fmt: skip
    """Return the changes in force of each row; ``fresh`` ones are not read back.

    ``without`` names a step that is left out as well.
    """
    found: dict[str, list[Entry]] = defaultdict(list)
    unread: list[str] = []
    for id in ids:
        if id in fresh:
            found[id] = fresh[id]
        else:
            unread.append(id)
    for some in in_chunks(unread):
        given = {"rows": some, "noun": noun.name}
        query = _entries_query()
        if without:
            query = query.where(schema.step.c.id != without)
        for row in connection.execute(query, given):
            found[row.row].append(Entry(*row[1:]))
    return found


@cache
def _entries_query() -> Any:
    log, step = schema.change, schema.step
    return (
        select(log.c.row, log.c.hlc, log.c.id, log.c.at, log.c.actor, log.c.new, log.c.data)
        .join(step, step.c.id == log.c.step)
        .where(log.c.row.in_(bindparam("rows", expanding=True)))
        .where(log.c.entity == bindparam("noun"), step.c.undone == 0)
    )


def without_text(connection: Connection, standing: Mapping[str, Row]) -> dict[str, str]:
    """Return which versions lack their text or turns, each with its own id as what it needs."""
    value = schema.value
    wanted = {id: {row.fields["text"], row.fields["turns"]} for id, row in standing.items()}
    have: set[str] = set()
    for some in in_chunks({name for names in wanted.values() for name in names}):
        query = select(value.c.hash).where(value.c.hash.in_(some), value.c.body.is_not(None))
        have.update(connection.execute(query).scalars())
    return {id: id for id, names in wanted.items() if not names <= have}


class Keys:
    """Local keys of rows by noun and id, looked up once in a fold."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.known: dict[str, dict[str, int]] = defaultdict(dict)

    def __getitem__(self, noun: str) -> dict[str, int]:
        return self.known[noun]

    def lacking(self, noun: Noun, standing: Mapping[str, Row]) -> dict[str, str]:
        """Return, for each row that cannot stand, what it refers to that is not there."""
        needed: dict[str, set[str]] = defaultdict(set)
        for row in standing.values():
            for target, ref in row.refs(noun):
                needed[target].add(ref)
        self.find(needed)
        missing = {
            id: ref
            for id, row in standing.items()
            for target, ref in row.refs(noun)
            if ref not in self[target]
        }
        if noun.name == "version":
            missing.update(without_text(self.connection, standing))
        return missing

    def find(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Look up the keys of some ids by noun; those that stand nowhere stay unknown."""
        lacking = {
            noun: [id for id in ids if id not in self.known[noun]] for noun, ids in wanted.items()
        }
        lacking = {noun: ids for noun, ids in sorted(lacking.items()) if ids}
        if not lacking:
            return
        if max(map(len, lacking.values())) <= CHUNK:
            self._fetch(lacking)
        else:
            for noun, ids in lacking.items():
                for some in in_chunks(ids):
                    self._fetch({noun: some})

    def _fetch(self, wanted: Mapping[str, list[str]]) -> None:
        query = _keys_query(tuple(wanted))
        for noun, id, pk in self.connection.execute(query, dict(wanted)):
            self.known[noun][id] = pk


@cache
def _keys_query(nouns: tuple[str, ...]) -> Any:
    selects = [
        select(literal(noun).label("noun"), NOUN[noun].table.c.id, NOUN[noun].table.c.pk).where(
            NOUN[noun].table.c.id.in_(bindparam(noun, expanding=True))
        )
        for noun in nouns
    ]
    return selects[0] if len(selects) == 1 else union_all(*selects)


def numbers(connection: Connection, query: Any) -> list[tuple[Any, ...]]:
    """Return all rows of a query of numbers alone, as the driver has them.

    There are hundreds of thousands, and nothing is to be made of each.
    """
    found = connection.execute(query)
    cursor: Any = found.cursor
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    found.close()
    return rows


def streamed(connection: Connection, query: Any) -> Iterator[tuple[Any, ...]]:
    """Yield rows as the driver has them (ids are bytes), without holding more than some of them."""
    untyped = [type_coerce(column, NULLTYPE) for column in query.selected_columns]
    query = query.with_only_columns(*untyped, maintain_column_froms=True)
    for some in connection.execute(query.execution_options(yield_per=2_000)).partitions():
        yield from some


def ids_of(connection: Connection, noun: str) -> dict[int, str]:
    """Return the ids of all rows of a noun by their local keys: cheaper than a join for many."""
    table = NOUN[noun].table
    return dict(connection.execute(select(table.c.pk, table.c.id)).all())


def columns(noun: Noun, id: str, row: Row, keys: Keys) -> dict[str, Any]:
    """Split a row's fields into the columns of its table and its details."""
    fields = dict(row.fields)
    split: dict[str, Any] = {"id": id, "born": row.born, "maker": row.maker}
    for name, target in noun.refs.items():
        ref = fields.pop(name, None)
        split[name] = keys[target][ref] if ref else None
    for name, default in noun.defaults.items():
        given = fields.pop(name, None)
        split[name] = default if given is None else given
    for name in noun.trees:
        fields.pop(name, None)
    if noun.place:
        at = fields.pop("at", None) or ("", None, None, "")
        split["at_version"] = keys["version"][at[0]] if at[0] else None
        split["at_start"], split["at_end"], split["at_words"] = at[1:]
    split["details"] = canonical(fields)
    return split
