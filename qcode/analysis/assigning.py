"""Choosing at random what is coded twice, and sharing out the rest."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from qcode.analysis.agreement.comparing import FEWEST_PLACES
from qcode.analysis.agreement.interval import FEWEST
from qcode.model.tally import Tally


@dataclass(frozen=True, slots=True)
class Draw:
    """What is drawn from: strata by name with their documents, and who may not code which.

    ``share`` is how much of all documents is wanted, though the ``closed`` ones are not drawn;
    ``barred`` holds documents by coder.
    """

    strata: Mapping[str, Sequence[str]]
    share: Fraction
    coders: Sequence[str]
    barred: Mapping[str, Collection[str]]
    seed: int
    closed: Collection[str] = ()


def drawn(asked: Draw) -> dict[str, tuple[str, ...]]:
    """Return the documents that are coded twice, in order, each with two or more coders.

    Every stratum gives its share, rounded to the largest remainder, and at least one document.
    With three coders or more the pairs take turns, so that each pair meets as often as can be.
    """
    rng = random.Random(asked.seed)
    pairs = tuple(combinations(asked.coders, 2))
    met: Counter[tuple[str, ...]] = Counter()
    found: dict[str, tuple[str, ...]] = {}
    possible = {
        name: [one for one in documents if one not in asked.closed and _able(asked, pairs, one)]
        for name, documents in sorted(asked.strata.items())
    }
    for name, number in _shares(asked, possible).items():
        chosen = rng.sample(possible[name], number)
        for document in sorted(chosen, key=asked.strata[name].index):
            free = _able(asked, pairs, document)
            pair = min(free, key=lambda one: (met[one], pairs.index(one)))
            met[pair] += 1
            found[document] = pair
    return found


def _able(
    asked: Draw, pairs: Iterable[tuple[str, ...]], document: str
) -> list[tuple[str, ...]]:  # fmt: skip
    """Return the pairs of coders neither of whom knows whom a document is about."""
    return [
        pair for pair in pairs if not any(document in asked.barred.get(who, ()) for who in pair)
    ]


def _shares(asked: Draw, possible: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return how many documents each stratum gives: its share, at least one, at most all."""
    exact = {name: asked.share * len(asked.strata[name]) for name in possible}
    number = {
        name: min(max(1, int(exact[name])), len(some)) if asked.share else 0
        for name, some in possible.items()
    }
    total = round(float(asked.share * sum(map(len, asked.strata.values()))))
    for name in sorted(exact, key=lambda one: (int(exact[one]) - exact[one], one)):
        if sum(number.values()) < total and number[name] < len(possible[name]):
            number[name] += 1
    return number


def shared_out(
    documents: Iterable[str], coders: Sequence[str], barred: Mapping[str, Collection[str]],
    able: Mapping[str, Sequence[str]],
) -> dict[str, str]:  # fmt: skip
    """Return who is the primary coder of each document, so that all have as many.

    ``able`` names who may have a document where not all may: the two who code it anyway. A document
    about somebody whom all of them know is left out.
    """
    load: dict[str, int] = dict.fromkeys(coders, 0)
    found: dict[str, str] = {}
    for document in documents:
        free = [
            one for one in able.get(document, coders)
            if document not in barred.get(one, ())
        ]  # fmt: skip
        if free:
            who = min(free, key=lambda one: (load[one], coders.index(one)))
            found[document] = who
            load[who] += 1
    return found


@dataclass(frozen=True, slots=True)
class Expected:
    """What a double coding is likely to give of one code, from what is coded so far.

    ``coded`` is in how many of the documents coded so far it stands, ``passages`` how often there.
    """

    code: str
    coded: int
    passages: int
    places: float
    documents: float

    @property
    def few(self) -> bool:
        """Whether that would be too few to say much about agreement."""
        return self.places < FEWEST_PLACES or self.documents < FEWEST


def expected(
    tallies: Iterable[Tally], codes: Iterable[str], coded: int, number: int
) -> list[Expected]:  # fmt: skip
    """Return what ``number`` documents are likely to give of each code.

    The rate of a code is its passages, and the documents with it, per document ``coded`` so far.
    """
    passages: Counter[str] = Counter()
    standing: dict[str, set[str]] = defaultdict(set)
    for tally in tallies:
        if not tally.case:
            passages[tally.code] += tally.passages
            standing[tally.code].add(tally.document)
    per = number / coded if coded else 0.0
    return [
        Expected(code, len(standing[code]), passages[code], passages[code] * per,
                 len(standing[code]) * per)
        for code in codes
    ]  # fmt: skip
