"""The benchmark of the coding screen works; what it measures is for ``make bench`` to say."""

from __future__ import annotations

import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_the_benchmark_of_the_coding_screen_times_every_key_in_a_real_terminal() -> None:
    from benchmarks.coding_screen import Row, measured

    rows: list[Row] = []
    measured(3_000, 40, (100, 30), 1, rows.append)
    assert [row.name.partition(":")[0].strip() for row in rows][:9] == [
        "start", "cursor", "scroll", "page", "sentence", "turn", "grow", "apply",
        "of which the step, written alone",
    ]  # fmt: skip
    assert all(row.middle > 0 and str(row) for row in rows)
    assert [row.name for row in rows if row.peer] == [
        "cursor: one right", "scroll: one line down", "page: down",
    ]  # fmt: skip
