"""The one count under all counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, overload

Row = tuple[int, int | None, int, int, int, int]
"""A tally with its code, case, document and coder by number."""
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

    ``names`` gives the ids of code, case, document and coder by the numbers that stand in rows.
    """

    def __init__(self, rows: Sequence[Row], names: Sequence[Mapping[int | None, str]]) -> None:
        self._rows, self._names = rows, names

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)

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
        if not self._rows:
            return ()
        *keys, passages, words = zip(*self._rows, strict=True)
        named = (map(known.__getitem__, own) for known, own in zip(self._names, keys, strict=True))
        return tuple(map(Tally._make, zip(*named, passages, words, strict=True)))

    def by_code(self) -> tuple[Standing, Speaking]:
        """Return where each code stands, and for whom."""
        codes, cases, documents, _coders = self._names
        standing: dict[int, dict[int, Numbers]] = defaultdict(dict)
        speaking: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for code, case, document, _coder, passages, words in self._rows:
            if case is None:
                standing[code][document] = passages, words
            else:
                speaking[code].append((document, case))
        return (
            {codes[code]: {documents[one]: numbers for one, numbers in own.items()}
             for code, own in standing.items()},
            {codes[code]: [(documents[one], cases[case]) for one, case in own]
             for code, own in speaking.items()},
        )  # fmt: skip


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
