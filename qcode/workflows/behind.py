"""The passages behind a number of a chart: those that are counted there, and no others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from qcode.analysis.comparison import groups
from qcode.analysis.cooccurrence.meeting import Piece, Way, met
from qcode.analysis.layer import SPOKEN, Layer
from qcode.analysis.looking import Joint
from qcode.analysis.matrix import WORDS
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.model.span import Span, without
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.heatmap import CASES, CODE, CODES, DOCUMENTS, Field
from qcode.workflows.named import attribute_named
from qcode.workflows.picking import of_one, whole
from qcode.workflows.quoting import Sight, seen
from qcode.workflows.relating import Relation
from qcode.workflows.retrieving import Passage, Shelf, retrieved


@dataclass(frozen=True, slots=True)
class Cut:
    """One cell of a heatmap: the id of its code and the key of its column."""

    code: str
    column: str


def behind(connection: Reader, asked: Filter, of: Field, cut: Cut) -> Sight:
    """Return the passages that are counted in a cell; the filter is as typed."""
    wanted = resolved(connection, asked)
    ground = _Ground(connection, layer_of(connection, wanted, tallied=False), wanted)
    counts = _counting(connection, ground, of, cut.column)
    passages = _of_code(ground, wanted, cut.code, own=of.own)
    if of.columns == CODES:
        other = cut.column.removeprefix(CODE)
        passages = _meeting(ground, passages, _of_code(ground, wanted, other, own=of.own), of.way)
    return Sight(seen(connection, ground.shelf, [one for one in passages if counts(one)]), 0)


def first_passages(
    connection: Reader, asked: Filter, documents: Collection[str], codes: Collection[str]
) -> Sight:  # fmt: skip
    """Return where each of some codes stands first in some interviews, on a participant's words."""
    wanted = replace(resolved(connection, asked), documents=tuple(documents), codes=tuple(codes))
    ground = _Ground(connection, layer_of(connection, wanted, tallied=False), wanted)
    first: dict[str, Passage] = {}
    for one in retrieved(ground.shelf, whole(wanted, wanted.codes)).passages:
        code = ground.code(one)
        looked = one.page.document.id in ground.searched((code,))
        if code in codes and code not in first and looked and ground.heard(one):
            first[code] = one
    return Sight(seen(connection, ground.shelf, list(first.values())), 0)


class _Ground:
    """What of a passage is counted: its words that may be used, where its code was looked for."""

    def __init__(self, connection: Reader, layer: Layer, wanted: Filter) -> None:
        self.layer = layer
        self.shelf = Shelf(connection)
        self.relation = Relation(connection, of_one(wanted), layer.book)
        self.searched = Joint(layer, INFORMANT).searched

    def code(self, passage: Passage) -> str:
        """Return the code a passage counts for."""
        return self.layer.book.end(passage.segment.coding.code)

    def of(self, passage: Passage) -> tuple[Span, ...]:
        """Return the words of a passage that may be used."""
        return without([passage.span], self.shelf.unusable(passage.page.document.id))

    def people(self, passage: Passage) -> set[str]:
        """Return the cases that speak in the words that count."""
        hearing, coder = passage.page.hearing, passage.segment.coding.coder
        if (some := self.relation.people(coder)) is not None:
            hearing = hearing.only(some)
        return {
            case for piece in self.of(passage) for turn, _said in hearing.spoken(piece)
            for case in hearing.of(turn)
        }  # fmt: skip

    def heard(self, passage: Passage) -> bool:
        """Tell whether a participant says some of the words that count."""
        hearing = passage.page.hearing
        return any(
            hearing.heard(turn) for piece in self.of(passage)
            for turn, _said in hearing.spoken(piece)
        )  # fmt: skip


def _of_code(ground: _Ground, wanted: Filter, code: str, *, own: bool) -> list[Passage]:
    found = retrieved(ground.shelf, whole(wanted, (code,))).passages
    codes = {code} if own else ground.layer.book.below(code)
    looked = ground.searched(codes)
    return [one for one in found
            if one.page.document.id in looked and ground.code(one) in codes and ground.of(one)]  # fmt: skip


Counts = Callable[[Passage], bool]


def _counting(connection: Reader, ground: _Ground, of: Field, column: str) -> Counts:
    """Return what tells whether a passage counts in a column."""
    if of.columns == DOCUMENTS:
        words = of.value == WORDS
        return lambda one: one.page.document.id == column and (not words or ground.heard(one))
    if of.columns == CODES:
        return lambda _one: True
    if of.columns == CASES:
        return partial(_spoken, ground, frozenset({column}))
    attribute = attribute_named(connection, of.by)
    for one in groups(ground.layer.of_kind(INFORMANT), attribute.name):
        if column == (f"group:{one.name}" if one.valued else "no value"):
            return partial(_spoken, ground, one.cases)
    return lambda _one: False


def _spoken(ground: _Ground, people: frozenset[str], passage: Passage) -> bool:
    return passage.page.document.kind in SPOKEN and not people.isdisjoint(ground.people(passage))


def _meeting(
    ground: _Ground, passages: Sequence[Passage], others: Sequence[Passage], way: Way
) -> list[Passage]:
    """Return the passages that meet one of the others, given by the same coder."""
    some = [*passages, *others]
    by_page: dict[tuple[str, str], list[int]] = {}
    for number, one in enumerate(some):
        coding = one.segment.coding
        by_page.setdefault((coding.document, coding.coder), []).append(number)
    found: set[int] = set()
    for numbers in by_page.values():
        # Each stands for a code of its own here, so that each two of them are told.
        pieces: list[Piece[int]] = [
            (span.start, span.end, number, number)
            for number in numbers for span in ground.of(some[number])
        ]  # fmt: skip
        hearing = some[numbers[0]].page.hearing
        for meeting in list(met(sorted(pieces), way, lambda: hearing, whole=False)):  # noqa: B023
            first, second = sorted((meeting.one, meeting.other))
            if meeting.counts and first < len(passages) <= second:
                found.add(first)
    return [one for number, one in enumerate(passages) if number in found]
