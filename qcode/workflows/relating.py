"""Which passages have other codes too, or have not: on the same words, in one turn, in one case."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qcode.analysis.cooccurrence.meeting import NEAR, Piece, Way, met
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding
from qcode.model.filter import CASE, DOCUMENT, PASSAGE, Filter
from qcode.model.hearing import Hearing
from qcode.model.span import Span, united, without
from qcode.store import codings, tallies
from qcode.store.project import Reader

Key = tuple[str, str]
"""A code, as it counts, and a coder."""
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Family:
    """A code with those below it, which must stand there too, or must not."""

    codes: frozenset[str]
    wanted: bool


class Relation:
    """The codes that a filter of ids asks for beside those of the passage itself.

    A passage is what one coder gave one code, united; the words that are not to be used are out of
    it. What is asked for counts by the same coder; in another document, by its coder of record.
    """

    def __init__(self, connection: Reader, wanted: Filter, book: Codebook) -> None:
        self.connection, self.wanted, self.book = connection, wanted, book
        asked = [(code, True) for code in wanted.also] + [(code, False) for code in wanted.without]
        self.families = tuple(Family(book.below(book.end(code)), must) for code, must in asked)
        self.by_place = wanted.near is not None or wanted.within not in (DOCUMENT, CASE)
        self._people: dict[str, frozenset[str]] = {}
        self.of_cases = bool(asked) and not self.by_place and wanted.within == CASE

    def __bool__(self) -> bool:
        return bool(self.families)

    # -- by place ------------------------------------------------------------------------------

    def kept(
        self, own: Sequence[Coding], closed: Collection[Span], hearing: Callable[[], Hearing[str]]
    ) -> list[Coding]:
        """Return the codings of one document whose passages have what is asked for.

        ``own`` holds all of the filter's own codes that have a place, ``closed`` what is not to
        be used.
        """
        if not own:
            return []
        if not self.by_place:
            return list(own) if self.of_cases else self._in_document(own)
        passages = _passages(own, self.book)
        place = _finder(passages, self.book)
        others = self._others.get(own[0].document, {})
        found: dict[tuple[Key, Span], set[int]] = defaultdict(set)
        for coder in {coder for _code, coder in passages}:
            mine = [(key, span) for key, spans in passages.items() if key[1] == coder
                    for span in spans]  # fmt: skip
            theirs = [(family, span) for (code, who), spans in others.items() if who == coder
                      for family in self._families_of(code) for span in spans]  # fmt: skip
            spans = [span for _key, span in mine]
            for number, family in self.meets(spans, theirs, closed, hearing):
                found[mine[number]].add(family)
        return [one for one in own if self._fulfilled(found[place(one)])]

    def meets(
        self, own: Sequence[Span], others: Sequence[tuple[int, Span]], closed: Collection[Span],
        hearing: Callable[[], Hearing[str]],
    ) -> Iterator[tuple[int, int]]:  # fmt: skip
        """Yield which of some passages meets a passage of which family, both by number."""
        if self.wanted.within == PASSAGE and self.wanted.near is None:
            places: dict[Span, list[int]] = defaultdict(list)
            for number, span in enumerate(own):
                if without([span], closed):
                    places[span].append(number)
            for family, span in others:
                yield from ((number, family) for number in places.get(span, ()))
            return
        # Each passage stands for itself here; those of a family are one code and never meet.
        pieces: list[Piece[int]] = []
        numbered = [*enumerate(own), *((-1 - family, span) for family, span in others)]
        for number, (code, span) in enumerate(numbered):
            left = without([span], closed) if closed else (span,)
            pieces += ((one.start, one.end, code, number) for one in left)
        near = self.wanted.near
        way = Way(self.wanted.within) if near is None else Way(NEAR, near)
        for one in met(sorted(pieces), way, hearing, whole=not closed):
            family, number = sorted((one.one, one.other))
            if one.counts and family < 0 <= number:
                yield number, -1 - family

    def around(
        self, document: str, spans: Sequence[Span], closed: Collection[Span], hearing: Hearing[str]
    ) -> list[Span]:  # fmt: skip
        """Return which places of a document have what is asked for, whoever coded it there.

        Words between are counted from the whole words that a place lies in.
        """
        text = hearing.transcript.text
        own = spans if self.wanted.near is None else [_whole_words(text, one) for one in spans]
        others = [(family, span) for (code, _who), some in self._others.get(document, {}).items()
                  for family in self._families_of(code) for span in some]  # fmt: skip
        found: dict[int, set[int]] = defaultdict(set)
        for number, family in self.meets(own, others, closed, lambda: hearing):
            found[number].add(family)
        return [span for number, span in enumerate(spans) if self._fulfilled(found[number])]

    def _fulfilled(self, families: Collection[int]) -> bool:
        return all(
            family.wanted is (number in families) for number, family in enumerate(self.families)
        )

    def _families_of(self, code: str) -> Iterator[int]:
        for number, family in enumerate(self.families):
            if code in family.codes:
                yield number

    @cached_property
    def _others(self) -> Mapping[str, Mapping[Key, tuple[Span, ...]]]:
        """Passages with any of the codes asked for, by document."""
        asked = replace(
            self.wanted, codes=(*self.wanted.also, *self.wanted.without), also=(), without=()
        )
        found: dict[str, list[Coding]] = defaultdict(list)
        for one in codings.listed(self.connection, asked, self.book):
            if one.fit != "lost":
                found[one.document].append(one)
        return {document: _passages(some, self.book) for document, some in found.items()}

    # -- by document and by case ---------------------------------------------------------------

    def _in_document(self, own: Sequence[Coding]) -> list[Coding]:
        having = {coder: self._fulfilled(self._having(own[0].document, coder))
                  for coder in {one.coder for one in own}}  # fmt: skip
        return [one for one in own if having[one.coder]]

    def _having(self, document: str, coder: str) -> list[int]:
        return [number for number, family in enumerate(self.families)
                if any((document, coder, code) in self._standing[0] for code in family.codes)]  # fmt: skip

    def people(self, coder: str) -> frozenset[str] | None:
        """Return the cases in which all that is asked for stands; None where cases do not matter.

        In all documents in which they speak: of one coder where coders are chosen.
        """
        if not self.of_cases:
            return None
        who = coder if self.wanted.coders else ""
        if who not in self._people:
            self._people[who] = self._fulfilling(self._standing[1].get(who, {}))
        return self._people[who]

    def _fulfilling(self, having: Mapping[str, set[str]]) -> frozenset[str]:
        return frozenset(
            case for case in having
            if self._fulfilled([number for number, family in enumerate(self.families)
                                if not family.codes.isdisjoint(having[case])])
        )  # fmt: skip

    @cached_property
    def _standing(
        self,
    ) -> tuple[Collection[tuple[str, str, str]], Mapping[str, Mapping[str, set[str]]]]:
        """Where codes stand: document, coder and code; and by coder, or by nobody, case and code."""
        places: set[tuple[str, str, str]] = set()
        cases: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for layer in self.wanted.coders or (self.wanted.layer,):
            for one in tallies.listed(self.connection, layer):
                places.add((one.document, one.coder, one.code))
                if one.case:
                    cases[one.coder if self.wanted.coders else ""][one.case].add(one.code)
        return places, cases


def _whole_words(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def _passages(own: Iterable[Coding], book: Codebook) -> Mapping[Key, tuple[Span, ...]]:
    found: dict[Key, list[Span]] = defaultdict(list)
    for one in own:
        found[book.end(one.code), one.coder].append(Span(one.start, one.end))
    return {key: united(spans) for key, spans in found.items()}


def passage_of(own: Iterable[Coding], book: Codebook) -> Callable[[Coding], tuple[Key, Span]]:
    """Return what gives, for one of some codings of a document, the passage that it is part of."""
    return _finder(_passages(own, book), book)


def _finder(
    passages: Mapping[Key, Sequence[Span]], book: Codebook
) -> Callable[[Coding], tuple[Key, Span]]:
    def place(one: Coding) -> tuple[Key, Span]:
        key = book.end(one.code), one.coder
        at = bisect_right(passages[key], one.start, key=lambda span: span.start) - 1
        return key, passages[key][at]

    return place
