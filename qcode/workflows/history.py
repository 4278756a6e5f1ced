"""What was done, with the names of what it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qcode.errors import Refused
from qcode.language import _
from qcode.model.change import Step
from qcode.model.table import Column, Table
from qcode.store import cases, codebook, coders, documents, history, project
from qcode.store.log import UNDO
from qcode.store.project import Reader
from qcode.workflows.telling import local_now, told
from qcode.workflows.telling import when as told_when


def history_table(connection: Reader, steps: Iterable[Step], when: Callable[[int], str]) -> Table:
    """Return steps with who, when and what; one that was undone says so.

    ``when`` tells a time that is given in milliseconds since 1970 UTC.
    """
    steps = tuple(steps)
    known = coders.names(connection)
    turned = history.by_id(
        connection, {id for one in steps for noun, id in one.about if noun == UNDO}
    )
    names = _names(connection) | {(UNDO, one.id): f"{told(one)}, {when(one.at)}" for one in turned}
    columns = (
        Column("when", _("when")),
        Column("who", _("who")),
        Column("what", _("what")),
        Column("about", _("about")),
        Column("reason", _("reason")),
        Column("state", _("state")),
    )
    rows = tuple(
        (
            when(one.at),
            known.get(one.actor, "?"),
            told(one),
            " · ".join(names[subject] for subject in one.about if subject in names),
            one.reason,
            _("undone") if one.undone else "",
        )
        for one in steps
    )
    return Table(_("History"), columns, rows)


def _names(connection: Reader) -> dict[tuple[str, str], str]:
    book = codebook.read(connection)
    return {
        **{("document", one.id): one.name for one in documents.listed(connection, retired=True)},
        **{("case", one.id): one.name for one in cases.listed(connection, retired=True)},
        **{("code", id): book.path(id) for id in book.codes},
    }


def told_with_codes(connection: Reader, step: Step) -> str:
    """Return what a step did, with the codes it concerns: ``code 1 segment (gotong royong)``."""
    about = [id for noun, id in step.about if noun == "code"]
    names = codebook.names(connection, about)
    codes = ", ".join(names[id] for id in about if id in names)
    return _("{step} ({codes})").format(step=told(step), codes=codes) if codes else told(step)


def turned(step: project.Step, *, undone: bool) -> str:
    """Undo the last step of a coder, or do again what he undid last; return what it was."""
    find = history.last_done if undone else history.last_undone
    found = find(step.connection, step.coder)
    if found is None:
        raise Refused(_("There is nothing of yours to undo here, or to do again."))
    what = told_with_codes(step.connection, found) if undone else told(found)
    history.turn(step, found.id, undone=undone)
    said = _("Undone: {step}, {when}") if undone else _("Done again: {step}, {when}")
    return said.format(step=what, when=told_when(found.at, local_now()))
