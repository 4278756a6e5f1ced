"""Looking for words in the transcripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qcode.analysis.layer import holds
from qcode.analysis.matching import matcher
from qcode.analysis.releasing import told, withheld
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.document import Transcript
from qcode.model.filter import RECORD, Filter
from qcode.model.span import Span, united
from qcode.model.table import Column, Table
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.asking import SEARCH, related
from qcode.workflows.choosing import resolved
from qcode.workflows.relating import Relation
from qcode.workflows.retrieving import Page, Shelf, picked

_AROUND = 60
"""Characters shown on either side of what was found, up to the ends of its turn."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where words stand, and why it may not leave the project, or an empty text."""

    page: Page
    span: Span
    reason: str


def hits(connection: Reader, words: str, asked: Filter) -> Iterator[Hit]:
    """Yield where words stand in the documents of a filter, in order; names are as typed.

    Whatever their case and wherever lines break, matched as the filter says. With codes, coders, a
    layer or memos in it, only inside such passages; else the codes that must stand there too, or
    must not, are those around the words themselves.
    """
    wanted = resolved(connection, asked, words=bool(words.strip()))
    words = words if words.strip() else wanted.text
    matches = matcher(words, wanted.match, wanted.language)
    wanted = replace(wanted, text="") if words == wanted.text else wanted
    shelf = Shelf(connection)
    inside = _inside(shelf, wanted)
    relation = None if inside is not None else _around(connection, shelf, wanted)
    for id in documents_of(shelf, wanted):
        if inside is not None and id not in inside:
            continue
        page = shelf.page(id)
        found: Iterable[Span] = matches(page.hearing.transcript.text)
        if relation:
            found = relation.around(id, list(found), shelf.unusable(id), page.hearing)
        for span in found:
            if inside is not None and not any(one.overlaps(span) for one in inside[id]):
                continue
            if of_chosen(shelf, page, span, wanted):
                yield Hit(page, span, withheld(page.hearing.transcript, page.closed, span))


@uncollected()
def find(connection: Reader, words: str, asked: Filter) -> Table:
    """Return where words stand in the documents of a filter, with what is around them."""
    named = " ".join((words, *(f"{SEARCH}{name}" for name in asked.searches))).strip()
    return hits_table(named, hits(connection, words, asked))


def hits_table(words: str, found: Iterable[Hit]) -> Table:
    """Return places with what is around them; what may not leave the project is counted."""
    reasons: Counter[str] = Counter()
    rows = []
    for hit in found:
        if hit.reason:
            reasons[hit.reason] += 1
        else:
            rows.append(described(hit))
    notes = [counted("{n} place", "{n} places", len(rows))]
    if reasons:
        notes.append(
            counted("{n} place withheld: {{reasons}}", "{n} places withheld: {{reasons}}",
                    reasons.total()).format(reasons=told(reasons))
        )  # fmt: skip
    return Table(
        _("“{words}” in the transcripts").format(words=words),
        (
            Column("document", _("document")),
            Column("turn", _("turn"), numeric=True),
            Column("line", _("line"), numeric=True),
            Column("speaker", _("speaker")),
            Column("words", _("words")),
        ),
        tuple(rows),
        tuple(notes),
    )


def documents_of(shelf: Shelf, wanted: Filter) -> Iterator[str]:
    """Yield the ids of the documents that a filter leaves, in order."""
    for document in shelf.documents.values():
        if (not wanted.documents or document.id in wanted.documents) and (
            not wanted.kinds or document.kind in wanted.kinds
        ):
            yield document.id


def _inside(shelf: Shelf, wanted: Filter) -> dict[str, tuple[Span, ...]] | None:
    """Return the passages that a filter chooses, by document; None where it chooses none."""
    layer = wanted.layer != RECORD and not related(wanted)
    if not (wanted.codes or wanted.coders or wanted.memo or wanted.text or layer):
        return None
    return passages_of(shelf, wanted)


def passages_of(shelf: Shelf, wanted: Filter) -> dict[str, tuple[Span, ...]]:
    """Return the passages that a filter chooses, by document, whoever speaks in them."""
    return {
        page.document.id: united(Span(one.start, one.end) for one in some)
        for page, some in picked(shelf, replace(wanted, cases=(), where=(), flags=()))
    }


def _around(connection: Reader, shelf: Shelf, wanted: Filter) -> Relation | None:
    """Return what must stand around the words themselves, if anything must."""
    relation = Relation(connection, wanted, shelf.book)
    if relation and not relation.by_place:
        raise Refused(_("--within document and --within case are about passages; add --code"))
    return relation or None


def of_chosen(shelf: Shelf, page: Page, span: Span, wanted: Filter) -> bool:
    """Tell whether a place has a flag, and is spoken by one of the cases, that a filter leaves."""
    if wanted.flags and not shelf.flagged(page.document.id, span, wanted.flags):
        return False
    if not (wanted.cases or wanted.where):
        return True
    return any(
        (not wanted.cases or id in wanted.cases)
        and not shelf.cases[id].retired
        and holds(shelf.cases[id], wanted.where)
        for turn, _words in page.hearing.spoken(span)
        for id in page.hearing.of(turn)
    )


def described(hit: Hit) -> tuple[str, int, int, str, str]:
    """Return document, turn, line and speaker of a place, and its words between marks."""
    page, span = hit.page, hit.span
    transcript = page.hearing.transcript
    at = transcript.turn_index(span.start)
    turn = transcript.turns[at]
    low = max(span.start - _AROUND, turn.said if span.start >= turn.said else turn.start)
    high = min(span.end + _AROUND, max(turn.end, span.end))
    for stretch in page.closed:
        if stretch.span.end <= span.start:
            low = max(low, stretch.span.end)
        elif stretch.span.start >= span.end:
            high = min(high, stretch.span.start)
    return (
        page.document.name,
        at + 1,
        page.line(span.start),
        page.hearing.label(turn),
        _shown(transcript, span, low, high),
    )


def _shown(transcript: Transcript, span: Span, low: int, high: int) -> str:
    """Return what was found between marks, with whole words around it."""
    text = transcript.text
    before, after = text[low : span.start], text[span.end : high]
    if low and not text[low - 1].isspace() and " " in before:
        before = "…" + before[before.index(" ") + 1 :]
    if high < len(text) and not text[high].isspace() and " " in after:
        after = after[: after.rindex(" ")] + "…"
    return f"{before.lstrip()}»{text[span.start : span.end]}«{after.rstrip()}"
