"""Which codes meet, asked for by names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from qcode.analysis.cooccurrence import table
from qcode.analysis.cooccurrence.meeting import Way
from qcode.analysis.cooccurrence.pairs import Cooccurrence, Ground, gathered
from qcode.model.case import Participation
from qcode.model.document import Speaker
from qcode.model.filter import Filter
from qcode.model.hearing import Hearing, hearing_of
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.store import cases, documents, marks, memos
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of


@dataclass(frozen=True, slots=True)
class Asked:
    """How codes meet, with those below them if ``rolled``, and what is counted of it.

    ``numbered`` gives the columns of a matrix numbers for names.
    """

    way: Way
    rolled: bool = False
    measure: str = table.PASSAGES
    matrix: bool = False
    numbered: bool = True


def cooccurrence(connection: Reader, asked: Filter, how: Asked) -> Table:
    """Return which codes meet, as a list or a matrix; names are as typed."""
    wanted = resolved(connection, asked)
    found = met(connection, wanted, how.way, rolled=how.rolled)
    if how.matrix:
        return table.matrix(found, wanted.codes, how.measure, numbered=how.numbered)
    return table.listing(found, wanted.codes, how.measure)


@uncollected()
def met(connection: Reader, wanted: Filter, way: Way, *, rolled: bool = False) -> Cooccurrence:
    """Return which codes meet in the documents of a filter of ids; its codes are left to tables."""
    layer = layer_of(connection, wanted, tallied=False)
    kept = {one.id for one in layer.documents if one.id in layer.coders}
    of = Filter(documents=wanted.documents, kinds=wanted.kinds, layer=wanted.layer)
    spans = marks.stretches(connection, of, layer.book)
    closed: dict[str, list[Span]] = defaultdict(list)
    for flag in memos.flags(connection):
        if flag.kind == "not to be used" and flag.fit != "lost":
            closed[flag.document].append(Span(flag.start, flag.end))
    hearing = _hearings(connection)
    grounds = (
        Ground(document, own, closed.get(document, ()), hearing(document))
        for document, own in spans.items()
        if document in kept
    )
    return gathered(layer, grounds, way, rolled=rolled)


def _hearings(connection: Reader) -> Callable[[str], Callable[[], Hearing[str]]]:
    """Return what gives, for a document, a function that reads it once it is called."""
    speakers: dict[str, list[Speaker]] = defaultdict(list)
    parts: dict[str, list[Participation]] = defaultdict(list)
    for speaker in documents.speakers(connection):
        speakers[speaker.document].append(speaker)
    for part in cases.participations(connection):
        parts[part.document].append(part)
    read = documents.transcripts(connection)

    def of(document: str) -> Callable[[], Hearing[str]]:
        @cache
        def hearing() -> Hearing[str]:
            return hearing_of(read(document), speakers[document], parts[document])

        return hearing

    return of
