"""Codings by the hundred thousand, read for a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, select

from qcode.model.codebook import Codebook
from qcode.model.coding import Given
from qcode.model.filter import Filter
from qcode.store import schema, veil
from qcode.store.codings import query_for
from qcode.store.rows import ids_of, numbers

ByCoder = Mapping[str, Mapping[str, Mapping[str, list[tuple[int, int]]]]]
"""Where codings stand, by document, coder and code."""


def by_coder(
    connection: Connection, wanted: Filter, book: Codebook
) -> tuple[ByCoder, Mapping[str, int]]:  # fmt: skip
    """Return where codings of the codes of a codebook stand, by document, coder and code.

    Those of the coders, in the documents, of a filter; the code is that which they count for.
    Beside it, how many of each document need a place.
    """
    table = schema.coding.table
    documents, coders, codes = (ids_of(connection, noun) for noun in ("document", "coder", "code"))
    ends = {key: book.end(code) for key, code in codes.items() if code in book.codes}
    columns = [table.c[name] for name in ("document", "coder", "code", "start", "end")]
    query = select(*columns).where(
        table.c.retired == 0, *veil.seen(connection, table),
        table.c.coder.in_([key for key, id in coders.items() if id in wanted.coders]),
    )  # fmt: skip
    if wanted.documents:
        inside = [key for key, id in documents.items() if id in wanted.documents]
        query = query.where(table.c.document.in_(inside))
    some: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for document, coder, code, start, end in numbers(connection, query.where(schema.PLACED)):
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
    needing = numbers(connection, query.where(schema.UNFIT, table.c.fit == "lost"))
    return found, Counter(documents[one[0]] for one in needing if one[2] in ends)


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
