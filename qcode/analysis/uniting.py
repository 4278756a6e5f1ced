"""Passages and words of each code with those below it, for each document or each case.

United, never summed: two passages of two codes on the same words are one of the code above both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from qcode.analysis.cooccurrence.pairs import Ground
from qcode.analysis.frequency import unlooked
from qcode.analysis.layer import Layer
from qcode.analysis.looking import Places, presence
from qcode.model.case import INFORMANT
from qcode.model.codebook import Codebook
from qcode.model.span import Span
from qcode.model.table import Cell
from qcode.model.tally import Numbers


def united_numbers(
    layer: Layer, grounds: Iterable[Ground], codes: Sequence[str], columns: Sequence[str], *,
    by_case: bool, words: bool,
) -> tuple[tuple[Cell, ...], ...]:  # fmt: skip
    """Return for each code a row of passages or words, one for each document or informant.

    A column was looked through for a code if it was for any code of its family; of the others
    nothing is counted.
    """
    by_code = presence(layer, INFORMANT).by_code
    looked = {code: found.everywhere for code, found in by_code.items()}
    total: dict[tuple[str, str], int] = defaultdict(int)
    spoken = {one.id for one in layer.spoken()}
    for ground in grounds:
        if not by_case or ground.document in spoken:
            for column, code, numbers in _of_document(layer, ground, looked):
                if bool(column) == by_case:
                    total[column or ground.document, code] += numbers[words]
    rows = []
    for code in codes:
        there = by_code[code].cases_looked if by_case else looked[code]
        rows.append(tuple(
            total[column, code] if column in there else unlooked() for column in columns
        ))  # fmt: skip
    return tuple(rows)


def _of_document(
    layer: Layer, ground: Ground, looked: Places
) -> Iterator[tuple[str, str, Numbers]]:  # fmt: skip
    """Yield case, code and its numbers in one document; no case for the document's own."""
    own: dict[str, list[Span]] = defaultdict(list)
    for start, end, given in ground.given:
        own[layer.book.end(given)].append(Span(start, end))
    known: dict[tuple[str, ...], Mapping[str | None, Numbers]] = {}
    for code, family in families(layer.book, own).items():
        if ground.document not in looked[code]:
            continue
        # A chain of codes above one has the numbers of that one.
        key = tuple(family)
        if key not in known:
            spans = [span for one in family for span in own[one]]
            known[key] = ground.hearing().count(spans, ground.closed)
        for case, numbers in known[key].items():
            yield case or "", code, numbers


def families(book: Codebook, codes: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the codes by each code at or above them."""
    families: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        above = code
        while above:
            families[above].append(code)
            above = book.parent(above)
    return families
