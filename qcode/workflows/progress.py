"""How far coders are with the documents, and what one of them did, day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from qcode.analysis import diary as analysis
from qcode.analysis.diary import Day, Made, hours, told
from qcode.language import _
from qcode.model.document import DOCUMENT_KINDS, Document
from qcode.model.filter import Filter
from qcode.model.round import Assignment
from qcode.model.table import Blank, Cell, Column, Share, Table
from qcode.store import coders, diary, documents, progress, rounds
from qcode.store.coders import Coder
from qcode.store.documents import Status
from qcode.store.progress import Reach
from qcode.store.project import Reader
from qcode.workflows.choosing import whole_documents
from qcode.workflows.scope import finished

EVERYTHING = Filter()


def progress_table(connection: Reader, asked: Filter = EVERYTHING) -> Table:
    """Return the documents by coder: the furthest turn coded, segments, and whether finished.

    Of the documents that a filter of names leaves.
    """
    why = _("how far coders are is told of whole documents")
    listed = whole_documents(connection, asked, why)
    here = {one.id for one in listed}
    starts = progress.turn_starts(connection)
    statuses = {(one.document, one.coder): one for one in documents.statuses(connection)}
    done = {one for one in finished(connection) if one[0] in here}
    given = [one for one in rounds.assignments(connection) if one.document in here]
    assigned = {(one.document, one.coder) for one in given}
    rows: list[tuple[Cell, ...]] = []
    notes = []
    begun: set[str] = set()
    for coder in coders.listed(connection):
        reaches = progress.reaches(connection, coder.id)
        for document in listed:
            key = document.id, coder.id
            status, reach = statuses.get(key), reaches.get(document.id)
            if reach is None and key not in done and key not in assigned:
                continue
            begun.add(document.id)
            if (reach is None and not status) or (key in done and not status):
                # Not begun, or hidden: of others in an open round that they finished is all.
                state = _("finished") if key in done else _("assigned")
                hidden = Blank("·", _("hidden while the round is open, or not begun"))
                rows.append((document.name, coder.name, hidden, hidden, state))
                continue
            turns = starts.get(document.id, ())
            rows.append((document.name, coder.name, *_reached(reach, turns), _state(status)))
        notes += _done_of(coder, len(listed), done, given, connection)
    rows += [(one.name, "-", 0, 0, _("not begun")) for one in listed if one.id not in begun]
    order = {document.name: number for number, document in enumerate(listed)}
    rows.sort(key=lambda row: order[str(row[0])])
    columns = (
        Column("document", _("document")),
        Column("coder", _("coder")),
        Column("reached", _("coded up to turn"), numeric=True),
        Column("segments", _("segments"), numeric=True),
        Column("state", _("state")),
    )
    return Table(_("Progress"), columns, tuple(rows), tuple(notes))


def _done_of(
    coder: Coder, documents: int, done: AbstractSet[tuple[str, str]], given: Iterable[Assignment],
    connection: Reader,
) -> list[str]:  # fmt: skip
    """Return how much a coder finished: of all documents, and of what was assigned in each round."""
    number = sum(who == coder.id for _document, who in done)
    said = [
        _("{coder}: {k} of {n} documents finished").format(coder=coder.name, k=number, n=documents)
    ]
    names = {one.id: one.name for one in rounds.listed(connection)}
    by_round: dict[str, list[str]] = {}
    for one in given:
        if one.coder == coder.id:
            by_round.setdefault(one.round, []).append(one.document)
    for round, some in by_round.items():
        told = _("{coder}: {k} of {n} assigned documents finished in round {round}") if round else _(
            "{coder}: {k} of {n} assigned documents finished")  # fmt: skip
        k = sum((document, coder.id) in done for document in some)
        said.append(told.format(coder=coder.name, k=k, n=len(some), round=names.get(round, "?")))
    return said


def _reached(reach: Reach | None, starts: tuple[int, ...]) -> tuple[Cell, Cell]:
    if reach is None:
        return Share(0, len(starts)), 0
    return Share(sum(start <= reach.furthest for start in starts), len(starts)), reach.codings


def _state(status: Status | None) -> str:
    if status is None or not status.finished:
        return _("begun")
    return _("finished, nothing to code") if status.empty else _("finished")


def in_order(listed: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return documents as they are worked through: interviews first."""
    return tuple(sorted(listed, key=lambda one: DOCUMENT_KINDS.index(one.kind)))


def next_open(connection: Reader, coder: str, document: str) -> str:
    """Return the id of the next document that a coder has not finished, after one and round.

    Nothing where there is no other.
    """
    ids = [one.id for one in in_order(documents.listed(connection))]
    at = ids.index(document) if document in ids else -1
    done = {
        one.document for one in documents.statuses(connection)
        if one.coder == coder and one.finished
    }  # fmt: skip
    return next((id for id in (*ids[at + 1 :], *ids[: max(at, 0)]) if id not in done), "")


def days(connection: Reader, coder: str, now: datetime, since: int = 0) -> tuple[Day, ...]:
    """Return what a coder did, all days together first; ``now`` has the zone in which days end."""

    def day_of(at: int) -> date:
        return datetime.fromtimestamp(at / 1000, now.tzinfo).date()

    things = [
        Made(day_of(deed.at), deed.noun, deed.id, deed.document)
        for deed in diary.deeds(connection, coder, since)
    ]
    return analysis.days(things, diary.clock(connection, coder, since), day_of)


def today(connection: Reader, coder: str, now: datetime) -> str:
    """Return what a coder did today in one sentence, or nothing if that is nothing."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    whole, *_days = days(connection, coder, now, int(midnight.timestamp() * 1000))
    what = told(whole)
    return _("Today: {what}").format(what=what) if what else ""


def days_table(found: tuple[Day, ...], coder: str, name_day: Callable[[Day], str]) -> Table:
    """Return what a coder did, a row a day; ``name_day`` says how a day is written."""
    columns = (
        Column("day", _("day")),
        Column("segments", _("segments"), numeric=True),
        Column("documents", _("documents"), _("coded"), numeric=True),
        Column("finished", _("documents"), _("finished"), numeric=True),
        Column("codes", _("new codes"), numeric=True),
        Column("memos", _("memos"), numeric=True),
        Column("active", _("at work"), _("hours:minutes"), numeric=True),
    )
    rows = tuple((name_day(day), *cells(day)) for day in found)
    return Table(_("What {coder} did").format(coder=coder), columns, rows, (rule(),))


def cells(day: Day) -> tuple[Cell, ...]:
    """Return the numbers of a day."""
    return (
        sum(day.segments.values()), len(day.segments), len(day.finished), len(day.codes),
        day.memos, hours(day.active),
    )  # fmt: skip


def rule() -> str:
    """Return how the numbers of a day are made."""
    return _("what stands now of what was made that day, without imports; “at work” adds up the "
             "time between saved steps that are at most 10 minutes apart")  # fmt: skip
