"""Counts of values: each names its base."""

from __future__ import annotations

import pytest

from qcode.analysis.attributes import attributes, percentage
from qcode.model.case import Attribute, Case
from qcode.model.table import Blank, Share, percent

SERVICES = Attribute("s", "layanan", multiple=True)


def informants(*answers: tuple[str, ...]) -> list[Case]:
    return [
        Case(str(at), "informant", str(at), {"layanan": some} if some else {})
        for at, some in enumerate(answers)
    ]


def test_several_answers_are_counted_and_their_base_is_who_answered() -> None:
    table = attributes(
        informants(("promosi", "website"), ("promosi",), ()), [SERVICES], "informant"
    )
    assert [row[:3] for row in table.rows] == [
        ("layanan", "promosi", Share(2, 2)), ("layanan", "website", Share(1, 2)),
    ]  # fmt: skip
    assert table.notes[1] == "layanan: several answers possible; 3 answers of 2 of 3 cases"


def test_a_percentage_needs_twenty_cases() -> None:
    few = attributes(informants(*[("a",)] * 19), [SERVICES], "informant")
    many = attributes(informants(*[("a",)] * 15, *[("b",)] * 5), [SERVICES], "informant")
    assert isinstance(few.rows[0][3], Blank)
    assert [row[3] for row in many.rows] == [75, 25]


def test_a_count_names_its_base_which_is_who_has_a_value() -> None:
    one = Attribute("g", "gender")
    everyone = [Case("1", "informant", "1", {"gender": ("p",)}), Case("2", "informant", "2")]
    table = attributes(everyone, [one], "informant")
    assert table.rows[0][:3] == ("gender", "p", Share(1, 1))
    assert table.notes == ("2 cases of the kind informant", "gender: 1 of 2 cases have a value")
    assert attributes(everyone[:1], [one], "informant").notes[1] == "gender: 1 case"


@pytest.mark.parametrize(("k", "n", "whole"), [(1, 8, 13), (3, 8, 38), (5, 8, 63), (-1, 8, -13),
                                               (1, 3, 33), (0, 8, 0)])  # fmt: skip
def test_half_a_percent_goes_up(k: int, n: int, whole: int) -> None:
    assert percent(k, n) == whole
    assert k < 0 or percentage(k, n, always=True) == whole
