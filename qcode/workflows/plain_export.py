"""A project on its way out as plain files, of what stands in it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from qcode.analysis.releasing import closed
from qcode.formats import folder as files
from qcode.formats.codebook import CodebookFile
from qcode.formats.folder import (
    PlainCoding,
    PlainDocument,
    PlainFlag,
    PlainMemo,
    PlainProject,
    PlainSpeaker,
)
from qcode.model.codebook import Code, Codebook
from qcode.model.coding import MARKS
from qcode.model.document import Document
from qcode.model.span import united, without
from qcode.store import cases, codebook, coders, codings, documents, memos
from qcode.store.consensus import consensus_id
from qcode.store.project import Reader, about
from qcode.workflows import plain_kinds, plain_unlooked, settled, staged
from qcode.workflows.counting import surveyed
from qcode.workflows.retrieving import Shelf

OFF_THE_RECORD = MARKS[0]


def write(connection: Reader, folder: Path) -> PlainProject:
    """Write the project as plain files to a folder that does not exist or is empty.

    Retired documents, codings, memos and marks stay behind, and so does what needs a place; so do
    interviews whose participants have left the study.
    A coding counts for the end of its code's chain of merges, and is written with that code.
    """
    leaving = _Leaving(connection)
    project = leaving.project()
    files.write(project, folder, leaving.texts)
    return project


class _Leaving:
    def __init__(self, connection: Reader) -> None:
        self.connection = connection
        self.documents = {one.id: one for one in surveyed(connection).documents}
        self.coders = {one.id: one.name for one in coders.listed(connection)}
        self.consensus = consensus_id(connection)
        self.cases = {case.id: case for case in cases.listed(connection)}
        self.texts = {
            one.name: documents.current(connection, one.id).transcript.text
            for one in self.documents.values()
        }
        self.book = codebook.read(connection)
        self.codes = _written(connection, self.book, self.documents)
        self.finished = [one for one in documents.statuses(connection) if one.finished]
        self.paths = _paths(self.codes)
        self.notes = memos.listed(connection)
        self.flags = {
            one.id: one for one in memos.flags(connection)
            if one.document in self.documents and one.fit != "lost"
        }  # fmt: skip

    def project(self) -> PlainProject:
        given = self._codings()
        coded = {(one.document, one.coder) for one in given}
        return PlainProject(
            codebook=CodebookFile(about(self.connection)["name"], "", tuple(self.codes)),
            coders=tuple(self.coders.values()),
            attributes=cases.attributes_of(self.connection),
            documents=tuple(self._document(one, coded) for one in self.documents.values()),
            speakers=self._speakers(),
            cases=tuple(self.cases.values()),
            codings=given,
            flags=self._flags(),
            memos=self._memos(),
            decisions=settled.leaving(self.connection, self.paths),
            rounds=staged.leaving(self.connection),
            findings=plain_kinds.leaving(self.connection, self.paths),
            unlooked=tuple(
                plain_unlooked.leaving(self.connection, self.book, self.paths, self.coders, given)
            ),
            states=(),
            **about(self.connection),
        )

    def _document(self, one: Document, coded: AbstractSet[tuple[str, str]]) -> PlainDocument:
        finished = [
            status.coder
            for status in self.finished
            if status.document == one.id and status.coder in self.coders
        ]
        finished.sort(key=lambda coder: (coder != one.record, list(self.coders).index(coder)))
        names = tuple(self.coders[coder] for coder in finished)
        return PlainDocument(
            one.name, f"transcripts/{one.name}.txt", one.kind, names, one.details,
            settled=one.record == self.consensus, record=self._record(one, names, coded),
        )  # fmt: skip

    def _record(
        self, one: Document, finished: Iterable[str], coded: AbstractSet[tuple[str, str]]
    ) -> str:  # fmt: skip
        """Return whose coding is of record, where another would come first as it is read in."""
        own = self.coders.get(one.record, "") if one.record != self.consensus else ""
        ordered = dict.fromkeys((*finished, *self.coders.values()))
        first = next((name for name in ordered if (one.name, name) in coded), own)
        return own if own != first else ""

    def _speakers(self) -> tuple[PlainSpeaker, ...]:
        linked: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for part in cases.participations(self.connection):
            if part.case in self.cases and part.document in self.documents:
                case = self.cases[part.case]
                linked.setdefault((part.document, part.speaker), []).append((case.kind, case.name))
        rows = [
            PlainSpeaker(
                self.documents[one.document].name, one.label, one.kind, one.name,
                tuple(linked.get((one.document, one.id), ())),
            )
            for one in documents.speakers(self.connection)
            if one.document in self.documents
        ]  # fmt: skip
        rows += [
            PlainSpeaker(self.documents[document].name, "", cases=tuple(some))
            for (document, speaker), some in linked.items()
            if not speaker
        ]
        order = {one.name: at for at, one in enumerate(self.documents.values())}
        return tuple(sorted(rows, key=lambda row: order[row.document]))

    def _codings(self) -> tuple[PlainCoding, ...]:
        told: dict[str, list[str]] = {}
        for note in self.notes:
            if note.about[0] == "coding":
                told.setdefault(note.about[1], []).append(note.text)
        return tuple(
            PlainCoding(
                document.name, one.start, one.end, self.paths[self.book.end(one.code)],
                self.coders[one.coder], self.texts[document.name][one.start : one.end],
                "\n\n".join(told.get(one.id, ())),
            )
            for document in self.documents.values()
            for one in codings.of_document(self.connection, document.id)
            if one.fit != "lost" and one.coder in self.coders
        )  # fmt: skip

    def _flags(self) -> tuple[PlainFlag, ...]:
        written = tuple(
            PlainFlag(
                self.documents[one.document].name, one.start, one.end, one.kind,
                self.coders.get(one.coder, "?"), one.text, self.coders.get(one.settled, ""),
            )
            for one in self.flags.values()
        )  # fmt: skip
        return (*written, *self._closed_by_what_stays())

    def _closed_by_what_stays(self) -> Iterator[PlainFlag]:
        """Yield marks on words that are closed by what no file says.

        That is a retired case, or a mark that lost its place; without them these words would be
        anybody's.
        """
        shelf = Shelf(self.connection)
        for id, document in self.documents.items():
            page = shelf.page(id)
            kept = [one for one in self.flags.values() if one.document == id]
            told = [one.span for one in closed(page.hearing, kept, self.cases)]
            for at in united(one.span for one in page.closed):
                for span in without([at], told):
                    yield PlainFlag(
                        document.name, span.start, span.end, OFF_THE_RECORD,
                        next(iter(self.coders.values()), "?"),
                    )  # fmt: skip

    def _memos(self) -> tuple[PlainMemo, ...]:
        rows: list[PlainMemo] = []
        for one in self.notes:
            subject = self._subject(*one.about)
            if subject is not None:
                placed = self.flags.get(one.about[1], one)
                has_place = placed.at is not None and placed.fit != "lost"
                ends = (placed.start, placed.end) if has_place else (0, 0)
                rows.append(PlainMemo(subject, one.text, self.coders[one.coder], *ends))
        return tuple(rows)

    def _subject(self, noun: str, id: str) -> tuple[str, ...] | None:
        """Return how a memo names what it is about; None for what is not written."""
        if noun == "project":
            return (noun,)
        if noun == "document" and id in self.documents:
            return noun, self.documents[id].name
        if noun == "code" and self.book.codes.get(id) and self.book.end(id) in self.paths:
            return noun, self.paths[self.book.end(id)]
        if noun == "case" and id in self.cases:
            return noun, self.cases[id].kind, self.cases[id].name
        if noun == "flag" and id in self.flags:
            flag = self.flags[id]
            return noun, self.documents[flag.document].name, self.coders.get(flag.coder, "?")
        return None


def _written(connection: Reader, book: Codebook, inside: Iterable[str]) -> list[Code]:
    """Return the codes that are written: those offered, and retired ones that codings stand on."""
    used = {
        book.end(one.code)
        for document in inside
        for one in codings.of_document(connection, document)
        if one.fit != "lost"
    }
    wanted = {code.id for code, _depth in book.walk(retired=True)
              if not code.retired or code.id in used}  # fmt: skip
    for id in tuple(wanted):
        while id := book.parent(id):
            wanted.add(id)
    return [
        replace(code, parent=book.parent(code.id), merged_into="", retired=False)
        for code, _depth in book.walk(retired=True)
        if code.id in wanted
    ]


def _paths(codes: list[Code]) -> Mapping[str, str]:
    tree = Codebook(codes)
    return {code.id: tree.path(code.id) for code in codes}
