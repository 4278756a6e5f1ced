"""Items of review, what follows from a verdict, and what is open again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qcode.analysis.adjudication import Item, Reviewed, input_of, items, reviewed, revised
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Marking, joined
from qcode.analysis.verdicts import allowed, meant, outcome
from qcode.errors import BadInput
from qcode.model.codebook import Code, Codebook
from qcode.model.coding import Coding, Place
from qcode.model.decision import Decision
from qcode.model.document import Document
from qcode.model.span import Span

LENGTH = 60
BOOK = Codebook([Code("c", "c"), Code("d", "d"), Code("e", "e", parent="d")])


def coding(id: str, who: str, code: str, start: int, end: int) -> Coding:
    return Coding(id, "W", code, who, Place("v", start, end, ""), start, end)


def compared(codings: Iterable[Coding]) -> Compared:
    marks: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for one in codings:
        marks.setdefault(one.code, {}).setdefault(one.coder, []).append((one.start, one.end))
    united = {
        code: {who: joined(own) for who, own in given.items()} for code, given in marks.items()
    }
    return Compared(
        coders=("A", "B"), names={"A": "sari", "B": "bima"}, book=BOOK,
        documents=(Document("W", "W", "interview", "v"),),
        markings=(Marking("W", LENGTH, ("A", "B"), united),), scales={}, texts={},
        turns={"W": (0,)}, informants={},
    )  # fmt: skip


def found(codings: Sequence[Coding]) -> list[Item]:
    given = {"W": {who: [one for one in codings if one.coder == who] for who in "AB"}}
    return items(compared(codings), given, lambda *parts: "/".join(parts))


def stands(codings: Sequence[Coding], decisions: Iterable[Decision]) -> list[Reviewed]:
    return reviewed(found(codings), decisions, {one.id: input_of(one) for one in codings})


def decided(item: Item, verdict: str) -> Decision:
    made = len(outcome(item, verdict))
    return Decision(item.id, item.document, item.coders, item.kind, item.codes, item.inputs,
                    verdict, made)  # fmt: skip


@some.composite
def worked(draw: some.DrawFn) -> list[Coding]:
    rows = draw(some.lists(
        some.tuples(some.sampled_from("AB"), some.sampled_from("cde"),
                    some.integers(0, LENGTH - 2), some.integers(1, 15)),
        min_size=1, max_size=9,
    ))  # fmt: skip
    return [coding(f"k{at}", who, code, start, min(start + size, LENGTH))
            for at, (who, code, start, size) in enumerate(rows)]  # fmt: skip


def letters(stretches: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in stretches for at in range(start, end)}


@given(worked())
def test_what_follows_lies_in_what_was_given_and_is_just_what_the_verdict_says(
    codings: list[Coding],
) -> None:
    for item in found(codings):
        first, second = (letters(own) for own in item.spans)
        for verdict in allowed(item):
            if verdict == "span":
                continue
            follows = outcome(item, verdict)
            left = letters((one.span.start, one.span.end) for one in follows)
            expected = {
                "agree": first | second, "union": first | second, "both": first | second,
                "intersection": first & second, "a": first, "b": second,
            }.get(verdict, set())  # fmt: skip
            assert left == expected, (item, verdict)
            assert {one.code for one in follows} <= set(item.codes)


@given(worked(), some.randoms(use_true_random=False))
def test_deciding_every_item_leaves_nothing_open(codings: list[Coding], rng: object) -> None:
    decisions = []
    for item in found(codings):
        verdicts = [one for one in allowed(item) if one not in ("span", "codebook")]
        decisions.append(decided(item, rng.choice(verdicts)))  # type: ignore[attr-defined]
    assert all(one.state == "settled" for one in stands(codings, decisions))
    assert len({item.id for item in found(codings)}) == len(found(codings))


@given(some.integers(1, 5), some.data())
def test_changing_a_coding_opens_its_item_again_and_no_other(
    number: int, data: some.DataObject
) -> None:
    codings = [
        coding(f"{who}{at}", who, "c", 12 * at + data.draw(some.integers(0, 2)), 12 * at + 8)
        for at in range(number) for who in "AB"
        if who == "A" or data.draw(some.booleans())
    ]  # fmt: skip
    decisions = [decided(item, "union" if item.kind != "agree" else "agree")
                 for item in found(codings)]  # fmt: skip
    moved = data.draw(some.sampled_from(codings))
    how = data.draw(some.sampled_from(["moved", "recoded", "gone", "new"]))
    place = replace(moved.at, end=moved.end - 1)
    after = {
        "moved": [replace(one, at=place, end=place.end) if one is moved else one
                  for one in codings],
        "recoded": [replace(one, code="d") if one is moved else one for one in codings],
        "gone": [one for one in codings if one is not moved],
        "new": [*codings, coding("new", "B", "c", moved.start + 1, moved.end + 1)],
    }[how]  # fmt: skip
    touched = next(one for one in found(codings) if moved.id in {own.coding for own in one.inputs})
    for one in stands(after, decisions):
        near = bool(
            {own.coding for own in one.item.inputs} & {own.coding for own in touched.inputs}
        )
        near = near or one.item.kind == "gone" or {own.coding for own in one.item.inputs} == {"new"}
        assert (one.state == "settled") is not near, (how, one)
        if one.state == "reopened":
            assert one.changes


def test_an_item_whose_codings_were_taken_back_stays_to_be_settled() -> None:
    both = [coding("a", "A", "c", 0, 9), coding("b", "B", "c", 0, 9)]
    (item,) = found(both)
    (left,) = stands([], [decided(item, "agree")])
    assert (left.item.kind, left.state, left.stale[0].id) == ("gone", "reopened", item.id)
    assert [one.what for one in left.changes] == ["gone", "gone"]
    assert allowed(left.item) == ("neither",)


def test_a_verdict_that_does_not_fit_is_refused() -> None:
    (item,) = found([coding("a", "A", "c", 0, 9), coding("b", "B", "d", 3, 12)])
    assert item.kind == "different"
    for verdict in ("union", "intersection", "agree", "nonsense"):
        with pytest.raises(BadInput, match="takes one of"):
            outcome(item, verdict)
    with pytest.raises(BadInput, match="some of the words"):
        outcome(item, "span", Span(40, 50))
    with pytest.raises(BadInput, match="needs them"):
        outcome(item, "span")
    assert outcome(item, "span", Span(2, 20), "e")[0].code == "e"
    shown = {meant(item, "a"), meant(item, "b")}
    assert shown == {"a", "b"}
    assert (meant(item, "a") == "b") is item.swapped


def test_what_coders_gave_is_replaced_by_what_was_settled() -> None:
    codings = [
        coding("a", "A", "c", 0, 9),
        coding("b", "B", "c", 3, 12),
        coding("x", "A", "d", 30, 40),
    ]
    item, _missed = found(codings)
    passage = coding("p", "consensus", "c", 0, 12)
    listed = stands(codings, [decided(item, "union")])
    given = {"W": {who: [one for one in codings if one.coder == who] for who in "AB"}}
    after = revised(given, listed, {item.id: [passage]})
    assert after["W"]["A"] == [codings[2], replace(passage, coder="A")]
    assert after["W"]["B"] == [replace(passage, coder="B")]
    assert len(given["W"]["A"]) == 2
