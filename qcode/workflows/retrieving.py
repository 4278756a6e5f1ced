"""From a filter to segments: codings with their words, their speakers, and whom they count for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from qcode.analysis.layer import holds
from qcode.analysis.matching import matcher, stands
from qcode.analysis.releasing import Closed, closed
from qcode.model.case import Case, Participation
from qcode.model.coding import UNUSED, Coding, Flag, Segment
from qcode.model.document import Document, Speaker, Turn
from qcode.model.filter import Filter
from qcode.model.hearing import Hearing, hearing_of
from qcode.model.span import Span, without
from qcode.store import cases, codebook, coders, codings, documents, memos
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.relating import Relation, passage_of

_BREAK = re.compile("\n")
Voices = tuple[tuple[str, ...], tuple[Case, ...], tuple[str, ...]]
"""Names of speakers, the cases their words count for, and the names of these."""


@dataclass(frozen=True)
class Page:
    """A document that is being read: its text, whose words they are, and what of it is closed."""

    document: Document
    hearing: Hearing[str]
    closed: tuple[Closed, ...]

    @cached_property
    def voices(self) -> dict[str, Voices]:
        """Who speaks in the turns that were asked for, by their label."""
        return {}

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
        self._transcripts = documents.transcripts(connection)
        self._speakers: Mapping[str, list[Speaker]] = defaultdict(list)
        self._parts: Mapping[str, list[Participation]] = defaultdict(list)
        self._flags: Mapping[str, list[Flag]] = defaultdict(list)
        for speaker in documents.speakers(connection):
            self._speakers[speaker.document].append(speaker)
        for part in cases.participations(connection):
            self._parts[part.document].append(part)
        for flag in memos.flags(connection):
            self._flags[flag.document].append(flag)
        self._unusable: dict[str, tuple[Span, ...]] = {}
        self._paths: dict[str, str] = {}
        self._open: Page | None = None

    def page(self, document: str) -> Page:
        """Read a document; the one that was read last is still open."""
        if self._open is None or self._open.document.id != document:
            self._open = self._read(document)
        return self._open

    def _read(self, document: str) -> Page:
        transcript = self._transcripts(document)
        hearing = hearing_of(transcript, self._speakers[document], self._parts[document])
        stretches = closed(hearing, self._flags[document], self.cases)
        return Page(self.documents[document], hearing, stretches)

    def flags(self, document: str) -> Sequence[Flag]:
        """Return the flags of a document in order of place."""
        return self._flags.get(document, ())

    def flagged(self, document: str, span: Span, kinds: Collection[str]) -> bool:
        """Tell whether a flag of one of these kinds stands on some of the words that may be used.

        Of those that may not, the flag that says so.
        """
        left = without([span], self.unusable(document))
        return any(
            one.kind in kinds and one.fit != "lost"
            and any(piece.overlaps(Span(one.start, one.end))
                    for piece in ((span,) if one.kind == UNUSED else left))
            for one in self.flags(document)
        )  # fmt: skip

    def passage(self, page: Page, coding: Coding) -> Passage:
        """Return what a reader sees of a coding; whom it counts for, by the words to be used."""
        span = Span(coding.start, coding.end)
        said = tuple(page.hearing.spoken(span))
        speakers, who, names = self._voices([turn for turn, _words in said], page)
        if any(span.overlaps(one) for one in self.unusable(coding.document)):
            who = self.speaking(span, page)
            names = tuple(case.name for case in who)
        segment = Segment(
            coding, page.document.name, self._path(coding.code), self.coders[coding.coder],
            page.hearing.transcript.text[span.start : span.end], speakers,
            names, page.turn(span.start), page.lines(span),
        )  # fmt: skip
        return Passage(segment, page, who, said)

    def speaking(self, span: Span, page: Page) -> tuple[Case, ...]:
        """Return the cases whose words, as far as they may be used, stand in a stretch of a page."""
        pieces = without([span], self.unusable(page.document.id))
        turns = dict.fromkeys(
            turn for piece in pieces for turn, _words in page.hearing.spoken(piece)
        )
        return self._voices(tuple(turns), page)[1]

    def _voices(self, turns: Sequence[Turn], page: Page) -> Voices:
        """Return who speaks in some turns, and which cases these words count for."""
        if len(turns) == 1:
            # Most passages lie in one turn; whose words these are is a matter of its label.
            label = turns[0].speaker
            if label not in page.voices:
                page.voices[label] = self._heard(turns, page.hearing)
            return page.voices[label]
        return self._heard(turns, page.hearing)

    def _heard(self, turns: Sequence[Turn], hearing: Hearing[str]) -> Voices:
        ids = dict.fromkeys(id for turn in turns for id in hearing.of(turn))
        who = tuple(case for id in ids if not (case := self.cases[id]).retired)
        speakers = tuple(dict.fromkeys(map(hearing.label, turns)))
        return speakers, who, tuple(case.name for case in who)

    def unusable(self, document: str) -> tuple[Span, ...]:
        """Return the stretches of a document that are not to be used."""
        if document not in self._unusable:
            self._unusable[document] = tuple(
                Span(one.start, one.end)
                for one in self.flags(document)
                if one.kind == UNUSED and one.fit != "lost"
            )
        return self._unusable[document]

    def _path(self, code: str) -> str:
        if code not in self._paths:
            self._paths[code] = self.book.path(self.book.end(code))
        return self._paths[code]


def retrieved(
    shelf: Shelf, wanted: Filter, only: Collection[str] | None = None
) -> Retrieved:  # fmt: skip
    """Return the passages that a filter of ids means, of ``only`` some documents if they are given.

    Nothing is withheld yet.
    """
    found = Retrieved()
    with uncollected():
        for page, some in picked(shelf, wanted, found, only):
            found.passages += [shelf.passage(page, coding) for coding in some]
    return found


def picked(
    shelf: Shelf, wanted: Filter, found: Retrieved | None = None,
    only: Collection[str] | None = None,
) -> Iterator[tuple[Page, Sequence[Coding]]]:  # fmt: skip
    """Yield the codings that a filter of ids means, by document; count in ``found`` those lost."""
    picking = _Picking(shelf, wanted)
    if only is not None and not only:
        return
    own = codings.listed(shelf.connection, replace(wanted, without=()), shelf.book)
    by_document = {id: list(some) for id, some in groupby(own, key=lambda one: one.document)}
    for document in shelf.documents:
        if document not in by_document or (only is not None and document not in only):
            continue
        some = by_document[document]
        placed = [one for one in some if one.fit != "lost"]
        if found:
            found.lost += len(some) - len(placed)
        if standing := picking.of_place(document, placed):
            page = shelf.page(document)
            if left := picking.of_words(page, standing):
                yield page, left


class _Picking:
    """What a filter asks of codings beside their own code, document and coder."""

    def __init__(self, shelf: Shelf, wanted: Filter) -> None:
        self.shelf, self.wanted = shelf, wanted
        self.relation = Relation(shelf.connection, wanted, shelf.book)
        self.noted = _noted(shelf.connection, wanted.memo) if wanted.memo else None
        self.matches = (
            matcher(wanted.text, wanted.match, wanted.language) if wanted.text.strip() else None
        )

    def of_place(self, document: str, some: Sequence[Coding]) -> Sequence[Coding]:
        """Return the codings of one document whose passages have flags, memos and further codes."""
        shelf, kinds = self.shelf, self.wanted.flags
        if self.relation and some:
            some = self.relation.kept(
                some, shelf.unusable(document), lambda: shelf.page(document).hearing
            )
        if not kinds and self.noted is None:
            return some
        place = passage_of(some, shelf.book)
        noted = {place(one) for one in some if self.noted and one.id in self.noted}
        return [
            one for one in some
            if (not kinds or shelf.flagged(document, place(one)[1], kinds))
            and (self.noted is None or place(one) in noted)
        ]  # fmt: skip

    def of_words(self, page: Page, some: Sequence[Coding]) -> Sequence[Coding]:
        """Return the codings of a page whose passages have the words, and count for one of the cases."""
        counts = self.wanted.cases or self.wanted.where or self.relation.of_cases
        if not (self.matches or counts):
            return some
        place = passage_of(some, self.shelf.book)
        if self.matches:
            some = [one for one in some if self._says(page, place(one)[1])]
        if not counts:
            return some
        return [one for one in some if self._counts(page, one, place(one)[1])]

    def _says(self, page: Page, span: Span) -> bool:
        """Tell whether the words stand in what may be used of a passage."""
        text = page.hearing.transcript.text
        left = without([span], self.shelf.unusable(page.document.id))
        return self.matches is not None and any(
            stands(self.matches, text[one.start : one.end]) for one in left
        )

    def _counts(self, page: Page, coding: Coding, passage: Span) -> bool:
        """Tell whether one of the cases speaks: in the coding itself, so that nobody else's stands
        there; what a case must have besides is asked of whole passages, as tables count them.
        """
        wanted, people = self.wanted, self.relation.people(coding.coder)
        span = passage if self.relation.of_cases else Span(coding.start, coding.end)
        return any(
            (people is None or case.id in people)
            and (not wanted.cases or case.id in wanted.cases)
            and holds(case, wanted.where)
            for case in self.shelf.speaking(span, page)
        )


def _noted(connection: Reader, words: str) -> Collection[str]:
    """Return the codings with a memo in which these words stand."""
    places = matcher(words)
    return {
        memo.about[1] for memo in memos.listed(connection)
        if memo.about[0] == "coding" and stands(places, memo.text)
    }  # fmt: skip
