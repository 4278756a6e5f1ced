"""Codings by the hundred thousand, read for a count."""

from __future__ import annotations

from sqlalchemy import Connection

from qcode.model.codebook import Codebook
from qcode.model.coding import Mark
from qcode.model.filter import Filter
from qcode.store import schema
from qcode.store.codings import query_for
from qcode.store.rows import ids_of


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
