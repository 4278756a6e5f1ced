"""Which codes one coder gives to the same words, in the same turn, or near each other.

A pair is counted in the documents that were looked through for both of its codes. A code and one
above it are no pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import combinations

from qcode.analysis.agreement.marking import Stretch, joined
from qcode.analysis.cooccurrence.meeting import OVERLAP, Piece, Way, met, voices
from qcode.analysis.layer import Layer
from qcode.analysis.looking import KINDS, Found, Joint, Places, Presence
from qcode.model.case import INFORMANT
from qcode.model.coding import Given
from qcode.model.hearing import Hearing
from qcode.model.span import Span, without

Couple = tuple[str, str]
"""Two codes, the one that comes first in the codebook first."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where codes were given in one document, and how to learn who speaks.

    ``closed`` is not to be used; ``hearing`` is called where somebody must be counted.
    """

    document: str
    given: Sequence[Given]
    closed: Sequence[Span]
    hearing: Callable[[], Hearing[str]]


@dataclass(slots=True)
class Pair:
    """Where two codes meet: pairs of passages, documents, cases, and characters that have both."""

    passages: int = 0
    shared: int = 0
    documents: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Cooccurrence:
    """The pairs of a layer and what their numbers are of.

    ``looked`` tells where each code was looked for, ``lengths`` how many characters it has by
    document; with the codes below it where ``rolled``.
    """

    layer: Layer
    codes: tuple[str, ...]
    pairs: Mapping[Couple, Pair]
    looked: Places
    lengths: Mapping[str, Mapping[str, int]]
    stray: Places
    way: Way
    joint: Joint
    rolled: bool = False
    kind: str = INFORMANT

    def common(self, couple: Couple) -> Common:
        """Return the documents that were looked through for both codes, and who is in them."""
        key = self.looked.get(couple[0], _NOWHERE), self.looked.get(couple[1], _NOWHERE)
        if (known := self._known.get(key)) is None:
            both = key[0] & key[1]
            kinds: dict[str, set[str]] = defaultdict(set)
            for document in both:
                kinds[self._kinds[document]].add(document)
            people = {case for document in both for case in self.takers.get(document, ())}
            known = self._known[key] = Common(both, kinds, people)
        return known

    def jaccard(self, couple: Couple) -> float | None:
        """Return the characters that have both codes by those that have one; None where none has.

        Jaccard (1912), over the documents that were looked through for both.
        """
        return self.index(couple, self.pairs.get(couple) or Pair(), self.common(couple))

    def index(self, couple: Couple, pair: Pair, common: Common) -> float | None:
        """Return the same of what is known of two codes already: there are hundreds to list."""
        of = self._length(couple[0], common) + self._length(couple[1], common)
        return pair.shared / (of - pair.shared) if of else None

    def _length(self, code: str, common: Common) -> int:
        if (known := common.lengths.get(code)) is None:
            own = self.lengths.get(code, {})
            # A code mostly stands in no other documents, and there are hundreds.
            known = sum(own.values() if own.keys() <= common.documents
                        else (own[of] for of in own.keys() & common.documents))  # fmt: skip
            common.lengths[code] = known
        return known

    @property
    def presence(self) -> Presence:
        """Where the codes were looked for, as the sentences about gaps ask for it."""
        spoken = frozenset(one.id for one in self.layer.spoken())
        found = cache(lambda places: Found({}, {"interview": places & spoken}, _NOWHERE, _NOWHERE))
        return Presence(
            {code: found(self.looked.get(code, _NOWHERE)) for code in self.codes},
            self.stray,
            self.joint,
        )  # fmt: skip

    @cached_property
    def _known(self) -> dict[tuple[frozenset[str], frozenset[str]], Common]:
        return {}

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        return {one.id: KINDS.get(one.kind, one.kind) for one in self.layer.documents}

    @cached_property
    def takers(self) -> Mapping[str, set[str]]:
        """The cases that take part in each interview."""
        cases = {case.id for case in self.layer.of_kind(self.kind)}
        spoken = {one.id for one in self.layer.spoken()}
        takers: dict[str, set[str]] = defaultdict(set)
        for part in self.layer.parts:
            if part.case in cases and part.document in spoken:
                takers[part.document].add(part.case)
        return takers


@dataclass(frozen=True, slots=True)
class Common:
    """What was looked through for two codes: documents, also by kind, and cases.

    ``lengths`` keeps how many characters of these documents a code has, once that was asked.
    """

    documents: frozenset[str]
    by_kind: Mapping[str, AbstractSet[str]]
    cases: AbstractSet[str]
    lengths: dict[str, int] = field(default_factory=dict)


_NOWHERE: frozenset[str] = frozenset()
_NOBODY: set[str] = set()


def gathered(
    layer: Layer, grounds: Iterable[Ground], way: Way, *, rolled: bool = False,
    kind: str = INFORMANT,
) -> Cooccurrence:  # fmt: skip
    """Return which codes meet, and where; ``rolled`` gives each code what those below it have."""
    book = layer.book
    codes = tuple(code.id for code, _depth in book.walk(retired=True))
    joint = Joint(layer, kind)
    looked = {code: joint.searched(book.below(code) if rolled else (code,)) for code in codes}
    found = Cooccurrence(layer, codes, {}, looked, {}, {}, way, joint, rolled=rolled, kind=kind)
    work = _Gathered(found)
    for ground in grounds:
        work.add(ground)
    return replace(
        found, pairs=work.pairs, lengths=work.lengths,
        stray={code: frozenset(some) for code, some in work.stray.items()},
    )  # fmt: skip


class _Gathered:
    """The pairs of the documents that were added."""

    def __init__(self, found: Cooccurrence) -> None:
        self.found = found
        self.rank = {code: at for at, code in enumerate(found.codes)}
        below = found.layer.book.below
        self.no_pair = {self._couple(code, under) for code in found.codes for under in below(code)}
        self.known: dict[str, tuple[str, ...]] = {}
        self.pairs: dict[Couple, Pair] = defaultdict(Pair)
        self.between: dict[tuple[str, str], Pair] = {}
        self.lengths: dict[str, dict[str, int]] = defaultdict(dict)
        self.stray: dict[str, set[str]] = defaultdict(set)
        self.plain = {} if found.rolled else _looked_through(found)

    def _couple(self, one: str, other: str) -> Couple:
        return (one, other) if self.rank[one] < self.rank[other] else (other, one)

    def add(self, ground: Ground) -> None:
        """Add what meets in one document."""
        takers = self.found.takers.get(ground.document, _NOBODY)
        if self.found.way.by == OVERLAP and not ground.closed:
            self._add_overlapping(ground, takers)
            return
        for one, other, shared, counts, cases in met(
            self._pieces(ground), self.found.way, ground.hearing, whole=not ground.closed
        ):
            couple = self._couple(one, other)
            if couple in self.no_pair:
                continue
            pair = self.pairs[couple]
            pair.shared += shared
            if counts:
                pair.passages += 1
                pair.documents.add(ground.document)
            if cases and not takers <= pair.cases:
                pair.cases |= takers.intersection(cases())

    def _add_overlapping(self, ground: Ground, takers: set[str]) -> None:
        """Add what overlaps where each piece is a passage: the same as ``met``, with less around it.

        There are tens of thousands, most of which stand alone, and this is asked for first.
        """
        between, document = self.between, ground.document
        speaking: Callable[[int, int], Iterable[str]] | None = None
        for crowd in self._crowds(ground):
            for (_start, edge, other), (start, end, code) in combinations(crowd, 2):
                if edge <= start:
                    continue
                if (pair := between.get((other, code))) is None:
                    pair = self._between(other, code)
                shared = edge if edge < end else end  # noqa: FURB136 - as below
                pair.shared += shared - start
                pair.passages += 1
                pair.documents.add(document)
                if not takers <= pair.cases:
                    speaking = speaking or voices(ground.hearing(), takers)
                    pair.cases.update(speaking(start, shared))

    def _between(self, one: str, other: str) -> Pair:
        """Return the pair of two codes; of those that are none, one that goes nowhere."""
        couple = self._couple(one, other)
        pair = Pair() if couple in self.no_pair else self.pairs[couple]
        self.between[one, other] = self.between[other, one] = pair
        return pair

    def _crowds(self, ground: Ground) -> list[list[Given]]:
        """Return the passages that overlap or touch others, together; note the lengths of all."""
        crowds, own = _swept(ground.given)
        if not own.keys() <= self.plain.get(ground.document, _NOBODY):
            crowds, own = _swept(self._usable(ground))
        for code, length in own.items():
            self.lengths[code][ground.document] = length
        return crowds

    def _pieces(self, ground: Ground) -> list[Piece[str]]:
        """Return what may be used of the passages of a document, in order."""
        pieces = _united(self._usable(ground))
        if ground.closed:
            pieces = sorted(
                (left.start, left.end, code, passage) for start, end, code, passage in pieces
                for left in without([Span(start, end)], ground.closed)
            )  # fmt: skip
        for start, end, code, _passage in pieces:
            own = self.lengths[code]
            own[ground.document] = own.get(ground.document, 0) + end - start
        return pieces

    def _usable(self, ground: Ground) -> Sequence[Given]:
        """Return the stretches of each code that was looked for, under what they count for."""
        here = {code for _start, _end, code in ground.given}
        if here <= self.plain.get(ground.document, _NOBODY):
            return ground.given
        lines: dict[str, tuple[str, ...]] = {}
        looked = self.found.looked
        for given in here:
            code, *above = self.known.get(given) or self._know(given)
            if ground.document not in looked[code]:
                self.stray[code].add(ground.document)
            lines[given] = tuple(one for one in (code, *above) if ground.document in looked[one])
        return [
            (start, end, code) for start, end, given in ground.given
            for code in lines.get(given, ())
        ]  # fmt: skip

    def _know(self, given: str) -> tuple[str, ...]:
        """Return all codes that a code counts for, its own first."""
        book = self.found.layer.book
        line = [book.end(given)]
        while self.found.rolled and (above := book.parent(line[-1])):
            line.append(above)
        self.known[given] = tuple(line)
        return self.known[given]


def _looked_through(found: Cooccurrence) -> Mapping[str, AbstractSet[str]]:
    """Return, by document, the codes that count as given there: looked for, and merged into none."""
    together: dict[frozenset[str], set[str]] = defaultdict(set)
    for code in found.codes:
        if found.layer.book.end(code) == code:
            together[found.looked[code]].add(code)
    plain: dict[str, set[str]] = defaultdict(set)
    for documents, codes in together.items():  # Few, for most codes have the same documents.
        for document in documents:
            plain[document] |= codes
    return plain


def _swept(given: Iterable[Given]) -> tuple[list[list[Given]], dict[str, int]]:
    """Return the passages that overlap or touch others, together, and the length of each code."""
    own: dict[str, int] = {}
    crowds: list[list[Given]] = []
    twice: set[int] = set()
    edge = -1
    for one in sorted(given):
        start, end, code = one
        own[code] = own.get(code, 0) + end - start
        if start > edge:
            alone, crowd, edge = one, None, end
            continue
        if crowd is None:
            crowds.append(crowd := [alone])
            codes = {alone[2]}
        if code in codes:
            twice.add(len(crowds) - 1)
        codes.add(code)
        crowd.append(one)
        if end > edge:  # noqa: PLR1730 - a call for each of ten thousand takes longer
            edge = end
    for at in twice:
        before, crowds[at] = crowds[at], [one[:3] for one in _united(crowds[at])]
        for code, more in _lengths(crowds[at], before).items():
            own[code] += more
    return crowds, own


def _lengths(plus: Iterable[Given], minus: Iterable[Given]) -> Mapping[str, int]:
    """Return how many characters some stretches have more than others, by code."""
    found: dict[str, int] = defaultdict(int)
    for sign, some in ((1, plus), (-1, minus)):
        for start, end, code in some:
            found[code] += sign * (end - start)
    return found


def _united(stretches: Iterable[Given]) -> list[Piece[str]]:
    """Return the passages of the codes whose stretches these are, in order."""
    own: dict[str, list[Stretch]] = defaultdict(list)
    for start, end, code in stretches:
        own[code].append((start, end))
    passages = [(*one, code) for code, some in own.items() for one in joined(some)]
    return sorted((*one, at) for at, one in enumerate(passages))
