"""Figures of agreement: small published cases, and what no figure may say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from qcode.analysis.agreement import interval, matching, nominal, presence, sets, unitizing
from qcode.analysis.agreement.figure import Figure
from qcode.analysis.agreement.marking import Counts, Marking, bits, clusters, counts, joined
from qcode.analysis.agreement.presence import Coincidence
from qcode.errors import BadInput
from qcode.model.table import Blank

Stretches = list[tuple[int, int]]


def marked(length: int, **coders: Stretches) -> Marking:
    """Return a document with one code, ``c``."""
    own = {who: joined(some) for who, some in coders.items()}
    return Marking("d", length, tuple(coders), {"c": own})


def counted(length: int, **coders: Stretches) -> Counts:
    return counts(marked(length, **coders), ["c"], bits(coders))


def alpha(found: Counts) -> Figure:
    return presence.alpha(presence.coincidence(found))


def exactly(value: float) -> Any:
    return pytest.approx(value, abs=1e-9)


def test_half_overlap_on_the_whole_text_gives_the_kappa_of_cohen() -> None:
    found = counted(1000, A=[(0, 200)], B=[(100, 300)])
    assert presence.crossed(found, 1, 2) == (100, 100, 100, 700)
    assert presence.cohen(found, 1, 2).value == exactly(0.375)
    assert presence.dice(found).value == exactly(0.5)
    assert presence.jaccard(found).value == exactly(1 / 3)


def test_two_observers_of_krippendorff_2011_have_an_alpha_of_0_095() -> None:
    units = ["01", "11", "01", "00", "00", "01", "00", "00", "10", "00"]
    rows = [(1, (unit.count("0"), unit.count("1"))) for unit in units]
    assert nominal.alpha(rows).value == exactly(0.09523809523809523)
    assert nominal.percent(rows).value == exactly(0.6)
    assert nominal.fleiss(rows).value == exactly(0.047619047619047616)
    assert nominal.ac1(rows).value == exactly(0.3103448275862069)
    assert nominal.brennan_prediger(rows).value == exactly(0.2)
    pairs = Counter((int(unit[0]), int(unit[1])) for unit in units)
    assert nominal.cohen(pairs).value == exactly(0.09090909090909091)


def test_the_paradox_of_gwet_2008_has_a_high_ac1_and_a_low_kappa() -> None:
    rows = [(80, (2, 0)), (15, (1, 1)), (5, (0, 2))]
    assert nominal.percent(rows).value == exactly(0.85)
    assert nominal.ac1(rows).value == exactly(0.808)
    assert nominal.brennan_prediger(rows).value == exactly(0.7)
    assert nominal.fleiss(rows).value == exactly(0.3142857142857143)
    assert nominal.alpha(rows).value == exactly(0.3177142857142857)


def test_singles_count_in_the_chance_of_gwet_alone() -> None:
    rows = [(3, (2, 0)), (1, (1, 1)), (4, (0, 1))]
    assert nominal.prevalence(rows) == [exactly(0.875), exactly(0.125)]
    assert nominal.prevalence(rows, singles=True) == [exactly(3.5 / 8), exactly(4.5 / 8)]
    assert nominal.percent(rows).value == exactly(0.75)
    assert nominal.fleiss([(1, (2, 0)), (1, (1, 0))], singles=True).value is None
    assert nominal.fleiss([(1, (1, 0))], singles=True).value is None


def test_the_book_example_of_the_unitizing_family_holds() -> None:
    documents = [(60, {
        "Alex": [(0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7)],
        "Paul": [(0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6)],
        "Suzan": [(0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6)],
    })]  # fmt: skip
    found = unitizing.continua(documents)
    assert found.alpha().value == exactly(0.5099819077921268)
    assert found.relevance().value == exactly(0.41359923044895264)
    assert found.coding().value == exactly(0.7241689650166933)
    assert [found.coding_of(value)[0].value for value in range(1, 8)] == [1, 0, 0, 0, 1, 1, None]
    assert found.coding_of(5)[1] == exactly(4 / 9)
    assert found.coding_of(8) == (found.coding_of(7)[0], 0)


def test_the_unitizing_family_says_why_it_has_no_value() -> None:
    empty: dict[str, list[tuple[int, int, str]]] = {"A": [], "B": []}
    nothing = unitizing.continua([(9, empty)])
    assert nothing.alpha().value is None
    assert nothing.relevance().value is None
    assert nothing.coding().value is None
    assert nothing.coverage() == 0
    alone = unitizing.continua([(9, {"A": [(0, 9, "x")]})])
    assert alone.alpha().why == alone.relevance().why == alpha(counted(9, A=[])).why
    assert alone.coverage() == 0
    one = unitizing.continua([(1, {"A": [(0, 1, "x")], "B": [(0, 1, "x")]})])
    assert one.alpha().value is None
    same = unitizing.continua([(9, {"A": [(0, 4, "x")], "B": [(0, 4, "x")]})])
    assert same.alpha().value == 1
    assert same.coding().value is None
    assert same.coding_of("x") == (same.coding(), 1)
    with pytest.raises(BadInput, match="overlap"):
        unitizing.continua([(9, {"A": [(0, 4, "x"), (3, 5, "y")], "B": []})])


def test_runs_of_one_set_of_codes_are_as_long_as_they_can_be() -> None:
    found = unitizing.runs({"a": [(0, 20), (30, 40)], "b": [(10, 30)]})
    a, b = frozenset("a"), frozenset("b")
    assert found == [(0, 10, a), (10, 20, a | b), (20, 30, b), (30, 40, a)]


def test_what_one_coder_marks_twice_is_marked_once() -> None:
    assert joined([(5, 9), (0, 3), (3, 4), (6, 7), (5, 9), (8, 12), (4, 4)]) == [(0, 4), (5, 12)]
    once, twice = counted(90, A=[(0, 40)], B=[]), counted(90, A=[(0, 40), (10, 20)] * 2, B=[])
    assert once == twice
    assert presence.dice(twice).value == 0


def test_a_coder_alone_against_nothing_is_never_near_one() -> None:
    found = counted(10_000, A=[(100, 140)], B=[])
    rows = presence.ratings(found)
    assert alpha(found).value == pytest.approx(-0.002, abs=1e-3)
    assert presence.cohen(found, 1, 2).value == 0
    assert presence.dice(found).value == presence.jaccard(found).value == 0
    # Gwet's coefficient says 0.996 here, which is why it is no headline.
    assert (nominal.ac1(rows).value or 0) > 0.99


@pytest.mark.parametrize(
    ("coders", "reason"),
    [
        ({"A": [(0, 20)]}, "no document"),
        ({}, "no document"),
        ({"A": [], "B": []}, "nobody"),
        ({"A": [(0, 100)], "B": [(0, 100)]}, "no variation"),
    ],
)
def test_what_is_not_defined_says_why(coders: dict[str, Stretches], reason: str) -> None:
    figure = alpha(counted(100, **coders))
    assert figure.value is None
    assert reason in figure.why
    cell = figure.cell()
    assert isinstance(cell, Blank)
    assert (str(cell), cell.why) == ("-", figure.why)


def test_undefined_is_told_apart_from_all_or_nothing() -> None:
    alone, nothing = counted(100, A=[(0, 20)]), counted(100, A=[], B=[])
    for figure in (presence.dice, presence.jaccard):
        assert "no document" in figure(alone).why
        assert "nobody" in figure(nothing).why
    assert nominal.percent([]).value is None
    assert nominal.ac1([]).value is nominal.brennan_prediger([]).value is None
    assert nominal.cohen({}).value is None
    assert nominal.cohen({(0, 0): 5}).value is None
    assert nominal.alpha([(4, (2, 0))]).value is None
    assert presence.pooled([]).value is None
    assert presence.pooled([Coincidence(0, 0, 10), Coincidence(0, 0, 0)]).value is None
    assert sets.alpha({}).value is None
    assert sets.alpha({(frozenset(), frozenset()): 9}).value is None
    assert matching.f1([]).value is None
    assert Figure(0.5).cell() == 0.5


def test_a_code_that_a_coder_did_not_have_is_missing_data() -> None:
    own: dict[str, dict[str, Stretches]] = {"c": {"A": [(0, 20)]}, "e": {"A": [(0, 9)]}}
    marking = Marking("d", 100, ("A", "B"), own, {"c": frozenset("B")})
    found = counts(marking, ["c"], bits("AB"))
    assert alpha(found).value is None
    assert alpha(counts(marking, ["e"], bits("AB"))).value is not None
    assert counts(marking, ["c", "e"], bits("B")) == {(1, 0): 100}
    together = counts(marking, ["c", "e"], bits("AB"))
    assert together == {(3, 1): 20, (3, 0): 80}
    assert sets.given([marking], ["c", "e"], "AB") == {
        (frozenset("e"), frozenset()): 9, (frozenset(), frozenset()): 91,
    }  # fmt: skip


def test_pooled_alpha_is_no_mean_of_alphas() -> None:
    rare = presence.coincidence(counted(1000, A=[(0, 10)], B=[(500, 510)]))
    frequent = presence.coincidence(counted(1000, A=[(0, 400)], B=[(0, 400)]))
    pooled = presence.pooled([rare, frequent]).value or 0
    assert pooled == exactly(1 - 0.02 * 2000 * 1999 / (2 * 20 * 1980 + 2 * 800 * 1200))
    alphas = [presence.alpha(one).value or 0 for one in (rare, frequent)]
    assert pooled > sum(alphas) / 2


def test_a_coding_beyond_the_text_is_refused() -> None:
    with pytest.raises(BadInput, match="ends at 12"):
        counted(10, A=[(8, 12)], B=[])


def test_places_are_where_segments_overlap_and_not_where_they_touch() -> None:
    found = clusters({"A": [(0, 10), (20, 30)], "B": [(5, 12), (12, 20), (29, 40)]})
    assert [len(place) for place in found] == [2, 1, 2]


def test_segments_are_matched_one_to_one_the_best_first() -> None:
    found = matching.matched([(0, 10), (20, 30)], [(0, 4), (5, 10), (18, 30), (40, 50)], 0.5)
    assert found == (2, 2, 4)
    assert matching.f1([found]).value == exactly(4 / 6)
    assert matching.matched([(0, 10)], [(10, 20)], 0).pairs == 0
    assert matching.matched([(0, 5), (5, 10)], [(0, 10)], 0.5).pairs == 1


def rows(*weights: int) -> list[Coincidence]:
    return [Coincidence(2 * apart, 40, 2000) for apart in weights]


def test_an_interval_draws_documents_and_the_same_seed_draws_the_same() -> None:
    by_code = {"c": rows(0, 4, 8, 2, 10, 6), "never": [Coincidence(0, 0, 2000)] * 6}
    found, pooled = interval.intervals(by_code, 7, 200)
    again, _pooled = interval.intervals(by_code, 7, 200)
    other, _other = interval.intervals(by_code, 8, 200)
    mine = found["c"]
    assert mine is not None
    assert pooled is not None
    assert found == again != other
    estimate = presence.pooled([presence.summed(by_code["c"])]).value or 0
    assert mine.low < estimate < mine.high
    assert mine.below(2.0) == 1
    assert mine.below(mine.low) <= 0.025
    assert mine.undefined == 0
    assert found["never"] is None


def test_too_few_documents_give_no_interval() -> None:
    assert interval.intervals({"c": rows(1, 2, 3, 4)}, 1) == ({"c": None}, None)
    four = [*rows(1, 2, 3, 4), Coincidence(0, 0, 0)]
    found, _pooled = interval.intervals({"c": four, "e": rows(1, 2, 3, 4, 5)}, 1, 50)
    assert found["c"] is None
    assert found["e"] is not None
    rare = [Coincidence(0, 40, 2000), *[Coincidence(0, 0, 2000)] * 5]
    found, _pooled = interval.intervals({"c": rare}, 1, 200)
    assert found["c"] is not None
    assert found["c"].undefined > 0
