"""Of what kind each disagreement of two coders is, by place.

Segments of one code that overlap are one place. What is left of one coder is then compared with
what is left of the other alone: a code above or below, another code, or nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from qcode.analysis.agreement.marking import Marking, Stretch, clusters

Kind = Literal["agree", "boundary", "cut", "level", "different", "missed"]
KINDS: tuple[Kind, ...] = ("agree", "boundary", "cut", "level", "different", "missed")
Related = Callable[[str, str], bool]
"""Whether one code stands above the other in the tree."""


class Disagreement(NamedTuple):
    """One place that two coders marked, or one of them, and how what they gave it differs.

    ``first`` and ``second`` are the united segments of each, ``code`` and ``other`` the codes they
    have there (the same but for a level or a different code). ``by`` is the coder who missed it.
    """

    kind: Kind
    document: str
    code: str
    other: str
    first: tuple[Stretch, ...]
    second: tuple[Stretch, ...]
    by: str = ""

    @property
    def start(self) -> int:
        """Where the place starts."""
        return min(start for start, _end in (*self.first, *self.second))

    @property
    def codes(self) -> frozenset[str]:
        """The codes whose agreement it lowers."""
        return frozenset({self.code, self.other})


def disagreements(
    marking: Marking, first: str, second: str, related: Related, text: str = "", *,
    equal: bool = True,
) -> list[Disagreement]:  # fmt: skip
    """Return what two coders gave one document, each place once; what they agree on is in it.

    Unless ``equal``: then what differs alone. Codes that one of them did not have are left out.
    With the ``text``, segments that differ only in white space and punctuation agree.
    """
    found: list[Disagreement] = []
    left: list[tuple[str, Stretch]] = []
    right: list[tuple[str, Stretch]] = []
    for code, own in marking.marks.items():
        if code in marking.lacking and not {first, second} <= {*marking.looked(code)}:
            continue
        one, other = own.get(first), own.get(second)
        if one == other and not equal:
            continue
        if one and other:
            for ours, theirs in _places(one, other):
                if ours and theirs:
                    kind = _same_code(ours, theirs, text)
                    if kind == "agree" and not equal:
                        continue
                    found.append(Disagreement(kind, marking.document, code, code, ours, theirs))
                else:
                    left += [(code, stretch) for stretch in ours]
                    right += [(code, stretch) for stretch in theirs]
        else:
            left += [(code, stretch) for stretch in one or ()]
            right += [(code, stretch) for stretch in other or ()]
    found += _left_over(marking.document, left, right, related, (first, second))
    return found


def _places(
    one: Sequence[Stretch], other: Sequence[Stretch]
) -> list[tuple[tuple[Stretch, ...], tuple[Stretch, ...]]]:  # fmt: skip
    """Return the places of one code: what each of two coders marked there."""
    if one == other:
        # United segments of one coder lie apart.
        return [((stretch,), (stretch,)) for stretch in one]
    if len(one) == len(other) == 1:
        ours, theirs = tuple(one), tuple(other)
        if ours[0][0] < theirs[0][1] and theirs[0][0] < ours[0][1]:
            return [(ours, theirs)]
        return [(ours, ()), ((), theirs)]
    found: list[tuple[list[Stretch], list[Stretch]]] = []
    edge = -1
    for stretch, side in sorted([*((some, 0) for some in one), *((some, 1) for some in other)]):
        if stretch[0] >= edge:
            found.append(([], []))
        found[-1][side].append(stretch)
        edge = max(edge, stretch[1])
    return [(tuple(ours), tuple(theirs)) for ours, theirs in found]


def _same_code(ours: Sequence[Stretch], theirs: Sequence[Stretch], text: str) -> Kind:
    if len(ours) > 1 or len(theirs) > 1:
        return "cut"
    if ours == theirs or (text and _core(text, *ours[0]) == _core(text, *theirs[0])):
        return "agree"
    return "boundary"


def _core(text: str, start: int, end: int) -> Stretch:
    """Return a stretch from its first to its last letter or digit."""
    low, high = start, end
    while low < high and not text[low].isalnum():
        low += 1
    while high > low and not text[high - 1].isalnum():
        high -= 1
    return (low, high) if low < high else (start, end)


def _left_over(
    document: str, left: Sequence[tuple[str, Stretch]], right: Sequence[tuple[str, Stretch]],
    related: Related, coders: tuple[str, str],
) -> Iterator[Disagreement]:  # fmt: skip
    """Match what each coder alone marked, one to one: levels first, then by overlap."""
    paired: set[int] = set()
    taken: set[int] = set()
    for level, _overlap, i, j in sorted(_overlaps(left, right, related)):
        if i not in paired and j not in taken:
            paired.add(i)
            taken.add(j)
            (code, ours), (other, theirs) = left[i], right[j]
            kind: Kind = "different" if level else "level"
            yield Disagreement(kind, document, code, other, (ours,), (theirs,))
    for i, (code, ours) in enumerate(left):
        if i not in paired:
            yield Disagreement("missed", document, code, code, (ours,), (), coders[1])
    for j, (code, theirs) in enumerate(right):
        if j not in taken:
            yield Disagreement("missed", document, code, code, (), (theirs,), coders[0])


def _overlaps(
    left: Sequence[tuple[str, Stretch]], right: Sequence[tuple[str, Stretch]], related: Related
) -> Iterator[tuple[bool, int, int, int]]:
    """Yield pairs that overlap: False for a level, the overlap in characters below 0, numbers."""
    waiting = sorted(range(len(right)), key=lambda j: right[j][1])
    begun: list[int] = []
    at = 0
    for i in sorted(range(len(left)), key=lambda i: left[i][1]):
        code, (start, end) = left[i]
        while at < len(waiting) and right[waiting[at]][1][0] < end:
            begun.append(waiting[at])
            at += 1
        begun = [j for j in begun if right[j][1][1] > start]
        for j in begun:
            other, (a, b) = right[j]
            if a < end and other != code:
                yield not related(code, other), max(start, a) - min(end, b), i, j


def places(marking: Marking, code: str) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    """Yield what each place of a code is among all who looked, and which of them missed it.

    For more than two coders, where codes are not compared with each other; nothing where fewer
    than two looked.
    """
    looked = marking.looked(code)
    if len(looked) < 2:
        return
    own = {who: some for who, some in marking.marks.get(code, {}).items() if who in looked}
    alone = {who: tuple([other for other in looked if other != who]) for who in own}
    for place in clusters(own):
        if len(place) == 1:
            yield "missed", alone[place[0][2]]
            continue
        marked = {who for _start, _end, who in place}
        if len(marked) < len(looked):
            yield "missed", tuple([who for who in looked if who not in marked])
        elif len(place) > len(marked):
            yield "cut", ()
        else:
            same = len({(start, end) for start, end, _who in place}) == 1
            yield "agree" if same else "boundary", ()


def confusion(
    markings: Iterable[Marking], first: str, second: str
) -> dict[tuple[str, str], int]:  # fmt: skip
    """Return characters by the code of each coder there; empty for none.

    Codes that both give a character are its diagonal and left out before the rest is crossed.
    """
    found: dict[tuple[str, str], int] = defaultdict(int)
    for marking in markings:
        edges = sorted(
            (edge, who == second, code)
            for code, own in marking.marks.items()
            if {first, second} <= set(marking.looked(code))
            for who in (first, second)
            for stretch in own.get(who, ())
            for edge in stretch
        )
        now: tuple[set[str], set[str]] = (set(), set())
        at = 0
        for place, side, code in edges:
            if place > at:
                for pair in _crossed(*now):
                    found[pair] += place - at
                at = place
            now[side].symmetric_difference_update((code,))
    return found


def _crossed(ours: set[str], theirs: set[str]) -> Iterator[tuple[str, str]]:
    shared = ours & theirs
    for code in shared:
        yield code, code
    if ours | theirs != shared:
        for one in ours - shared or {""}:
            for other in theirs - shared or {""}:
                yield one, other
