"""The items of review as they are gone through: in order, with what stands around each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.analysis.adjudication import Item, Reviewed
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.model.document import Transcript, Turn
from qcode.model.span import Span
from qcode.store import coders, documents, memos
from qcode.store.project import Reader
from qcode.workflows import adjudication
from qcode.workflows import review as workflow
from qcode.workflows.adjudication import Review, Settled
from qcode.workflows.overview import GROUPS, parked, standing
from qcode.workflows.review import Sides, kind_names

AROUND = 900
"""Characters that are shown before and after the words of an item, at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with how it is typed, how it stands (one of GROUPS), and why it is open again."""

    reviewed: Reviewed
    number: str
    state: str
    why: str = ""

    @property
    def item(self) -> Item:
        """The item itself."""
        return self.reviewed.item


@dataclass(frozen=True)
class Docket:
    """What is gone through: some items in order, with all that is shown of them.

    ``memos`` holds what coders wrote on codings, by coding.
    """

    review: Review
    entries: tuple[Entry, ...]
    sides: Sides
    pages: Mapping[str, Transcript]
    memos: Mapping[str, Sequence[str]]

    @property
    def book(self) -> Codebook:
        """The codes."""
        return self.review.compared.book

    def after(self, done: Settled) -> Docket:
        """Return what is gone through after a step that settled some; all stay in their order."""
        review = self.review.after(done)
        now = {one.item.id: one for one in review.listed}
        entries = tuple(
            one if now[one.item.id] is one.reviewed
            else Entry(now[one.item.id], one.number, now[one.item.id].state,
                       workflow.against(review, now[one.item.id]))
            for one in self.entries if one.item.id in now
        )  # fmt: skip
        return replace(
            self, review=review, entries=entries, sides=replace(self.sides, review=review)
        )

    def put_off(self, id: str) -> Docket:
        """Return what is gone through after an item was put on the agenda."""
        entries = tuple(
            replace(one, state="parked") if one.item.id == id else one for one in self.entries
        )
        return replace(self, entries=entries)

    def agreed(self) -> list[Reviewed]:
        """Return the agreements that are not taken over yet."""
        return [one for one in self.review.listed if one.open and one.item.kind == "agree"]


def read(
    connection: Reader, chosen: Callable[[Reviewed], bool], when: Callable[[int], str], *,
    named: bool = False,
) -> Docket:  # fmt: skip
    """Return the items that are wanted: open ones first, the code agreed on least first of all."""
    review = adjudication.read(connection)
    waiting = parked(connection, review)
    sides = workflow.sides(connection, review, named=named)
    found = [one for one in review.listed if one.item.kind != "agree" and chosen(one)]
    entries = [
        Entry(one, review.numbers[one.item.id], standing(one, waiting),
              workflow.reason(connection, one, sides, when))
        for one in workflow.by_code(review, found)
    ]  # fmt: skip
    entries.sort(key=lambda one: GROUPS.index(one.state))
    pages = {
        id: documents.current(connection, id).transcript
        for id in dict.fromkeys(one.item.document for one in entries)
    }
    return Docket(review, tuple(entries), sides, pages, _memos(connection, named=named))


def _memos(connection: Reader, *, named: bool) -> Mapping[str, Sequence[str]]:
    names = coders.names(connection) if named else {}
    found: dict[str, list[str]] = defaultdict(list)
    for one in memos.listed(connection):
        noun, id = one.about
        if noun == "coding":
            who = names.get(one.coder, "")
            found[id].append(f"{who}: {one.text}" if who else one.text)
    return found


def told_kind(docket: Docket, item: Item) -> str:
    """Return of what kind an item is, who missed it as coders are shown, and of three how many."""
    kind = kind_names()[item.kind]
    if item.kind == "missed":
        by = item.coders[1] if item.spans[0] else item.coders[0]
        kind = _("missed by {coder}").format(coder=docket.sides.who(item, by))
    given = workflow.votes(docket.review, item)
    return f"{given} · {kind}" if given else kind


def excerpt(transcript: Transcript, span: Span) -> tuple[Transcript, int]:
    """Return the turns of a span with those before and after, and where in the text they begin.

    Of long turns no more than AROUND characters on either side.
    """
    turns = transcript.turns
    first = transcript.turn_index(span.start)
    last = transcript.turn_index(max(span.start, span.end - 1))
    start = max(turns[max(0, first - 1)].start, _edge(transcript.text, span.start - AROUND))
    end = min(turns[min(len(turns) - 1, last + 1)].end, span.end + AROUND)
    shown = [
        Turn(max(one.start, start) - start, min(max(one.said, start), end) - start,
             min(one.end, end) - start, one.speaker)
        for one in turns[max(0, first - 1) : last + 2] if one.start < end and one.end > start
    ]  # fmt: skip
    return Transcript(transcript.text[start:end], tuple(shown)), start


def _edge(text: str, at: int) -> int:
    """Return the beginning of the next word after an offset, or the start of the text."""
    if at <= 0:
        return 0
    blank = text.find(" ", at)
    return blank + 1 if 0 <= blank < at + 80 else at
