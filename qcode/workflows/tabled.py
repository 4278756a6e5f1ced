"""Codings from a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qcode.errors import BadInput, QcodeError
from qcode.formats.tabular import Row, read_rows
from qcode.language import _
from qcode.model import naming
from qcode.model.document import Document
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, veil
from qcode.store.codings import NewCoding
from qcode.store.project import Step
from qcode.workflows.plain_import import misplaced

COLUMNS = ("document", "start", "end", "code", "coder", "words", "memo")
NEEDED = COLUMNS[:4]

Value = TypeVar("Value")


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
