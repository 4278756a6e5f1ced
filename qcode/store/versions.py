"""The versions of a document that corrected another one: by whom, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qcode.model.document import Transcript, Version
from qcode.store import schema, texts


@dataclass(frozen=True, slots=True)
class Correction:
    """One version and the text it corrected; ``at`` counts milliseconds since 1970 UTC."""

    before: Transcript
    version: Version
    coder: str
    at: int
    stands: bool
    """Whether it is in the current text; of two from one parent only one is."""


def corrections(connection: Connection, document: str) -> tuple[Correction, ...]:
    """Return what was corrected in a document and not undone, oldest first."""
    table, of = schema.version.table, schema.document.table
    query = (
        select(table, of.c.current)
        .join(of, of.c.pk == table.c.document)
        .where(of.c.id == document)
        .order_by(table.c.born, table.c.id)
    )
    rows = {row.id: row for row in connection.execute(query)}
    line: set[str] = set()
    here = next((row.id for row in rows.values() if row.pk == row.current), "")
    while here in rows and here not in line:
        line.add(here)
        here = rows[here].parent
    return tuple(
        Correction(
            texts.read(connection, rows[row.parent].text, rows[row.parent].turns),
            Version(
                row.id, document, texts.read(connection, row.text, row.turns), row.parent,
                texts.splices_of(row.details),
            ),
            row.maker, json.loads(row.details)["made"], row.id in line,
        )
        for row in rows.values()
        if row.parent in rows
    )  # fmt: skip


def transcript_of(connection: Connection, version: str) -> Transcript | None:
    """Return the text of a version with its turns; None where there is no such version."""
    table = schema.version.table
    query = select(table.c.text, table.c.turns).where(table.c.id == version)
    row = connection.execute(query).first()
    return row and texts.read(connection, row.text, row.turns)
