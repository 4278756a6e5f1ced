"""Filters that were saved under a name; one of another case is the same name."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from qcode.errors import NotFound
from qcode.language import _
from qcode.model.naming import nearest
from qcode.model.search import Search
from qcode.store import peers, schema
from qcode.store.log import Edit
from qcode.store.project import Step


def save(
    step: Step, name: str, line: str, ids: Mapping[str, Mapping[str, str]] | None = None
) -> str:  # fmt: skip
    """Keep a line of options under a name, in place of what had it; return the id.

    ``ids`` gives those of what is named in the options, by noun and by what was typed.
    """
    one = Search(step.derive("search", name.casefold()), name, line)
    data = {"name": one.name, "line": one.line, "ids": dict(ids or {}), "retired": 0}
    step.record([Edit("search", one.id, data, new=True)])
    return one.id


def remove(step: Step, search: str) -> None:
    """Take a saved search out of the list."""
    step.record([Edit("search", search, {"retired": 1})])


def listed(connection: Connection) -> tuple[Search, ...]:
    """Return the saved searches by name, those that are seen."""
    hidden = peers.hidden_searches(connection)
    table = schema.search.table
    query = select(table.c.id, table.c.name, table.c.details).where(table.c.retired == 0)
    found = [
        # The first projects kept ids of codes alone.
        Search(id, name, data["line"], data.get("ids") or {"code": data.get("codes", {})})
        for id, name, details in connection.execute(query)
        if id not in hidden
        for data in (json.loads(details),)
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.name)))


def named(connection: Connection, name: str) -> Search:
    """Return the search of a name; raises NotFound with the nearest names."""
    known = {one.name.casefold(): one for one in listed(connection)}
    if found := known.get(name.strip().casefold()):
        return found
    if near := nearest(name, [one.name for one in known.values()]):
        raise NotFound(
            _("no search was saved as “{name}”; the nearest are: {names}").format(
                name=name, names=", ".join(near)
            )
        )
    raise NotFound(
        _("no search was saved as “{name}”; --save NAME keeps the options of a command").format(
            name=name
        )
    )
