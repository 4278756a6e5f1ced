"""Settling what coders disagree on: items, what follows from a verdict, what is open again.

An item is one disagreement of two coders in one document; its identity is the codings in it, so
that it stays the same while others change.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Marking, Stretch
from qcode.analysis.disagreement import Disagreement
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding
from qcode.model.decision import CODEBOOK, Decision, Input
from qcode.model.span import Span

GONE = "gone"
"""Kind of an item of which nothing is left: it was settled, and its codings were taken back."""
State = Literal["open", "settled", "reopened", "codebook"]
STATES: tuple[State, ...] = ("open", "reopened", "codebook", "settled")
Given = Mapping[str, Mapping[str, Sequence[Coding]]]
"""Codings that have a place, by document and coder."""
Derive = Callable[..., str]
"""Returns the id of something from its parts."""

_LETTERS = "bcdfghjkmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Item:
    """One place that two coders did, or did not, give the same.

    ``coders`` stand in the order of their ids; ``codes`` and ``spans`` are what each of them gave.
    """

    id: str
    document: str
    coders: tuple[str, str]
    kind: str
    codes: tuple[str, str]
    spans: tuple[tuple[Stretch, ...], tuple[Stretch, ...]]
    inputs: tuple[Input, ...]

    @property
    def swapped(self) -> bool:
        """Whether the second coder is shown as A: by chance, and the same each time."""
        return bool(_digest(self.id)[0] & 1)

    @property
    def letters(self) -> str:
        """Letters that tell it from the other items of its turn."""
        return "".join(_LETTERS[byte % len(_LETTERS)] for byte in _digest(self.id)[1:9])

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What either marked."""
        return (*self.spans[0], *self.spans[1])

    @property
    def hull(self) -> Span:
        """From the first character that either marked to the last; one is left of what is gone."""
        both = self.stretches or ((0, 1),)
        return Span(min(start for start, _end in both), max(end for _start, end in both))

    @property
    def same(self) -> bool:
        """Whether both gave one code, or only one of them gave any."""
        return self.codes[0] == self.codes[1]


def _digest(id: str) -> bytes:
    return hashlib.sha256(id.encode()).digest()


def items(compared: Compared, given: Given, derive: Derive) -> list[Item]:
    """Return every place of every pair of coders, those on which they agree too."""
    found: list[Item] = []
    for marking in compared.markings:
        for first, second in combinations(sorted(marking.coders), 2):
            found += _of_pair(compared, marking, (first, second), given, derive)
    return found


def _of_pair(
    compared: Compared, marking: Marking, pair: tuple[str, str], given: Given, derive: Derive
) -> list[Item]:
    own = [_by_code(compared.book, given.get(marking.document, {}).get(who, ())) for who in pair]
    seen: Counter[tuple[str, ...]] = Counter()
    found: list[Item] = []
    between = compared.between(marking, *pair)
    for one in sorted(between, key=lambda one: (one.start, one.code, one.other)):
        inside = [
            *_inside(own[0].get(one.code, ()), one.first),
            *_inside(own[1].get(one.other, ()), one.second),
        ]
        ids = tuple(sorted(coding.id for coding in inside))
        # A passage that may not be used cuts a coding in two, of which each is a place.
        part = (str(seen[ids]),) if seen[ids] else ()
        seen[ids] += 1
        id = derive("decision", marking.document, *pair, *ids, *part)
        found.append(_item(id, pair, one, inside))
    return found


def _by_code(book: Codebook, given: Iterable[Coding]) -> dict[str, list[Coding]]:
    found: dict[str, list[Coding]] = defaultdict(list)
    for one in given:
        found[book.end(one.code)].append(one)
    return found


def _inside(given: Iterable[Coding], stretches: Iterable[Stretch]) -> list[Coding]:
    stretches = tuple(stretches)
    return [one for one in given
            if any(one.start < end and start < one.end for start, end in stretches)]  # fmt: skip


def _item(id: str, pair: tuple[str, str], one: Disagreement, inside: Iterable[Coding]) -> Item:
    return Item(
        id, one.document, pair, one.kind, (one.code, one.other), (one.first, one.second),
        tuple(sorted(input_of(coding) for coding in inside)),
    )  # fmt: skip


def input_of(coding: Coding) -> Input:
    """Return a coding as a decision keeps it."""
    at = coding.at
    return Input(coding.id, coding.code, at.version, at.start, at.end)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An item with how it stands: what was settled about it, and what changed since.

    ``stale`` are the decisions that a new one replaces.
    """

    item: Item
    state: State
    decision: Decision | None = None
    changes: tuple[Change, ...] = ()
    stale: tuple[Decision, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it waits for a verdict."""
        return self.state != "settled"

    @property
    def against(self) -> tuple[str, ...]:
        """The items that contradict what was settled about it."""
        return tuple([one.item for one in self.changes if one.what == "against"])


@dataclass(frozen=True, slots=True)
class Change:
    """How a coding is no longer what it was when something was settled about it."""

    coding: str
    what: Literal["gone", "code", "bounds", "new", "torn", "around", "against"]
    code: str = ""
    """The code that it had."""
    item: str = ""
    """The item about which something was settled that contradicts it."""


def reviewed(
    found: Iterable[Item], decisions: Iterable[Decision], live: Mapping[str, Input]
) -> list[Reviewed]:
    """Return how every item stands, then what was settled and is gone.

    ``live`` gives the codings that stand now, by id.
    """
    found = list(found)
    by_id = {one.id: one for one in decisions}
    using: dict[tuple[str, tuple[str, str]], list[Decision]] = defaultdict(list)
    known = {item.id for item in found}
    for one in by_id.values():
        if one.id not in known:
            for given in one.inputs:
                using[given.coding, one.coders].append(one)
    replaced: set[str] = set()
    listed = [_stands(item, by_id.get(item.id), using, live, replaced) for item in found]
    return listed + [
        Reviewed(_gone(one), "reopened", one, changes(one.inputs, (), live), (one,))
        for one in by_id.values()
        if one.id not in known and one.id not in replaced
    ]


def _stands(
    item: Item, own: Decision | None,
    using: Mapping[tuple[str, tuple[str, str]], Sequence[Decision]], live: Mapping[str, Input],
    replaced: set[str],
) -> Reviewed:  # fmt: skip
    stale = {
        one.id: one for given in item.inputs for one in using.get((given.coding, item.coders), ())
    }
    replaced.update(stale)
    before = own or next(iter(stale.values()), None)
    if before is None:
        return Reviewed(item, "open")
    if own is not None and not stale and own.inputs == item.inputs and not own.torn:
        return Reviewed(item, "codebook" if own.verdict == CODEBOOK else "settled", own)
    why = tuple(
        dict.fromkeys(
            change
            for one in ([own] if own else list(stale.values()))
            for change in changes(one.inputs, item.inputs, live)
        )
    )
    if own is not None and own.torn:
        why = (*why, Change("", "torn"))
    return Reviewed(item, "reopened", before, why or (Change("", "around"),), tuple(stale.values()))


def changes(
    before: Sequence[Input], now: Sequence[Input], live: Mapping[str, Input]
) -> tuple[Change, ...]:
    """Return how the codings of an item differ from those that something was settled about."""
    found = []
    for old in before:
        new = live.get(old.coding)
        if new is None:
            found.append(Change(old.coding, "gone", old.code))
        elif new.code != old.code:
            found.append(Change(old.coding, "code", old.code))
        elif new != old:
            found.append(Change(old.coding, "bounds", old.code))
    known = {old.coding for old in before}
    found += [Change(one.coding, "new", one.code) for one in now if one.coding not in known]
    return tuple(found)


def _gone(one: Decision) -> Item:
    return Item(one.id, one.document, one.coders, GONE, one.codes, ((), ()), one.inputs)


def disputed(items: Iterable[Item]) -> Callable[[Item | Decision], bool]:
    """Return what tells whether some of these items is of a third coder who differs from a pair.

    What is settled with the third then makes the passage on which the pair agrees, or none.
    """
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in items:
        if one.kind not in ("agree", GONE):
            for given in one.inputs:
                pairs[given.coding].add(one.coders)
    return lambda one: any(pairs[given.coding] - {one.coders} for given in one.inputs)


def agreed(listed: Iterable[Reviewed]) -> list[Decision]:
    """Return the agreements that were taken over and whose passages stand."""
    return [own for one in listed
            if (own := one.decision) and own.id == one.item.id
            and own.verdict == "agree" and own.codings]  # fmt: skip


def revised(
    given: Given, listed: Iterable[Reviewed], outcomes: Mapping[str, Sequence[Coding]]
) -> dict[str, dict[str, list[Coding]]]:
    """Return each coder's codings as they are with what was settled.

    ``outcomes`` gives, by decision, the passages of the consensus; both coders of a settled item
    have these instead of what they gave. An agreement without a passage, because a third coder
    differs, leaves it to what was settled with the third.
    """
    found = {
        document: {who: list(some) for who, some in own.items()} for document, own in given.items()
    }
    for one in listed:
        if one.state == "settled" and one.decision is not None:
            if one.decision.verdict == "agree" and not outcomes.get(one.decision.id):
                continue
            dropped = {kept.coding for kept in one.item.inputs}
            for who in one.item.coders:
                own = found.setdefault(one.item.document, {}).setdefault(who, [])
                own[:] = [coding for coding in own if coding.id not in dropped]
                own += [replace(coding, coder=who) for coding in outcomes.get(one.decision.id, ())]
    return found
