"""When interviews stop bringing new codes.

After Guest, Namey and Chen (2020), A simple method to assess and report thematic saturation in
qualitative research, PLoS ONE 15(5): e0232076: the codes that are new in a run of interviews, by
those that the first interviews (the base) brought.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from qcode.analysis.layer import Layer
from qcode.analysis.looking import Places, looked_for
from qcode.model.case import INFORMANT
from qcode.model.document import Document

ORDERS = 1_000
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True, slots=True)
class Rule:
    """How many interviews make the base and a run, and the share of new codes (0-1) that is few."""

    base: int = 4
    run: int = 2
    threshold: float = 0.05


@dataclass(frozen=True, slots=True)
class Sitting:
    """What counts as one interview: those that share an informant are one.

    ``codes`` stand on words of participants there; ``unlooked`` were not looked for in it.
    """

    documents: tuple[Document, ...]
    date: str
    codes: frozenset[str]
    unlooked: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The names of its documents."""
        return " + ".join(one.name for one in self.documents)


def sittings(
    layer: Layer, chosen: frozenset[str], dates: Mapping[str, str], order: Sequence[str]
) -> tuple[Sitting, ...]:  # fmt: skip
    """Return the interviews that were coded, in order, with the ``chosen`` codes found in each.

    ``order`` holds ids of documents; those that share an informant stand where the first of them
    does. A code counts where it was looked for and stands on a participant's words.
    """
    coded = {one.id: one for one in layer.spoken() if one.id in layer.coders}
    looked = looked_for(layer.book, {of: state for of, state in layer.seen.items() if of in coded})
    codes: dict[str, set[str]] = {of: set() for of in coded}
    for tally in layer.tallies:
        if tally.case or not tally.words or tally.code not in chosen:
            continue
        if tally.document in coded and tally.document in looked.get(tally.code, frozenset()):
            codes[tally.document].add(tally.code)
    everywhere = frozenset(chosen)
    return tuple(
        Sitting(
            tuple(coded[of] for of in together),
            next((dates[of] for of in together if of in dates), ""),
            frozenset().union(*(codes[of] for of in together)),
            everywhere - _had(looked, everywhere, together),
        )
        for together in _together(layer, [of for of in order if of in coded])
    )


def _had(looked: Places, codes: Iterable[str], documents: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(documents)
    return frozenset(code for code in codes if not wanted.isdisjoint(looked.get(code, ())))


def _together(layer: Layer, documents: Sequence[str]) -> list[list[str]]:
    """Return interviews that share an informant as one, each where its first stands.

    An informant who was not chosen joins them as well; a village or household to which many
    interviews belong makes them no one interview.
    """
    informants = {case.id for case in layer.of_kind(INFORMANT)}
    chosen = (part for part in layer.parts if part.case in informants)
    people: dict[str, set[str]] = {}
    for part in (*chosen, *layer.unchosen):
        people.setdefault(part.document, set()).add(part.case)
    groups: list[tuple[list[str], set[str]]] = []
    for document in documents:
        here, cases = [document], set(people.get(document, ()))
        apart = []
        for group in groups:
            if group[1] & cases:
                here, cases = group[0] + here, group[1] | cases
            else:
                apart.append(group)
        groups = [*apart, (here, cases)]
    place = {document: at for at, document in enumerate(documents)}
    found = [sorted(some, key=place.__getitem__) for some, _cases in groups]
    return sorted(found, key=lambda some: place[some[0]])


@dataclass(frozen=True, slots=True)
class Progress:
    """What each interview of one order adds: its new codes, and all codes so far."""

    new: tuple[frozenset[str], ...]
    total: tuple[int, ...]


def progress(found: Sequence[frozenset[str]]) -> Progress:
    """Return what each interview adds to those before it."""
    seen: frozenset[str] = frozenset()
    new, total = [], []
    for codes in found:
        new.append(codes - seen)
        seen |= codes
        total.append(len(seen))
    return Progress(tuple(new), tuple(total))


def ratio(new: Sequence[int], at: int, rule: Rule) -> tuple[int, int] | None:
    """Return the new codes of the run that ends with interview ``at`` (from 1), and of the base.

    None where no run ends there: it begins behind the base. Runs overlap.
    """
    if at < rule.base + rule.run:
        return None
    return sum(new[at - rule.run : at]), sum(new[: rule.base])


def reached(new: Sequence[int], rule: Rule) -> int:
    """Return after how many interviews, the run included, new codes are few; 0 for never."""
    for at in range(rule.base + rule.run, len(new) + 1):
        found = ratio(new, at, rule)
        if found and found[1] and found[0] <= rule.threshold * found[1] + 1e-9:
            return at
    return 0


@dataclass(frozen=True, slots=True)
class Band:
    """Random orders: codes after each interview (low, middle, high), and where they are few.

    ``ends`` holds ``reached`` of each order, sorted, those that never are left out.
    """

    seed: int
    orders: int
    codes: tuple[tuple[int, int, int], ...]
    ends: tuple[int, ...]


def band(
    found: Sequence[frozenset[str]], rule: Rule, seed: int, orders: int = ORDERS,
    told: Callable[[int], object] = lambda _orders: None,
) -> Band:  # fmt: skip
    """Return what random orders of the same interviews give; the same seed draws the same.

    ``told`` gets the number of orders drawn so far; what it raises ends the drawing.
    """
    number = {code: at for at, code in enumerate(sorted(frozenset().union(*found)))}
    masks = [sum(1 << number[code] for code in codes) for codes in found]
    random = Random(seed)
    totals: list[list[int]] = [[] for _one in masks]
    ends = []
    for order in range(orders):
        told(order)
        random.shuffle(masks)
        new = _added(masks)
        total = 0
        for at, more in enumerate(new):
            total += more
            totals[at].append(total)
        ends.append(reached(new, rule))
    levels = tuple(_levels(some) for some in totals)
    return Band(seed, orders, levels, tuple(sorted(end for end in ends if end)))


def _added(masks: Iterable[int]) -> list[int]:
    seen, new = 0, []
    for mask in masks:
        new.append((mask & ~seen).bit_count())
        seen |= mask
    return new


def _levels(values: Iterable[int]) -> tuple[int, int, int]:
    ordered = sorted(values)
    return level(ordered, LOW), level(ordered, MIDDLE), level(ordered, HIGH)


def level(ordered: Sequence[int], share: float) -> int:
    """Return the smallest of some sorted values that at least a share of them do not exceed."""
    return ordered[max(0, math.ceil(share * len(ordered) - 1e-9) - 1)]
