"""Giving passages codes by hand, and changing codings by their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from qcode.errors import NotFound, Refused
from qcode.language import _
from qcode.model.coding import MARKS, Coding
from qcode.model.document import Document
from qcode.model.filter import RECORD, Filter
from qcode.model.span import Span
from qcode.store import answers, codebook, codings, documents, memos
from qcode.store.codings import NewCoding
from qcode.store.project import Reader, Step
from qcode.system import uncollected
from qcode.workflows.addresses import addresses, coding_at, document_named
from qcode.workflows.choosing import resolved
from qcode.workflows.retrieving import Retrieved, Shelf, picked


def apply(step: Step, typed: str, span: Span, code: str, memo: str = "") -> str:
    """Give a passage a code and return the address of the coding."""
    document = document_named(step.connection, typed)
    found = codebook.read(step.connection).find(code)
    new = NewCoding(document.id, span, found.id, memo)
    for old in codings.of_document(step.connection, document.id):
        if (old.start, old.end, old.code, old.coder) == (
            span.start,
            span.end,
            found.id,
            step.coder,
        ):
            raise Refused(_("you gave these words this code already"))
    (id,) = codings.apply(step, [new])
    return addresses(step.connection, [document])[id]


def at(connection: Reader, typed: Iterable[str]) -> tuple[Coding, ...]:
    """Return the codings at some addresses."""
    return tuple(codings.one(connection, coding_at(connection, one)) for one in typed)


def address_of(connection: Reader, coding: str) -> str:
    """Return the address of a coding."""
    of = codings.one(connection, coding).document
    here = [one for one in documents.listed(connection) if one.id == of]
    return addresses(connection, here)[coding]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Codings, the documents in which they were looked for, and how many have no place to show."""

    codings: tuple[Coding, ...]
    documents: tuple[Document, ...]
    lost: int = 0


@uncollected()
def chosen(
    connection: Reader, asked: Filter, *, layer: bool = False, retired: bool = False
) -> Chosen:
    """Return the codings that a filter of names means: everyone's, or those that count.

    Those that count where coders are chosen or a layer, which ``layer`` says of that of record.
    """
    wanted = resolved(connection, asked)
    of = tuple(
        one for one in documents.listed(connection)
        if (not wanted.documents or one.id in wanted.documents)
        and (not wanted.kinds or one.kind in wanted.kinds)
    )  # fmt: skip
    everyone = not (wanted.coders or layer or wanted.layer != RECORD)
    if not (wanted.picks or wanted.cases or wanted.where) and (everyone or wanted.coders):
        return Chosen(_plain(connection, wanted, of, retired=retired), of)
    if retired:
        raise Refused(_("retired codings are chosen by --document, --kind, --code and --coder "
                        "alone"))  # fmt: skip
    shelf, found = Shelf(connection), Retrieved()
    if everyone:
        wanted = replace(wanted, coders=tuple(shelf.coders))
    own = tuple(one for _page, some in picked(shelf, wanted, found) for one in some)
    return Chosen(own, of, found.lost)


def _plain(
    connection: Reader, wanted: Filter, of: Sequence[Document], *, retired: bool
) -> tuple[Coding, ...]:
    """Return the codings of some documents by code and coder, those that need a place too."""
    only = of[0].id if len(of) == 1 else ""
    given = (
        codings.given_for(codebook.read(connection), wanted.codes) if wanted.codes else ()
    )  # fmt: skip
    found: dict[str, list[Coding]] = {document.id: [] for document in of}
    for one in codings.of_document(
        connection, only, retired=retired, codes=given, coders=wanted.coders
    ):
        if one.document in found:
            found[one.document].append(one)
    return tuple(chain.from_iterable(found.values()))


def mark(step: Step, typed: str, span: Span, kind: str) -> Document:
    """Mark a passage as off the record or not to be used."""
    document = document_named(step.connection, typed)
    memos.mark(step, document.id, span, kind)
    return document


def unmark(step: Step, typed: str, span: Span, kind: str) -> int:
    """Take away the marks of a kind that overlap a passage; return how many there were."""
    document = document_named(step.connection, typed)
    found = [
        flag.id
        for flag in memos.flags(step.connection, document.id)
        if flag.kind == kind and flag.fit != "lost" and span.overlaps(Span(flag.start, flag.end))
    ]
    if not found:
        raise NotFound(_("no such mark stands on these words"))
    answers.refuse_freeing(step, found)
    memos.unmark(step, found)
    return len(found)


def kinds_of_mark() -> dict[str, str]:
    """Return the kinds of mark by what is typed for them: ``off-the-record``."""
    return {kind.replace(" ", "-"): kind for kind in MARKS}
