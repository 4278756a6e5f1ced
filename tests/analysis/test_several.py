"""Decisions on pairs of three coders that cannot all hold, against every letter counted by hand."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from qcode.analysis.adjudication import Item, Reviewed, items
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Marking
from qcode.analysis.several import contradicted, contradictions, votes
from qcode.analysis.verdicts import allowed, outcome
from qcode.model.codebook import Code, Codebook
from qcode.model.decision import Decision, Outcome

LENGTH = 24
BOOK = Codebook([Code("c", "c"), Code("d", "d")])
Stretches = list[tuple[int, int]]
Marks = dict[str, dict[str, Stretches]]


@some.composite
def marked(draw: some.DrawFn) -> Marks:
    marks: Marks = {"c": {}, "d": {}}
    for who in "XYZ":
        for code in "cd":
            if draw(some.booleans()):
                start = draw(some.integers(0, LENGTH - 2))
                end = draw(some.integers(start + 1, LENGTH))
                marks[code][who] = [(start, end)]
    return marks


def found(marks: Marks) -> tuple[Marking, list[Item]]:
    marking = Marking("W", LENGTH, ("X", "Y", "Z"), marks)
    compared = Compared(
        coders=("X", "Y", "Z"), names={}, book=BOOK, documents=(), markings=(marking,), scales={},
        texts={}, turns={"W": (0,)}, informants={},
    )  # fmt: skip
    numbers = iter(range(99))
    return marking, items(compared, {}, lambda *_parts: str(next(numbers)))


def said(item: Item, follows: tuple[Outcome, ...]) -> dict[tuple[str, int], bool]:
    """Return of every code and letter that a decision is about whether the code stands there."""
    about = {
        (code, at): False for code, own in zip(item.codes, item.spans, strict=True)
        for start, end in own for at in range(start, end)
    }  # fmt: skip
    return about | {(one.code, at): True for one in follows
                    for at in range(one.span.start, one.span.end)}  # fmt: skip


@given(marked(), some.randoms(use_true_random=False))
def test_two_decisions_contradict_each_other_where_a_letter_has_a_code_and_has_it_not(
    marks: Marks, rng: object
) -> None:
    _marking, listed = found(marks)
    follows, decided = {}, []
    for item in listed:
        verdicts = [one for one in allowed(item) if one not in ("span", "codebook")]
        verdict = rng.choice(verdicts)  # type: ignore[attr-defined]
        follows[item.id] = outcome(item, verdict)
        own = Decision(item.id, "W", item.coders, item.kind, item.codes, (), verdict)
        decided.append(Reviewed(item, "settled", own))
    against: dict[str, set[str]] = defaultdict(set)
    for one, other in combinations(listed, 2):
        first, second = said(one, follows[one.id]), said(other, follows[other.id])
        if any(first[at] is not second[at] for at in first.keys() & second.keys()):
            against[one.id].add(other.id)
            against[other.id].add(one.id)
    assert contradictions(listed, follows, {}) == {
        id: tuple(sorted(others)) for id, others in against.items()
    }
    assert contradictions(listed, follows, {"W": "." * LENGTH}) == {}
    after = contradicted(decided, follows, {})
    assert {one.item.id for one in after if one.open} == against.keys()
    assert contradicted(after, follows, {}) == after
    alike = {item.id: outcome(item, "neither") for item in listed}
    assert [one.state for one in contradicted(after, alike, {})] == ["settled"] * len(decided)


@given(marked())
def test_votes_say_how_many_gave_a_code_to_any_of_an_items_words(marks: Marks) -> None:
    marking, listed = found(marks)
    for item in listed:
        letters = {at for start, end in item.stretches for at in range(start, end)}
        for code, share in votes(marking, item):
            gave = [who for who, own in marks[code].items()
                    if any(letters & set(range(*one)) for one in own)]  # fmt: skip
            assert (share.k, share.n) == (len(gave), 3)
