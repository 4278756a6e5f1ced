"""Codings by the hundred thousand, read for a count."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from qcode.model.codebook import Codebook
from qcode.model.coding import Given, Mark
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


def given(
    connection: Connection, wanted: Filter, book: Codebook
) -> Mapping[str, list[Given]]:  # fmt: skip
    """Return where the codings of a filter stand, by document, in no order.

    Codings that need a place are left out.
    """
    table = schema.coding.table
    query = query_for(connection, wanted, book).where(schema.PLACED).order_by(None)
    columns = ("document", "start", "end", "code")
    rows = numbers(connection, query.with_only_columns(*(table.c[name] for name in columns)))
    documents, codes = (ids_of(connection, noun) for noun in ("document", "code"))
    found: dict[int, list[Given]] = {document: [] for document in documents}
    for document, start, end, code in rows:
        found[document].append((start, end, codes[code]))
    return {documents[document]: some for document, some in found.items() if some}
