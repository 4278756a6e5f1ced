"""From a filter to segments: codings with their words, their speakers, and whom they count for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from qcode.analysis.layer import holds
from qcode.analysis.releasing import Closed, closed
from qcode.model.case import Case, Participation
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding, Flag, Segment
from qcode.model.document import Document, Speaker, Turn
from qcode.model.filter import Filter
from qcode.model.hearing import Hearing, hearing_of
from qcode.model.span import Span
from qcode.store import cases, codebook, coders, codings, documents, memos
from qcode.store.project import Reader

_BREAK = re.compile("\n")


@dataclass(frozen=True)
class Page:
    """A document that is being read: its text, whose words they are, and what of it is closed."""

    document: Document
    hearing: Hearing[str]
    closed: tuple[Closed, ...]

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.start() for found in _BREAK.finditer(self.hearing.transcript.text)]

    def line(self, offset: int) -> int:
        """Return the number of the line that holds an offset, from 1."""
        return bisect_left(self._breaks, offset) + 1

    def lines(self, span: Span) -> tuple[int, int]:
        """Return the first and the last line of a stretch, from 1."""
        return self.line(span.start), self.line(span.end - 1)

    def turn(self, offset: int) -> int:
        """Return the number of the turn that holds an offset, from 1."""
        return self.hearing.transcript.turn_index(offset) + 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment with the page it stands on and the cases it counts for."""

    segment: Segment
    page: Page
    cases: tuple[Case, ...]
    said: tuple[tuple[Turn, Span], ...]
    """The turns of which words lie in it, with the place of these words."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.segment.coding.start, self.segment.coding.end)


@dataclass
class Retrieved:
    """Passages in order of documents and places, and how many codings have no place to show."""

    passages: list[Passage] = field(default_factory=list)
    lost: int = 0


class Shelf:
    """What reading any document of a project needs, read once."""

    def __init__(self, connection: Reader) -> None:
        self.connection = connection
        self.book = codebook.read(connection)
        self.coders = coders.names(connection)
        self.documents = {one.id: one for one in documents.listed(connection)}
        self.cases = {one.id: one for one in cases.listed(connection, retired=True)}
        self._speakers: Mapping[str, list[Speaker]] = defaultdict(list)
        self._parts: Mapping[str, list[Participation]] = defaultdict(list)
        self._flags: Mapping[str, list[Flag]] = defaultdict(list)
        for speaker in documents.speakers(connection):
            self._speakers[speaker.document].append(speaker)
        for part in cases.participations(connection):
            self._parts[part.document].append(part)
        for flag in memos.flags(connection):
            self._flags[flag.document].append(flag)
        self._paths: dict[str, str] = {}

    def page(self, document: str) -> Page:
        """Read a document."""
        transcript = documents.current(self.connection, document).transcript
        hearing = hearing_of(transcript, self._speakers[document], self._parts[document])
        stretches = closed(hearing, self._flags[document], self.cases)
        return Page(self.documents[document], hearing, stretches)

    def flags(self, document: str) -> Sequence[Flag]:
        """Return the flags of a document in order of place."""
        return self._flags.get(document, ())

    def flagged(self, document: str, span: Span, kinds: Collection[str]) -> bool:
        """Tell whether a flag of one of these kinds stands on some of the words."""
        return any(
            one.kind in kinds and one.fit != "lost" and span.overlaps(Span(one.start, one.end))
            for one in self.flags(document)
        )

    def passage(self, page: Page, coding: Coding) -> Passage:
        """Return what a reader sees of a coding."""
        transcript, span = page.hearing.transcript, Span(coding.start, coding.end)
        said = tuple(page.hearing.spoken(span))
        ids = dict.fromkeys(id for turn, _words in said for id in page.hearing.of(turn))
        who = tuple(case for id in ids if not (case := self.cases[id]).retired)
        segment = Segment(
            coding=coding,
            document=page.document.name,
            code=self._path(coding.code),
            coder=self.coders[coding.coder],
            text=transcript.text[span.start : span.end],
            speakers=tuple(dict.fromkeys(page.hearing.label(turn) for turn, _words in said)),
            cases=tuple(case.name for case in who),
            turn=page.turn(span.start),
            lines=page.lines(span),
        )
        return Passage(segment, page, who, said)

    def _path(self, code: str) -> str:
        if code not in self._paths:
            self._paths[code] = self.book.path(self.book.end(code))
        return self._paths[code]


def retrieved(shelf: Shelf, wanted: Filter) -> Retrieved:
    """Return the passages that a filter of ids means; nothing is withheld yet."""
    found = Retrieved()
    for document, some in _by_document(shelf, wanted):
        placed = [one for one in some if one.fit != "lost"]
        found.lost += len(some) - len(placed)
        if wanted.flags:
            placed = [one for one in placed
                      if shelf.flagged(document, Span(one.start, one.end), wanted.flags)]  # fmt: skip
        if placed:
            page = shelf.page(document)
            passages = (shelf.passage(page, coding) for coding in placed)
            found.passages += (one for one in passages if fits(one, wanted))
    return found


def fits(passage: Passage, wanted: Filter) -> bool:
    """Tell whether a passage has the cases, values and words of a filter."""
    if wanted.text and wanted.text.casefold() not in passage.segment.text.casefold():
        return False
    if not (wanted.cases or wanted.where):
        return True
    return any(
        (not wanted.cases or case.id in wanted.cases) and holds(case, wanted.where)
        for case in passage.cases
    )


def _by_document(shelf: Shelf, wanted: Filter) -> Iterator[tuple[str, Sequence[Coding]]]:
    """Yield the codings of a filter by document, in order of their names."""
    own = codings.listed(shelf.connection, replace(wanted, without=()), shelf.book)
    other = _other(shelf.connection, wanted, shelf.book)
    by_document = {
        document: [one for one in some if not _overlaps(one, other.get(document, ()))]
        for document, some in groupby(own, key=lambda one: one.document)
    }
    for document in shelf.documents:
        if by_document.get(document):
            yield document, by_document[document]


def _other(connection: Reader, wanted: Filter, book: Codebook) -> Mapping[str, Sequence[Coding]]:
    """Return the codings that a passage must not have as well."""
    if not wanted.without:
        return {}
    asked = replace(wanted, codes=wanted.without, without=())
    found = codings.listed(connection, asked, book)
    return {
        document: [one for one in some if one.fit != "lost"]
        for document, some in groupby(found, key=lambda one: one.document)
    }


def _overlaps(coding: Coding, others: Iterable[Coding]) -> bool:
    return coding.fit != "lost" and any(
        one.start < coding.end and coding.start < one.end for one in others
    )
