"""Passages of codes with what stands around them: to be gone through one by one, or side by side.

What is not to be used is not shown, nor what lost its place; both are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from qcode.analysis.releasing import named, withheld
from qcode.model.coding import UNUSED, Coding
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import codings
from qcode.workflows.excerpts import quotation
from qcode.workflows.retrieving import Page, Shelf

AROUND = 300
"""Characters of the text that are shown before and after a passage, at most."""


@dataclass(frozen=True, slots=True)
class Card:
    """One passage as it is shown inside the program."""

    coding: str
    code: str
    """The id of what it counts for."""
    document: str
    """Its id."""
    span: Span
    place: str
    """Name of the document and number of the turn: ``W07:15``."""
    who: str
    """Who speaks, and for which cases it counts."""
    by: str
    """The id of its coder."""
    coder: str
    """His name."""
    before: str
    text: str
    after: str
    closed: str
    """Why it may not leave the project, or nothing."""


@dataclass(slots=True)
class Cards:
    """Passages in order of documents and places, and how many are not shown."""

    cards: list[Card] = field(default_factory=list)
    unused: int = 0
    lost: int = 0


def of_codes(shelf: Shelf, codes: Iterable[str], also: Collection[str] = ()) -> Cards:
    """Return everyone's passages that count for these codes themselves, and some more codings."""
    wanted, book = set(codes), shelf.book
    asked = Filter(codes=tuple(wanted), coders=tuple(shelf.coders))
    found = codings.listed(shelf.connection, asked, book) if wanted else ()
    own = [one for one in found if book.end(one.code) in wanted]
    known = {one.id for one in own}
    own += [one for one in codings.of_ids(shelf.connection, also) if one.id not in known]
    order = {id: at for at, id in enumerate(shelf.documents)}
    own = [one for one in own if one.document in order]
    own.sort(key=lambda one: (order[one.document], one.start, one.end, one.id))
    result = Cards()
    for document, some in groupby(own, key=lambda one: one.document):
        _add(result, shelf, shelf.page(document), list(some))
    return result


def _add(to: Cards, shelf: Shelf, page: Page, some: Iterable[Coding]) -> None:
    """Add the codings of one document that may be seen."""
    transcript = page.hearing.transcript
    unused = [one for one in page.closed if one.reason == UNUSED]
    for coding in some:
        if coding.fit == "lost":
            to.lost += 1
        elif withheld(transcript, unused, Span(coding.start, coding.end)):
            to.unused += 1
        else:
            to.cards.append(_card(shelf, page, coding))


def _card(shelf: Shelf, page: Page, coding: Coding) -> Card:
    passage = shelf.passage(page, coding)
    segment, span = passage.segment, passage.span
    text = page.hearing.transcript.text
    reason = withheld(page.hearing.transcript, page.closed, span)
    first, last = _around(page, span)
    before, after = text[first : span.start], text[span.end : last]
    return Card(
        coding=coding.id,
        code=shelf.book.end(coding.code),
        document=coding.document,
        span=span,
        place=f"{segment.document}:{segment.turn}",
        who=" · ".join(
            dict.fromkeys(filter(None, (", ".join(segment.speakers), " + ".join(segment.cases))))
        ),
        by=coding.coder,
        coder=segment.coder,
        before=_whole(before, cut=first > 0, at_start=True),
        text=quotation(passage) if passage.said else segment.text,
        after=_whole(after, cut=last < len(text), at_start=False),
        closed=named(reason) if reason else "",
    )


def _around(page: Page, span: Span) -> tuple[int, int]:
    """Return where what is shown around a passage starts and ends: before what is not to be used."""
    first, last = span.start - AROUND, span.end + AROUND
    for stretch in page.closed:
        if stretch.reason == UNUSED and stretch.span.end <= span.start:
            first = max(first, stretch.span.end)
        elif stretch.reason == UNUSED and stretch.span.start >= span.end:
            last = min(last, stretch.span.start)
    return max(0, first), min(len(page.hearing.transcript.text), last)


def _whole(text: str, *, cut: bool, at_start: bool) -> str:
    """Return a piece of text without a word that was cut, and with … in its place."""
    if not cut:
        return text.strip()
    first, _blank, rest = text.partition(" ") if at_start else text.rpartition(" ")
    return f"… {rest.strip()}" if at_start else f"{first.strip()} …"
