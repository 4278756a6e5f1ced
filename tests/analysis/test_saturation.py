"""The rule of Guest, Namey and Chen (2020), random orders, and who counts as one interview."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.layer import Layer
from qcode.analysis.saturation.counting import (
    Rule,
    Sitting,
    band,
    level,
    progress,
    ratio,
    reached,
    sittings,
)
from qcode.analysis.saturation.table import Course, saturation
from qcode.cli.curve import drawn
from qcode.model.case import Case, Participation
from qcode.model.codebook import Code, Codebook
from qcode.model.document import Document
from qcode.model.tally import Tally

interviews = st.lists(st.frozensets(st.sampled_from("abcdefgh")), min_size=1, max_size=9)


def empty(**parts: object) -> Layer:
    given_parts: dict[str, object] = {
        "book": Codebook(()), "documents": (), "cases": (), "parts": (), "tallies": (),
        "coders": {}, "seen": {}, "finished": frozenset(), **parts,
    }  # fmt: skip
    return Layer(**given_parts)  # type: ignore[arg-type]


def test_the_run_is_measured_by_the_base_and_runs_overlap() -> None:
    new = [20, 8, 5, 4, 2, 1, 0, 1, 0, 0]
    rule = Rule(base=4, run=2, threshold=0.05)
    assert ratio(new, 5, rule) is None
    assert [ratio(new, at, rule) for at in (6, 7, 8)] == [(3, 37), (1, 37), (1, 37)]
    # 3 / 37 is 8 %, 1 / 37 is 3 %.
    assert reached(new, rule) == 7
    assert reached(new, Rule(4, 2, 0.0)) == 10
    assert reached(new, Rule(4, 3, 0.05)) == 9
    assert reached(new[:6], rule) == 0


def test_a_threshold_is_met_by_what_equals_it() -> None:
    assert reached([20, 1], Rule(1, 1, 0.05)) == 2
    assert reached([19, 1], Rule(1, 1, 0.05)) == 0
    # 0.29 * 100 is a little less than 29.
    assert reached([100, 29], Rule(1, 1, 0.29)) == 2


def test_a_base_without_codes_defines_nothing() -> None:
    assert reached([0, 0, 0], Rule(1, 1)) == 0
    found = [Sitting((Document(str(at), f"W{at}"),), "", frozenset()) for at in range(3)]
    said = saturation(Course(empty(), tuple(found), Rule(1, 1), "import", 0))
    assert any("not defined" in note for note in said.notes)
    assert str(said.rows[1][9]) == "-"


@given(interviews)
def test_each_code_is_new_once(found: list[frozenset[str]]) -> None:
    added = progress(found)
    assert sum(len(some) for some in added.new) == added.total[-1] == len(frozenset().union(*found))
    assert list(added.total) == sorted(added.total)


@given(interviews, st.integers(0, 99))
def test_random_orders_end_with_all_codes_and_a_seed_draws_the_same(
    found: list[frozenset[str]], seed: int
) -> None:
    one = band(found, Rule(), seed, 30)
    assert one == band(found, Rule(), seed, 30)
    everything = len(frozenset().union(*found))
    assert one.codes[-1] == (everything,) * 3
    for low, middle, high in one.codes:
        assert low <= middle <= high <= everything
    for lower, upper in zip(one.codes, one.codes[1:], strict=False):
        assert all(a <= b for a, b in zip(lower, upper, strict=True))


def test_many_random_orders_come_near_to_all_orders() -> None:
    found = [frozenset("abc"), frozenset("ab"), frozenset("dea")]
    drawn_orders = band(found, Rule(1, 1, 0.0), 1, 4_000)
    every = [progress(order).total for order in permutations(found)]
    for at in range(3):
        exact = sorted(total[at] for total in every)
        assert drawn_orders.codes[at] == tuple(level(exact, share) for share in (0.05, 0.5, 0.95))


@pytest.mark.parametrize(("share", "value"), [(0.05, 1), (0.5, 10), (0.95, 19), (1.0, 20)])
def test_a_level_is_the_smallest_value_that_so_many_do_not_exceed(share: float, value: int) -> None:
    assert level(list(range(1, 21)), share) == value
    # 0.07 * 100 is a little more than 7.
    assert level(list(range(1, 101)), 0.07) == 7


def course(rule: Rule) -> Course:
    book = Codebook([Code(code, code, meaning="1") for code in "xyz"])
    names = ("a1", "b", "a2", "ab", "note")
    kinds = ("interview", "interview", "interview", "interview", "observation")
    papers = tuple(Document(one, one, kind, record="s")
                   for one, kind in zip(names, kinds, strict=True))  # fmt: skip
    layer = empty(
        book=book, documents=papers, coders=dict.fromkeys(names, "sari"),
        # A village to which two interviews belong makes them no one interview.
        cases=(*(Case(one, "informant", one) for one in "abc"), Case("v", "village", "v")),
        parts=(Participation("1", "a1", "a"), Participation("2", "a2", "a"),
               Participation("3", "b", "b"), Participation("4", "a1", "v"),
               Participation("5", "b", "v")),
        # In b nobody looked for z, which stands there, and not yet in the first of a; in ab only
        # the interviewer speaks of y.
        seen={one: {"x": "1", "y": "1", **({} if one in ("a1", "b") else {"z": "1"})}
              for one in names},
        tallies=tuple(Tally(code, "", one, "sari", 1, words) for code, one, words in (
            ("x", "a1", 3), ("z", "b", 3), ("y", "a2", 2), ("z", "ab", 1), ("y", "ab", 0),
            ("x", "note", 4))),
    )  # fmt: skip
    found = sittings(layer, frozenset("xyz"), {"b": "2025-01-02"}, names)
    return Course(layer, found, rule, "import", 3)


def test_interviews_of_one_informant_are_one_and_what_was_not_looked_for_is_not_new() -> None:
    rows = saturation(course(Rule(1, 1))).rows
    assert [row[1] for row in rows] == ["a1 + a2", "b", "ab"]
    assert [str(row[2]) for row in rows] == ["·", "2025-01-02", "·"]
    # Codes found, new, new but not looked for before, so far, not looked for here.
    assert [row[3:8] for row in rows] == [(2, 2, 0, 2, 0), (0, 0, 0, 2, 1), (1, 1, 1, 3, 0)]


def test_a_run_with_interviews_not_looked_through_is_told_with_its_figure() -> None:
    said = saturation(course(Rule(1, 1))).notes
    reached = next(note for note in said if note.startswith("saturation (at most"))
    assert "reached at 1+1 of 3" in reached
    assert reached.endswith("not looked for, which cannot be new there: b for 1 of 3 codes")
    whole = saturation(course(Rule(2, 1, 0.5))).notes
    assert any("reached at 2+1" in note and "not looked" not in note for note in whole)


def test_too_few_interviews_are_too_few_to_say() -> None:
    said = saturation(course(Rule(4, 2)))
    assert any(note.startswith("too few to say: 3 interviews") for note in said.notes)
    assert not {"low", "median", "high"} & {column.key for column in said.columns}


def test_a_curve_fits_its_terminal_or_is_left_out() -> None:
    lines = drawn([3, 5, 6], [(2, 4), (4, 6), (6, 6)], width=20)
    assert sum(line.count("●") for line in lines[2:]) == 3
    assert max(map(len, lines[2:])) <= 20
    assert drawn([1] * 90, width=80) == []
    assert drawn([0, 0], width=80) == []
