"""What is to be talked about: flags that raise a question, their answers, and settling them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from qcode.analysis.layer import holds
from qcode.analysis.matching import Places, matcher, stands
from qcode.analysis.releasing import named, withheld
from qcode.errors import NotFound, Refused
from qcode.language import _, counted
from qcode.model.coding import DISCUSS, Coding, Flag
from qcode.model.filter import CONSENSUS, OVERLAP, RECORD, Filter
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.model.table import Cell, Column, Table
from qcode.store import codings, documents, memos
from qcode.store.documents import natural
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.coders import coder_named
from qcode.workflows.flagging import flag_names
from qcode.workflows.listing import shortened
from qcode.workflows.retrieving import Page, Shelf

T = TypeVar("T")
Order = Literal["age", "code", "person", "document"]
ORDERS: tuple[Order, ...] = ("age", "code", "person", "document")
"""Oldest first, or by what the items are grouped."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said to an item, and when, in milliseconds since 1970 UTC."""

    who: str
    text: str
    made: int


@dataclass(frozen=True, slots=True)
class Item:
    """A flag with all that a list of them shows."""

    flag: Flag
    document: str
    """Name of the document."""
    turn: int
    """Number of the turn it starts in, from 1; 0 where it needs a place."""
    codes: tuple[str, ...]
    """Paths of the codes at the place."""
    who: str
    words: str
    closed: str
    """Why the words may not be shown outside the program, or nothing."""
    answers: tuple[Answer, ...]
    settled: str
    """Name of who settled it, or nothing."""

    @property
    def number(self) -> str:
        """How the item is typed: the last digits of its flag's id."""
        return self.flag.id[-6:]

    @property
    def place(self) -> str:
        """Where it stands: ``W07:15``."""
        return f"{self.document}:{self.turn}" if self.turn else self.document


@dataclass
class _Known:
    """What is read of flags, answers and codings: everyone's, or that of some coders alone."""

    flags: Mapping[str, Sequence[Flag]]
    """By document."""
    answers: dict[str, list[Memo]] = field(default_factory=dict)
    """By flag, oldest first."""


def _known(shelf: Shelf, wanted: Filter) -> _Known:
    """Read the flags and answers; what a coder must not see is left out here, by ``coders``."""
    seen = wanted.coders
    kinds = wanted.flags or (DISCUSS,)
    found = _Known({
        document: [one for one in shelf.flags(document)
                   if one.kind in kinds and (not seen or one.coder in seen)]
        for document in shelf.documents
    })  # fmt: skip
    for memo in memos.listed(shelf.connection):
        if memo.about[0] == "flag" and (not seen or memo.coder in seen):
            found.answers.setdefault(memo.about[1], []).append(memo)
    return found


def items(connection: Reader, wanted: Filter, *, settled: bool = False) -> tuple[Item, ...]:
    """Return what a filter of ids means, oldest first; what is settled only if asked for.

    Without kinds of flag in the filter, what is to be discussed. Codes are everyone's at the
    place, or one coder's where the filter names his layer.
    """
    if wanted.memo or wanted.near is not None or wanted.within != OVERLAP:
        raise Refused(_("what is to be discussed is chosen by the codes on its own words; leave "
                        "--memo, --within and --near out"))  # fmt: skip
    shelf = Shelf(connection)
    known = _known(shelf, wanted)
    found: list[Item] = []
    for document, flags in known.flags.items():
        here = [one for one in flags if settled or not one.settled]
        one = shelf.documents[document]
        if (
            here
            and (not wanted.documents or document in wanted.documents)
            and (not wanted.kinds or one.kind in wanted.kinds)
        ):
            found += _of_document(_Place(shelf, document, wanted), here, known.answers)
    return tuple(sorted(found, key=lambda item: (item.flag.made, item.flag.id)))


class _Place:
    """One document with the codings on it that a filter leaves to be seen."""

    def __init__(self, shelf: Shelf, document: str, wanted: Filter) -> None:
        self.shelf, self.wanted = shelf, wanted
        self.page: Page = shelf.page(document)
        self.codings: list[Coding] = [
            one for one in codings.of_document(shelf.connection, document)
            if one.fit != "lost" and self._seen(one.coder)
        ]  # fmt: skip

    @cached_property
    def _matches(self) -> Places | None:
        wanted = self.wanted
        return matcher(wanted.text, wanted.match, wanted.language) if wanted.text.strip() else None

    def _seen(self, coder: str) -> bool:
        if self.wanted.layer not in (RECORD, CONSENSUS):
            return coder == self.wanted.layer
        return not self.wanted.coders or coder in self.wanted.coders

    def codes(self, span: Span) -> tuple[str, ...]:
        """Return the codes on some of these words, as they count, in order of place."""
        book = self.shelf.book
        ends = (book.end(one.code) for one in self.codings
                if span.overlaps(Span(one.start, one.end)))  # fmt: skip
        return tuple(dict.fromkeys(ends))

    def fits(self, span: Span, codes: Collection[str], words: str) -> bool:
        """Tell whether a flagged passage has the codes, cases and words of the filter."""
        wanted, book = self.wanted, self.shelf.book
        if self._matches and not stands(self._matches, words):
            return False
        several = [((code,), True) for code in wanted.also]
        for asked, expected in ((wanted.codes, True), (wanted.without, False), *several):
            given = codings.given_for(book, asked)
            if asked and given.isdisjoint(codes) is expected:
                return False
        if not (wanted.cases or wanted.where):
            return True
        return any(
            (not wanted.cases or id in wanted.cases) and holds(self.shelf.cases[id], wanted.where)
            for turn, _said in self.page.hearing.spoken(span)
            for id in self.page.hearing.of(turn)
            if not self.shelf.cases[id].retired
        )


def _of_document(
    place: _Place, flags: Iterable[Flag], answers: Mapping[str, Sequence[Memo]]
) -> Iterator[Item]:
    shelf, page = place.shelf, place.page
    transcript = page.hearing.transcript
    for flag in flags:
        lost = flag.fit == "lost"
        span = Span(0, 1) if lost else Span(flag.start, flag.end)
        codes = () if lost else place.codes(span)
        words = "" if lost else transcript.text[span.start : span.end]
        if (lost and _narrow(place.wanted)) or not place.fits(span, codes, words):
            continue
        yield Item(
            flag=flag,
            document=page.document.name,
            turn=0 if lost else page.turn(span.start),
            codes=tuple(shelf.book.path(code) for code in codes),
            who=shelf.coders.get(flag.coder, "?"),
            words=words,
            closed="" if lost else withheld(transcript, page.closed, span),
            answers=tuple(
                Answer(shelf.coders.get(one.coder, "?"), one.text, one.made)
                for one in answers.get(flag.id, ())
            ),
            settled=shelf.coders.get(flag.settled, "?") if flag.settled else "",
        )


def _narrow(wanted: Filter) -> bool:
    """Tell whether a filter asks for something that only words in their place can have."""
    return bool(wanted.codes or wanted.also or wanted.cases or wanted.where or wanted.text)


def grouped(listed: Iterable[Item], order: Order) -> tuple[tuple[str, Item], ...]:
    """Return items in an order, each with the name of its group; by code, one for each code."""
    listed = tuple(listed)
    if order == "age":
        return tuple(("", item) for item in listed)
    if order == "person":
        return tuple(sorted(((item.who, item) for item in listed), key=lambda pair: pair[0]))
    if order == "document":
        names = dict.fromkeys(item.document for item in listed)
        ordered = sorted(listed, key=lambda item: (item.turn, item.flag.start))
        return tuple((name, item) for name in sorted(names, key=natural) for item in ordered
                     if item.document == name)  # fmt: skip
    pairs = [(code, item) for item in listed for code in item.codes or ("",)]
    # What has no code stands last.
    pairs.sort(key=lambda pair: (not pair[0], pair[0].casefold()))
    return tuple((code or _("no code"), item) for code, item in pairs)


def agenda(
    connection: Reader, asked: Filter, order: Order, when: Callable[[int], str], *,
    settled: bool = False, person: str = "",
) -> Table:  # fmt: skip
    """Return what is open as a table; names in the filter are as typed, and who raised it.

    ``when`` tells a time that is given in milliseconds since 1970 UTC.
    """
    listed = items(connection, resolved(connection, asked), settled=settled)
    if person:
        raised_by = coder_named(connection, person).id
        listed = tuple(item for item in listed if item.flag.coder == raised_by)
    names = flag_names()
    several = len(asked.flags) > 1
    columns = [
        Column("item", _("item")),
        Column("place", _("place")),
        *([Column("kind", _("flag"))] if several else []),
        Column("code", _("code")),
        Column("coder", _("who")),
        Column("when", _("when")),
        Column("answers", _("answers"), numeric=True),
        Column("text", _("what")),
        Column("words", _("words")),
        *([Column("state", _("state"))] if settled else []),
    ]
    rows: list[tuple[Cell, ...]] = []
    for group, item in grouped(listed, order):
        rows.append((
            item.number,
            item.place,
            *([names[item.flag.kind]] if several else []),
            group if order == "code" else ", ".join(item.codes),
            item.who,
            when(item.flag.made),
            len(item.answers),
            item.flag.text,
            _("[withheld: {why}]").format(why=named(item.closed)) if item.closed
            else shortened(item.words),
            *([state(item)] if settled else []),
        ))  # fmt: skip
    first = {"code": "code", "person": "coder", "document": "place"}.get(order, "item")
    at = next(number for number, column in enumerate(columns) if column.key == first)
    return Table(_("Agenda"), _led(columns, at), tuple(_led(row, at) for row in rows),
                 (summed(listed),))  # fmt: skip


def _led(cells: Sequence[T], at: int) -> tuple[T, ...]:
    """Return a row with one of its cells before the others."""
    return (cells[at], *cells[:at], *cells[at + 1 :])


def state(item: Item) -> str:
    """Return whether an item is settled, and by whom; nothing for one that is open."""
    if item.flag.fit == "lost":
        return _("needs a place")
    return _("settled by {coder}").format(coder=item.settled) if item.flag.settled else ""


def summed(listed: Sequence[Item]) -> str:
    """Return how many items there are, and how many of them nobody answered."""
    questions = [item for item in listed if item.flag.kind == DISCUSS]
    if len(questions) < len(listed):
        return counted("{n} flag", "{n} flags", len(listed))
    opened = [item for item in questions if item.flag.open]
    parts = [counted("{n} open", "{n} open", len(opened))]
    if silent := sum(not item.answers for item in opened):
        parts.append(counted("{n} without an answer", "{n} without an answer", silent))
    if len(opened) < len(questions):
        done = len(questions) - len(opened)
        parts.append(counted("{n} settled", "{n} settled", done))
    return ", ".join(parts)


def thread(connection: Reader, typed: str, when: Callable[[int], str]) -> Table:
    """Return one item with its answers."""
    flag = found(connection, typed)
    wanted = Filter(documents=(flag.document,), flags=(flag.kind,))
    item = next(one for one in items(connection, wanted, settled=True) if one.flag.id == flag.id)
    title = " · ".join(filter(None, (item.place, flag_names()[flag.kind], state(item))))
    columns = (Column("coder", _("who")), Column("when", _("when")), Column("text", _("text")))
    raised = (item.who, when(flag.made), flag.text)
    said = ((one.who, when(one.made), " ".join(one.text.split())) for one in item.answers)
    words = (_("[withheld: {why}]").format(why=named(item.closed)) if item.closed
             else f"“{' '.join(item.words.split())}”")  # fmt: skip
    notes = (*([", ".join(item.codes)] if item.codes else []), *([words] if item.words else []))
    return Table(title, columns, (raised, *said), notes)


def found(connection: Reader, typed: str) -> Flag:
    """Return the flag of a number; raises NotFound where none, or more than one, is meant."""
    end = typed.strip().casefold()
    known = {one.id for one in documents.listed(connection)}
    same = [one for one in memos.flags(connection)
            if end and one.id.endswith(end) and one.document in known]  # fmt: skip
    if len(same) == 1:
        return same[0]
    raise NotFound(_("no item “{typed}”; “qcode agenda” lists them").format(typed=typed))
