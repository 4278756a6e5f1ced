"""Codings by the hundred thousand, read for a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection

from qcode.model.codebook import Codebook
from qcode.model.coding import Given
from qcode.model.filter import Filter
from qcode.store import schema
from qcode.store.codings import query_for
from qcode.store.rows import ids_of, numbers

ByCoder = Mapping[str, Mapping[str, Mapping[str, list[tuple[int, int]]]]]
"""Where codings stand, by document, coder and code."""


def by_coder(
    connection: Connection, wanted: Filter, book: Codebook
) -> tuple[ByCoder, Mapping[str, int]]:  # fmt: skip
    """Return where codings of the codes of a codebook stand, by document, coder and code.

    The code is that which they count for. Beside it, how many of each document need a place.
    """
    table = schema.coding.table
    query = query_for(connection, wanted, book).order_by(None)
    columns = [table.c[name] for name in ("document", "coder", "code", "start", "end")]
    documents, coders, codes = (ids_of(connection, noun) for noun in ("document", "coder", "code"))
    ends = {key: book.end(code) for key, code in codes.items() if code in book.codes}
    some: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for document, coder, code, start, end in numbers(
        connection, query.where(schema.PLACED).with_only_columns(*columns)
    ):
        key = document, coder, code
        if key in some:
            some[key].append((start, end))
        else:
            some[key] = [(start, end)]
    found: dict[str, dict[str, dict[str, list[tuple[int, int]]]]] = {}
    for (document, coder, code), own in some.items():
        if code in ends:
            here = found.setdefault(documents[document], {}).setdefault(coders[coder], {})
            here[ends[code]] = here[ends[code]] + own if ends[code] in here else own
    needing = query.where(schema.UNFIT, table.c.fit == "lost").with_only_columns(*columns)
    lost = Counter(
        documents[document] for document, _coder, code, _start, _end in numbers(connection, needing)
        if code in ends
    )  # fmt: skip
    return found, lost


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
