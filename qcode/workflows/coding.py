"""Giving passages codes by hand or from a table, and changing codings by their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from qcode.errors import BadInput, NotFound, QcodeError, Refused
from qcode.formats.tabular import Row, read_rows
from qcode.language import _
from qcode.model import naming
from qcode.model.coding import MARKS, Coding
from qcode.model.document import Document
from qcode.model.filter import RECORD, Filter
from qcode.model.span import Span
from qcode.store import answers, codebook, coders, codings, documents, memos, veil
from qcode.store.codings import NewCoding
from qcode.store.project import Reader, Step
from qcode.workflows.addresses import addresses, coding_at, document_named
from qcode.workflows.choosing import resolved
from qcode.workflows.plain_import import misplaced
from qcode.workflows.retrieving import Retrieved, Shelf, picked

COLUMNS = ("document", "start", "end", "code", "coder", "words", "memo")
NEEDED = COLUMNS[:4]

Value = TypeVar("Value")


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


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import of codings did."""

    added: int
    skipped: int


def take(step: Step, file: Path) -> Taken:
    """Store the codings of a table, all or none; those that exist are skipped and counted.

    Raises BadInput with the line of a row whose document, code or words are not there.
    """
    rows = read_rows(file)
    _check_columns(rows, file)
    table = _Table(step, file, rows)
    new = [table.coding(row) for row in rows]
    fresh: dict[tuple[str, Span, str, str], NewCoding] = {}
    for coding in new:
        fresh.setdefault((coding.document, coding.span, coding.code, coding.coder), coding)
    with veil.lifted(step.connection):  # What others have is not written twice, seen or not.
        known = {
            (old.document, old.start, old.end, old.code, old.coder)
            for document in {coding.document for coding in new}
            for old in codings.of_document(step.connection, document, retired=True)
        }
    kept = [
        coding
        for (document, span, code, coder), coding in fresh.items()
        if (document, span.start, span.end, code, coder) not in known
    ]
    codings.apply(step, kept)
    return Taken(len(kept), len(new) - len(kept))


def _check_columns(rows: Iterable[Row], file: Path) -> None:
    for row in rows:
        for name in NEEDED:
            if name not in row.values:
                raise BadInput(_("the column “{name}” is lacking").format(name=name),
                               file=str(file), line=1)  # fmt: skip
        for name in row.values:
            if name not in COLUMNS:
                raise BadInput(
                    _("there is no column “{name}”; there are: {known}").format(
                        name=name, known=", ".join(COLUMNS)
                    ),
                    file=str(file), line=1,
                )  # fmt: skip
        return


class _Table:
    """Turns rows into codings; what a name stands for is looked up once."""

    def __init__(self, step: Step, file: Path, rows: Iterable[Row]) -> None:
        self.step = step
        self.file = str(file)
        self.book = codebook.read(step.connection)
        names = [name for row in rows if (name := row.values.get("coder", "").strip())]
        self.coders = coders.add(step, names)
        self.names = {one.name: one for one in documents.listed(step.connection)}
        self.documents: dict[str, Document] = {}
        self.codes: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def coding(self, row: Row) -> NewCoding:
        document = self._found(row, "document", self.documents, self._document)
        code = self._found(row, "code", self.codes, lambda typed: self.book.find(typed).id)
        start, end = self._number(row, "start"), self._number(row, "end")
        problem = misplaced(self.texts[document.id], start, end, row.values.get("words", ""))
        if problem:
            raise BadInput(problem, file=self.file, line=row.line)
        if start >= end:
            raise BadInput(_("a passage must end after it starts"), file=self.file, line=row.line)
        coder = row.values.get("coder", "").strip()
        return NewCoding(
            document.id, Span(start, end), code, row.values.get("memo", ""),
            self.coders[coder] if coder else self.step.coder,
        )  # fmt: skip

    def _document(self, typed: str) -> Document:
        found = naming.chosen(typed, self.names, _("document"))
        version = documents.current(self.step.connection, found.id)
        self.texts[found.id] = version.transcript.text
        return found

    def _found(
        self, row: Row, column: str, known: dict[str, Value], look: Callable[[str], Value]
    ) -> Value:
        typed = row.values[column].strip()
        if typed not in known:
            try:
                known[typed] = look(typed)
            except QcodeError as error:
                raise BadInput(str(error), file=self.file, line=row.line, field=column) from error
        return known[typed]

    def _number(self, row: Row, column: str) -> int:
        text = row.values[column].strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= 12):
            raise BadInput(
                _("a whole number stands here, not “{text}”").format(text=text[:20]),
                file=self.file, line=row.line, field=column,
            )  # fmt: skip
        return int(text)


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
    connection: Reader, wanted: Filter, of: Iterable[Document], *, retired: bool
) -> tuple[Coding, ...]:
    """Return the codings of some documents by code and coder, those that need a place too."""
    given = (
        codings.given_for(codebook.read(connection), wanted.codes) if wanted.codes else None
    )  # fmt: skip
    return tuple(
        one
        for document in of
        for one in codings.of_document(connection, document.id, retired=retired)
        if (not wanted.coders or one.coder in wanted.coders)
        and (given is None or one.code in given)
    )


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
