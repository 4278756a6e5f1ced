"""What agreement is measured on: characters, or units of which each is marked or not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qcode.analysis.agreement.marking import Marking, Stretch, joined
from qcode.model.document import Turn, count_words
from qcode.model.hearing import Hearing
from qcode.model.sentences import sentences, trimmed
from qcode.model.span import Span, without

UNITS = ("turn", "sentence", "paragraph", "informant", "character")
LONG_TURN = 120
"""Words from which a turn is too long to be one unit."""
WORDS_APIECE = 60
"""Words of a unit of a long turn that has no sentences."""
_Marks = dict[str, dict[str, list[Stretch]]]
_ONE = [(0, 1)]
"""That a coder marked an informant."""
FAR = 1 << 60
"""Behind the end of every text."""

_ENDS = re.compile(r"[.!?…。！？।]")
_LINE = re.compile(r"[^\n]+")
_BLACK = re.compile(r"\S+")


@dataclass(frozen=True)
class Scale:
    """One document's continuum and units.

    ``pieces`` are the stretches that are compared at all, ``units`` lie in them, each without
    blanks at its ends; both are disjoint and in order. ``cases`` gives, for each unit, the ids of
    whom it counts for. ``closed`` is not to be used and counts nowhere.
    """

    pieces: Sequence[Stretch]
    units: Sequence[Stretch]
    cases: Sequence[Sequence[str]] = ()
    closed: Sequence[Span] = ()

    @cached_property
    def length(self) -> int:
        """Characters that are compared."""
        return sum(end - start for start, end in self.pieces)

    @cached_property
    def _passed(self) -> list[int]:
        passed = [0]
        for start, end in self.pieces:
            passed.append(passed[-1] + end - start)
        return passed

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        return _edges_of(self.units)

    @cached_property
    def _piece_edges(self) -> tuple[list[int], list[int]]:
        return _edges_of(self.pieces)

    @cached_property
    def only(self) -> Sequence[str] | None:
        """Whom every unit counts for, where that is the same for all; None where it is not."""
        first = self.cases[0] if self.cases else ()
        return first if all(some == first for some in self.cases) else None

    def usable(self, stretches: Iterable[Stretch]) -> list[Stretch]:
        """Return united stretches, without what is not to be used."""
        if not self.closed:
            return joined(stretches)
        spans = (Span(start, end) for start, end in stretches if start < end)
        return [(span.start, span.end) for span in without(spans, self.closed)]

    def on_characters(self, given: Iterable[Sequence[Stretch]]) -> Iterator[list[Stretch]]:
        """Yield where each of several united stretches lie on the compared characters.

        These are counted through.
        """
        (starts, ends), passed = self._piece_edges, self._passed
        whole = len(self.pieces) == 1 and starts[0] == 0
        for stretches in given:
            found: list[Stretch] = []
            for start, end in () if whole else stretches:
                first = bisect_right(ends, start)
                # Most lie in one piece.
                last = first + 1 if end <= ends[first] else bisect_left(starts, end)
                if end <= starts[first]:
                    continue
                low, high = passed[first], passed[last]
                if start > starts[first]:
                    low += start - starts[first]
                if end < ends[last - 1]:
                    high -= ends[last - 1] - end
                if found and found[-1][1] == low:
                    low = found.pop()[0]
                found.append((low, high))
            yield list(stretches) if whole else found

    def on_units(self, given: Iterable[Sequence[Stretch]]) -> Iterator[list[Stretch]]:
        """Yield the numbers of the units of which each of several united stretches mark any."""
        starts, ends = self._edges
        for stretches in given:
            found: list[Stretch] = []
            for start, end in stretches:
                first = bisect_right(ends, start)
                if end <= starts[first]:
                    continue
                last = first + 1 if end <= ends[first] else bisect_left(starts, end)
                if found and first <= found[-1][1]:
                    first = found.pop()[0]
                found.append((first, last))
            yield found

    def half_of_units(self, given: Iterable[Sequence[Stretch]]) -> Iterator[list[Stretch]]:
        """Yield the numbers of the units of which each of several mark at least half."""
        starts, ends = self._edges
        for stretches in given:
            covered: dict[int, int] = defaultdict(int)
            for start, end in stretches:
                for at in range(bisect_right(ends, start), bisect_left(starts, end)):
                    covered[at] += min(end, ends[at]) - max(start, starts[at])
            yield joined(
                (at, at + 1) for at, part in covered.items() if 2 * part >= ends[at] - starts[at]
            )


def _edges_of(stretches: Sequence[Stretch]) -> tuple[list[int], list[int]]:
    """Return starts and ends of disjoint stretches, with one behind them all that none reaches."""
    return [start for start, _end in stretches] + [FAR], [end for _start, end in stretches] + [FAR]


def scaled(
    marking: Marking, length: int,
    place: Callable[[Iterable[Sequence[Stretch]]], Iterator[list[Stretch]]],
) -> Marking:  # fmt: skip
    """Return a document's marks on another scale; a coder's that are nowhere on it fall away."""
    placed = place(some for own in marking.marks.values() for some in own.values())
    marks: dict[str, dict[str, list[Stretch]]] = {}
    for code, own in marking.marks.items():
        here = marks[code] = {}
        for who in own:
            if some := next(placed):
                here[who] = some
    return Marking(marking.document, length, marking.coders, marks, marking.lacking)


def on_characters(marking: Marking, scale: Scale) -> Marking:
    """Return a document's marks on the compared characters."""
    return scaled(marking, scale.length, scale.on_characters)


def on_units(marking: Marking, scale: Scale, *, half: bool = False) -> Marking:
    """Return a document's marks on its units: by one character of each, or by half of it."""
    place = scale.half_of_units if half else scale.on_units
    return scaled(marking, len(scale.units), place)


def by_informant(
    markings: Iterable[Marking], scales: Mapping[str, Scale], wanted: Iterable[str]
) -> tuple[Marking, ...]:
    """Return, for each case, one place that a coder marked or not: what a table counts.

    ``markings`` are on units. A case is compared between those who coded all of its documents
    that are compared, and a code between those of them who had it in all.
    """
    marks: dict[str, _Marks] = {}
    lacking: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    coders: dict[str, tuple[str, ...]] = {}
    apart: set[str] = set()
    for marking in markings:
        scale = scales[marking.document]
        for case in {case for some in scale.cases for case in some}:
            before = coders.get(case, marking.coders)
            if before != marking.coders:
                apart.add(case)
            coders[case] = tuple(who for who in before if who in marking.coders)
            for code, some in marking.lacking.items():
                lacking[case][code] = lacking[case].get(code, frozenset()) | some
        for case, own in _marked(marking, scale):
            if case not in marks:
                marks[case] = own
            else:
                for code, who in own.items():
                    marks[case].setdefault(code, {}).update(who)
    return tuple(
        Marking(
            case, 1, coders[case],
            _of(marks.get(case, {}), coders[case]) if case in apart else marks.get(case, {}),
            lacking[case],
        )
        for case in wanted
        if case in coders
    )  # fmt: skip


def _marked(marking: Marking, scale: Scale) -> Iterator[tuple[str, _Marks]]:
    """Yield each case with who marked a unit in which it speaks, by code."""
    if scale.only is not None:
        for case in scale.only:
            yield case, {code: dict.fromkeys(own, _ONE) for code, own in marking.marks.items()}
        return
    found: dict[str, _Marks] = defaultdict(dict)
    for code, own in marking.marks.items():
        for who, units in own.items():
            for case in {case for start, end in units for some in scale.cases[start:end]
                         for case in some}:  # fmt: skip
                found[case].setdefault(code, {})[who] = _ONE
    yield from found.items()


def _of(
    marks: Mapping[str, Mapping[str, list[Stretch]]], coders: Sequence[str]
) -> dict[str, dict[str, list[Stretch]]]:  # fmt: skip
    return {
        code: {who: some for who, some in own.items() if who in coders}
        for code, own in marks.items()
    }


def scale_of(
    hearing: Hearing[str], unit: str = "turn", *, whole: bool = False, closed: Sequence[Span] = ()
) -> Scale:
    """Return the continuum and the units of a document.

    By default the words of participants; ``whole`` takes the whole text, labels and interviewers
    too, as NVivo does.
    """
    transcript = hearing.transcript
    turns = [turn for turn in transcript.turns if whole or hearing.heard(turn)]
    pieces = [(turn.said, turn.end) for turn in turns if turn.said < turn.end]
    if whole:
        pieces = [(0, len(transcript.text))] if transcript.text else []
    if closed:
        spans = without((Span(start, end) for start, end in pieces), closed)
        pieces = [(span.start, span.end) for span in spans]
    units: list[Stretch] = []
    cases: list[Sequence[str]] = []
    for turn in turns:
        own = hearing.of(turn)
        for start, end in _parts(transcript.text, turn, unit):
            if not (closed and not without([Span(start, end)], closed)):
                units.append((start, end))
                cases.append(own)
    return Scale(pieces, units, cases, closed)


def _parts(text: str, turn: Turn, unit: str) -> Iterator[Stretch]:
    said = trimmed(text, turn.said, turn.end)
    if said is None:
        return
    if unit == "paragraph":
        for line in _LINE.finditer(text, said.start, said.end):
            if (part := trimmed(text, line.start(), line.end())) is not None:
                yield part.start, part.end
    elif unit == "sentence" or _is_long(text, said):
        yield from _pieces(text, said)
    else:
        yield said.start, said.end


def _is_long(text: str, said: Span) -> bool:
    # A word and the blank behind it are two characters at least.
    return said.end - said.start >= 2 * LONG_TURN and (
        count_words(text[said.start : said.end]) > LONG_TURN
    )


def _pieces(text: str, said: Span) -> Iterator[Stretch]:
    """Yield the sentences of what was said, or every 60 words where there are none."""
    if _ENDS.search(text, said.start, said.end):
        yield from ((part.start, part.end) for part in sentences(text, said))
        return
    words = list(_BLACK.finditer(text, said.start, said.end))
    for at in range(0, len(words), WORDS_APIECE):
        some = words[at : at + WORDS_APIECE]
        yield some[0].start(), some[-1].end()
