"""Documents: their texts, versions, speakers, and how far each coder is with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.change import digest
from qcode.model.document import Document, Speaker, Splice, Transcript, Version
from qcode.store import peers, schema, texts, trees, veil
from qcode.store.log import Edit
from qcode.store.project import Step
from qcode.store.rows import in_chunks
from qcode.store.settings import get_local


@dataclass(frozen=True)
class NewDocument:
    """A document on its way in; ``speakers`` gives the kind of each label."""

    name: str
    transcript: Transcript
    kind: str = "interview"
    speakers: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


def add(step: Step, documents: Iterable[NewDocument]) -> tuple[dict[str, str], list[str]]:
    """Store documents; return the ids of new ones by name, and the names of known ones.

    A text that the project holds already, as any version of a document, is skipped, whatever its
    name. A name that is taken is
    followed by a number.
    """
    known = {document.id: document.name for document in listed(step.connection, retired=True)}
    taken = set(known.values())
    held = holding(step.connection)
    added: dict[str, str] = {}
    skipped: list[str] = []
    edits: list[Edit] = []
    for document in documents:
        text = digest(document.transcript.text)
        id = step.derive("document", text)
        if id in known or text in held:
            skipped.append(document.name)
            continue
        name = free_name(document.name, taken)
        taken.add(name)
        known[id] = name
        added[name] = id
        edits += _edits(step, id, name, document)
    step.record(edits)
    return added, skipped


def _edits(step: Step, id: str, name: str, document: NewDocument) -> list[Edit]:
    data: dict[str, Any] = {"name": name, "kind": document.kind}
    data.update({f"detail.{key}": value for key, value in document.details.items() if value})
    edits = [Edit("document", id, data, new=True), version_edit(step, id, document.transcript)]
    for label in document.transcript.speakers:
        kind = document.speakers.get(label, "unknown")
        edits.append(_speaker(step, id, label, {"kind": kind}, new=True))
    return edits


def version_edit(
    step: Step, document: str, transcript: Transcript, parent: str = "",
    splices: Sequence[Splice] = (), *, other: tuple[str, Sequence[Splice]] | None = None,
) -> Edit:  # fmt: skip
    """Return the edit that stores a text as a version; ``other`` is a second one it came from."""
    text = texts.put(step.connection, "text", transcript.text)
    turns = texts.put(step.connection, "turns", texts.turns_body(transcript.turns))
    data: dict[str, Any] = {"document": document, "text": text, "turns": turns}
    if parent:
        data |= {"parent": parent, "splices": _stored(splices)}
    if other:
        data |= {"other": other[0], "other_splices": _stored(other[1])}
    id = step.derive("version", document, *sorted((parent, other[0])) if other else (parent,),
                     text, turns)  # fmt: skip
    return Edit("version", id, data, new=True)


def _stored(splices: Iterable[Splice]) -> list[list[int]]:
    return [[one.start, one.end, one.length] for one in splices]


def _speaker(
    step: Step, document: str, label: str, values: Mapping[str, str], *, new: bool = False
) -> Edit:
    id = step.derive("speaker", document, label)
    data = {"document": document, "label": label, **values} if new else dict(values)
    return Edit("speaker", id, data, new=new)


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that is not taken: itself, or followed by a number in brackets."""
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def holding(connection: Connection) -> Mapping[str, str]:
    """Return which document holds a text, in any of its versions, by the SHA-256 of the text."""
    version, of = schema.version.table, schema.document.table
    query = select(version.c.text, of.c.id).join(of, of.c.pk == version.c.document)
    return dict(connection.execute(query.order_by(version.c.born.desc())).all())


def listed(connection: Connection, *, retired: bool = False) -> tuple[Document, ...]:
    """Return the documents in order of their names."""
    document, version, coder = schema.document.table, schema.version.table, schema.coder.table
    query = (
        select(
            document.c.id,
            document.c.name,
            document.c.kind,
            version.c.id,
            document.c.retired,
            coder.c.id,
            document.c.details,
        )
        .outerjoin(version, version.c.pk == document.c.current)
        .outerjoin(coder, coder.c.pk == document.c.record)
    )
    if not retired:
        query = query.where(document.c.retired == 0)
    rows = connection.execute(query).all()
    own = {id: (veil.viewer(connection) or "") if worked else ""
           for id, worked in veil.own_records(connection).items()}  # fmt: skip
    found = [
        Document(
            id, name, kind, version_of or "", bool(gone), own.get(id, record or ""),
            {} if '"detail.' not in details else {
                key[7:]: value for key, value in json.loads(details).items()
                if key.startswith("detail.")
            },
        )
        for id, name, kind, version_of, gone, record, details in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda document: (natural(document.name), document.id)))


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts W2 before W10."""
    parts: list[tuple[int, str]] = []
    digits = ""
    for character in name.casefold() + "\0":
        if character.isdecimal():
            digits += character
            continue
        if digits:
            parts.append((int(digits), ""))
            digits = ""
        parts.append((-1, character))
    return tuple(parts)


def current(connection: Connection, document: str) -> Version:
    """Return the current version of a document with its text and turns."""
    row = connection.execute(_current_query(), {"document": document}).one()
    transcript = texts.read(connection, row.text, row.turns)
    return Version(row.id, document, transcript, row.parent or "", texts.splices_of(row.details))


@cache
def _current_query() -> Any:
    version, table = schema.version.table, schema.document.table
    return (
        select(version)
        .join(table, table.c.current == version.c.pk)
        .where(table.c.id == bindparam("document"))
    )


def transcripts(connection: Connection) -> Callable[[str], Transcript]:
    """Return what gives the current text of a document; the place of all is looked up once."""
    version, table = schema.version.table, schema.document.table
    query = select(table.c.id, version.c.text, version.c.turns).join(
        version, version.c.pk == table.c.current
    )
    names = {id: (text, turns) for id, text, turns in connection.execute(query)}
    return lambda document: texts.read(connection, *names[document])


def in_order_of_import(connection: Connection) -> tuple[str, ...]:
    """Return the ids of all documents, first the one that came in first."""
    table = schema.document.table
    return tuple(
        connection.execute(select(table.c.id).order_by(table.c.born, table.c.id)).scalars()
    )


def speakers(
    connection: Connection, document: str = "", *, kind: str = ""
) -> tuple[Speaker, ...]:  # fmt: skip
    """Return the speakers of one document, or of all; those of one kind alone, if it is given."""
    table, of = schema.speaker.table, schema.document.table
    query = (
        select(table.c.id, of.c.id, table.c.label, table.c.kind, table.c.details)
        .join(of, of.c.pk == table.c.document)
        .order_by(table.c.born, table.c.id)
    )
    if document:
        query = query.where(of.c.id == document)
    if kind:
        query = query.where(table.c.kind == kind)
    return tuple(
        Speaker(
            id, doc, label, kind, json.loads(details).get("name", "") if '"name"' in details else ""
        )
        for id, doc, label, kind, details in connection.execute(query).all()
    )


def mend_speaker(step: Step, document: str, label: str, *, kind: str = "", name: str = "") -> None:
    """Say who speaks under a label: the kind of speaker, the name shown instead of the label."""
    values = {key: value for key, value in (("kind", kind), ("name", name)) if value}
    speaker = Speaker("", document, label, kind or "unknown")
    step.record([_speaker(step, document, speaker.label, values)])


def set_details(step: Step, document: str, values: Mapping[str, str]) -> None:
    """Set the name, kind or further details of a document."""
    own = {key: value for key, value in values.items() if key in ("name", "kind")}
    rest = {f"detail.{key}": value for key, value in values.items() if key not in own}
    step.record([Edit("document", document, {**own, **rest})])


def retire(step: Step, document: str, *, retired: bool = True) -> None:
    """Take a document out of view and count with what stands on it, or bring it back."""
    step.record([Edit("document", document, {"retired": int(retired)})])


def correct(step: Step, document: str, transcript: Transcript, splices: Sequence[Splice]) -> str:
    """Store a corrected text as a new version, reached from the current one by ``splices``.

    What stands on the document is carried along: in place where its words are the same, flagged
    where they are others.
    """
    now = current(step.connection, document)
    if transcript == now.transcript:
        raise Refused(_("the corrected text is the text that stands there already"))
    edit = version_edit(step, document, transcript, now.id, splices)
    labels = {speaker.label for speaker in speakers(step.connection, document)}
    voices = [
        _speaker(step, document, label, {"kind": "unknown"}, new=True)
        for label in transcript.speakers
        if label not in labels
    ]
    step.record([edit, *voices])
    return edit.row


@dataclass(frozen=True)
class Status:
    """How far one coder is with one document.

    ``codes`` maps each code this coder had (when he finished it, else at his last coding there)
    to what it meant then.
    """

    document: str
    coder: str
    finished: bool
    empty: bool
    codes: Mapping[str, str]


def statuses(connection: Connection) -> tuple[Status, ...]:
    """Return how far every coder is with every document he coded or finished."""
    table, document, coder = schema.status.table, schema.document.table, schema.coder.table
    query = (
        select(document.c.id, coder.c.id, table.c.finished, table.c.seen, table.c.empty)
        .join(document, document.c.pk == table.c.document)
        .join(coder, coder.c.pk == table.c.coder)
        .where(*veil.seen(connection, table))
    )
    states: dict[str, Mapping[str, str]] = {"": {}}
    found = []
    for of, who, finished, seen, empty in connection.execute(query).all():
        name = finished or seen
        if name not in states:
            body = texts.body(connection, name)
            states[name] = dict(json.loads(body)["codes"]) if body else {}
        found.append(Status(of, who, bool(finished), bool(empty), states[name]))
    return tuple(found)


def finish(
    step: Step, document: str, *, empty: bool = False, coder: str = "",
    only: Container[str] | None = None,
) -> None:  # fmt: skip
    """Record that a coder (by default who acts) finished a document, with the codebook he had.

    ``empty`` says that he looked and found nothing to code, which is not the same as not coded;
    ``only`` names the codes he had, where these are not all that are offered.
    """
    state = keep_state(step, only)
    values = {"finished": state, "empty": int(empty)}
    step.record([_status(step, document, coder or step.coder, values)])


def had(step: Step, document: str, coder: str, codes: Container[str]) -> None:
    """Record which codes a coder had at his last coding in a document, if not all."""
    step.record([_status(step, document, coder, {"seen": keep_state(step, codes)})])


def unfinish(step: Step, document: str) -> None:
    """Take back that this coder finished a document."""
    step.record([_status(step, document, step.coder, {"finished": "", "empty": 0})])


def saw_codebook(step: Step, documents: Iterable[str], who: str = "") -> list[Edit]:
    """Return what must be noted so that the codes a coder had while coding are known later.

    ``who`` is the coder, empty for who acts.
    """
    who = who or step.coder
    wanted = sorted(set(documents))
    if not wanted:
        return []
    state = _state(step.connection)
    behind: list[str] = []
    for some in in_chunks(wanted):
        given = {"coder": who, "documents": some}
        seen = dict(step.connection.execute(_seen_query(), given).all())
        behind += [document for document in some if seen.get(document) != state]
    if behind:
        keep_state(step)
    return [_status(step, document, who, {"seen": state}) for document in behind]


@cache
def _seen_query() -> Any:
    table, of, coder = schema.status.table, schema.document.table, schema.coder.table
    return (
        select(of.c.id, table.c.seen)
        .join(of, of.c.pk == table.c.document)
        .join(coder, coder.c.pk == table.c.coder)
        .where(coder.c.id == bindparam("coder"))
        .where(of.c.id.in_(bindparam("documents", expanding=True)))
    )


def keep_state(step: Step, only: Container[str] | None = None) -> str:
    """Store the codebook (or some codes) as it stands and return its name."""
    connection = step.connection
    body = trees.state_body(connection, only, peers.meanings_as_seen(connection))
    return texts.put(connection, "codebook", body)


def _state(connection: Connection) -> str:
    """Return the name of the state of the codebook that who looks sees."""
    if seen := peers.meanings_as_seen(connection):
        return digest(trees.state_body(connection, None, seen))
    return get_local(connection, "codebook")


def _status(step: Step, document: str, coder: str, values: Mapping[str, Any]) -> Edit:
    id = step.derive("status", document, coder)
    data = {"document": document, "coder": coder, **values}
    return Edit("status", id, data, new=True)
