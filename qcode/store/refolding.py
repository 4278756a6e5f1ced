"""Folding everything anew, and comparing two folds."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from qcode.store import folding, log, schema
from qcode.store.schema import NOUN, NOUNS, Noun


def refold(connection: Connection) -> None:
    """Empty the folded tables and compute them from the log."""
    document, code = schema.document.table, schema.code.table
    connection.execute(document.update().values(current=None, record=None))
    connection.execute(code.update().values(parent=None, merged_into=None, final=None))
    for table in schema.FOLDED:
        connection.execute(delete(table))
    steps = connection.execute(select(schema.change.c.step).distinct()).scalars()
    log.note_steps(connection, steps)
    touched: dict[str, set[str]] = defaultdict(set)
    pairs = select(schema.change.c.entity, schema.change.c.row).distinct()
    for entity, row in connection.execute(pairs):
        if entity in NOUN:
            touched[entity].add(row)
    folding.fold(connection, touched)


def contents(connection: Connection) -> dict[str, set[str]]:
    """Return what the folded tables say, free of local keys: what two folds are compared by."""
    ids = {
        noun.name: dict(connection.execute(select(noun.table.c.pk, noun.table.c.id)).all())
        for noun in NOUNS
    }
    said = {noun.name: _rows(connection, noun, ids) for noun in NOUNS}
    for table in (schema.tally, schema.case_value):
        said[table.name] = {
            json.dumps(
                [ids[name].get(row[name]) if name in ids and name != "value" else row[name]
                 for name in _names(table)]
            )
            for row in connection.execute(select(table)).mappings()
        }  # fmt: skip
    # Of several things a row lacks, which one is noted depends on what came first.
    waiting = connection.execute(select(schema.waiting.c.noun, schema.waiting.c.id))
    said["waiting"] = {json.dumps(list(row)) for row in waiting}
    steps = select(schema.step.c.id, schema.step.c.undone, schema.step.c.verb)
    said["step"] = {json.dumps(list(row)) for row in connection.execute(steps)}
    return said


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


_LINKS = {
    "at_version": "version", "current": "version", "record": "coder",
    "parent": "code", "merged_into": "code", "final": "code",
}  # fmt: skip


def _rows(connection: Connection, noun: Noun, ids: dict[str, dict[int, str]]) -> set[str]:
    links = dict(noun.refs)
    for column in noun.table.c:
        if column.foreign_keys and column.name in _LINKS:
            links[column.name] = _LINKS[column.name]
    rows: set[str] = set()
    for row in connection.execute(select(noun.table)).mappings():
        said: dict[str, Any] = {key: row[key] for key in _names(noun.table) if key != "pk"}
        for name, target in links.items():
            if said[name] is not None:
                said[name] = ids[target].get(said[name], "?")
        rows.add(json.dumps(said, sort_keys=True))
    return rows
