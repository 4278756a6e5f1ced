"""What is compared with a number or a date, and what is told not to be one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qcode.model.bound import DATE, NUMBER, Bound, ambiguous, ends, number

NUMBERS = some.decimals(min_value=-1000, max_value=1000, places=2)


@given(own=NUMBERS, bound=NUMBERS, comma=some.booleans())
def test_numbers_are_compared_whether_they_have_a_point_or_a_comma(
    own: Decimal, bound: Decimal, *, comma: bool
) -> None:  # fmt: skip
    value = str(own).replace(".", ",") if comma else str(own)
    expected = {">=": own >= bound, "<=": own <= bound, ">": own > bound, "<": own < bound}
    for sign, holds in expected.items():
        assert Bound(sign, str(bound)).holds(value, NUMBER) is holds


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("2019-03-01", ">= <="), ("2019-03-31", ">= <="), ("2019-03", ">= <="),
        ("2019-02-28", "< <="), ("2019-04", "> >="), ("2018", "< <="), ("2020", "> >="),
        # Of the year alone nobody knows whether it was before March or after.
        ("2019", ""),
    ],
)  # fmt: skip
def test_a_date_fits_a_bound_where_all_that_it_may_be_does(value: str, fits: str) -> None:
    found = {sign for sign in (">=", "<=", ">", "<") if Bound(sign, "2019-03").holds(value, DATE)}
    assert found == set(fits.split())


@pytest.mark.parametrize(
    "text", ["", "tua", "2 650 000", "2.650.000", "1e5", "nan", "40 tahun", "9" * 400]
)
def test_what_is_no_number_is_none_and_fits_no_bound(text: str) -> None:
    assert number(text) is None
    assert not Bound(">=", "0").holds(text, NUMBER)
    assert not Bound(">=", text).holds("40", NUMBER)


@pytest.mark.parametrize("text", ["2019-3", "2019-13", "2019-02-30", "19-02-03", "2019-", "Maret"])
def test_what_is_no_date_has_no_ends(text: str) -> None:
    assert ends(text, DATE) is None


def test_three_figures_behind_one_sign_may_be_thousands_or_decimals() -> None:
    assert [text for text in ("1.500", "-12,500", "1.50", "0.125", "1500", "1500.125")
            if ambiguous(text)] == ["1.500", "-12,500"]  # fmt: skip
