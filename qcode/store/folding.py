"""The fold: the readable tables are what the log says, computed row by row.

A row's fields are folded in (hlc, id) order over the changes whose step is not undone; the last
writer wins a whole field. A row stands when it was created and what it refers to stands; the rest
waits. Nouns are folded in an order in which what a row refers to comes first, so that one pass
is enough.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, select

from qcode.model.change import Change, canonical
from qcode.store import counting, placing, schema, trees
from qcode.store.schema import NOUN, NOUNS, Noun

CHUNK = 500
Touched = Mapping[str, Iterable[str]]
"""Ids of rows by noun."""


class Entry(NamedTuple):
    """What the fold needs of one change that is in force."""

    hlc: int
    id: str
    at: int
    actor: str
    new: bool
    data: str | None


@dataclass
class Row:
    """The folded state of one row."""

    born: int
    maker: str
    fields: dict[str, Any]


@dataclass
class Dirt:
    """What has to be derived again after rows have changed, by local key."""

    codes: bool = False
    moved: set[int] = field(default_factory=set)
    """Documents whose current version may be another."""
    placed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Codings, flags and memos whose place has to be found, by noun."""
    recount: set[int] = field(default_factory=set)
    """Documents of which every tally is counted again."""
    pairs: set[tuple[int, int]] = field(default_factory=set)
    """Document and code (as given) of which the tallies are counted again."""
    recorded: set[int] = field(default_factory=set)
    """Documents whose record may be another."""


def in_chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield a collection in lists that fit into one statement."""
    ordered = list(ids)
    for first in range(0, len(ordered), CHUNK):
        yield ordered[first : first + CHUNK]


def fold(
    connection: Connection, touched: Touched, fresh: Mapping[str, Sequence[Change]] | None = None
) -> None:
    """Bring the tables in line with the log for the rows that were touched and what rests on them.

    ``fresh`` gives, by row, changes that are known to be the whole story of a row (it was just
    minted), which spares reading them back.
    """
    _Fold(connection, fresh or {}).run(touched)


def fold_row(entries: Iterable[Entry]) -> Row | None:
    """Fold the changes of one row that are in force; None where nothing created it."""
    born: int | None = None
    maker = ""
    fields: dict[str, Any] = {}
    for entry in sorted(entries):
        if entry.data is None:
            continue
        if entry.new and born is None:
            born, maker = entry.hlc, entry.actor
            fields.setdefault("made", entry.at)
        fields.update(json.loads(entry.data))
    return None if born is None else Row(born, maker, fields)


class _Fold:
    def __init__(self, connection: Connection, fresh: Mapping[str, Sequence[Change]]) -> None:
        self.connection = connection
        self.fresh = fresh
        self.keys: dict[str, dict[str, int]] = {noun.name: {} for noun in NOUNS}
        self.dirt = Dirt()
        self.queue: dict[str, set[str]] = {noun.name: set() for noun in NOUNS}

    def run(self, touched: Touched) -> None:
        for name, ids in touched.items():
            self.queue[name].update(ids)
        for noun in NOUNS:
            ids = self.queue[noun.name]
            if ids:
                self.fold_noun(noun, ids)
        self.derive()

    def derive(self) -> None:
        dirt = self.dirt
        if dirt.codes:
            dirt.pairs |= trees.fold(self.connection)
        for document in dirt.moved:
            placing.find_current(self.connection, document)
            for noun in placing.PLACED:
                placing.place_all(self.connection, noun, document)
        for name, keys in dirt.placed.items():
            for some in in_chunks(keys):
                placing.place(self.connection, NOUN[name], some)
        dirt.recount |= dirt.moved
        counting.record(self.connection, dirt.recorded | dirt.moved)
        counting.recount(self.connection, dirt.recount, dirt.pairs)

    # -- rows of one noun ---------------------------------------------------------------------

    def fold_noun(self, noun: Noun, ids: set[str]) -> None:
        known = self.existing(noun, ids)
        entries = self.entries(noun, ids)
        rows: dict[str, Row] = {}
        gone: list[str] = []
        waits: dict[str, str] = {}
        for id in ids:
            row = fold_row(entries.get(id, ()))
            if row is None:
                if entries.get(id):
                    waits[id] = id
                gone.append(id)
            else:
                rows[id] = row
        for id, lacking in self.lacking(noun, rows).items():
            waits[id] = lacking
            gone.append(id)
            del rows[id]
        self.note_before(noun, [known[id] for id in ids if id in known])
        self.remove(noun, {id: known[id] for id in gone if id in known})
        self.write(noun, rows, known)
        self.remember_waiting(noun, ids, waits)

    def existing(self, noun: Noun, ids: Iterable[str]) -> dict[str, int]:
        """Return the local keys of the rows that stand now."""
        table, found = noun.table, {}
        for some in in_chunks(id for id in ids if id not in self.fresh):
            query = select(table.c.id, table.c.pk).where(table.c.id.in_(some))
            found.update({id: pk for id, pk in self.connection.execute(query)})
        self.keys[noun.name].update(found)
        return found

    def entries(self, noun: Noun, ids: Iterable[str]) -> dict[str, list[Entry]]:
        """Return the changes in force of each row."""
        found: dict[str, list[Entry]] = defaultdict(list)
        ids = list(ids)
        for id in ids:
            for change in self.fresh.get(id, ()):
                found[id].append(
                    Entry(change.hlc, change.id, change.at, change.actor, change.new, change.data)
                )
        log, step = schema.change, schema.step
        query = (
            select(log.c.row, log.c.hlc, log.c.id, log.c.at, log.c.actor, log.c.new, log.c.data)
            .join(step, step.c.id == log.c.step)
            .where(log.c.row.in_(bindparam("rows", expanding=True)))
            .where(and_(log.c.entity == noun.name, step.c.undone == 0))
        )
        for some in in_chunks(id for id in ids if id not in self.fresh):
            for row, hlc, id, at, actor, new, data in self.connection.execute(
                query, {"rows": some}
            ):
                found[row].append(Entry(hlc, id, at, actor, bool(new), data))
        return found

    def lacking(self, noun: Noun, rows: Mapping[str, Row]) -> dict[str, str]:
        """Return, for each row that cannot stand, what it refers to that is not there."""
        refs = dict(noun.refs)
        needed: dict[str, set[str]] = defaultdict(set)
        for row in rows.values():
            if noun.place and row.fields.get("at"):
                needed["version"].add(row.fields["at"][0])
            for name, target in refs.items():
                if row.fields.get(name):
                    needed[target].add(row.fields[name])
        for target, ids in needed.items():
            self.find_keys(target, ids)
        missing: dict[str, str] = {}
        for id, row in rows.items():
            wanted = [(target, row.fields.get(name)) for name, target in refs.items()]
            if noun.place and row.fields.get("at"):
                wanted.append(("version", row.fields["at"][0]))
            for target, ref in wanted:
                if ref and ref not in self.keys[target]:
                    missing[id] = ref
        if noun.name == "version":
            missing.update(self.without_text(rows))
        return missing

    def find_keys(self, target: str, ids: set[str]) -> None:
        keys, table = self.keys[target], NOUN[target].table
        for some in in_chunks(id for id in ids if id not in keys):
            query = select(table.c.id, table.c.pk).where(table.c.id.in_(some))
            keys.update({id: pk for id, pk in self.connection.execute(query)})

    def without_text(self, rows: Mapping[str, Row]) -> dict[str, str]:
        value = schema.value
        hashes = {h for row in rows.values() for h in (row.fields["text"], row.fields["turns"])}
        have: set[str] = set()
        for some in in_chunks(hashes):
            query = select(value.c.hash).where(value.c.hash.in_(some), value.c.body.is_not(None))
            have.update(self.connection.execute(query).scalars())
        return {
            id: id
            for id, row in rows.items()
            if row.fields["text"] not in have or row.fields["turns"] not in have
        }

    # -- writing ------------------------------------------------------------------------------

    def write(self, noun: Noun, rows: Mapping[str, Row], known: Mapping[str, int]) -> None:
        if not rows:
            return
        values = {id: self.columns(noun, id, row) for id, row in rows.items()}
        table, keys = noun.table, self.keys[noun.name]
        new = [columns for id, columns in values.items() if id not in known]
        old = [columns | {"old": known[id]} for id, columns in values.items() if id in known]
        if old:
            update = table.update().where(table.c.pk == bindparam("old"))
            self.connection.execute(update, old)
        if new:
            self.connection.execute(table.insert(), new)
            self.find_keys(noun.name, {columns["id"] for columns in new})
            self.wake([columns["id"] for columns in new])
        if noun.name == "case":
            self.write_values(rows, keys)
        self.note_after(noun, rows)

    def columns(self, noun: Noun, id: str, row: Row) -> dict[str, Any]:
        """Split a row's fields into the columns of its table and its details."""
        fields = dict(row.fields)
        columns: dict[str, Any] = {"id": id, "born": row.born, "maker": row.maker}
        for name, target in noun.refs.items():
            ref = fields.pop(name, None)
            columns[name] = self.keys[target][ref] if ref else None
        for name in noun.columns:
            given = fields.pop(name, None)
            default = noun.table.c[name].default
            columns[name] = given if given is not None else getattr(default, "arg", None)
        for name in noun.trees:
            fields.pop(name, None)
        if noun.place:
            at = fields.pop("at", None)
            columns |= {
                "at_version": self.keys["version"][at[0]] if at else None,
                "at_start": at[1] if at else None,
                "at_end": at[2] if at else None,
                "at_words": at[3] if at else None,
            }
        columns["details"] = canonical(fields)
        return columns

    def write_values(self, rows: Mapping[str, Row], keys: Mapping[str, int]) -> None:
        table = schema.case_value
        values: list[dict[str, Any]] = []
        for id, row in rows.items():
            self.connection.execute(delete(table).where(table.c.case == keys[id]))
            for name, given in row.fields.items():
                kind, _, attribute = name.partition(".")
                if kind == "value" and given:
                    values += [
                        {"case": keys[id], "attribute": attribute, "position": at, "value": one}
                        for at, one in enumerate(given)
                    ]
        if values:
            self.connection.execute(table.insert(), values)

    def remove(self, noun: Noun, rows: Mapping[str, int]) -> None:
        """Take rows out of their table, and queue what refers to them."""
        for some in in_chunks(rows.values()):
            for other in NOUNS:
                columns = [name for name, target in other.refs.items() if target == noun.name]
                columns += ["at_version"] if other.place and noun.name == "version" else []
                for name in columns:
                    query = select(other.table.c.id).where(other.table.c[name].in_(some))
                    self.queue[other.name].update(self.connection.execute(query).scalars())
            self.unlink(noun, some)
            self.connection.execute(delete(noun.table).where(noun.table.c.pk.in_(some)))
        for id in rows:
            self.keys[noun.name].pop(id, None)

    def unlink(self, noun: Noun, keys: list[int]) -> None:
        """Drop what is derived from rows that are about to go."""
        tally = schema.tally.c
        for name in ("document", "code", "coder", "case"):
            if noun.name == name:
                self.connection.execute(delete(schema.tally).where(tally[name].in_(keys)))
        if noun.name == "case":
            value = schema.case_value
            self.connection.execute(delete(value).where(value.c.case.in_(keys)))
        if noun.name == "code":
            code = schema.code.table
            for name in ("parent", "merged_into", "final"):
                self.connection.execute(
                    code.update().where(code.c[name].in_(keys)).values({name: None})
                )
        document = schema.document.table
        for name, column in (("version", "current"), ("coder", "record")):
            if noun.name == name:
                query = select(document.c.pk).where(document.c[column].in_(keys))
                self.dirt.recorded.update(self.connection.execute(query).scalars())
                self.connection.execute(
                    document.update().where(document.c[column].in_(keys)).values({column: None})
                )

    def wake(self, ids: list[str]) -> None:
        """Queue the rows that waited for the ones that now stand."""
        table = schema.waiting
        for some in in_chunks(ids):
            query = select(table.c.noun, table.c.id).where(table.c.needs.in_(some))
            for name, id in self.connection.execute(query):
                self.queue[name].add(id)

    def remember_waiting(self, noun: Noun, ids: Iterable[str], waits: Mapping[str, str]) -> None:
        table = schema.waiting
        for some in in_chunks(id for id in ids if id not in self.fresh):
            self.connection.execute(
                delete(table).where(table.c.noun == noun.name, table.c.id.in_(some))
            )
        if waits:
            self.connection.execute(
                table.insert(),
                [{"noun": noun.name, "id": id, "needs": need} for id, need in waits.items()],
            )

    # -- what has to be derived again ---------------------------------------------------------

    def note_before(self, noun: Noun, keys: list[int]) -> None:
        """Note what rested on the old state of rows."""
        self.note(noun, keys)

    def note_after(self, noun: Noun, rows: Mapping[str, Row]) -> None:
        """Note what rests on the new state of rows."""
        keys = [self.keys[noun.name][id] for id in rows]
        self.note(noun, keys)
        if noun.place:
            self.dirt.placed[noun.name].update(keys)

    def note(self, noun: Noun, keys: list[int]) -> None:
        if not keys:
            return
        dirt, table = self.dirt, noun.table
        if noun.name == "code":
            dirt.codes = True
        elif noun.name == "document":
            dirt.moved.update(keys)
        elif "document" in noun.refs:
            wanted = [table.c.document] + ([table.c.code] if noun.name == "coding" else [])
            for some in in_chunks(keys):
                found = self.connection.execute(select(*wanted).where(table.c.pk.in_(some)))
                self.note_documents(noun, found.all())

    def note_documents(self, noun: Noun, found: Sequence[Any]) -> None:
        dirt = self.dirt
        documents = {row[0] for row in found if row[0] is not None}
        if noun.name == "version":
            dirt.moved.update(documents)
        elif noun.name == "coding":
            dirt.pairs.update((document, code) for document, code in found)
            dirt.recorded.update(documents)
        elif noun.name == "status":
            dirt.recorded.update(documents)
        elif noun.name in ("speaker", "participation", "flag"):
            dirt.recount.update(documents)
