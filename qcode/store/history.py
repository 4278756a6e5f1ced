"""What was done, by whom, when; and undoing it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.change import Step as Done
from qcode.store import folding, log, schema, veil
from qcode.store.exchange import rows_of
from qcode.store.log import UNDO, Edit
from qcode.store.project import Project, Step
from qcode.store.rows import entries, fold_row, in_chunks
from qcode.store.schema import NOUN, NOUNS, Noun
from qcode.store.settings import get_local

LASTING = ("join", "found", "purge", "undo", "redo")
"""Verbs of steps that are not undone."""

SUBJECTS = ("document", "case", "code", UNDO)
"""Nouns that a step may be about; an undo is about the step that it takes back."""
FEW = 12
"""A step of more rows than this is told by their numbers alone."""


def steps(
    connection: Connection, *, most: int = 0, coder: str = "", document: str = ""
) -> tuple[Done, ...]:
    """Return what was done, newest first; what is hidden from who looks is left out."""
    table, change = schema.step, schema.change
    query = select(table).order_by(table.c.hlc.desc(), table.c.id.desc())
    if coder:
        query = query.where(table.c.actor == coder)
    if document:
        touching = select(change.c.step).where(
            (change.c.row == document) | change.c.data.contains(document, autoescape=True)
        )
        query = query.where(table.c.id.in_(touching))
    return _done(connection, _seen(connection, query, most))


def _seen(connection: Connection, query: Select[Any], most: int) -> list[Any]:
    """Return the first rows of a query for steps that are not hidden; all of them without ``most``."""
    rows: list[Any] = []
    while True:
        wanted = most - len(rows) if most else 0
        found = connection.execute(query.limit(wanted) if most else query).all()
        hidden = veil.hidden_steps(connection, [row.id for row in found])
        rows += [row for row in found if row.id not in hidden]
        if not hidden or len(found) < wanted or not most:
            return rows
        query = query.where(schema.step.c.hlc <= found[-1].hlc, schema.step.c.id.not_in(
            [row.id for row in found if row.hlc == found[-1].hlc]))  # fmt: skip


def by_id(connection: Connection, ids: Iterable[str]) -> tuple[Done, ...]:
    """Return the steps of these ids."""
    table = schema.step
    rows = [
        row
        for some in in_chunks(ids)
        for row in connection.execute(select(table).where(table.c.id.in_(some)))
    ]
    hidden = veil.hidden_steps(connection, [row.id for row in rows])
    return _done(connection, [row for row in rows if row.id not in hidden])


def _done(connection: Connection, rows: Sequence[Any]) -> tuple[Done, ...]:
    counts = _counts(connection, [row.id for row in rows])
    few = [id for id, own in counts.items() if sum(own.values()) <= FEW]
    about: dict[str, dict[tuple[str, str], None]] = {}
    reasons: dict[str, str] = {}
    for step, entity, row, data in _changed(connection, few):
        about.setdefault(step, {}).update(dict.fromkeys(_subjects(entity, row, data)))
        reasons.setdefault(step, data.get("reason", ""))
    return tuple(
        Done(
            row.id, row.actor, row.verb, row.at, bool(row.undone), counts[row.id],
            tuple(sorted(about.get(row.id, ()), key=lambda one: SUBJECTS.index(one[0]))),
            reasons.get(row.id, ""),
        )
        for row in rows
    )  # fmt: skip


def _changed(
    connection: Connection, steps: Iterable[str]
) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """Yield step, noun, row and fields of each change; a later change has those of the first too."""
    change = schema.change
    for some in in_chunks(steps):
        query = select(change).where(change.c.step.in_(some)).order_by(change.c.pk)
        found = connection.execute(query).all()
        later = {one.row for one in found if not one.new}
        born: dict[str, Mapping[str, Any]] = {}
        for ids in in_chunks(later):
            first = select(change.c.row, change.c.data).where(
                change.c.row.in_(ids), change.c.new == 1
            )
            born.update({row: _fields(data) for row, data in connection.execute(first)})
        for one in found:
            fields = {**born.get(one.row, {}), "reason": "", **_fields(one.data)}
            yield one.step, one.entity, one.row, fields


def _fields(data: str | None) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = json.loads(data) if data else {}
    return fields


def _subjects(entity: str, row: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if entity in SUBJECTS:
        yield entity, row
    named: list[tuple[Any, Any]] = [(noun, data.get(noun)) for noun in SUBJECTS]
    named += [("code", data.get("merged_into")), (data.get("about_noun"), data.get("about_id"))]
    for noun, id in named:
        if noun in SUBJECTS and id:
            yield noun, str(id)


def _counts(connection: Connection, steps: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return how many rows of each noun each step touched."""
    change = schema.change
    counts: dict[str, dict[str, int]] = {id: {} for id in steps}
    for some in in_chunks(counts):
        query = (
            select(change.c.step, change.c.entity, func.count(change.c.row.distinct()))
            .where(change.c.step.in_(some))
            .group_by(change.c.step, change.c.entity)
        )
        for id, entity, number in connection.execute(query):
            counts[id][entity] = number
    return counts


def last_done(connection: Connection, coder: str) -> Done | None:
    """Return the step that undo would take: this coder's last in this copy."""
    table = schema.step
    query = _own(connection, coder).where(table.c.undone == 0, table.c.verb.not_in(LASTING))
    return _first(connection, query.order_by(table.c.seq.desc()))


def last_undone(connection: Connection, coder: str) -> Done | None:
    """Return the step that redo would take: the one undone last, if nothing was done since."""
    table = schema.step
    since = (
        select(func.max(table.c.hlc))
        .where(table.c.writer == get_local(connection, "writer"), table.c.actor == coder)
        .where(table.c.verb.not_in(LASTING))
        .scalar_subquery()
    )
    query = _own(connection, coder).where(table.c.undone == 1, table.c.turned > since)
    return _first(connection, query.order_by(table.c.turned.desc()))


def _own(connection: Connection, coder: str) -> Any:
    table = schema.step
    writer = get_local(connection, "writer")
    return select(table).where(table.c.writer == writer, table.c.actor == coder).limit(1)


def _first(connection: Connection, query: Any) -> Done | None:
    return next(iter(_done(connection, connection.execute(query).all())), None)


def undo(project: Project, coder: str) -> Done | None:
    """Undo this coder's last step in this copy and return it, or None where there is none.

    Refused while rows of other steps stand on what the step created.
    """
    return _turn(project, coder, undone=True)


def redo(project: Project, coder: str) -> Done | None:
    """Do again what was undone last, or return None."""
    return _turn(project, coder, undone=False)


def _turn(project: Project, coder: str, *, undone: bool) -> Done | None:
    with project.write(coder, "undo" if undone else "redo") as step:
        found = (last_done if undone else last_undone)(step.connection, coder)
        if found is not None:
            turn(step, found.id, undone=undone)
    return found


def turn(step: Step, id: str, *, undone: bool) -> None:
    """Record that a step is undone (or stands again), and fold what it touched."""
    connection = step.connection
    touched = touched_by(connection, id)
    if undone:
        _refuse_if_built_upon(connection, id)
    change = step.pen.write(Edit(UNDO, id, {"undone": undone}), step.mint(), step.now())
    log.insert(connection, [change])
    log.note_steps(connection, [id, change.step])
    folding.fold(connection, touched)


def touched_by(connection: Connection, id: str) -> Mapping[str, set[str]]:
    """Return the rows that a step touched, ids by noun."""
    found: dict[str, set[str]] = {}
    for entity, row in rows_of(connection, [id]):
        found.setdefault(entity, set()).add(row)
    return found


def waits(connection: Connection) -> bool:
    """Tell whether any row waits for another that has not come."""
    return connection.execute(select(schema.waiting.c.id).limit(1)).first() is not None


def _refuse_if_built_upon(connection: Connection, id: str) -> None:
    """Refuse where live rows that another step created refer to rows that this one created."""
    change = schema.change
    created: dict[str, set[str]] = {}
    query = select(change.c.entity, change.c.row).where(change.c.step == id, change.c.new == 1)
    for entity, row in connection.execute(query):
        created.setdefault(entity, set()).add(row)
    _refuse_if_corrected_further(connection, created.get("version", set()))
    for entity, ids in created.items():
        for other in NOUNS:
            names = [name for name, target in other.refs.items() if target == entity]
            names += ["at_version"] if other.place and entity == "version" else []
            for name in names:
                standing = _standing(connection, other.name, name, entity, ids)
                foreign = standing - created.get(other.name, set())
                foreign -= _turned_back(connection, id, other, name, foreign, ids)
                if foreign:
                    raise Refused(
                        _("this cannot be undone: later work stands on what it created ({noun}: "
                          "{n}); retire it instead").format(n=len(foreign), noun=other.name)
                    )  # fmt: skip
        _refuse_if_noted(connection, entity, ids, created.get("memo", set()))


def _refuse_if_noted(connection: Connection, entity: str, ids: set[str], own: set[str]) -> None:
    """Refuse where live memos of other steps are about rows that are to go."""
    memo = NOUN["memo"].table
    for some in in_chunks(ids):
        about = (memo.c.about_noun == entity, memo.c.about_id.in_(some), memo.c.retired == 0)
        foreign = set(connection.execute(select(memo.c.id).where(*about)).scalars()) - own
        if foreign:
            raise Refused(
                _("this cannot be undone: later work stands on what it created ({noun}: "
                  "{n}); retire it instead").format(n=len(foreign), noun="memo")
            )  # fmt: skip


def _turned_back(
    connection: Connection, step: str, noun: Noun, column: str, ids: set[str], targets: set[str]
) -> set[str]:
    """Return which rows refer to what a step created only because that step made them do so."""
    if not ids:
        return set()
    log = schema.change
    own = select(log.c.row).where(log.c.step == step, log.c.entity == noun.name)
    ours = ids & set(connection.execute(own).scalars())
    back: set[str] = set()
    for id, found in entries(connection, noun, ours, {}, without=step).items():
        row = fold_row(found)
        field = "at" if column == "at_version" else column
        value = row.fields.get(field) if row else None
        if (value[0] if field == "at" and value else value) not in targets:
            back.add(id)
    return back


def _refuse_if_corrected_further(connection: Connection, ids: set[str]) -> None:
    """Refuse where another version stands on one of these: without it no place leads there."""
    table = NOUN["version"].table
    for some in in_chunks(ids):
        above = select(table.c.id).where(table.c.parent.in_(some), table.c.id.not_in(some))
        if connection.execute(above.limit(1)).first():
            raise Refused(
                _("this cannot be undone: the text was corrected further since; correct it anew "
                  "instead")
            )  # fmt: skip


def _standing(
    connection: Connection, noun: str, column: str, target: str, ids: set[str]
) -> set[str]:
    table, to = NOUN[noun].table, NOUN[target].table
    found: set[str] = set()
    for some in in_chunks(ids):
        query = select(table.c.id).join(to, to.c.pk == table.c[column]).where(to.c.id.in_(some))
        if "retired" in table.c:
            query = query.where(table.c.retired == 0)
        found.update(connection.execute(query).scalars())
    return found
