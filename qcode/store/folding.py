"""The fold: the readable tables are what the log says, computed row by row.

A row's fields are folded in (hlc, id) order over the changes whose step is not undone; the last
writer wins a whole field. A row stands when it was created and what it refers to stands; the rest
waits. Nouns are folded in an order in which what a row refers to comes first, so that one pass
is enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from qcode.store import counting, placing, rows, schema, trees
from qcode.store.rows import Entry, Keys, Row, in_chunks
from qcode.store.schema import NOUN, NOUNS, Noun

Touched = Mapping[str, Iterable[str]]
"""Ids of rows by noun."""


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


def fold(
    connection: Connection, touched: Touched, fresh: Mapping[str, list[Entry]] | None = None
) -> None:
    """Bring the tables in line with the log for the rows that were touched and what rests on them.

    ``fresh`` gives, by row, changes that are known to be the whole story of a row (it was just
    minted), which spares reading them back.
    """
    _Fold(connection, fresh or {}).run(touched)


class _Fold:
    def __init__(self, connection: Connection, fresh: Mapping[str, list[Entry]]) -> None:
        self.connection = connection
        self.fresh = fresh
        self.keys = Keys(connection)
        self.dirt = Dirt()
        self.queue: dict[str, set[str]] = {noun.name: set() for noun in NOUNS}

    def run(self, touched: Touched) -> None:
        for name, ids in touched.items():
            self.queue[name].update(ids)
        for noun in NOUNS:
            if self.queue[noun.name]:
                self.fold_noun(noun, self.queue[noun.name])
        self.derive()

    def derive(self) -> None:
        """Derive again what rests on rows that changed."""
        dirt = self.dirt
        if dirt.codes:
            dirt.pairs |= trees.fold(self.connection)
        placing.find_current(self.connection, dirt.moved)
        for name in placing.PLACED:
            keys = dirt.placed[name] | placing.standing_on(self.connection, name, dirt.moved)
            placing.place(self.connection, NOUN[name], sorted(keys))
        dirt.recount |= dirt.moved
        counting.record(self.connection, dirt.recorded | dirt.moved)
        counting.recount(self.connection, dirt.recount, dirt.pairs)

    def fold_noun(self, noun: Noun, ids: set[str]) -> None:
        """Fold the rows of one noun: write those that stand, remove those that do not."""
        self.keys.find({noun.name: [id for id in ids if id not in self.fresh]})
        known = {id: pk for id, pk in self.keys[noun.name].items() if id in ids}
        found = rows.entries(self.connection, noun, ids, self.fresh)
        standing: dict[str, Row] = {}
        waits: dict[str, str] = {}
        for id in ids:
            row = rows.fold_row(found.get(id, ()))
            if row is not None:
                standing[id] = row
            elif any(entry.data is not None for entry in found.get(id, ())):
                waits[id] = id
        for id, need in self.keys.lacking(noun, standing).items():
            waits[id] = need
            del standing[id]
        self.note_stored(noun, list(known.values()))
        self.remove(noun, {id: pk for id, pk in known.items() if id not in standing})
        self.write(noun, standing, known)
        self.remember_waiting(noun, ids, waits)

    # -- writing ------------------------------------------------------------------------------

    def write(self, noun: Noun, standing: Mapping[str, Row], known: Mapping[str, int]) -> None:
        """Insert and update rows, and note what rests on them now."""
        if not standing:
            return
        values = {id: rows.columns(noun, id, row, self.keys) for id, row in standing.items()}
        if noun.place:
            self.place(noun, values)
        old = [split | {"old": known[id]} for id, split in values.items() if id in known]
        new = [split for id, split in values.items() if id not in known]
        if old:
            self.connection.execute(_update(noun.name), old)
        if len(new) == 1:
            result = self.connection.execute(noun.table.insert(), new[0])
            made: Any = result.inserted_primary_key
            self.keys[noun.name][new[0]["id"]] = made[0]
        elif new:
            self.connection.execute(noun.table.insert(), new)
            self.keys.find({noun.name: [split["id"] for split in new]})
        self.wake([split["id"] for split in new if split["id"] not in self.fresh])
        if noun.name == "case":
            self.write_values(standing)
        self.note_written(noun, values)

    def place(self, noun: Noun, values: Mapping[str, dict[str, Any]]) -> None:
        """Put what stands on a current version in its place; the rest is carried later."""
        documents = {split["document"] for split in values.values()} - {None}
        current: dict[int, int] = {}
        for some in in_chunks(documents):
            for pk, version, record in self.connection.execute(_documents(), {"pks": some}):
                current[pk] = version
                if record is None and noun.name == "coding":
                    self.dirt.recorded.add(pk)
        for split in values.values():
            if split["at_version"] is None:
                split |= {"start": None, "end": None, "fit": None}
            elif split["at_version"] == current.get(split["document"]):
                split |= {"start": split["at_start"], "end": split["at_end"], "fit": "same"}
            else:
                split |= {"start": None, "end": None, "fit": "lost"}

    def write_values(self, standing: Mapping[str, Row]) -> None:
        table, keys = schema.case_value, self.keys["case"]
        values = [
            {"case": keys[id], "attribute": name[6:], "position": at, "value": one}
            for id, row in standing.items()
            for name, given in row.fields.items()
            if name.startswith("value.")
            for at, one in enumerate(given or ())
        ]
        for some in in_chunks(keys[id] for id in standing):
            self.connection.execute(delete(table).where(table.c.case.in_(some)))
        if values:
            self.connection.execute(table.insert(), values)

    def remove(self, noun: Noun, gone: Mapping[str, int]) -> None:
        """Take rows out of their table, and queue what refers to them."""
        for some in in_chunks(gone.values()):
            for other in NOUNS:
                names = [name for name, target in other.refs.items() if target == noun.name]
                names += ["at_version"] if other.place and noun.name == "version" else []
                for name in names:
                    query = select(other.table.c.id).where(other.table.c[name].in_(some))
                    self.queue[other.name].update(self.connection.execute(query).scalars())
            self.unlink(noun, some)
            self.connection.execute(delete(noun.table).where(noun.table.c.pk.in_(some)))
        for id in gone:
            del self.keys[noun.name][id]

    def unlink(self, noun: Noun, keys: list[int]) -> None:
        """Drop what is derived from rows that are about to go."""
        run = self.connection.execute
        if noun.name in schema.tally.c:
            run(delete(schema.tally).where(schema.tally.c[noun.name].in_(keys)))
        if noun.name == "code":
            self.note_merged(keys)
        if noun.name == "case":
            run(delete(schema.case_value).where(schema.case_value.c.case.in_(keys)))
        for table, name in _DERIVED_LINKS.get(noun.name, ()):
            self.dirt.recorded.update(
                run(select(table.c.pk).where(table.c[name].in_(keys))).scalars()
                if name == "record"
                else ()
            )
            run(table.update().where(table.c[name].in_(keys)).values({name: None}))

    def note_merged(self, keys: list[int]) -> None:
        """Note where codes that are about to go count, and what was merged into them."""
        code, coding = schema.code.table, schema.coding.table
        query = (
            select(coding.c.document, coding.c.code, code.c.final)
            .join(code, code.c.pk == coding.c.code)
            .where(code.c.pk.in_(keys) | code.c.final.in_(keys))
            .distinct()
        )
        for document, given, final in self.connection.execute(query):
            self.dirt.pairs.update(((document, given), (document, final)))

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

    def note_stored(self, noun: Noun, keys: list[int]) -> None:
        """Note what rested on rows as they were until now."""
        table = noun.table
        names = [name for name in ("document", "code") if name in noun.refs]
        for some in in_chunks(keys):
            found = self.connection.execute(
                select(table.c.pk, *(table.c[name] for name in names)).where(table.c.pk.in_(some))
            ).all()
            self.note(noun, [row._asdict() for row in found])
            if noun.name == "coding":
                self.dirt.recorded.update(row.document for row in found)

    def note_written(self, noun: Noun, values: Mapping[str, dict[str, Any]]) -> None:
        """Note what rests on rows as they are from now on."""
        keys = self.keys[noun.name]
        self.note(noun, [split | {"pk": keys[id]} for id, split in values.items()])
        if noun.place:
            self.dirt.placed[noun.name].update(
                keys[id] for id, split in values.items() if split["fit"] == "lost"
            )
        if noun.name == "coding":
            # A coding from elsewhere may be older than the one that is of record.
            self.dirt.recorded.update(
                split["document"] for id, split in values.items() if id not in self.fresh
            )

    def note(self, noun: Noun, found: list[dict[str, Any]]) -> None:
        dirt = self.dirt
        documents = {row["document"] for row in found if row.get("document") is not None}
        if noun.name == "code":
            dirt.codes = dirt.codes or bool(found)
        elif noun.name == "document":
            dirt.moved.update(row["pk"] for row in found)
        elif noun.name == "version":
            dirt.moved.update(documents)
        elif noun.name == "coding":
            dirt.pairs.update((row["document"], row["code"]) for row in found)
        elif noun.name in ("status", "assignment"):
            dirt.recorded.update(documents)
        elif noun.name in ("speaker", "participation", "flag"):
            dirt.recount.update(documents)


_DERIVED_LINKS = {
    "code": [(schema.code.table, name) for name in ("parent", "merged_into", "final")],
    "version": [(schema.document.table, "current")],
    "coder": [(schema.document.table, "record")],
}
"""Columns by which derived values point at rows of a noun."""


@cache
def _update(noun: str) -> Any:
    table = NOUN[noun].table
    return table.update().where(table.c.pk == bindparam("old"))


@cache
def _documents() -> Any:
    table = schema.document.table
    return select(table.c.pk, table.c.current, table.c.record).where(
        table.c.pk.in_(bindparam("pks", expanding=True))
    )
