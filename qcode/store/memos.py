"""Memos on anything, margin notes on passages, and flags with what is said about them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.coding import DISCUSS, FLAGS, UNUSED, Flag, Place
from qcode.model.memo import MEMO_SUBJECTS, Memo
from qcode.model.span import Span
from qcode.store import documents, schema, veil
from qcode.store.log import Edit
from qcode.store.project import Step


def noted(
    step: Step, about: tuple[str, str], text: str, *, document: str = "", coder: str = ""
) -> Edit:
    """Return the edit that writes a memo, for a step that does more than that.

    ``document`` is the one that a coding or passage stands in.
    """
    data = {"about_noun": about[0], "about_id": about[1], "text": text,
            "coder": coder or step.coder}  # fmt: skip
    if document:
        data["document"] = document
    return Edit("memo", step.mint(), data, new=True, fresh=True)


def write(
    step: Step, about: tuple[str, str], text: str, *, span: Span | None = None, coder: str = ""
) -> str:
    """Write a memo on something; with a span, a margin note on those words of a document."""
    if about[0] not in MEMO_SUBJECTS:
        raise BadInput(
            _("a memo is about one of {known}, not “{noun}”").format(
                known=", ".join(MEMO_SUBJECTS), noun=about[0]
            )
        )
    if not text.strip():
        raise BadInput(_("an empty memo is not kept"))
    document = about[1] if span else _document_of(step.connection, about)
    edit = noted(step, about, text, document=document, coder=coder)
    if span is not None:
        data = {**edit.data, "at": _at(step, document, span)}
        edit = Edit("memo", edit.row, data, new=True, fresh=True)
    step.record([edit])
    return edit.row


def _document_of(connection: Connection, about: tuple[str, str]) -> str:
    if about[0] not in ("coding", "flag"):
        return ""
    table, document = schema.NOUN[about[0]].table, schema.document.table
    query = select(document.c.id).join(table, table.c.document == document.c.pk)
    return str(connection.execute(query.where(table.c.id == about[1])).scalar_one())


def rewrite(step: Step, memo: str, text: str) -> None:
    """Give a memo another text; earlier ones stay in the log."""
    if not text.strip():
        raise BadInput(_("an empty memo is not kept; retire it instead"))
    step.record([Edit("memo", memo, {"text": text})])


def retire(step: Step, memos: Iterable[str], *, retired: bool = True) -> None:
    """Take memos out of view, or bring them back."""
    step.record([Edit("memo", id, {"retired": int(retired)}) for id in memos])


def mark(
    step: Step, document: str, span: Span, kind: str, *, coder: str = "", text: str = ""
) -> str:
    """Put a flag of one of FLAGS on a passage; with a text, the line that says what is meant."""
    if kind not in FLAGS:
        raise BadInput(
            _("a flag is one of {known}, not “{kind}”").format(known=", ".join(FLAGS), kind=kind)
        )
    id = step.mint()
    data = {"document": document, "coder": coder or step.coder, "kind": kind,
            "at": _at(step, document, span)}  # fmt: skip
    if line := " ".join(text.split()):
        data["text"] = line
    step.record([Edit("flag", id, data, new=True, fresh=True)])
    return id


def unmark(step: Step, flags: Iterable[str]) -> None:
    """Take flags away."""
    step.record([Edit("flag", id, {"retired": 1}) for id in flags])


def settle(step: Step, flag: Flag, *, settled: bool = True, coder: str = "") -> None:
    """Close what a flag asks, or open it again; anybody may, also for another who did."""
    if flag.kind != DISCUSS:
        raise BadInput(_("only what is to be discussed can be settled"))
    who = coder or step.coder if settled else ""
    step.record([Edit("flag", flag.id, {"settled": who})])


def _at(step: Step, document: str, span: Span) -> list[Any]:
    from qcode.store.codings import place_of

    return place_of(documents.current(step.connection, document), span)


def flags(connection: Connection, document: str = "") -> tuple[Flag, ...]:
    """Return the flags of one document, or of all, in order of place.

    What must be obeyed is also there where others' work is hidden, but not whose it is.
    """
    table = schema.flag.table
    found = []
    others = veil.hidden_documents(connection)
    for row in connection.execute(_placed(table, document).where(*veil.seen_flags(connection))):
        place = Place(row.version, row.at_start, row.at_end, row.at_words)
        details = json.loads(row.details)
        who = row.who
        if row.of in others and who != veil.viewer(connection):
            who, details = "", {"made": details.get("made", 0)}
        found.append(
            Flag(
                row.id, row.of, row.kind, who, place, row.start, row.end, row.fit, False,
                details.get("made", 0), details.get("text", ""), details.get("settled", ""),
            )
        )  # fmt: skip
    return tuple(found)


def unusable(connection: Connection) -> Mapping[str, list[Span]]:
    """Return the stretches that are not to be used, by document; none for any other."""
    found: dict[str, list[Span]] = defaultdict(list)
    for flag in flags(connection):
        if flag.kind == UNUSED and flag.fit != "lost":
            found[flag.document].append(Span(flag.start, flag.end))
    return found


def listed(connection: Connection, *, document: str = "") -> tuple[Memo, ...]:
    """Return the memos, oldest first; of one document: those on it and on all that stands in it."""
    table, found = schema.memo.table, []
    query = _placed(table, document).order_by(None).order_by(table.c.born, table.c.id)
    query = query.where(*veil.seen_memos(connection))
    for row in connection.execute(query):
        details = json.loads(row.details)
        place = Place(row.version, row.at_start, row.at_end, row.at_words) if row.version else None
        found.append(
            Memo(
                row.id, (row.about_noun, row.about_id), details["text"], row.who, place,
                row.start or 0, row.end or 0, row.fit or "same", False, details.get("made", 0),
            )
        )  # fmt: skip
    return tuple(found)


def _placed(table: Any, document: str) -> Any:
    of, coder, version = schema.document.table, schema.coder.table, schema.version.table
    query = (
        select(table, of.c.id.label("of"), coder.c.id.label("who"), version.c.id.label("version"))
        .join(coder, coder.c.pk == table.c.coder)
        .outerjoin(of, of.c.pk == table.c.document)
        .outerjoin(version, version.c.pk == table.c.at_version)
        .where(table.c.retired == 0)
        .order_by(table.c.document, table.c.start, table.c.end, table.c.id)
    )
    if document and table is schema.memo.table:
        return query.where((of.c.id == document) | (table.c.about_id == document))
    return query.where(of.c.id == document) if document else query
