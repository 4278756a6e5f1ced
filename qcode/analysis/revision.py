"""What in a codebook may need a look: codes that are hardly used, undefined, doubled or left over.

A *passage* here is a stretch of one document that codings of one code cover, whoever made them:
those that overlap or touch are one. Where coders are compared, passages are united for each coder
on his own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple

from rapidfuzz import fuzz, process

from qcode.model.codebook import Code, Codebook
from qcode.model.span import Span, united
from qcode.model.table import Share

UNSORTED, NEVER, ONCE, ONE_CODER = "unsorted", "never", "once", "one-coder"
UNDEFINED, ALIKE, TOGETHER, RETIRED = "undefined", "alike", "together", "retired"
KINDS = (UNSORTED, ALIKE, TOGETHER, UNDEFINED, ONCE, NEVER, ONE_CODER, RETIRED)
"""In the order in which they are listed."""

ALIKE_FROM = 88.0
"""Least likeness of two names, of 100: one letter more or less in a word of five letters is 91."""
TOGETHER_FROM = 3
"""Passages a code must have before it can be said to stand always beside another."""

_APART = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"\b(\w+) \1\b")


class Coded(NamedTuple):
    """Words that a coder gave a code; ``code`` is what it counts for."""

    document: str
    coder: str
    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, about one code or two.

    ``passages`` counts those of the first code; ``documents`` is the share of the project's
    documents they stand in. ``overlap`` is the share of the first code's passages that overlap
    one of the second's by the same coder, ``back`` the other way round. ``names`` are the two
    names that are alike, and ``likeness`` how much, of 100. ``coder`` is who alone uses the code,
    ``shared`` the documents of several coders that this was seen in.
    """

    kind: str
    codes: tuple[str, ...]
    passages: int
    documents: Share
    overlap: Share | None = None
    back: Share | None = None
    names: tuple[str, ...] = ()
    likeness: float | None = None
    coder: str = ""
    shared: Share | None = None


class Revision:
    """Looks through a codebook; ``unsorted`` is the code under which new ones wait, or nothing."""

    def __init__(
        self, book: Codebook, coded: Iterable[Coded], documents: int, unsorted: str = ""
    ) -> None:
        self.book = book
        self.unsorted = unsorted
        self._documents = documents
        self._spans: dict[str, dict[tuple[str, str], list[Span]]] = {}
        self._coders: dict[str, set[str]] = defaultdict(set)
        for document, coder, code, span in coded:
            self._spans.setdefault(code, {}).setdefault((document, coder), []).append(span)
            self._coders[document].add(coder)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything found, by kind and then in the order of the codebook."""
        order = {code.id: at for at, (code, _depth) in enumerate(self.book.walk(retired=True))}
        found = [*self._single(), *self._alike(), *self._together()]
        return tuple(sorted(found, key=lambda one: (
            KINDS.index(one.kind), *(order.get(code, len(order)) for code in one.codes)
        )))  # fmt: skip

    # -- one code ------------------------------------------------------------------------------

    def _single(self) -> Iterator[Finding]:
        for code in self.book.codes.values():
            if self.book.end(code.id) != code.id or code.id == self.unsorted:
                continue
            if code.retired:
                if self._passages(code.id):
                    yield self._about(RETIRED, code.id)
                continue
            yield from self._of(code)

    def _of(self, code: Code) -> Iterator[Finding]:
        passages = self._passages(code.id)
        if self.unsorted and code.id in self.book.below(self.unsorted):
            yield self._about(UNSORTED, code.id)
        if not (code.definition.strip() or code.include.strip()):
            yield self._about(UNDEFINED, code.id)
        if passages == 1:
            yield self._about(ONCE, code.id)
        heading = any(not one.retired for one in self.book.children(code.id))
        if not passages and not heading:
            yield self._about(NEVER, code.id)
        yield from self._one_coder(code)

    def _one_coder(self, code: Code) -> Iterator[Finding]:
        """Yield a code that only one coder gave in the documents that several coded."""
        several = {document for document, who in self._coders.items() if len(who) > 1}
        places = [place for place in self._spans.get(code.id, ()) if place[0] in several]
        coders = {coder for _document, coder in places}
        if len(coders) == 1:
            where = Share(len({document for document, _coder in places}), len(several))
            yield self._about(ONE_CODER, code.id, coder=coders.pop(), shared=where)

    def _about(self, kind: str, code: str, *, coder: str = "", shared: Share | None = None
               ) -> Finding:  # fmt: skip
        return Finding(kind, (code,), self._passages(code), self._in(code),
                       coder=coder, shared=shared)  # fmt: skip

    def _passages(self, code: str) -> int:
        return self._totals.get(code, (0, 0))[0]

    def _in(self, code: str) -> Share:
        return Share(self._totals.get(code, (0, 0))[1], self._documents)

    @cached_property
    def _totals(self) -> Mapping[str, tuple[int, int]]:
        """Passages, whoever made them, and documents of each code that has any."""
        totals: dict[str, tuple[int, int]] = {}
        for code, places in self._spans.items():
            spans: dict[str, list[Span]] = {}
            for (document, _coder), some in places.items():
                spans.setdefault(document, []).extend(some)
            totals[code] = sum(len(united(some)) for some in spans.values()), len(spans)
        return totals

    # -- two codes -----------------------------------------------------------------------------

    def _alike(self) -> Iterator[Finding]:
        """Yield pairs of offered codes of which two names are nearly the same."""
        best: dict[tuple[str, str], tuple[float, tuple[str, str]]] = {}
        for one, other, likeness, names in alike(self._names()):
            if likeness > best.get((one, other), (0.0, ("", "")))[0]:
                best[one, other] = likeness, names
        for (one, other), (likeness, names) in best.items():
            yield Finding(ALIKE, (one, other), self._passages(one), self._in(one),
                          names=names, likeness=round(likeness, 1))  # fmt: skip

    def _names(self) -> list[tuple[str, str]]:
        return [
            (code.id, name)
            for code in self.book
            if code.id != self.unsorted
            for name in dict.fromkeys((code.name, *code.labels.values(), *code.aliases))
        ]

    def _together(self) -> Iterator[Finding]:
        """Yield codes of which every passage overlaps one of the other code by the same coder.

        Passages are united for each document and coder; a code with fewer than TOGETHER_FROM
        is passed over. Where it holds both ways, the pair is one finding, the smaller code first.
        """
        shares = self._overlaps()
        for (one, other), share in shares.items():
            back = shares[other, one]
            if share.k < share.n or share.n < TOGETHER_FROM:
                continue
            both = back.k == back.n and back.n >= TOGETHER_FROM
            if both and (back.n, other) < (share.n, one):
                continue
            yield Finding(TOGETHER, (one, other), self._passages(one), self._in(one), share, back)

    def _overlaps(self) -> dict[tuple[str, str], Share]:
        """Return how many passages of one code overlap another's, for all that do and back."""
        passages: dict[tuple[str, str], list[tuple[Span, str]]] = defaultdict(list)
        totals: dict[str, int] = defaultdict(int)
        for code, places in self._spans.items():
            if not self.book.offered(self.book[code]):
                continue
            for place, spans in places.items():
                joined = united(spans)
                totals[code] += len(joined)
                passages[place] += [(span, code) for span in joined]
        hits: dict[tuple[str, str], int] = defaultdict(int)
        for some in passages.values():
            for one, other in _overlapping(some):
                hits[one, other] += 1
        pairs = {*hits, *((other, one) for one, other in hits)}
        return {(one, other): Share(hits[one, other], totals[one]) for one, other in pairs}


def _overlapping(passages: Sequence[tuple[Span, str]]) -> Iterator[tuple[str, str]]:
    """Yield for each passage the code it has and each other code that overlaps it, once."""
    ordered = sorted(passages)
    beside: list[set[str]] = [set() for _one in ordered]
    open: list[int] = []
    for at, (span, code) in enumerate(ordered):
        open = [before for before in open if ordered[before][0].end > span.start]
        for before in open:
            beside[at].add(ordered[before][1])
            beside[before].add(code)
        open.append(at)
    for (_span, code), others in zip(ordered, beside, strict=True):
        yield from ((code, other) for other in others if other != code)


def alike(
    names: Sequence[tuple[str, str]],
) -> Iterator[tuple[str, str, float, tuple[str, str]]]:
    """Yield pairs of keys whose names are at least ALIKE_FROM alike, with how much and the names.

    ``names`` holds keys and names. Compared are the words without regard to case, punctuation,
    order and doubling (``anak-anak`` is ``anak``), by the normalised Indel similarity of
    rapidfuzz: 100 x (1 - insertions and deletions / length of both).
    """
    by_words: dict[str, list[tuple[str, str]]] = {}
    for key, name in names:
        if words := _words(name):
            by_words.setdefault(words, []).append((key, name))
    for words, near, likeness in _near(sorted(by_words, key=len)):
        same = words == near
        own = by_words[words]
        pairs = combinations(own, 2) if same else product(own, by_words[near])
        for (one, name), (other, second) in pairs:
            if one != other:
                yield one, other, likeness, (name, second)


def _near(words: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of texts, sorted by length, that are alike, each text with itself too."""
    for at, one in enumerate(words):
        yield one, one, 100.0
        longest = int(len(one) * (200 - ALIKE_FROM) / ALIKE_FROM)
        some = words[at + 1 : bisect_right(words, longest, lo=at + 1, key=len)]
        for other, likeness, _at in process.extract(
            one, some, scorer=fuzz.ratio, score_cutoff=ALIKE_FROM, limit=None
        ):
            yield one, other, likeness


def _words(name: str) -> str:
    """Return the words of a name as they are compared."""
    plain = " ".join(_APART.sub(" ", name.casefold()).split())
    return " ".join(sorted(_DOUBLED.sub(r"\1", plain).split()))
