"""Summaries of cells: text, author and the passages it rests on are one field, right together."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.summary import Rest, Summary
from qcode.store import schema, veil
from qcode.store.log import Edit
from qcode.store.project import Step


def listed(connection: Connection) -> tuple[Summary, ...]:
    """Return the summaries, oldest first."""
    table, case, code = schema.summary.table, schema.case.table, schema.code.table
    query = (
        select(table.c.id, case.c.id, code.c.id, table.c.maker, table.c.details)
        .join(case, case.c.pk == table.c.case)
        .join(code, code.c.pk == table.c.code)
        .where(table.c.retired == 0, case.c.retired == 0)
        .where(*veil.seen_findings(connection, table))
        .order_by(table.c.born, table.c.id)
    )
    only = veil.only_author(connection)
    found = (_summary(*row) for row in connection.execute(query))
    return tuple(one for one in found if only in (None, one.by))


def _summary(id: str, case: str, code: str, maker: str, details: str) -> Summary:
    said = json.loads(details)["said"]
    return Summary(
        id, case, code, said["text"], tuple(Rest(*one) for one in said["rests"]),
        said.get("by") or maker, said.get("at", 0),
    )  # fmt: skip


def write(
    step: Step, case: str, code: str, text: str, rests: Iterable[Rest], by: str = ""
) -> str:  # fmt: skip
    """Write the summary of a cell, or write it anew; return its id."""
    if not text.strip():
        raise BadInput(_("an empty summary is not kept; take it away instead"))
    said = {
        "text": text.strip(),
        "rests": [[one.coding, one.version, one.start, one.end, one.fit] for one in rests],
        "by": by or step.coder,
        "at": step.now(),
    }
    id = step.derive("summary", case, code)
    data = {"case": case, "code": code, "said": said, "retired": 0}
    step.record([Edit("summary", id, data, new=True)])
    return id


def retire(step: Step, summaries: Iterable[str]) -> None:
    """Take summaries away; earlier texts stay in the log."""
    step.record([Edit("summary", id, {"retired": 1}) for id in summaries])
