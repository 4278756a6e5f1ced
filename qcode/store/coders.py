"""The people who code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import BadInput, Refused
from qcode.language import _
from qcode.model.filter import CONSENSUS, RECORD
from qcode.model.identity import minted
from qcode.model.round import CODER
from qcode.store import schema, veil
from qcode.store.consensus import consensus_id
from qcode.store.log import Edit
from qcode.store.project import Project, Step
from qcode.store.rounds import acting_as, second_self
from qcode.store.settings import get_local, put_local

_LENT = "lent as"
"""Local setting: the coder that a sample is opened as."""


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes, or his second self: what he gives when he codes once more.

    ``role`` is one of ROLES. ``knows`` holds the ids of cases that he knows from elsewhere, so that
    he is not to code them. ``of`` is the person whose second self this is, else empty.
    """

    id: str
    name: str
    role: str = CODER
    knows: tuple[str, ...] = ()
    of: str = ""


def listed(connection: Connection) -> tuple[Coder, ...]:
    """Return the coders in the order in which they joined; the consensus is none of them."""
    consensus = consensus_id(connection)
    return tuple(one for one in _everyone(connection) if one.id != consensus)


def _everyone(connection: Connection) -> Iterator[Coder]:
    table = schema.coder.table
    query = select(table.c.id, table.c.name, table.c.details).order_by(table.c.born, table.c.id)
    return (_coder(*row) for row in connection.execute(query).all())


def _coder(id: str, name: str, details: str) -> Coder:
    held = json.loads(details)
    return Coder(
        id, name, held.get("role") or CODER, tuple(held.get("knows", ())), held.get("of", "")
    )


def describe(step: Step, coder: str, values: Mapping[str, Any]) -> None:
    """Set fields of a coder: ``role``, or ``knows``, the list of cases he is not to code."""
    step.record([Edit("coder", coder, dict(values))])


def add_second(step: Step, coder: Coder, round: str, name: str) -> str:
    """Let the second self of a coder join, for a round in which he codes again; return its id."""
    id = second_self(step.project, coder.id, round)
    step.record([Edit("coder", id, {"name": name, "of": coder.id}, new=True)])
    return id


def names(connection: Connection) -> Mapping[str, str]:
    """Return by id what stands as a coder's name beside codings, also beside the consensus."""
    return {coder.id: coder.name for coder in _everyone(connection)}


def checked_name(name: str) -> str:
    """Return the name of a coder without blanks around it, or refuse it."""
    name = name.strip()
    if not name or len(name) > 100 or not name.isprintable():
        raise BadInput(_("a coder's name is a short text of one line"))
    if name.casefold() in (CONSENSUS, RECORD):
        raise BadInput(
            _("“{name}” is no name for a coder: it stands for a layer of codings").format(name=name)
        )
    return name


def add(step: Step, wanted: Iterable[str]) -> Mapping[str, str]:
    """Let coders join in a step that does more than that; return their ids by name.

    Who has joined already keeps his id.
    """
    ids = {coder.name: coder.id for coder in listed(step.connection)}
    edits: list[Edit] = []
    for name in dict.fromkeys(map(checked_name, wanted)):
        if name not in ids:
            ids[name] = step.mint()
            edits.append(Edit("coder", ids[name], {"name": name}, new=True, fresh=True))
    step.record(edits)
    return ids


def lend(project: Project, coder: str) -> None:
    """Let who opens a project without saying who he is, and has not joined it, act as a coder."""
    with project.maintain() as connection:
        put_local(connection, _LENT, coder)


def viewer(project: Project, name: str, *, asked: bool = False) -> str:
    """Return the id of who looks under this name, for reading alone: empty if he never joined."""
    try:
        id = expected(project, name, asked=asked)
    except BadInput:
        return ""
    return "" if project.newcomers.pop(id, None) else id


def _refuse_another(connection: Connection, owner: str, name: str) -> None:
    known = {one.id: one for one in listed(connection)}
    own = {known[id].name for id in (owner, known[owner].of) if id in known}
    of = known[owner].name
    if name and name not in own:
        raise Refused(
            _("this copy of the project was made for {owner}, who codes blind in it; {name} needs "
              "a copy of his own: qcode export project --for").format(owner=of, name=name)
        )  # fmt: skip


def expected(project: Project, name: str, *, asked: bool = False) -> str:
    """Return the id of the coder of this name; who is new joins with his first step.

    Who codes a round again is his second self. A blind copy is opened as the coder it was made
    for, whatever the name; where that one was ``asked`` for, another is refused. In a project that
    is lent to whoever opens it, who is new and was not asked for is the coder it is lent as.
    """
    name = checked_name(name)
    with project.read() as connection:
        if owner := get_local(connection, veil.COPY_FOR):
            _refuse_another(connection, owner, name if asked else "")
            return acting_as(connection, owner)
        known = {coder.name: coder.id for coder in listed(connection)}
        if name in known:
            return acting_as(connection, known[name])
        if not asked and (lent := get_local(connection, _LENT)) in known.values():
            return acting_as(connection, lent)
    known |= {waiting: id for id, waiting in project.newcomers.items()}
    if name not in known:
        known[name] = minted(project.now())
        project.newcomers[known[name]] = name
    return known[name]


def joined(project: Project, name: str, *, asked: bool = False) -> str:
    """Return the id of the coder of this name, who joins the project now if there is none."""
    id = expected(project, name, asked=asked)
    if id in project.newcomers:
        with project.write(id, "join"):
            pass  # To write is to join.
    return id
