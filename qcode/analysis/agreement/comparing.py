"""What several coders gave the same documents, and the figures of each code."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qcode.analysis.agreement.interval import FEWEST, Interval, intervals
from qcode.analysis.agreement.marking import (
    Counts,
    Marking,
    Stretch,
    bits,
    count_places,
    counted,
    counts,
)
from qcode.analysis.agreement.presence import coincidence
from qcode.analysis.agreement.scales import Scale, by_informant, on_characters, on_units
from qcode.analysis.disagreement import Disagreement, Kind, disagreements, places
from qcode.model.codebook import Codebook
from qcode.model.document import Document
from qcode.model.table import Share

FEWEST_PLACES = 10
"""Distinct places marked by anybody below which a code's figures rest on too few."""

Cause = tuple[Kind, str]
"""A kind of disagreement, with the coder who missed it or the code that stands there instead."""


@dataclass(frozen=True)
class Compared:
    """The codings of documents that two or more coders coded or finished.

    ``markings`` hold, document by document, united segments in code points of the whole text,
    ``scales`` what of each document is compared, in which ``unit``; ``turns`` are where the turns
    of each start. ``informants`` are names by
    id. ``book`` holds the codes; ``unfinished`` names the documents of each coder that he coded
    but did not mark finished; ``remarks`` say what else to know of what is compared.
    """

    coders: tuple[str, ...]
    names: Mapping[str, str]
    book: Codebook
    documents: tuple[Document, ...]
    markings: tuple[Marking, ...]
    scales: Mapping[str, Scale]
    texts: Mapping[str, str]
    turns: Mapping[str, Sequence[int]]
    informants: Mapping[str, str]
    unit: str = "turn"
    whole: bool = False
    unfinished: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lost: int = 0
    notice: str = ""
    remarks: tuple[str, ...] = ()

    @cached_property
    def on_characters(self) -> list[Marking]:
        """The documents on the compared characters."""
        return [on_characters(one, self.scales[one.document]) for one in self.markings]

    @cached_property
    def on_turns(self) -> list[Marking]:
        """The documents on their units: turns, sentences or paragraphs."""
        return [on_units(one, self.scales[one.document]) for one in self.markings]

    @cached_property
    def by_informant(self) -> Sequence[Marking]:
        """The informants, each as one place."""
        return by_informant(self.on_turns, self.scales, self.informants)

    @property
    def on_units(self) -> Sequence[Marking]:
        """What the first alpha is computed on."""
        if self.unit == "informant":
            return self.by_informant
        return self.on_characters if self.unit == "character" else self.on_turns

    def disagreements(self, *, equal: bool = True) -> Iterator[Disagreement]:
        """Yield what was given, place by place, in documents that exactly two coders share.

        What they agree on is in it unless only what differs is wanted.
        """
        for one in self.markings:
            if len(one.coders) == 2:
                yield from self.between(one, one.coders[0], one.coders[1], equal=equal)

    def between(
        self, marking: Marking, first: str, second: str, *, equal: bool = True
    ) -> list[Disagreement]:
        """Return what two coders gave one document, place by place."""
        text = self.texts.get(marking.document, "")
        return disagreements(marking, first, second, self._related, text, equal=equal)

    def turn(self, document: str, offset: int) -> int:
        """Return the number of the turn that holds an offset, from 1."""
        return max(1, bisect_right(self.turns[document], offset))

    def _related(self, one: str, other: str) -> bool:
        return other in self._below(one) or one in self._below(other)

    def _below(self, code: str) -> frozenset[str]:
        if code not in self._families:
            self._families[code] = self.book.below(code)
        return self._families[code]

    @cached_property
    def _families(self) -> dict[str, frozenset[str]]:
        return {}


@dataclass(frozen=True)
class CodeFigures:
    """What is known of the agreement on one code.

    ``segments`` counts united segments by coder, ``places`` distinct places, ``documents`` those
    in which two or more looked for it. ``differing`` names the informants on whom coders do not
    agree. ``causes`` counts disagreements, of which there are ``disagreed``; of three coders, two
    may have missed one place.
    """

    segments: Mapping[str, int]
    places: int
    documents: int
    on_units: Counts
    on_characters: Counts
    on_informants: Counts
    differing: tuple[str, ...]
    causes: Mapping[Cause, int]
    disagreed: int

    @property
    def few(self) -> bool:
        """Whether the figures rest on too few places or documents."""
        return self.places < FEWEST_PLACES or self.documents < FEWEST

    @property
    def informants(self) -> Share:
        """On how many informants all who looked agree, of how many that two or more looked at."""
        compared = {key: n for key, n in self.on_informants.items() if key[0].bit_count() >= 2}
        agreed = sum(n for (looked, mask), n in compared.items() if mask in (0, looked))
        return Share(agreed, sum(compared.values()))


def figures(compared: Compared, codes: Sequence[str]) -> dict[str, CodeFigures]:
    """Return the figures of codes, without intervals."""
    bit = bits(compared.coders)
    units, characters, people = (
        counted(some, codes, bit)
        for some in (compared.on_units, compared.on_characters, compared.by_informant)
    )
    causes, disagreed = _causes(compared)
    segments, number = _segments(compared)
    differing = _differing(compared)
    lacking: Counter[str] = Counter()
    for one in compared.markings:
        lacking.update(code for code in one.lacking if len(one.looked(code)) < 2)
    return {
        code: CodeFigures(
            segments=segments[code],
            places=number[code],
            documents=len(compared.markings) - lacking[code],
            on_units=units[code],
            on_characters=characters[code],
            on_informants=people[code],
            differing=tuple(compared.informants[case] for case in differing[code]),
            causes=causes[code],
            disagreed=disagreed[code],
        )
        for code in codes
    }


def _segments(compared: Compared) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Count, by code, the segments of each coder and the distinct places."""
    segments: dict[str, dict[str, int]] = defaultdict(dict)
    number: dict[str, int] = defaultdict(int)
    for marking in compared.markings:
        for code, marks in marking.marks.items():
            own = _looked(marking, code) if code in marking.lacking else marks
            number[code] += count_places(own)
            total = segments[code]
            for who, some in own.items():
                total[who] = total.get(who, 0) + len(some)
    return segments, number


def _differing(compared: Compared) -> dict[str, list[str]]:
    """Return, by code, the informants whom some who looked marked, and others did not."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in compared.by_informant:
        for code, marks in one.marks.items():
            if code not in one.lacking:
                own, looked = marks, one.coders
            else:
                own, looked = _looked(one, code), one.looked(code)
            if own and len(own) < len(looked):
                found[code].append(one.document)
    return found


def _looked(marking: Marking, code: str) -> Mapping[str, Sequence[Stretch]]:
    """Return who marked a code that some lack, of those who had it; nothing if fewer than two did."""
    own, looked = marking.marks.get(code, {}), marking.looked(code)
    return {who: some for who, some in own.items() if who in looked} if len(looked) >= 2 else {}


def _causes(compared: Compared) -> tuple[dict[str, dict[Cause, int]], dict[str, int]]:
    """Count disagreements by code: how many there are, and of each cause."""
    causes: dict[str, dict[Cause, int]] = defaultdict(lambda: defaultdict(int))
    disagreed: dict[str, int] = defaultdict(int)
    for item in compared.disagreements(equal=False):
        kind, _document, code, other, _first, _second, by = item
        causes[code][kind, by or (other if other != code else "")] += 1
        disagreed[code] += 1
        if other != code:
            causes[other][kind, code] += 1
            disagreed[other] += 1
    for marking in compared.markings:
        if len(marking.coders) > 2:
            for code in marking.marks:
                _count_places(marking, code, causes[code], disagreed)
    return causes, disagreed


def _count_places(
    marking: Marking, code: str, causes: dict[Cause, int], disagreed: dict[str, int]
) -> None:  # fmt: skip
    for (kind, missed), number in Counter(places(marking, code)).items():
        if kind != "agree":
            disagreed[code] += number
            for who in missed or ("",):
                causes[kind, who] += number


def alpha_intervals(
    compared: Compared, codes: Iterable[str], seed: int
) -> tuple[dict[str, Interval | None], Interval | None]:  # fmt: skip
    """Return the interval of the alpha of each code on units, and that of the pooled alpha.

    Documents are drawn again; where the unit is the informant, informants.
    """
    bit = bits(compared.coders)
    units = {
        code: [coincidence(counts(one, (code,), bit)) for one in compared.on_units]
        for code in codes
    }
    return intervals(units, seed)
