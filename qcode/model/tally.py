"""The one count under all counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, overload

Row = tuple[int, int, int, int, int]
"""A tally with its code, document and coder by number, its passages and words."""
CaseRow = tuple[int, int, int, int, int, int]
"""The same, with the number of a case behind that of the document."""
Numbers = tuple[int, int]
"""Passages, and words of participants."""
Standing = Mapping[str, Mapping[str, Numbers]]
"""Passages and words of each code itself, by document."""
Speaking = Mapping[str, Sequence[tuple[str, str]]]
"""The documents and cases of each code itself."""


class Tally(NamedTuple):
    """How often one coder's code stands in one document: united passages and participants' words.

    ``case`` is the id of whom it counts for. The row with an empty ``case`` is the document's
    own: all its passages and words, which are more than the sum over cases where nobody is
    counted for and less where two speak in one passage; never add the others up to it.
    """

    code: str
    case: str
    document: str
    coder: str
    passages: int
    words: int


class Tallies(Sequence[Tally]):
    """Tallies as they were read: there are hundreds of thousands, and few tables ask for each.

    ``rows`` are the documents' own, ``spoken`` those of cases. ``names`` gives the ids of code,
    document, coder and case by the numbers that stand in rows.
    """

    def __init__(
        self, rows: Sequence[Row], spoken: Sequence[CaseRow], names: Sequence[Mapping[int, str]]
    ) -> None:
        self._rows, self._spoken, self._names = rows, spoken, names

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows) + len(self._spoken)

    def __iter__(self) -> Iterator[Tally]:
        """Return each."""
        return iter(self._each)

    @overload
    def __getitem__(self, at: int) -> Tally: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Tally]: ...
    def __getitem__(self, at: int | slice) -> Tally | Sequence[Tally]:
        """Return one, or some."""
        return self._each[at]

    @cached_property
    def _each(self) -> tuple[Tally, ...]:
        codes, documents, coders, cases = self._names
        return (
            *(Tally(codes[code], "", documents[of], coders[who], passages, words)
              for code, of, who, passages, words in self._rows),
            *(Tally(codes[code], cases[case], documents[of], coders[who], passages, words)
              for code, of, case, who, passages, words in self._spoken),
        )  # fmt: skip

    def by_code(self) -> tuple[Standing, Speaking]:
        """Return where each code stands, and for whom."""
        codes, documents, _coders, cases = self._names
        standing: dict[int, dict[str, Numbers]] = defaultdict(dict)
        for code, document, _coder, passages, words in self._rows:
            standing[code][documents[document]] = passages, words
        speaking: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for code, document, case, _coder, _passages, _words in self._spoken:
            speaking[code].append((documents[document], cases[case]))
        return (
            {codes[code]: own for code, own in standing.items()},
            {codes[code]: own for code, own in speaking.items()},
        )


def by_code(tallies: Sequence[Tally]) -> tuple[Standing, Speaking]:
    """Return where each code stands, and for whom."""
    if isinstance(tallies, Tallies):
        return tallies.by_code()
    standing: dict[str, dict[str, Numbers]] = defaultdict(dict)
    speaking: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, case, document, _coder, passages, words in tallies:
        if case:
            speaking[code].append((document, case))
        else:
            standing[code][document] = passages, words
    return dict(standing), dict(speaking)
