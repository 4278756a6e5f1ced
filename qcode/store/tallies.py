"""Reading the tally: the one count that every table groups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from qcode.model.filter import CONSENSUS, RECORD
from qcode.model.tally import Tallies, Tally
from qcode.store import schema, veil
from qcode.store.consensus import consensus_key
from qcode.store.rows import ids_of, numbers


def read(connection: Connection, layer: str = RECORD) -> Tallies:
    """Return the tally of one layer: of each document's coder of record, or of one coder.

    Rows of retired documents and cases are left out.
    """
    tally, document, case = schema.tally, schema.document.table, schema.case.table
    own: Any = (
        select(tally.c.code, tally.c.document, tally.c.coder, tally.c.passages, tally.c.words)
        .join(document, document.c.pk == tally.c.document)
        .where(document.c.retired == 0, *veil.seen(connection, tally))
    )
    if layer in (RECORD, CONSENSUS):
        own = own.where(veil.of_record(connection, tally.c.coder))
        if layer == CONSENSUS:
            own = own.where(tally.c.coder == consensus_key(connection))
    else:
        coder = schema.coder.table
        own = own.join(coder, coder.c.pk == tally.c.coder).where(coder.c.id == layer)
    code, of, *rest = own.selected_columns
    spoken = own.with_only_columns(code, of, tally.c.case, *rest, maintain_column_froms=True)
    spoken = spoken.join(case, case.c.pk == tally.c.case).where(case.c.retired == 0)
    return Tallies(
        numbers(connection, own.where(tally.c.case.is_(None))),
        numbers(connection, spoken),
        [ids_of(connection, noun) for noun in ("code", "document", "coder", "case")],
    )


def listed(connection: Connection, layer: str = RECORD) -> tuple[Tally, ...]:
    """Return the tally of one layer, each of it."""
    return tuple(read(connection, layer))
