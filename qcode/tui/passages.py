"""The passages of a code, side by side, for constant comparison."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.analysis.releasing import named, withheld
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import codings
from qcode.store.project import Reader
from qcode.workflows.prepared import quotation
from qcode.workflows.retrieving import Passage, Shelf


@dataclass(frozen=True, slots=True)
class Other:
    """One passage of a code, as a list shows it inside the program."""

    coding: str
    document: str
    """Its id."""
    span: Span
    place: str
    """Name of the document and number of the turn: ``W07:15``."""
    cases: str
    code: str
    coder: str
    text: str
    closed: str
    """Why it may not leave the project, or nothing."""


def of_code(connection: Reader, code: str, coders: tuple[str, ...]) -> tuple[Other, ...]:
    """Return the passages of a code and those below it by these coders, document by document."""
    shelf = Shelf(connection)
    wanted = Filter(codes=(code,), coders=coders)
    by_document: dict[str, list[Passage]] = {}
    pages = {}
    for coding in codings.listed(connection, wanted, shelf.book):
        if coding.fit == "lost" or coding.document not in shelf.documents:
            continue
        if coding.document not in pages:
            pages[coding.document] = shelf.page(coding.document)
        passage = shelf.passage(pages[coding.document], coding)
        by_document.setdefault(coding.document, []).append(passage)
    return tuple(_other(one) for id in shelf.documents for one in by_document.get(id, ()))


def _other(passage: Passage) -> Other:
    segment, page = passage.segment, passage.page
    reason = withheld(page.hearing.transcript, page.closed, passage.span)
    return Other(
        coding=segment.coding.id,
        document=page.document.id,
        span=passage.span,
        place=f"{page.document.name}:{segment.turn}",
        cases=" + ".join(segment.cases),
        code=segment.code.rpartition("/")[2],
        coder=segment.coder,
        text=quotation(passage),
        closed=named(reason) if reason else "",
    )
