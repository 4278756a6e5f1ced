"""The order in which values are shown."""

from __future__ import annotations

import random

import pytest

from qcode.analysis.ordering import ordered


@pytest.mark.parametrize(
    "values",
    [
        ["<1 tahun", "1-2 tahun", "3-5 tahun", "5-10 tahun", ">10 tahun"],
        ["< 25 juta", "25-49 juta", "50-99 juta", "≥ 100 juta"],
        ["-3", "0", "2", "2,5", "10"],
        ["Desa 1", "Desa 2", "Desa 10"],
        ["Desa A", "Desa B", "Desa C"],
        ["informal", "Terjadwal"],
        ["2", "10", "banyak"],
        ["<18", "18-30", "60+"],
    ],
)
def test_values_stand_in_the_order_a_reader_expects(values: list[str]) -> None:
    mixed = [*values, *values]
    random.Random(3).shuffle(mixed)
    assert list(ordered(mixed)) == values
