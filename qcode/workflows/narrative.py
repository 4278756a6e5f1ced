"""The story of a case: what stands in it, how it leaves the project, how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from qcode.analysis.releasing import named, withheld
from qcode.errors import NotFound
from qcode.language import _, counted
from qcode.model.case import Case
from qcode.model.coding import UNUSED, Coding
from qcode.model.filter import Filter
from qcode.model.narrative import HEADING, PASSAGE, Piece, Story, ToldPiece
from qcode.model.span import Span
from qcode.store import codings, narratives
from qcode.store.narratives import NewPiece
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved_for
from qcode.workflows.counting import gaps
from qcode.workflows.excerpts import of_passages
from qcode.workflows.retrieving import Page, Passage, Shelf, retrieved
from qcode.workflows.saturation import dated


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece as it is shown inside the program.

    ``gap`` says why there are no words of its passage, ``closed`` why they do not leave.
    """

    piece: Piece
    text: str
    reference: str = ""
    gap: str = ""
    closed: str = ""
    document: str = ""
    span: Span | None = None


def shown(connection: Reader, case: Case) -> tuple[Shown, ...]:
    """Return the pieces of a story as its writer sees them: also what stays inside, and says so."""
    return _Telling(connection, case, Shelf(connection)).shown()


def story(connection: Reader, case: Case, shelf: Shelf | None = None) -> Story:
    """Return a story as it may leave the project: a gap where a passage may not."""
    return _Telling(connection, case, shelf or Shelf(connection)).story()


class _Telling:
    """The pieces of one story with the passages that stand in it."""

    def __init__(self, connection: Reader, case: Case, shelf: Shelf) -> None:
        self.connection, self.case, self.shelf = connection, case, shelf
        self.pieces = narratives.listed(connection, case.id)
        self.passages: dict[str, Passage] = {}
        self.gaps: dict[str, str] = {}
        """Why a passage is shown to nobody, by coding."""
        self.closed: dict[str, str] = {}
        """Why a passage that is seen inside does not leave, by coding."""
        wanted = [one.coding for one in self.pieces if one.kind == PASSAGE]
        live = {one.id: one for one in codings.of_ids(connection, wanted)}
        pages: dict[str, Page] = {}
        for id in wanted:
            if id in live and live[id].document in shelf.documents:
                self._sort_in(live[id], pages)
            else:
                self.gaps[id] = _away(connection, id)

    def _sort_in(self, coding: Coding, pages: dict[str, Page]) -> None:
        if coding.fit == "lost":
            self.gaps[coding.id] = _("it needs a place")
            return
        if coding.document not in pages:
            pages[coding.document] = self.shelf.page(coding.document)
        page = pages[coding.document]
        reason = withheld(page.hearing.transcript, page.closed, Span(coding.start, coding.end))
        if reason == UNUSED:
            self.gaps[coding.id] = named(reason)
            return
        self.passages[coding.id] = self.shelf.passage(page, coding)
        if reason:
            self.closed[coding.id] = named(reason)

    def shown(self) -> tuple[Shown, ...]:
        """Return the pieces as they are seen inside."""
        said, _notes, _notice = self._quoted(self.passages.values())
        return tuple(self._shown(one, said) for one in self.pieces)

    def _shown(self, piece: Piece, said: Mapping[str, tuple[str, str]]) -> Shown:
        if piece.kind != PASSAGE:
            return Shown(piece, piece.text)
        if piece.coding in self.gaps:
            return Shown(piece, "", gap=self.gaps[piece.coding])
        passage = self.passages[piece.coding]
        text, reference = said[piece.coding]
        closed = self.closed.get(piece.coding, "")
        document = passage.segment.coding.document
        return Shown(piece, text, reference, "", closed, document, passage.span)

    def story(self) -> Story:
        """Return the pieces as they leave."""
        free = [one for id, one in self.passages.items() if id not in self.closed]
        said, notes, notice = self._quoted(free)
        pieces = []
        missing = 0
        for one in self.pieces:
            if one.kind != PASSAGE:
                pieces.append(ToldPiece(one.kind, one.text))
                continue
            gap = self.gaps.get(one.coding) or self.closed.get(one.coding, "")
            missing += bool(gap)
            text, reference = ("", "") if gap else said[one.coding]
            pieces.append(ToldPiece(PASSAGE, text, reference, gap))
        if missing:
            notes = (
                counted("{n} passage of this story is left out; its place says why",
                        "{n} passages of this story are left out; their places say why", missing),
                *notes,
            )  # fmt: skip
        return Story(self.case.name, notice, notes, tuple(pieces))

    def _quoted(
        self, passages: Iterable[Passage]
    ) -> tuple[Mapping[str, tuple[str, str]], tuple[str, ...], str]:
        """Return words and reference of passages by coding, what to know, and their notice."""
        passages = list(passages)
        found = of_passages(self.connection, self.shelf, passages)
        said = {
            one.segment.coding.id: (
                excerpt.text,
                " · ".join(filter(None, (excerpt.reference, excerpt.address, excerpt.notice))),
            )
            for one, excerpt in zip(passages, found.excerpts, strict=True)
        }
        return said, found.notes, found.notice


def _away(connection: Reader, coding: str) -> str:
    try:
        there = codings.one(connection, coding)
    except NotFound:
        return _("hidden while others' codings are")
    return _("no longer coded") if there.retired else _("its document is retired")


# -- what may be put into it -----------------------------------------------------------------------


def passages(
    connection: Reader, case: Case, wanted: Filter | None = None, *, everyone: bool = False
) -> list[Passage]:  # fmt: skip
    """Return the passages of a case in order of time: those that count, or everyone's.

    Of those a filter of ids means, if there is one. What is not to be used is left out.
    """
    shelf = Shelf(connection)
    wanted = wanted or Filter(cases=(case.id,))
    if everyone:
        wanted = replace(wanted, coders=tuple(shelf.coders))
    found = [
        one for one in retrieved(shelf, wanted).passages
        if withheld(one.page.hearing.transcript, one.page.closed, one.span) != UNUSED
    ]  # fmt: skip
    when = {one.id: dated(one) for one in shelf.documents.values()}
    place = {id: at for at, id in enumerate(shelf.documents)}

    def moment(one: Passage) -> tuple[str, int, int, int]:
        document = one.page.document.id
        return when[document] or "~", place[document], one.span.start, -one.span.end

    return sorted(found, key=moment)


def outline(connection: Reader, case: Case, wanted: Filter | None = None) -> list[NewPiece]:
    """Return a story to begin with: what may be quoted, in order of time, below the roots' names.

    Words with several codes of one root stand below it once. Of the passages that a filter of ids
    means, if there is one.
    """
    shelf = Shelf(connection)
    roots: dict[str, dict[tuple[str, Span], str]] = {
        code.id: {} for code, depth in shelf.book.walk() if not depth
    }
    for one in passages(connection, case, wanted):
        coding = one.segment.coding
        if not withheld(one.page.hearing.transcript, one.page.closed, one.span):
            root = _root(shelf, shelf.book.end(coding.code))
            roots.setdefault(root, {}).setdefault((coding.document, one.span), coding.id)
    new: list[NewPiece] = []
    for root, found in roots.items():
        if found:
            new.append(NewPiece(HEADING, shelf.book[root].name))
            new += (NewPiece(PASSAGE, coding=coding) for coding in found.values())
    return new


def _root(shelf: Shelf, code: str) -> str:
    while shelf.book[code].parent:
        code = shelf.book[code].parent
    return code


def outlined(connection: Reader, case: Case, asked: Filter | None = None) -> Story:
    """Return the outline as it would be printed, of a filter of names; nothing is written."""
    shelf, wanted = Shelf(connection), resolved_for(connection, asked or Filter(), case)
    new = outline(connection, case, wanted)
    ids = [one.coding for one in new if one.coding]
    pages = {one.document: one for one in codings.of_ids(connection, ids)}
    texts = {id: shelf.page(id) for id in pages}
    found = {one.id: shelf.passage(texts[one.document], one)
             for one in codings.of_ids(connection, ids)}  # fmt: skip
    said = of_passages(connection, shelf, [found[id] for id in ids])
    excerpts = iter(said.excerpts)
    pieces = []
    for one in new:
        if one.coding:
            excerpt = next(excerpts)
            line = " · ".join(filter(None, (excerpt.reference, excerpt.address, excerpt.notice)))
            pieces.append(ToldPiece(PASSAGE, excerpt.text, line))
        else:
            pieces.append(ToldPiece(one.kind, one.text))
    nothing = _("an outline, not a story: nothing of it is written")
    notes = (nothing, *said.notes, *gaps(connection, wanted))
    return Story(case.name, said.notice, notes, tuple(pieces))
