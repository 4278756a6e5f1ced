"""What discussion did: figures before and after it, and each coder against the consensus."""

from __future__ import annotations

from qcode.analysis.agreement import discussed as figures
from qcode.analysis.agreement.marking import joined
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.filter import CONSENSUS, Filter
from qcode.model.table import Table
from qcode.store import codings, decisions
from qcode.store.project import Reader
from qcode.workflows import adjudication, outcomes
from qcode.workflows.agreement import Measure, compared, wholly
from qcode.workflows.review import summed


def before_and_after(connection: Reader, asked: Filter, measure: Measure) -> Table:
    """Return agreement by what coders gave and with what was settled; names are as typed."""
    wanted = wholly(connection, asked)
    review = adjudication.read(connection)
    if not any(one.decision for one in review.listed):
        raise Refused(_("nothing was settled yet; “qcode review” lists what there is to settle"))
    before, _given = compared(connection, wanted, measure)
    revise = outcomes.discussed(connection, review.listed)
    after, _given = compared(connection, wanted, measure, revise)
    table = figures.before_and_after(before, after, wanted.codes)
    codes = codings.given_for(before.book, wanted.codes)
    kept = {one.id for one in before.documents}
    about = [
        one for one in review.listed
        if one.item.document in kept and set(one.item.coders) <= set(before.coders)
        and (not codes or not codes.isdisjoint(one.item.codes))
    ]  # fmt: skip
    return Table(table.title, table.columns, table.rows, (*table.notes, summed(about)),
                 table.depths)  # fmt: skip


def against_consensus(connection: Reader, asked: Filter) -> Table:
    """Return precision, recall and Dice of each coder, in documents whose consensus is of record."""
    wanted = wholly(connection, asked)
    closed = decisions.settled(connection)
    found, _given = compared(connection, wanted, Measure())
    book = found.book
    marks: dict[str, dict[str, list[tuple[int, int]]]] = {
        one.id: {} for one in found.documents if one.id in closed
    }
    if not marks:
        raise Refused(_("no document has a consensus yet; “qcode review” leads there"))
    for one in codings.listed(connection, Filter(layer=CONSENSUS), book):
        if one.document in marks and one.fit != "lost":
            own = marks[one.document].setdefault(book.end(one.code), [])
            own.append((one.start, one.end))
    united = {
        document: {
            code: found.scales[document].usable(some) if found.scales[document].closed
            else joined(some)
            for code, some in own.items()
        }
        for document, own in marks.items()
    }  # fmt: skip
    table = figures.against(found, united, wanted.codes)
    left = [one for one in adjudication.read(connection).listed
            if one.item.document in closed and one.open]  # fmt: skip
    notes = table.notes
    if left:
        notes = (*notes, counted("{n} item there is open again", "{n} items there are open again",
                                 len(left)))  # fmt: skip
    return Table(table.title, table.columns, table.rows, notes, table.depths)
