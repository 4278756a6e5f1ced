"""Drawing documents to be coded twice: a share of each stratum, at least one, nobody's acquaintance."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.assigning import Draw, drawn, expected, shared_out
from qcode.model.tally import Tally

STRATA = {
    "Klaten": tuple(f"K{n}" for n in range(10)),
    "Boyolali": tuple(f"B{n}" for n in range(6)),
    "Sragen": ("S0",),
}


@given(
    share=st.fractions(Fraction(1, 20), 1), seed=st.integers(0, 99),
    closed=st.sets(st.sampled_from([one for some in STRATA.values() for one in some])),
    known=st.sets(st.sampled_from([one for some in STRATA.values() for one in some])),
)  # fmt: skip
def test_a_draw_keeps_its_promises(
    share: Fraction, seed: int, closed: set[str], known: set[str]
) -> None:
    asked = Draw(STRATA, share, ("ani", "budi", "citra"), {"ani": known}, seed, closed)
    found = drawn(asked)
    assert found == drawn(asked)
    assert closed.isdisjoint(found)
    assert all("ani" not in pair for one, pair in found.items() if one in known)
    for some in STRATA.values():
        open = [one for one in some if one not in closed]
        number = sum(one in found for one in some)
        assert min(1, len(open)) <= number <= len(open)
    free = sum(len(some) for some in STRATA.values()) - len(closed)
    assert len(found) >= min(free, int(share * 17)) - len(STRATA)


def test_pairs_of_coders_take_turns() -> None:
    found = drawn(Draw(STRATA, Fraction(1), ("ani", "budi", "citra"), {}, 7))
    met = Counter(found.values())
    assert len(found) == 17
    assert max(met.values()) - min(met.values()) <= 1


def test_two_who_know_a_case_leave_nobody_to_compare_with() -> None:
    barred = {"ani": {"S0"}}
    assert "S0" not in drawn(Draw(STRATA, Fraction(1), ("ani", "budi"), barred, 1))


def test_the_rest_is_shared_out_evenly_and_to_who_may() -> None:
    documents = [one for some in STRATA.values() for one in some]
    found = shared_out(documents, ("ani", "budi"), {"ani": {"K0", "K1"}}, {"B0": ("budi",)})
    assert set(found) == set(documents)
    assert sorted(Counter(found.values()).values()) == [8, 9]
    assert {found[one] for one in ("K0", "K1", "B0")} == {"budi"}
    assert shared_out(["K0"], ("ani",), {"ani": {"K0"}}, {}) == {}


def test_what_is_expected_is_the_rate_so_far_times_the_documents() -> None:
    tallies = [Tally("a", "", f"D{n}", "ani", 3, 20) for n in range(4)]
    tallies += [Tally("a", "I1", "D0", "ani", 3, 20), Tally("b", "", "D0", "ani", 1, 5)]
    a, b, c = expected(tallies, ("a", "b", "c"), 8, 12)
    assert (a.coded, a.passages, a.places, a.documents, a.few) == (4, 12, 18.0, 6.0, False)
    assert (b.places, b.documents, b.few) == (1.5, 1.5, True)
    assert (c.coded, c.places) == (0, 0.0)
    assert all(one.few for one in expected([], ("a",), 0, 12))
