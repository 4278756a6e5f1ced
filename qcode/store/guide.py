"""The questions of the interview guide, and where they were asked.

A question is named by its number: two copies that import one guide hold one. An asking stands on
the interviewer's turn and is carried through corrections like a coding.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qcode.model.coding import Place
from qcode.model.document import Version
from qcode.model.guide import Asking, Question, in_order
from qcode.model.span import Span
from qcode.store import documents, schema, veil
from qcode.store.codings import place_of
from qcode.store.log import Edit
from qcode.store.project import Step


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import of questions did."""

    added: int
    updated: int
    skipped: int


def put(step: Step, wanted: Iterable[Question], *, update: bool = False) -> Taken:
    """Store questions whose codes are ids; those that exist are skipped, or written over."""
    known = {one.id: one for one in questions(step.connection)}
    added = updated = skipped = 0
    edits = []
    for one in wanted:
        id = question_id(step, one.number)
        if id in known and not update:
            skipped += 1
            continue
        added, updated = (added, updated + 1) if id in known else (added + 1, updated)
        edits.append(Edit("question", id, _fields(one), new=True))
    step.record(edits)
    return Taken(added, updated, skipped)


def question_id(step: Step, number: str) -> str:
    """Return the id of a question: its number, without regard to case."""
    return step.derive("question", number.casefold())


def _fields(one: Question) -> Mapping[str, Any]:
    return {
        "name": one.number, "text": one.text, "label": dict(one.labels),
        "wording": list(one.wordings), "roles": [one.attribute, *one.roles] if one.roles else [],
        "codes": list(one.codes), "retired": 0,
    }  # fmt: skip


def retire(step: Step, question: str) -> None:
    """Take a question out of the guide; where it was asked is out of view with it."""
    step.record([Edit("question", question, {"retired": 1})])


def questions(connection: Connection) -> tuple[Question, ...]:
    """Return the questions in order of their numbers."""
    table = schema.question.table
    query = select(table.c.id, table.c.name, table.c.details).where(table.c.retired == 0)
    return tuple(in_order(_question(*row) for row in connection.execute(query)))


def _question(id: str, name: str, details: str) -> Question:
    held = json.loads(details)
    attribute, *roles = held.get("roles") or ("",)
    return Question(
        name, held["text"], id, held.get("label", {}), tuple(held.get("wording", ())), attribute,
        tuple(roles), tuple(held.get("codes", ())),
    )  # fmt: skip


def ask(
    step: Step, wanted: Iterable[tuple[str, str, Span]], *, by: str = ""
) -> tuple[str, ...]:  # fmt: skip
    """Record that questions were asked at places: of each the document, the question, the turn.

    What stands there already is left alone; return the ids of what is new.
    """
    here = {(one.document, one.question, one.start) for one in askings(step.connection)}
    versions: dict[str, Version] = {}
    edits = []
    for document, question, span in wanted:
        if (document, question, span.start) in here:
            continue
        if document not in versions:
            versions[document] = documents.current(step.connection, document)
        at = place_of(versions[document], span)
        id = step.derive("asking", document, question, at[0], str(span.start))
        data = {"document": document, "question": question, "at": at, "by": by or step.coder,
                "retired": 0}  # fmt: skip
        edits.append(Edit("asking", id, data, new=True))
    step.record(edits)
    return tuple(edit.row for edit in edits)


def unask(step: Step, ids: Iterable[str]) -> None:
    """Take back that questions were asked there."""
    step.record([Edit("asking", id, {"retired": 1}) for id in ids])


def askings(connection: Connection, document: str = "") -> tuple[Asking, ...]:
    """Return where questions of the guide were asked, by document and place."""
    table, of, question = schema.asking.table, schema.document.table, schema.question.table
    version = schema.version.table
    query = (
        select(table, of.c.id.label("of"), question.c.id.label("which"),
               version.c.id.label("version"))
        .join(of, of.c.pk == table.c.document)
        .join(question, question.c.pk == table.c.question)
        .join(version, version.c.pk == table.c.at_version)
        .where(table.c.retired == 0, of.c.retired == 0, question.c.retired == 0)
        .where(*veil.seen_findings(connection, table))
        .order_by(table.c.document, table.c.start, table.c.end, table.c.id)
    )  # fmt: skip
    if document:
        query = query.where(of.c.id == document)
    return tuple(
        Asking(
            row.id, row.of, row.which, Place(row.version, row.at_start, row.at_end, row.at_words),
            row.start, row.end, row.fit, json.loads(row.details).get("by", ""),
        )
        for row in connection.execute(query)
    )  # fmt: skip
