"""Reading the tally: the one count that every table groups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from qcode.model.filter import CONSENSUS, RECORD
from qcode.model.tally import Tally
from qcode.store import schema


def listed(connection: Connection, layer: str = RECORD) -> tuple[Tally, ...]:
    """Return the tally of one layer: of each document's coder of record, or of one coder.

    Rows of retired documents and cases are left out.
    """
    tally, document, code = schema.tally, schema.document.table, schema.code.table
    coder, case = schema.coder.table, schema.case.table
    query: Any = (
        select(code.c.id, case.c.id, document.c.id, coder.c.id, tally.c.passages, tally.c.words)
        .join(document, document.c.pk == tally.c.document)
        .join(code, code.c.pk == tally.c.code)
        .join(coder, coder.c.pk == tally.c.coder)
        .outerjoin(case, case.c.pk == tally.c.case)
        .where(document.c.retired == 0)
        .where(tally.c.case.is_(None) | (case.c.retired == 0))
    )
    if layer in (RECORD, CONSENSUS):
        query = query.where(document.c.record == tally.c.coder)
    else:
        query = query.where(coder.c.id == layer)
    return tuple(
        Tally(code, case or "", document, coder, passages, words)
        for code, case, document, coder, passages, words in connection.execute(query)
    )
