"""Memos: what one is about as it is typed, and finding one again."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.store import codebook, codings, memos
from qcode.store.project import Reader, Step
from qcode.workflows.addresses import coding_at, document_named
from qcode.workflows.choosing import WHOLE, cases_left, documents_left, resolved_of
from qcode.workflows.listing import memo_number
from qcode.workflows.people import case_named


@dataclass(frozen=True, slots=True)
class Subject:
    """What a memo is about, as typed; nothing at all is the project."""

    document: str = ""
    code: str = ""
    coding: str = ""
    case: str = ""

    def __post_init__(self) -> None:
        if sum(map(bool, (self.document, self.code, self.coding, self.case))) > 1:
            raise BadInput(_("a memo is about one thing; write one for each"))


def about(connection: Reader, subject: Subject, project: str) -> tuple[str, str]:
    """Return the kind and id of what a memo is about."""
    if subject.document:
        return "document", document_named(connection, subject.document).id
    if subject.code:
        return "code", codebook.read(connection).find(subject.code, retired=True).id
    if subject.coding:
        return "coding", coding_at(connection, subject.coding)
    if subject.case:
        return "case", case_named(connection, subject.case).id
    return "project", project


def write(step: Step, subject: Subject, text: str, span: Span | None = None) -> str:
    """Write a memo and return its number; with a span, on those words of the document."""
    if span and not subject.document:
        raise BadInput(_("only a memo on a document has a place; name it with --document"))
    subject_id = about(step.connection, subject, step.project)
    return memos.write(step, subject_id, text, span=span)[-6:]


def chosen(connection: Reader, asked: Filter) -> tuple[Memo, ...]:
    """Return the memos on what a filter of names leaves: documents, cases, codes, codings of them."""
    why = _("a memo is on documents, cases and codes, whatever else stands there")
    wanted = resolved_of(connection, asked, ("--code", *WHOLE), why)
    everything = memos.listed(connection)
    noted = {id for noun, id in (memo.about for memo in everything) if noun == "coding"}
    coded = {one.id: one for one in codings.of_ids(connection, noted, all_there=True)}
    family = codings.given_for(codebook.read(connection), wanted.codes)
    things = _whole(connection, wanted)
    flagged = {one.id: one.document for one in memos.flags(connection)}

    def fits(memo: Memo) -> bool:
        noun, id = memo.about
        coding = coded.get(id)
        code = coding.code if coding else id if noun == "code" else ""
        thing = coding.document if coding else flagged.get(id, id)
        return (not wanted.codes or code in family) and (things is None or thing in things)

    return tuple(filter(fits, everything))


def _whole(connection: Reader, wanted: Filter) -> frozenset[str] | None:
    """Return the ids of the documents and cases that a filter of ids leaves; None for all."""
    people, places = wanted.cases or wanted.where, wanted.documents or wanted.kinds
    if not (people or places):
        return None
    cases = cases_left(connection, wanted) if people and not places else ()
    texts = documents_left(connection, wanted)
    return frozenset((*(one.id for one in texts), *(one.id for one in cases)))


def found(connection: Reader, typed: str) -> Memo:
    """Return the memo of a number."""
    same = [one for one in memos.listed(connection) if memo_number(one) == typed.casefold()]
    if len(same) == 1:
        return same[0]
    same = [one for one in memos.listed(connection) if one.id.endswith(typed.casefold() or "-")]
    if len(same) == 1:
        return same[0]
    raise NotFound(_("no memo “{typed}”; “qcode memos list” shows them").format(typed=typed))
