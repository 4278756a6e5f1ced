"""The pieces of stories: each a row of its own, so that two people may work on one story."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.narrative import PASSAGE, PIECES, Piece, between, ordered
from qcode.store import schema, veil
from qcode.store.log import Edit
from qcode.store.project import Step


@dataclass(frozen=True, slots=True)
class NewPiece:
    """A piece on its way in; ``id`` and ``by`` are empty for a new one of who acts."""

    kind: str
    text: str = ""
    coding: str = ""
    id: str = ""
    by: str = ""


def listed(connection: Connection, case: str = "") -> tuple[Piece, ...]:
    """Return the pieces of one case, or of all, as they are told."""
    table, of, coding = schema.piece.table, schema.case.table, schema.coding.table
    query = (
        select(table.c.id, of.c.id, coding.c.id, table.c.maker, table.c.details)
        .join(of, of.c.pk == table.c.case)
        .outerjoin(coding, coding.c.pk == table.c.coding)
        .where(table.c.retired == 0, of.c.retired == 0, *veil.seen_findings(connection, table))
    )
    if case:
        query = query.where(of.c.id == case)
    rows = connection.execute(query)
    return tuple(ordered(_piece(*row) for row in rows))


def _piece(id: str, case: str, coding: str | None, maker: str, details: str) -> Piece:
    given = json.loads(details)
    return Piece(
        id, case, given["kind"], given["order"], given.get("text", ""), coding or "",
        given.get("by") or maker,
    )  # fmt: skip


def add(step: Step, case: str, new: Sequence[NewPiece], after: str = "") -> tuple[str, ...]:
    """Put pieces one after the other behind a piece, or before all; return their ids."""
    there = listed(step.connection, case)
    low, high = _gap(there, after)
    edits = []
    for one in new:
        id = one.id or step.mint()
        low = between(low, high, id)
        data: dict[str, Any] = {"case": case, "kind": _kind(one), "order": low, "retired": 0}
        data |= {"coding": one.coding} if one.coding else {"text": _text(one.text)}
        if one.by:
            data["by"] = one.by
        edits.append(Edit("piece", id, data, new=True))
    step.record(edits)
    return tuple(edit.row for edit in edits)


def _kind(one: NewPiece) -> str:
    if one.kind not in PIECES or (one.kind == PASSAGE) != bool(one.coding):
        raise BadInput(_("a passage stands for a coding; what is written is no passage"))
    return one.kind


def _text(text: str) -> str:
    if not text.strip():
        raise BadInput(_("an empty text is not kept"))
    return text.strip()


def _gap(there: Sequence[Piece], after: str) -> tuple[str, str]:
    """Return the orders between which a piece behind ``after``, or before all, is to stand."""
    if not after:
        return "", there[0].order if there else ""
    at = _at(there, after)
    return there[at].order, there[at + 1].order if at + 1 < len(there) else ""


def _at(there: Sequence[Piece], id: str) -> int:
    for at, one in enumerate(there):
        if one.id == id:
            return at
    raise NotFound(_("this piece is no longer in the story"))


def move(step: Step, piece: str, after: str = "") -> None:
    """Put a piece behind another one of its story, or before all."""
    everything = listed(step.connection)
    case = everything[_at(everything, piece)].case
    there = [one for one in everything if one.case == case and one.id != piece]
    low, high = _gap(there, after)
    step.record([Edit("piece", piece, {"order": between(low, high, piece)})])


def rewrite(step: Step, piece: str, text: str) -> None:
    """Give a heading or sentence another text; earlier ones stay in the log."""
    step.record([Edit("piece", piece, {"text": _text(text)})])


def retire(step: Step, pieces: Iterable[str]) -> None:
    """Take pieces out of their story; the passages stay coded."""
    step.record([Edit("piece", id, {"retired": 1}) for id in pieces])
