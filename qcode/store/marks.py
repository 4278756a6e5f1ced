"""Codings by the hundred thousand, read for a count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from qcode.model.codebook import Codebook
from qcode.model.coding import Mark
from qcode.model.filter import Filter
from qcode.store import schema
from qcode.store.codings import query_for
from qcode.store.rows import ids_of, numbers


def listed(connection: Connection, wanted: Filter, book: Codebook) -> list[Mark]:
    """Return what ``codings.listed`` does, of each as much as a count needs, in no order."""
    table = schema.coding.table
    columns = ("document", "code", "coder", "start", "end", "fit")
    query = query_for(connection, wanted, book).order_by(None)
    documents, codes, coders = (ids_of(connection, noun) for noun in columns[:3])
    rows = connection.execute(query.with_only_columns(*(table.c[name] for name in columns)))
    return [
        Mark(documents[document], codes[code], coders[coder], start, end, fit)
        for document, code, coder, start, end, fit in rows.all()
    ]


def stretches(
    connection: Connection, wanted: Filter, book: Codebook
) -> Mapping[str, Mapping[str, list[tuple[int, int]]]]:
    """Return where the codings of a filter stand, by document and code as given, in no order.

    Codings that need a place are left out.
    """
    table = schema.coding.table
    query = query_for(connection, wanted, book).where(table.c.fit != "lost").order_by(None)
    rows = numbers(connection, query.with_only_columns(
        table.c.document, table.c.code, table.c.start, table.c.end
    ))  # fmt: skip
    if not rows:
        return {}
    by_key: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    of, given, starts, ends = zip(*rows, strict=True)
    for key, stretch in zip(zip(of, given, strict=True), zip(starts, ends, strict=True),
                            strict=True):  # fmt: skip
        by_key[key].append(stretch)
    documents, codes = (ids_of(connection, noun) for noun in ("document", "code"))
    found: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    for (document, code), some in by_key.items():
        found[documents[document]][codes[code]] = some
    return found
