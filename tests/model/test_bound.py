"""What is compared with a number or a date, and what is told not to be one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
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


WHEN = some.dates(date(2019, 1, 1), date(2020, 12, 31)).flatmap(
    lambda day: some.sampled_from([str(day)[:length] for length in (4, 7, 10)])
)
DAYS = [str(date(2019, 1, 1) + timedelta(days=number)) for number in range(731)]


@given(value=WHEN, bound=WHEN)
@example(value="2019-02", bound="2019-02-28")
@example(value="2020-02", bound="2020-02-29")
@example(value="2020-06", bound="2020-06-30")
@example(value="2019", bound="2019-12-31")
def test_a_date_fits_where_each_of_its_days_does(value: str, bound: str) -> None:
    own, within = ([day for day in DAYS if day.startswith(one)] for one in (value, bound))
    assert [Bound(sign, bound).holds(value, DATE) for sign in (">=", "<=", ">", "<")] == [
        own[0] >= within[0], own[-1] <= within[-1], own[0] > within[-1], own[-1] < within[0]
    ]  # fmt: skip


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
