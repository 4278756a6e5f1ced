"""Which codes a few typed letters may mean, the likeliest first.

An exact beginning comes before initials and letters in order, and those before misspellings:
rapidfuzz alone ranks abbreviations badly, and letters in order alone forgive no doubled letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from qcode.model.codebook import Code, Codebook

MOST = 20
LEAST_LIKENESS = 70
_SHORTEST_MISSPELLING = 3
_LOOSEST = 0.25
_WORD_START = re.compile(r"(?<!\w)\w")


class Why(IntEnum):
    """Why a code is offered, the best reason first."""

    SAME = 0
    BEGINNING = 1
    WORD = 2
    """A later word of the name begins so."""
    INITIALS = 3
    LETTERS = 4
    """The letters stand in the name in this order, beginning with a word."""
    INSIDE = 5
    LIKENESS = 6
    RECENT = 7
    """Nothing was typed, and the code was used lately."""
    LISTED = 8
    """Nothing was typed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A code, why it is offered, and the name, label or alias that fits what was typed."""

    code: Code
    why: Why
    name: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a code, and what is looked for in it."""

    code: Code
    name: str
    folded: str
    starts: tuple[int, ...]
    initials: str
    aside: bool
    """Whether the code is only also called so."""

    @classmethod
    def of(cls, code: Code, name: str) -> _Name:
        folded = _folded(name)
        starts = tuple(found.start() for found in _WORD_START.finditer(folded))
        initials = "".join(folded[start] for start in starts)
        aside = name != code.name and name not in code.labels.values()
        return cls(code, name, folded, starts, initials, aside)


@dataclass(frozen=True, slots=True)
class _Fit:
    why: Why
    loss: float
    """How far from perfect within its reason, from 0 to 1."""


class Ranking:
    """The offered codes of a codebook, ready to be ranked while somebody types."""

    def __init__(self, codebook: Codebook, codes: Sequence[Code] | None = None) -> None:
        """Rank the offered codes, or those that are given."""
        self._codes = tuple(codebook) if codes is None else tuple(codes)
        self._names = [_Name.of(code, name) for code in self._codes for name in _names(code)]
        self._parents = {
            code.id: _folded(codebook.path(code.id).rpartition("/")[0]) for code in self._codes
        }

    def rank(self, typed: str, recent: Sequence[str] = (), most: int = MOST) -> list[Hit]:
        """Return the likeliest codes; ``recent`` holds ids, the latest first.

        ``parent/name`` looks only below parents whose path holds what stands before the last
        stroke.
        """
        above, _stroke, asked = _folded(typed).rpartition("/")
        lately = {id: at for at, id in enumerate(recent)}
        if not asked.strip():
            return self._unasked(above.strip(), lately)[:most]
        best: dict[str, tuple[tuple[float, ...], Hit]] = {}
        for one in self._below(above.strip()):
            fit = _fit(asked.strip(), one)
            if fit is None:
                continue
            id = one.code.id
            order = (
                fit.why, one.aside, round(fit.loss, 1), lately.get(id, len(lately)), len(one.name)
            )  # fmt: skip
            if id not in best or order < best[id][0]:
                best[id] = (order, Hit(one.code, fit.why, one.name))
        ranked = sorted(best.values(), key=lambda found: (found[0], found[1].name))
        return [hit for _order, hit in ranked[:most]]

    def fitting(self, typed: str) -> frozenset[str]:
        """Return the codes of whose names the letters are a part; if none is, what comes near."""
        above, _stroke, asked = _folded(typed).rpartition("/")
        asked = asked.strip()
        below = list(self._below(above.strip()))
        holding = [one for one in below if asked in one.folded or one.initials.startswith(asked)]
        return frozenset(
            one.code.id for one in holding or (one for one in below if _fit(asked, one))
        )

    def _unasked(self, above: str, lately: dict[str, int]) -> list[Hit]:
        offered = [code for code in self._codes if above in self._parents[code.id]]
        used = sorted(
            (code for code in offered if code.id in lately), key=lambda code: lately[code.id]
        )
        others = [code for code in offered if code.id not in lately]
        return [
            *(Hit(code, Why.RECENT, code.name) for code in used),
            *(Hit(code, Why.LISTED, code.name) for code in others),
        ]

    def _below(self, above: str) -> Iterator[_Name]:
        return (one for one in self._names if above in self._parents[one.code.id])


def rank(codebook: Codebook, typed: str, recent: Sequence[str] = (), most: int = MOST) -> list[Hit]:
    """Rank once; who ranks at every key keeps a Ranking."""
    return Ranking(codebook).rank(typed, recent, most)


def _names(code: Code) -> tuple[str, ...]:
    return tuple(dict.fromkeys((code.name, *code.labels.values(), *code.aliases)))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _fit(asked: str, one: _Name) -> _Fit | None:
    name = one.folded
    at = name.find(asked)
    if at == 0:
        return _Fit(Why.SAME if name == asked else Why.BEGINNING, 0)
    if at > 0:
        inside = name[at - 1].isalnum()
        return _Fit(Why.INSIDE if inside else Why.WORD, at / len(name))
    return _fit_letters(asked.replace(" ", ""), one) or _fit_likeness(asked, name)


def _fit_letters(asked: str, one: _Name) -> _Fit | None:
    if one.initials.startswith(asked):
        return _Fit(Why.INITIALS, 1 - len(asked) / len(one.initials))
    losses = [
        1 - len(asked) / (end - start)
        for start, initial in zip(one.starts, one.initials, strict=True)
        if initial == asked[:1] and (end := _end_of_letters(asked, one.folded, start))
    ]
    return _Fit(Why.LETTERS, min(losses)) if losses and min(losses) <= 1 - _LOOSEST else None


def _end_of_letters(asked: str, name: str, at: int) -> int:
    """Return where the last letter asked for stands after ``at``, or 0 if one is missing."""
    for letter in asked:
        at = name.find(letter, at) + 1
        if not at:
            return 0
    return at


def _fit_likeness(asked: str, name: str) -> _Fit | None:
    if len(asked) < _SHORTEST_MISSPELLING:
        return None
    # The shorter of two texts is looked for inside the longer: an alias of two letters would
    # otherwise be found in anything typed.
    ratio, partial_ratio = _ratios()
    score = (partial_ratio if len(name) >= len(asked) else ratio)(
        asked, name, score_cutoff=LEAST_LIKENESS
    )
    return _Fit(Why.LIKENESS, 1 - score / 100) if score else None


@cache
def _ratios() -> tuple[Callable[..., float], Callable[..., float]]:
    # It takes 4 MB, and only what was misspelt needs it.
    from rapidfuzz import fuzz

    return fuzz.ratio, fuzz.partial_ratio
