"""The coding screen is made of parts that share one object."""

from __future__ import annotations

from collections import Counter

from textual.screen import Screen

from qcode.tui.screens.coding import CodingScreen


def test_no_two_parts_of_the_coding_screen_keep_something_under_one_name() -> None:
    kept = Counter(
        name
        for part in CodingScreen.__mro__
        if part.__module__.startswith("qcode.tui.screens.")
        for name, value in vars(part).items()
        if name.startswith("_") and not callable(value) and not hasattr(Screen, name)
    )
    assert kept["_flag_sought"] == 1
    assert [name for name, parts in kept.items() if parts > 1] == []
