"""Comparing every table with the log, without a second set of tables.

A row is right when it is what its own changes say and what it refers to stands; nouns are compared
in the order in which they are folded, so that what a row refers to has been compared before. What
is derived from the rows is then derived again. Log and table are read side by side in the order of
their ids, so that memory does not grow with the codings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from qcode.store import counting, log, placing, rows, schema, trees
from qcode.store.rows import Entry, Keys, Row, in_chunks, streamed
from qcode.store.schema import NOUN, NOUNS, Hex, Noun

Difference = tuple[str, int]
"""A table and how many of its rows are not what the log says."""
_AT_ONCE = 2_000
_STREAMED = "coding"
"""The noun of which there are a hundred times more rows than of all others together."""
_PLACE = ("start", "end", "fit")

_Logged = tuple[bytes, int, bytes, int, bytes | None, bytes, int, str | None]
"""Row, hlc, id, at, actor, step, new and data of a change, as the driver has them."""
_Side = tuple[bytes, list[_Logged], tuple[Any, ...] | None]
"""The id of a row, its changes in force, and the row as it is stored."""


def differences(connection: Connection, progress: Callable[[str], None]) -> Iterator[Difference]:
    """Yield the tables that differ from what the log says; ``progress`` is told the large ones.

    What comes after the first one rests on it, and means little.
    """
    yield from ((name, wrong) for name, wrong in _compared(connection, progress) if wrong)


def _compared(connection: Connection, progress: Callable[[str], None]) -> Iterator[Difference]:
    progress("step")
    yield "step", _steps(connection)
    comparison = _Comparison(connection)
    for noun in NOUNS:
        if noun.name in comparison.entries or noun.name == _STREAMED:
            progress(noun.name)
        yield noun.name, comparison.compare(noun)
    yield "waiting", comparison.compare_waiting()
    yield "code", len(list(trees.misplaced(connection)))
    yield "document", _documents(connection)
    for name, keys in comparison.carried.items():
        yield name, len(placing.misplaced(connection, NOUN[name], keys))
    progress("tally")
    yield "tally", _tallies(connection)


class _Comparison:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.keys = Keys(connection)
        self.undone = {
            bytes.fromhex(id) for id, (undone, _hlc) in log.turned(connection).items() if undone
        }
        self.waiting: set[tuple[str, str]] = set()
        """Rows of the log that cannot stand."""
        self.carried: dict[str, list[int]] = defaultdict(list)
        """Keys of what stands on another version than it was put on, by noun."""
        document = schema.document.table
        query = select(document.c.pk, document.c.current)
        self.current: dict[int, int | None] = dict(connection.execute(query).all())
        self.entries: dict[str, list[_Logged]] = defaultdict(list)
        query = _log_query(schema.change.c.entity != _STREAMED, schema.change.c.entity)
        for *logged, entity in streamed(connection, query):
            self.entries[entity].append(tuple(logged))

    # -- rows of a noun -----------------------------------------------------------------------

    def compare(self, noun: Noun) -> int:
        """Return how many rows of a noun are not what their changes say."""
        plain = _plain_codings(self.connection, self.current) if noun.name == _STREAMED else None
        sides = _side_by_side(self.logged(noun), streamed(self.connection, _stored_query(noun)))
        wrong = 0
        values: Counter[tuple[int, str, int, str]] = Counter()
        while some := list(islice(sides, _AT_ONCE)):
            unsure = [one for one in some if plain is None or not plain(one)]
            standing = self.standing(noun, unsure)
            for id, _entries, stored in unsure:
                row = standing.get(id.hex())
                if row is None or stored is None:
                    wrong += (row is None) is not (stored is None)
                    continue
                wrong += self.differs(noun, row, stored)
                if noun.name == "case":
                    values.update(_values_of(row, stored[0]))
        if noun.name == "case":
            wrong += _differing_values(self.connection, values)
        return wrong

    def logged(self, noun: Noun) -> Iterable[_Logged]:
        """Return the changes of a noun in the order of the rows they are about."""
        if noun.name != _STREAMED:
            found = self.entries.pop(noun.name, [])
            found.sort(key=itemgetter(0))
            return (one for one in found if one[5] not in self.undone)
        table = schema.change
        query = _log_query(table.c.entity == _STREAMED).order_by(table.c.row)
        every = streamed(self.connection, query)
        return (one for one in every if one[5] not in self.undone)

    def standing(self, noun: Noun, sides: list[_Side]) -> dict[str, Row]:
        """Return the rows that stand, folded, by id; note those that wait."""
        found: dict[str, Row] = {}
        for id, entries, _stored in sides:
            row = rows.fold_row([_entry(one) for one in entries])
            if row is not None:
                found[id.hex()] = row
            elif any(one[7] is not None for one in entries):
                self.waiting.add((noun.name, id.hex()))
        for lacking in self.keys.lacking(noun, found):
            self.waiting.add((noun.name, lacking))
            del found[lacking]
        return found

    def differs(self, noun: Noun, row: Row, stored: tuple[Any, ...]) -> bool:
        """Tell whether a stored row is not what its changes say."""
        names, ids = _columns(noun.name)
        said = dict(zip(names, stored, strict=True))
        wanted = rows.columns(noun, said["id"].hex(), row, self.keys)
        if noun.place:
            wanted |= self.place(noun, wanted, said)
        for name in ids:
            said[name] = said[name].hex() if said[name] is not None else ""
            if name in wanted:
                wanted[name] = wanted[name] or ""
        return any(said[name] != value for name, value in wanted.items())

    def place(self, noun: Noun, wanted: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
        """Return where a row should stand; what has to be carried is compared later."""
        if wanted["at_version"] is None:
            return dict.fromkeys(_PLACE)
        if wanted["document"] is None:
            return {"start": None, "end": None, "fit": "lost"}
        if wanted["at_version"] != self.current.get(wanted["document"]):
            self.carried[noun.name].append(said["pk"])
            return {}
        return {"start": wanted["at_start"], "end": wanted["at_end"], "fit": "same"}

    # -- what waits, and what was undone ------------------------------------------------------

    def compare_waiting(self) -> int:
        """Return how many rows wait of which the log does not say it, or do not though it does."""
        table = schema.waiting
        stored = {
            (noun, id) for noun, id in self.connection.execute(select(table.c.noun, table.c.id))
        }
        return len(stored ^ self.waiting)


def _steps(connection: Connection) -> int:
    """Return how many steps are not what the log says of them."""
    table, of = schema.change, schema.step
    first: dict[bytes, tuple[int, bytes, str]] = {}
    query = select(table.c.step, table.c.seq, table.c.id, table.c.verb)
    for id, *made in streamed(connection, query):
        known = first.get(id)
        if known is None or (made[0], made[1]) < known[:2]:
            first[id] = (made[0], made[1], made[2])
    turned = {bytes.fromhex(id): undone for id, (undone, _) in log.turned(connection).items()}
    wrong = 0
    for id, undone, verb in streamed(connection, select(of.c.id, of.c.undone, of.c.verb)):
        made_first = first.pop(id, None)
        wrong += made_first is None or made_first[2] != verb or turned.get(id, 0) != undone
    return wrong + len(first)


def _log_query(where: ColumnElement[bool], *more: Any) -> Any:
    table = schema.change
    return select(
        table.c.row, table.c.hlc, table.c.id, table.c.at, table.c.actor, table.c.step,
        table.c.new, table.c.data, *more,
    ).where(where)  # fmt: skip


def _stored_query(noun: Noun) -> Any:
    return select(noun.table).order_by(noun.table.c.id)


def _side_by_side(logged: Iterable[_Logged], stored: Iterable[tuple[Any, ...]]) -> Iterator[_Side]:
    """Yield every row that the log or the table knows; both come in the order of ids."""
    changes, table = iter(logged), iter(stored)
    change, row = next(changes, None), next(table, None)
    while change is not None or row is not None:
        id = row[1] if change is None or (row and row[1] < change[0]) else change[0]  # type: ignore[index]
        entries: list[_Logged] = []
        while change is not None and change[0] == id:
            entries.append(change)
            change = next(changes, None)
        if row is not None and row[1] == id:
            yield id, entries, row
            row = next(table, None)
        else:
            yield id, entries, None


def _entry(logged: _Logged) -> Entry:
    _row, hlc, id, at, actor, _step, new, data = logged
    return Entry(hlc, id.hex(), at, actor.hex() if actor else "", bool(new), data)


@cache
def _columns(noun: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns of a noun's table, and those of them that hold ids and hashes."""
    columns = NOUN[noun].table.c
    return tuple(columns.keys()), tuple(one.name for one in columns if isinstance(one.type, Hex))


def _plain_codings(
    connection: Connection, current: dict[int, int | None]
) -> Callable[[_Side], bool]:
    """Return what tells a coding that was made once, stands where it was put, and is as stored.

    Nearly all are. Their one change is written here as the log would have it, which is quicker
    than reading it; whatever is not the very same is folded.
    """
    codes, coders = rows.ids_of(connection, "code"), rows.ids_of(connection, "coder")
    documents, versions = rows.ids_of(connection, "document"), rows.ids_of(connection, "version")

    def plain(side: _Side) -> bool:
        _id, entries, stored = side
        if stored is None or len(entries) != 1:
            return False
        _row, hlc, _change, at, actor, _step, new, data = entries[0]
        (
            _pk, _id, born, maker, document, code, coder, retired, version, at_start, at_end,
            words, start, end, fit, details,
        ) = stored  # fmt: skip
        if words is None or None in (version, document, code, coder):
            return False
        return (
            data == (
                f'{{"at":["{versions[version]}",{at_start},{at_end},"{words.hex()}"],'
                f'"code":"{codes[code]}","coder":"{coders[coder]}",'
                f'"document":"{documents[document]}"}}'
            )
            and (start, end, fit, retired) == (at_start, at_end, "same", 0)
            and current[document] == version
            and (born, maker, new) == (hlc, actor, 1)
            and details == f'{{"made":{at}}}'
        )  # fmt: skip

    return plain


def _values_of(row: Row, case: int) -> Iterator[tuple[int, str, int, str]]:
    for name, given in row.fields.items():
        if name.startswith("value."):
            for at, one in enumerate(given or ()):
                yield case, name[6:], at, one


def _differing_values(connection: Connection, wanted: Counter[tuple[int, str, int, str]]) -> int:
    table = schema.case_value
    query = select(table.c.case, table.c.attribute, table.c.position, table.c.value)
    stored = Counter((row[0], row[1], row[2], row[3]) for row in connection.execute(query))
    return ((stored - wanted) + (wanted - stored)).total()


def _documents(connection: Connection) -> int:
    """Return how many documents have another current version or record than they should."""
    table = schema.document.table
    wrong = 0
    query = select(table.c.pk, table.c.current, table.c.record)
    for some in in_chunks(connection.execute(query).all()):
        keys = [row.pk for row in some]
        newest, record = placing.newest(connection, keys), counting.records(connection, keys)
        wrong += sum((row.current, row.record) != (newest[row.pk], record[row.pk]) for row in some)
    return wrong


def _tallies(connection: Connection) -> int:
    """Count every document again; return how many tallies are not what was counted."""
    table = schema.tally
    names = ("document", "code", "coder", "case", "passages", "words")
    wrong = 0
    for document in connection.execute(select(schema.document.table.c.pk)).scalars().all():
        query = select(*(table.c[name] for name in names)).where(table.c.document == document)
        stored = Counter(map(tuple, connection.execute(query)))
        counted = Counter(
            tuple(row[name] for name in names) for row in counting.counted(connection, document)
        )
        wrong += ((stored - counted) + (counted - stored)).total()
    lone = select(table.c.document).where(table.c.document.is_(None))
    return wrong + len(connection.execute(lone).all())
