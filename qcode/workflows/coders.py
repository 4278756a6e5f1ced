"""The people who code: what each is in the project, and which cases each knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qcode.language import _, counted
from qcode.model.naming import chosen
from qcode.model.round import CODER, SUPERVISOR
from qcode.store import cases, coders, documents, rounds
from qcode.store.coders import Coder
from qcode.store.project import Reader, Step
from qcode.workflows.people import case_named


def role_names() -> Mapping[str, str]:
    """Return what the roles of coders are called, as a person reads them."""
    return {CODER: _("coder"), SUPERVISOR: _("supervisor")}


def coder_named(connection: Reader, typed: str) -> Coder:
    """Return the coder of that name or a clear beginning of it."""
    return chosen(typed, {one.name: one for one in coders.listed(connection)}, _("coder"))


def set_role(step: Step, typed: str, role: str) -> Coder:
    """Make somebody a coder or a supervisor."""
    who = coder_named(step.connection, typed)
    coders.describe(step, who.id, {"role": role})
    return who


def set_known(step: Step, typed: str, names: Iterable[str], *, known: bool = True) -> str:
    """Record which cases a coder knows, or knows not after all; return what to know about it."""
    who = coder_named(step.connection, typed)
    found = {case_named(step.connection, name).id for name in names}
    now = set(who.knows) | found if known else set(who.knows) - found
    coders.describe(step, who.id, {"knows": sorted(now)})
    taking = cases.by_document(step.connection)
    titles = {one.id: one.name for one in documents.listed(step.connection)}
    clash = [
        titles[one.document] for one in rounds.assignments(step.connection)
        if known and one.coder == who.id and not now.isdisjoint(taking.get(one.document, ()))
    ]  # fmt: skip
    told = counted("{{coder}} knows {n} case.", "{{coder}} knows {n} cases.", len(now))
    if clash:
        told += " " + _("Assigned all the same until now: {names}; “qcode assign --remove” takes "
                        "them back.")  # fmt: skip
    return told.format(coder=who.name, names=", ".join(dict.fromkeys(clash)))
