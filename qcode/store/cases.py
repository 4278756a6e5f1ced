"""Cases with their attributes, and which documents they take part in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qcode.model.case import KINDS, Attribute, Case, Consent, Participation
from qcode.store import schema
from qcode.store.log import Edit
from qcode.store.project import Step

NOTE = "consent.note"
"""Field of a case: what is noted of its consent, such as how to reach the person."""
TRANSLATION = "consent.translation"
"""Field of a case: whether its words may be quoted in another language."""
_UNKNOWN = Consent()
_TOLD = ("unit", "weight")
"""Fields of an attribute that no query joins on."""
CHECKING = "consent.checking"
"""Field of a case: whether its words may be brought back to be checked."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import of cases did."""

    added: int
    updated: int
    skipped: int


def case_id(step: Step, kind: str, name: str) -> str:
    """Return the id of a case: its kind and name, without regard to case."""
    return step.derive("case", kind_of(kind).casefold(), name.casefold())


def kind_of(typed: str) -> str:
    """Return the kind of case that was typed, in whichever language and letters."""
    known = {**{name: name for name in KINDS.values()}, **KINDS}
    return known.get(typed.strip().casefold(), typed.strip())


def add(
    step: Step, cases: Iterable[Case], attributes: Iterable[Attribute] = (), *, update: bool = False
) -> Taken:
    """Store cases; those that exist are skipped and counted, or written over where asked.

    The ids of ``cases`` and ``attributes`` are made here, from their names.
    """
    known = {case.id for case in listed(step.connection, retired=True)}
    ids, edits = _attributes(step, attributes)
    added = updated = skipped = 0
    seen: set[str] = set()
    for case in cases:
        id = case_id(step, case.kind, case.name)
        if id in seen or (id in known and not update):
            skipped += 1
            continue
        seen.add(id)
        added, updated = (added, updated + 1) if id in known else (added + 1, updated)
        data: dict[str, Any] = {"kind": kind_of(case.kind), "name": case.name}
        data.update({f"value.{ids[name]}": list(values) for name, values in case.values.items()})
        edits.append(Edit("case", id, data, new=id not in known))
        if case.consent != Consent():
            edits += _consent(id, case.consent, update=id in known)
    step.record(edits)
    return Taken(added, updated, skipped)


def _attributes(step: Step, attributes: Iterable[Attribute]) -> tuple[dict[str, str], list[Edit]]:
    known = {one.name.casefold(): one for one in attributes_of(step.connection)}
    ids = {one.name: one.id for one in known.values()}
    edits: list[Edit] = []
    for attribute in attributes:
        if (have := known.get(attribute.name.casefold())) is not None:
            ids[attribute.name] = have.id
            continue
        id = step.derive("attribute", attribute.name.casefold())
        ids[attribute.name] = id
        data = {"name": attribute.name, "type": attribute.type, "multiple": int(attribute.multiple)}
        told = {field: text for field in _TOLD if (text := getattr(attribute, field))}
        edits.append(Edit("attribute", id, {**data, **told}, new=True))
    return ids, edits


def set_consent(step: Step, case: str, consent: Consent) -> None:
    """Record what a participant released."""
    step.record(_consent(case, consent))


def _consent(case: str, consent: Consent, *, update: bool = True) -> list[Edit]:
    """Return the edits that record it: the note apart, so that a copy can go out without it."""
    released: dict[str, Any] = {"consent": {"quotation": consent.quotation}}
    if update or consent.translation is not None:
        released[TRANSLATION] = consent.translation
    if update or consent.checking is not None:
        released[CHECKING] = consent.checking
    return [Edit("case", case, released), Edit("case", case, {NOTE: consent.note})]


def set_value(step: Step, case: str, attribute: Attribute, values: tuple[str, ...]) -> None:
    """Set the values of one attribute of a case; none clears it."""
    ids, edits = _attributes(step, [attribute])
    edits.append(Edit("case", case, {f"value.{ids[attribute.name]}": list(values)}))
    step.record(edits)


def retire(step: Step, case: str, *, retired: bool = True) -> None:
    """Take a case out of view and count, or bring it back."""
    step.record([Edit("case", case, {"retired": int(retired)})])


def link(step: Step, document: str, case: str, speaker: str = "", *, linked: bool = True) -> None:
    """Record that a case takes part in a document, as one of its speakers or as a whole.

    ``speaker`` is the id of a speaker of that document; ``linked=False`` takes it back.
    """
    id = step.derive("participation", document, case, speaker)
    data = {"document": document, "case": case, "retired": int(not linked)}
    if speaker:
        data["speaker"] = speaker
    step.record([Edit("participation", id, data, new=True)])


def listed(connection: Connection, *, retired: bool = False) -> tuple[Case, ...]:
    """Return the cases in order of kind and name, with their values by attribute name.

    What is blank is no value.
    """
    table, value = schema.case.table, schema.case_value
    names = {one.id: one.name for one in attributes_of(connection)}
    values: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    query = select(value.c.case, value.c.attribute, value.c.value).order_by(value.c.position)
    for case, attribute, one in connection.execute(query).all():
        if attribute in names and one.strip():
            own, name = values[case], names[attribute]
            own[name] = (*own.get(name, ()), one)
    found = []
    columns = (table.c.pk, table.c.id, table.c.kind, table.c.name, table.c.retired, table.c.details)
    ordered = select(*columns).order_by(table.c.kind, table.c.name, table.c.id)
    for pk, id, kind, name, gone, details in connection.execute(ordered).all():
        if retired or not gone:
            own = values.get(pk, {})
            found.append(Case(id, kind_of(kind), name, own, _released(details), bool(gone)))
    return tuple(found)


def _released(details: str) -> Consent:
    if '"consent' not in details:  # Most say other things, and parsing takes its time.
        return _UNKNOWN
    held = json.loads(details)
    given = held.get("consent", {})
    note = held.get(NOTE, given.get("note", ""))
    return Consent(given.get("quotation"), note, held.get(TRANSLATION), held.get(CHECKING))


def attributes_of(connection: Connection) -> tuple[Attribute, ...]:
    """Return the attributes in the order in which they came."""
    table = schema.attribute.table
    query = select(
        table.c.id, table.c.name, table.c.type, table.c.multiple, table.c.details
    ).order_by(table.c.born, table.c.pk)
    return tuple(
        Attribute(id, name, type, bool(multiple),
                  **{field: text for field, text in json.loads(details).items() if field in _TOLD})
        for id, name, type, multiple, details in connection.execute(query)
    )  # fmt: skip


def participations(connection: Connection) -> tuple[Participation, ...]:
    """Return which case takes part in which document, as whom."""
    table, document = schema.participation.table, schema.document.table
    case, speaker = schema.case.table, schema.speaker.table
    query = (
        select(table.c.id, document.c.id, case.c.id, speaker.c.id)
        .join(document, document.c.pk == table.c.document)
        .join(case, case.c.pk == table.c.case)
        .outerjoin(speaker, speaker.c.pk == table.c.speaker)
        .where(table.c.retired == 0)
    )
    return tuple(
        Participation(id, document, case, speaker or "")
        for id, document, case, speaker in connection.execute(query).all()
    )


def by_document(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Return the ids of the cases that take part in each document."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in participations(connection):
        found[part.document].add(part.case)
    return {document: frozenset(cases) for document, cases in found.items()}
