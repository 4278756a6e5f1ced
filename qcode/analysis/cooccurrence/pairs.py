"""Which codes one coder gives to the same words, in the same turn, or near each other.

A pair is counted in the documents that were looked through for both of its codes. A code and one
above it are no pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from qcode.analysis.agreement.marking import Stretch, joined
from qcode.analysis.cooccurrence.meeting import OVERLAP, Piece, Way, met, overlapping, voices
from qcode.analysis.layer import Layer
from qcode.analysis.looking import KINDS, Found, Places, Presence, looked_for
from qcode.model.case import INFORMANT
from qcode.model.hearing import Hearing
from qcode.model.span import Span, without

Couple = tuple[str, str]
"""Two codes, the one that comes first in the codebook first."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the codes of one document stand, as they were given, and how to learn who speaks.

    ``closed`` is not to be used; ``hearing`` is called where somebody must be counted.
    """

    document: str
    spans: Mapping[str, Sequence[Stretch]]
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
    rolled: bool = False
    kind: str = INFORMANT

    def common(self, couple: Couple) -> Common:
        """Return the documents that were looked through for both codes, and who is in them."""
        key = self.looked.get(couple[0], _NOWHERE), self.looked.get(couple[1], _NOWHERE)
        if key not in self._known:
            both = key[0] & key[1]
            kinds: dict[str, set[str]] = defaultdict(set)
            for document in both:
                kinds[self._kinds[document]].add(document)
            people = {case for document in both for case in self.takers.get(document, ())}
            self._known[key] = Common(both, kinds, people)
        return self._known[key]

    def jaccard(self, couple: Couple) -> float | None:
        """Return the characters that have both codes by those that have one; None where none has.

        Jaccard (1912), over the documents that were looked through for both.
        """
        both = self.common(couple).documents
        of = sum(self._length(code, both) for code in couple)
        shared = self.pairs[couple].shared if couple in self.pairs else 0
        return shared / (of - shared) if of else None

    def _length(self, code: str, documents: frozenset[str]) -> int:
        key = code, documents
        if key not in self._sums:
            own = self.lengths.get(code, {})
            self._sums[key] = sum(length for of, length in own.items() if of in documents)
        return self._sums[key]

    @property
    def presence(self) -> Presence:
        """Where the codes were looked for, as the sentences about gaps ask for it."""
        spoken = frozenset(one.id for one in self.layer.spoken())
        return Presence(
            {code: Found({}, {"interview": self.looked.get(code, _NOWHERE) & spoken},
                         _NOWHERE, _NOWHERE) for code in self.codes},
            self.looked,
            self.stray,
        )  # fmt: skip

    @cached_property
    def _known(self) -> dict[tuple[frozenset[str], frozenset[str]], Common]:
        return {}

    @cached_property
    def _sums(self) -> dict[tuple[str, frozenset[str]], int]:
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
    """What was looked through for two codes: documents, also by kind, and cases."""

    documents: frozenset[str]
    by_kind: Mapping[str, AbstractSet[str]]
    cases: AbstractSet[str]


_NOWHERE: frozenset[str] = frozenset()
_NOBODY: set[str] = set()


def gathered(
    layer: Layer, grounds: Iterable[Ground], way: Way, *, rolled: bool = False,
    kind: str = INFORMANT,
) -> Cooccurrence:  # fmt: skip
    """Return which codes meet, and where; ``rolled`` gives each code what those below it have."""
    book = layer.book
    codes = tuple(code.id for code, _depth in book.walk(retired=True))
    known = {one.id for one in layer.documents}
    had = looked_for(book, {of: state for of, state in layer.seen.items() if of in known})
    families = {code: book.below(code) if rolled else frozenset((code,)) for code in codes}
    found = Cooccurrence(
        layer, codes, {}, _looked(had, families), {}, {}, way, rolled=rolled, kind=kind
    )
    work = _Gathered(found, had)
    for ground in grounds:
        work.add(ground)
    return replace(
        found, pairs=work.by_code(), lengths=work.lengths(),
        stray={code: frozenset(some) for code, some in work.stray.items()},
    )  # fmt: skip


def _looked(had: Places, families: Mapping[str, frozenset[str]]) -> Places:
    """Return where each family was looked for, equal sets as one object."""
    same: dict[frozenset[str], frozenset[str]] = {}
    found = {}
    for code, family in families.items():
        documents = frozenset().union(*(had.get(one, _NOWHERE) for one in family))
        found[code] = same.setdefault(documents, documents)
    return found


class _Gathered:
    """The pairs of the documents that were added, codes by their number."""

    def __init__(self, found: Cooccurrence, had: Places) -> None:
        self.found, self.had = found, had
        self.book = found.layer.book
        self.number = {code: at for at, code in enumerate(found.codes)}
        self.counts_for = {code: self._line(code) for code in found.codes}
        self.no_pair = {
            tuple(sorted((self.number[code], self.number[below])))
            for code in found.codes for below in self.book.below(code)
        }  # fmt: skip
        self.known: dict[str, tuple[str, frozenset[str], tuple[int, ...]]] = {}
        self.pairs: dict[tuple[int, int], Pair] = defaultdict(Pair)
        self.numbered: list[dict[str, int]] = [{} for _code in found.codes]
        self.stray: dict[str, set[str]] = defaultdict(set)

    def _line(self, code: str) -> tuple[int, ...]:
        """Return the numbers of the codes that a coding counts for."""
        line = [self.number[code]]
        while self.found.rolled and (code := self.book.parent(code)):
            line.append(self.number[code])
        return tuple(line)

    def add(self, ground: Ground) -> None:
        """Add what meets in one document."""
        pieces = self._pieces(ground)
        takers = self.found.takers.get(ground.document, _NOBODY)
        if self.found.way.by == OVERLAP and not ground.closed:
            self._add_overlapping(ground, pieces, takers)
            return
        for first, second, shared, counts, cases in met(
            pieces, self.found.way, ground.hearing, whole=not ground.closed
        ):
            if (first, second) in self.no_pair:
                continue
            pair = self.pairs[first, second]
            pair.shared += shared
            if counts:
                pair.passages += 1
                pair.documents.add(ground.document)
            if cases and not takers <= pair.cases:
                pair.cases |= takers.intersection(cases())

    def _add_overlapping(
        self, ground: Ground, pieces: Sequence[Piece], takers: set[str]
    ) -> None:  # fmt: skip
        """Add what overlaps where each piece is a passage: the same as ``met``, with less around it.

        There are tens of thousands, and this is what is asked for first.
        """
        no_pair, pairs, document = self.no_pair, self.pairs, ground.document
        speaking: Callable[[int, int], Iterable[str]] | None = None
        for one, other in overlapping(pieces):
            key = (one[2], other[2]) if one[2] < other[2] else (other[2], one[2])
            if key in no_pair:
                continue
            pair, start, end = pairs[key], other[0], min(one[1], other[1])
            pair.shared += end - start
            pair.passages += 1
            pair.documents.add(document)
            if not takers <= pair.cases:
                speaking = speaking or voices(ground.hearing())
                pair.cases.update([case for case in speaking(start, end) if case in takers])

    def lengths(self) -> dict[str, dict[str, int]]:
        """Return the lengths by the ids of their codes."""
        return {code: own for code, own in zip(self.found.codes, self.numbered, strict=True) if own}

    def by_code(self) -> dict[Couple, Pair]:
        """Return the pairs by the ids of their codes."""
        codes = self.found.codes
        return {(codes[first], codes[second]): pair
                for (first, second), pair in self.pairs.items()}  # fmt: skip

    def _pieces(self, ground: Ground) -> list[Piece]:
        """Return what may be used of the passages of a document, in order."""
        document, lengths = ground.document, self.numbered
        pieces: list[Piece] = []
        passages = 0
        for number, spans in self._own(ground).items():
            length = 0
            for start, end in spans if len(spans) == 1 else joined(spans):
                passages += 1
                if not ground.closed:
                    length += end - start
                    pieces.append((start, end, number, passages))
                    continue
                for piece in without([Span(start, end)], ground.closed):
                    length += piece.end - piece.start
                    pieces.append((piece.start, piece.end, number, passages))
            lengths[number][document] = length
        pieces.sort()
        return pieces

    def _own(self, ground: Ground) -> Mapping[int, Sequence[Stretch]]:
        """Return the stretches of each code, by its number, where it was looked for."""
        own: dict[int, Sequence[Stretch]] = {}
        for given, some in ground.spans.items():
            code, had, numbers = self.known.get(given) or self._know(given)
            if ground.document not in had:
                self.stray[code].add(ground.document)
                continue
            for number in numbers:
                own[number] = [*own[number], *some] if number in own else some
        return own

    def _know(self, given: str) -> tuple[str, frozenset[str], tuple[int, ...]]:
        """Return what a code counts for, where that was looked for, and the numbers it counts to."""
        code = self.book.end(given)
        self.known[given] = code, self.had.get(code, _NOWHERE), self.counts_for[code]
        return self.known[given]
