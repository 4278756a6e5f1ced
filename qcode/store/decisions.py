"""What was settled about disagreements, and the coding of the consensus that follows from it.

A decision has the id of its item and is written whole each time, as are its passages, whose ids
derive from it: two copies that settle one item hold one decision, and undoing one leaves the
other. The consensus is a coder of a derived id whom no list of people shows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from qcode.model.coding import Coding
from qcode.model.decision import Decision, Input, Outcome
from qcode.model.document import Version
from qcode.store import codings, documents, schema, veil
from qcode.store.consensus import NAME, consensus_id
from qcode.store.log import Edit, Pen
from qcode.store.project import Step
from qcode.store.rows import in_chunks

_TEXTS = ("reason", "dissent", "rule", "rule_text")


def decide(step: Step, wanted: Iterable[tuple[Decision, Sequence[Outcome]]]) -> None:
    """Write decisions with the passages of the consensus they make.

    What stood by an earlier decision of the same item and no longer belongs is retired.
    """
    wanted = list(wanted)
    if not wanted:
        return
    consensus = _joined(step)
    versions: dict[str, Version] = {}
    standing = _standing(step.connection, {one.id for one, _outcome in wanted})
    edits: list[Edit] = []
    for one, outcome in wanted:
        if outcome and one.document not in versions:
            versions.clear()
            versions[one.document] = documents.current(step.connection, one.document)
        edits.append(Edit("decision", one.id, _fields(step, one, len(outcome)), new=True))
        for number, (code, span) in enumerate(outcome):
            at = codings.place_of(versions[one.document], span)
            data = {"document": one.document, "code": code, "coder": consensus, "at": at,
                    "decision": one.id, "retired": 0}  # fmt: skip
            edits.append(Edit("coding", passage_id(step, one.id, number), data, new=True))
        kept = {passage_id(step, one.id, number) for number in range(len(outcome))}
        edits += [Edit("coding", id, {"retired": 1}) for id in standing[one.id] if id not in kept]
    step.record(edits)


def _fields(step: Step, one: Decision, outcome: int) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in _TEXTS},
        "document": one.document, "kind": one.kind, "verdict": one.verdict, "retired": 0,
        "coders": list(one.coders), "codes": list(one.codes), "present": list(one.present),
        "inputs": [list(given) for given in one.inputs], "outcome": outcome,
        "by": one.by or step.coder, "when": one.at or step.now(),
    }  # fmt: skip


def passage_id(step: Step, decision: str, number: int) -> str:
    """Return the id of a passage of the consensus: of its decision, and as its how manyth."""
    return step.derive("coding", decision, str(number))


def retire(step: Step, ids: Iterable[str]) -> None:
    """Take decisions back, and the passages of the consensus with them."""
    if not (ids := list(ids)):
        return
    standing = _standing(step.connection, ids)
    step.record([
        *(Edit("decision", id, {"retired": 1}) for id in ids),
        *(Edit("coding", coding, {"retired": 1}) for id in ids for coding in standing[id]),
    ])  # fmt: skip


def close(step: Step, document: str, codes: Collection[str]) -> bool:
    """Let the consensus be of record in a document all of whose items are settled.

    ``codes`` are those that all who are compared had there: the consensus has no others. Return
    whether that is news.
    """
    consensus = _joined(step)
    state = documents.keep_state(step, codes)
    if document in settled(step.connection) and state == _finished(step.connection, document):
        return False
    standing = _live(step.connection).where(schema.document.table.c.id == document)
    empty = step.connection.execute(standing.limit(1)).first() is None
    documents.finish(step, document, empty=empty, coder=consensus, only=codes)
    step.record([Edit("document", document, {"settled": 1})])
    return True


def _finished(connection: Connection, document: str) -> str:
    """Return the name of the state of the codebook that the consensus of a document has."""
    table, of, coder = schema.status.table, schema.document.table, schema.coder.table
    query = (
        select(table.c.finished)
        .join(of, of.c.pk == table.c.document)
        .join(coder, coder.c.pk == table.c.coder)
        .where(of.c.id == document, coder.c.id == consensus_id(connection))
    )
    return connection.execute(query).scalar() or ""


def _joined(step: Step) -> str:
    """Return the id of the consensus; it joins in a step of its own, which nobody undoes."""
    consensus = consensus_id(step.connection)
    table = schema.coder.table
    if step.connection.execute(select(table.c.pk).where(table.c.id == consensus)).first() is None:
        pen = step.pen
        own = Pen(pen.writer, consensus, step.mint(), "join", pen.seq, pen.hlc)
        joining = Step(step.connection, step.project, own, step.now)
        joining.record([Edit("coder", consensus, {"name": NAME}, new=True)])
        pen.seq, pen.hlc = own.seq, own.hlc
    return consensus


def listed(
    connection: Connection, document: str = "", *, retired: bool = False
) -> tuple[Decision, ...]:
    """Return the decisions, oldest first."""
    table, of = schema.decision.table, schema.document.table
    query = (
        select(table.c.id, of.c.id, table.c.verdict, table.c.details)
        .join(of, of.c.pk == table.c.document)
        .order_by(table.c.born, table.c.id)
    )
    if document:
        query = query.where(of.c.id == document)
    if not retired:
        query = query.where(table.c.retired == 0)
    rows = connection.execute(query.where(*veil.seen(connection, table))).all()
    standing = _standing(connection, None)
    return tuple(_decision(*row, standing[row[0]]) for row in rows)


def _decision(
    id: str, document: str, verdict: str, details: str, standing: Mapping[str, bool]
) -> Decision:  # fmt: skip
    given = json.loads(details)
    return Decision(
        id=id, document=document, verdict=verdict,
        coders=(given["coders"][0], given["coders"][1]),
        codes=(given["codes"][0], given["codes"][1]),
        kind=given["kind"],
        inputs=tuple(Input(*one) for one in given["inputs"]),
        outcome=given["outcome"],
        present=tuple(given["present"]),
        by=given["by"],
        at=given["when"],
        codings=tuple(standing),
        torn=len(standing) != given["outcome"],
        **{name: given[name] for name in _TEXTS},
    )  # fmt: skip


def _standing(
    connection: Connection, decisions: Collection[str] | None
) -> Mapping[str, dict[str, bool]]:  # fmt: skip
    """Return the live passages of the consensus by decision, of some or of all."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for id, details in connection.execute(_live(connection)):
        of = json.loads(details).get("decision", "")
        if decisions is None or of in decisions:
            found[of][id] = True
    return found


def _live(connection: Connection) -> Select[Any]:
    """Return the query for the live passages of the consensus: id and details."""
    coding, coder, of = schema.coding.table, schema.coder.table, schema.document.table
    return (
        select(coding.c.id, coding.c.details)
        .join(coder, coder.c.pk == coding.c.coder)
        .join(of, of.c.pk == coding.c.document)
        .where(coder.c.id == consensus_id(connection), coding.c.retired == 0)
        .order_by(coding.c.start, coding.c.id)
    )


def inputs_of(given: Iterable[Coding]) -> tuple[Input, ...]:
    """Return codings as a decision keeps them."""
    return tuple(
        Input(one.id, one.code, one.at.version, one.at.start, one.at.end)
        for one in sorted(given, key=lambda one: one.id)
    )


def settled(connection: Connection) -> frozenset[str]:
    """Return the documents whose coding of record is the consensus."""
    table, coder = schema.document.table, schema.coder.table
    query = (
        select(table.c.id)
        .join(coder, coder.c.pk == table.c.record)
        .where(coder.c.id == consensus_id(connection))
    )
    hidden = veil.hidden_documents(connection)
    return frozenset(connection.execute(query).scalars()) - hidden


def changed_by(connection: Connection, ids: Iterable[str]) -> Mapping[str, tuple[str, int]]:
    """Return who wrote last about each of these codings, undone or not, and when.

    A step that undid it is about the step, not the coding, and is found with it.
    """
    log, table = schema.change, schema.step
    found: dict[str, tuple[str, int]] = {}
    for some in in_chunks(ids):
        query = (
            select(log.c.row, log.c.actor, log.c.at, table.c.turned)
            .join(table, table.c.id == log.c.step)
            .where(log.c.entity == "coding", log.c.row.in_(some))
            .order_by(log.c.hlc, log.c.id)
        )
        for row, actor, at, turned in connection.execute(query):
            found[row] = (actor, max(at, turned >> 16))
    return found
