"""The documents a coder has to go back to, because codes came or changed after he was there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qcode.analysis.revisiting import change_names, outstanding
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.document import Document
from qcode.model.table import Column, Table
from qcode.store import codebook, documents, revisiting
from qcode.store.documents import Status
from qcode.store.project import Reader, Step
from qcode.store.revisiting import Birthday


@dataclass(frozen=True, slots=True)
class Visit:
    """One code to look for in one document, why, and since when."""

    document: Document
    code: str
    """Its id."""
    path: str
    change: str
    """One of the reasons of ``analysis.revisiting``."""
    since: int
    """When the code got its meaning, in milliseconds since 1970 UTC; 0 where it is not known."""
    reason: str
    """Why it got it, as the coder wrote who gave it."""
    finished: bool
    """Whether the document is marked finished; else it counts as of the last coding there."""


def queue(connection: Reader, coder: str) -> tuple[Visit, ...]:
    """Return what a coder has to look for, document by document, in the order of the codebook."""
    book = codebook.read(connection)
    born = revisiting.birthdays(connection)
    known = _statuses(connection, coder)
    unknown = Birthday(0, "")
    visits = []
    for document in documents.listed(connection):
        status = known.get(document.id)
        for code, change in outstanding(book, status.codes) if status else ():
            since = born.get(code, unknown)
            visits.append(
                Visit(document, code, book.path(code), change, since.at, since.reason,
                      bool(status and status.finished))
            )  # fmt: skip
    return tuple(visits)


def _statuses(connection: Reader, coder: str) -> dict[str, Status]:
    everyone = documents.statuses(connection)
    return {status.document: status for status in everyone if status.coder == coder}


def narrowed(visits: Iterable[Visit], document: str = "", codes: Iterable[str] = ()) -> list[Visit]:
    """Return the visits to one document, or for some codes, by their ids."""
    wanted = set(codes)
    return [
        visit for visit in visits
        if document in ("", visit.document.id) and (not wanted or visit.code in wanted)
    ]  # fmt: skip


def looked(step: Step, visits: Iterable[Visit]) -> None:
    """Record that who acts looked for these codes in these documents and found no more of them.

    Raises Refused where nothing is to be looked for, also where it was recorded meanwhile.
    """
    open_ = {(visit.document.id, visit.code) for visit in queue(step.connection, step.coder)}
    by_document: dict[str, dict[str, str]] = {}
    book = codebook.read(step.connection)
    for visit in visits:
        if (visit.document.id, visit.code) in open_:
            codes = by_document.setdefault(visit.document.id, {})
            codes[visit.code] = book[visit.code].meaning
    if not by_document:
        raise Refused(_("nothing is to be looked for there; “qcode revisit” lists what is"))
    known = _statuses(step.connection, step.coder)
    for document, codes in by_document.items():
        revisiting.look(step, known[document], codes)


def queue_table(visits: Iterable[Visit], coder: str, clock: Callable[[int], str]) -> Table:
    """Return visits as a table; ``clock`` tells a time in milliseconds since 1970 UTC."""
    visits = tuple(visits)
    columns = (
        Column("document", _("document")),
        Column("code", _("code to look for")),
        Column("change", _("because")),
        Column("since", _("since")),
        Column("reason", _("reason")),
        Column("state", _("document is")),
    )
    names = change_names()
    rows = tuple(
        (
            visit.document.name,
            visit.path,
            names[visit.change],
            clock(visit.since) if visit.since else "",
            visit.reason,
            _("finished") if visit.finished else _("coded"),
        )
        for visit in visits
    )
    title = _("Documents {coder} has to go back to").format(coder=coder)
    return Table(title, columns, rows, _notes(visits))


def _notes(visits: tuple[Visit, ...]) -> tuple[str, ...]:
    if not visits:
        return (_("nothing: every code was looked for, in its present meaning, in all documents "
                  "coded so far"),)  # fmt: skip
    return (
        _("until then these documents are not counted for these codes (“k of n looked through”)"),
        told(visits),
    )


def told(visits: Iterable[Visit]) -> str:
    """Return how many codes are to be looked for in how many documents, in words."""
    visits = tuple(visits)
    codes, places = {one.code for one in visits}, {one.document.id for one in visits}
    return _("{codes} in {documents}").format(
        codes=counted("{n} code", "{n} codes", len(codes)),
        documents=counted("{n} document", "{n} documents", len(places)),
    )
