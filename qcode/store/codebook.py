"""Codes: reading the tree and changing it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Select, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.codebook import LAST, UNSORTED, Code, Codebook, checked_name
from qcode.store import peers, rounds, schema, veil
from qcode.store.log import Edit
from qcode.store.project import Step
from qcode.store.rows import in_chunks

PROSE = ("definition", "include", "exclude", "example", "color", "basis")
"""Fields of a code that are one text each."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be set on one code and why; ``new`` creates it."""

    code: str
    values: Mapping[str, Any]
    reason: str = ""
    new: bool = False


def read(connection: Connection) -> Codebook:
    """Return every code of the project, retired and merged ones among them."""
    hidden, seen = veil.hidden_codes(connection), peers.codes_as_seen(connection)
    rows = [row for row in connection.execute(_rows_query()) if row[1] not in hidden]
    ids = {row[0]: row[1] for row in rows}
    found = (
        (id, name, ids.get(parent, ""), ids.get(merged, ""), *rest)
        for _pk, id, name, parent, merged, *rest in rows
    )
    return Codebook(_code(_as_seen(row, seen[row[0]]) if row[0] in seen else row) for row in found)


def _as_seen(row: tuple[Any, ...], fields: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the row of a code with what it says as it is seen: all but merged and retired."""
    id, _name, _parent, merged, _position, retired, _meaning, _details = row
    return (
        id, fields["name"], fields.get("parent", ""), merged, fields.get("position", 0), retired,
        fields.get("meaning", ""), json.dumps(fields, sort_keys=True),
    )  # fmt: skip


@cache
def _rows_query() -> Select[Any]:
    table = schema.code.table.c
    return select(
        table.pk, table.id, table.name, table.parent, table.merged_into, table.position,
        table.retired, table.meaning, table.details,
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _code(row: tuple[Any, ...]) -> Code:
    """Return a code of its row; the same row is the same object, read however often."""
    id, name, parent, merged_into, position, retired, meaning, details = row
    given = json.loads(details)
    labels = {name[6:]: label for name, label in given.items()
              if name.startswith("label.") and label}  # fmt: skip
    return Code(
        id, name, parent, merged_into, position, bool(retired), meaning, labels,
        tuple(given.get("alias", ())), **{name: given.get(name, "") for name in (*PROSE, "round")},
    )  # fmt: skip


def makers(connection: Connection) -> dict[str, str]:
    """Return who made each code, by its id."""
    table = schema.code.table
    return dict(connection.execute(select(table.c.id, table.c.maker)).all())


def names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of some codes by id."""
    table = schema.code.table
    hidden = veil.hidden_codes(connection)
    ids = [id for id in ids if id not in hidden]
    found: dict[str, str] = {}
    for some in in_chunks(ids):
        query = select(table.c.id, table.c.name).where(table.c.id.in_(some))
        found.update(connection.execute(query).all())
    seen = peers.codes_as_seen(connection)
    return found | {id: seen[id]["name"] for id in found.keys() & seen.keys()}


def fields(code: Code) -> dict[str, Any]:
    """Return a code as the fields of its row; empty ones are left out."""
    given: dict[str, Any] = {
        "name": code.name,
        "parent": code.parent,
        "position": code.position,
        "alias": list(code.aliases),
        **{f"label.{language}": label for language, label in code.labels.items()},
        **{name: getattr(code, name) for name in PROSE},
    }
    return {name: value for name, value in given.items() if value}


def add(
    step: Step, codes: Iterable[Code], *, reason: str = "", pile: Sequence[str] = ()
) -> tuple[str, ...]:
    """Create codes, parents before children, and return their ids.

    Refused where a sibling of the same name is offered already. ``pile`` is noted with each. What
    a coder makes inside an open round is a proposal until it is accepted.
    """
    proposed = _proposed(step)
    known = read(step.connection)
    names = {(known.parent(code.id), code.name.casefold()) for code in known}
    edits: list[Edit] = []
    for code in codes:
        name = (code.parent, code.name.casefold())
        if name in names:
            raise Refused(
                _("there is a code “{name}” in that place already").format(name=code.name)
            )
        names.add(name)
        data = {**fields(code), "meaning": code.meaning or step.mint(), **proposed}
        if pile:
            data["pile"] = list(pile)
        edits.append(Edit("code", code.id, _because(data, reason), new=True))
    step.record(edits)
    return tuple(edit.row for edit in edits)


def revise(step: Step, code: str, values: Mapping[str, Any], *, reason: str = "") -> None:
    """Set fields of a code; a new meaning is set by the caller as ``meaning``."""
    if "name" in values:
        checked_name(values["name"])
        _refuse_twin(step.connection, code, values["name"])
    step.record([Edit("code", code, _because(dict(values), reason))])


def amend(step: Step, amendments: Iterable[Amendment]) -> None:
    """Write many changes to codes at once; that no two siblings share a name is left to callers.

    A new code gets a new meaning.
    """
    proposed = _proposed(step)
    step.record([
        Edit("code", one.code, _because(
            {**one.values, "meaning": step.mint(), **proposed} if one.new else dict(one.values),
            one.reason,
        ), new=one.new)
        for one in amendments
    ])  # fmt: skip


def accept(step: Step, code: str, *, reason: str = "") -> None:
    """Make a code that was proposed in a round a code of everyone."""
    step.record([Edit("code", code, _because({"round": ""}, reason))])


def _proposed(step: Step) -> dict[str, str]:
    """Return what makes a code a proposal where its maker codes in an open round."""
    within = rounds.open_for(step.connection, step.coder)
    return {"round": within[0].id} if within else {}


def rename(step: Step, code: str, name: str, *, reason: str = "") -> None:
    """Give a code another name; its meaning stays."""
    revise(step, code, {"name": name}, reason=reason)


def move(step: Step, code: str, parent: str, *, reason: str = "") -> None:
    """Put a code under another one, or at the top where ``parent`` is empty."""
    book = read(step.connection)
    if parent and (parent == code or parent in book.below(code)):
        raise Refused(_("“{name}” cannot be moved below itself").format(name=book[code].name))
    twins = [one for one in book.children(parent) if one.id != code and book.offered(one)]
    if any(one.name.casefold() == book[code].name.casefold() for one in twins):
        raise Refused(
            _("there is a code “{name}” in that place already").format(name=book[code].name)
        )
    position = next_position(book, parent)
    step.record([Edit("code", code, _because({"parent": parent, "position": position}, reason))])


def merge(step: Step, code: str, into: str, *, reason: str = "") -> None:
    """Let everything coded with one code count for another; undo gives it its own back."""
    book = read(step.connection)
    if book.end(into) == book.end(code):
        raise Refused(_("“{name}” counts for that code already").format(name=book[code].name))
    step.record([Edit("code", code, _because({"merged_into": into}, reason))])


def unmerge(step: Step, code: str, *, reason: str = "") -> None:
    """Give a merged code its own codings back."""
    step.record([Edit("code", code, _because({"merged_into": ""}, reason))])


def shift(step: Step, code: str, by: int) -> None:
    """Let a code change places with the sibling shown after it (1) or before it (-1)."""
    book = read(step.connection)
    shown = [one for one in book.children(book.parent(code))
             if book.offered(one) and one.position < LAST]  # fmt: skip
    at = next((number for number, one in enumerate(shown) if one.id == code), -1)
    to = at + by
    if at < 0 or not 0 <= to < len(shown):
        raise Refused(_("“{name}” cannot go further").format(name=book[code].name))
    shown.insert(to, shown.pop(at))
    step.record([
        Edit("code", one.id, {"position": number})
        for number, one in enumerate(shown) if one.position != number
    ])  # fmt: skip


def unsorted(step: Step) -> str:
    """Return the code under which new ones wait to be put in order; make it if there is none.

    Its id and meaning are derived: copies that make it each for itself have one and the same.
    """
    book = read(step.connection)
    id = step.derive("code", UNSORTED)
    if id not in book.codes:
        for code in book.children():
            if book.offered(code) and code.name.casefold() == UNSORTED:
                return code.id
        data = {"name": UNSORTED, "label.id": "belum ditata", "position": LAST,
                "meaning": step.derive("meaning", UNSORTED)}  # fmt: skip
        step.record([Edit("code", id, data, new=True)])
        return id
    id = book.end(id)
    if book[id].retired:
        retire(step, id, retired=False)
    return id


def retire(step: Step, code: str, *, retired: bool = True, reason: str = "") -> None:
    """Stop offering a code, or offer it again; its codings stay and count either way."""
    step.record([Edit("code", code, _because({"retired": int(retired)}, reason))])


def next_position(book: Codebook, parent: str) -> int:
    """Return the position after the last code below ``parent``, but for one that stays last."""
    taken = (code.position for code in book.children(parent) if code.position < LAST)
    return 1 + max(taken, default=-1)


def _refuse_twin(connection: Connection, code: str, name: str) -> None:
    book = read(connection)
    for twin in book.children(book.parent(code)):
        if twin.id != code and book.offered(twin) and twin.name.casefold() == name.casefold():
            raise Refused(_("there is a code “{name}” in that place already").format(name=name))


def _because(data: dict[str, Any], reason: str) -> dict[str, Any]:
    return {**data, "reason": reason} if reason else data
