"""The passages behind a number of a chart: those that are counted there, and no others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

from qcode.analysis.comparison import groups
from qcode.analysis.cooccurrence.meeting import NEAR, Meeting, Piece, Way, met
from qcode.analysis.cooccurrence.table import INFORMANTS, JACCARD
from qcode.analysis.layer import SPOKEN, Layer
from qcode.analysis.looking import Joint
from qcode.analysis.matrix import WORDS
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.model.hearing import Hearing
from qcode.model.span import Span, united, without
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
        passages = _meeting(ground, passages, _of_code(ground, wanted, other, own=of.own), of)
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
        self.informants = frozenset(case.id for case in layer.of_kind(INFORMANT))

    def code(self, passage: Passage) -> str:
        """Return the code a passage counts for."""
        return self.layer.book.end(passage.segment.coding.code)

    def of(self, passage: Passage) -> tuple[Span, ...]:
        """Return the words of a passage that may be used."""
        return without([passage.span], self.shelf.unusable(passage.page.document.id))

    def hearing(self, passage: Passage) -> Hearing[str]:
        """Return whose words the turns around a passage are, of those whom its coder's count for."""
        hearing, some = passage.page.hearing, self.relation.people(passage.segment.coding.coder)
        return hearing if some is None else hearing.only(some)

    def takers(self, passage: Passage) -> AbstractSet[str]:
        """Return the informants whom a meeting in the document of a passage may count for."""
        return self.informants if passage.page.document.kind in SPOKEN else frozenset()

    def people(self, passage: Passage) -> set[str]:
        """Return the cases that speak in the words that count."""
        hearing = self.hearing(passage)
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
    ground: _Ground, passages: Sequence[Passage], others: Sequence[Passage], of: Field
) -> list[Passage]:
    """Return the passages that meet one of the others, given by the same coder, as is counted."""
    by_page: dict[tuple[str, str], tuple[list[Passage], list[Passage]]] = {}
    for side, some in enumerate((passages, others)):
        for one in some:
            key = one.page.document.id, one.segment.coding.coder
            by_page.setdefault(key, ([], []))[side].append(one)
    found: set[str] = set()
    for own, theirs in by_page.values():
        if own and theirs:
            found |= _met(ground, own, theirs, of)
    return [one for one in passages if one.segment.coding.id in found]


def _met(ground: _Ground, own: Sequence[Passage], theirs: Sequence[Passage], of: Field) -> set[str]:
    """Return the codings of one coder in one document that meet some of the others."""
    mine, others = _units(own, of.way), _units(theirs, of.way)
    # Each stands for a code of its own here, so that each two of them are told.
    pieces: list[Piece[int]] = [
        (left.start, left.end, number, number)
        for number, (span, _codings) in enumerate((*mine, *others))
        for left in without([span], ground.shelf.unusable(own[0].page.document.id))
    ]  # fmt: skip
    hearing, takers = ground.hearing(own[0]), ground.takers(own[0])
    found: set[str] = set()
    for meeting in met(sorted(pieces), of.way, lambda: hearing, whole=False):
        first, second = sorted((meeting.one, meeting.other))
        if first < len(mine) <= second and _counted(meeting, of.value, takers):
            found.update(mine[first][1])
    return found


def _units(some: Sequence[Passage], way: Way) -> list[tuple[Span, list[str]]]:
    """Return what meets, with its codings: those that touch as one, where it is near something."""
    spans = [one.span for one in some]
    units = united(spans) if way.by == NEAR else tuple(dict.fromkeys(spans))
    codings: dict[Span, list[str]] = {unit: [] for unit in units}
    for one in some:
        unit = one.span
        if way.by == NEAR:
            unit = units[bisect_right(units, one.span.start, key=lambda span: span.start) - 1]
        codings[unit].append(one.segment.coding.id)
    return list(codings.items())


def _counted(meeting: Meeting[int], value: str, takers: AbstractSet[str]) -> bool:
    """Tell whether two passages that meet are in a number: some are of whom or what they share."""
    if value == INFORMANTS:
        return meeting.cases is not None and not takers.isdisjoint(meeting.cases())
    return meeting.shared > 0 if value == JACCARD else meeting.counts
