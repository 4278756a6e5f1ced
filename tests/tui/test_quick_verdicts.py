"""Verdicts typed faster than the disk writes are all given, each to the item that it was meant for."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from qcode.store import decisions
from qcode.tui.screens.review import ReviewScreen
from qcode.workflows import adjudication
from tests.tui.doubled import coded_twice
from tests.tui.study import Playing, Study


def test_verdicts_typed_while_much_is_written_are_given_to_the_list_read_anew(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubled = coded_twice(study)
    for name in ("take_over", "settle"):
        act = getattr(adjudication, name)

        def slowly(*given: object, act: Callable[..., object] = act) -> object:
            time.sleep(0.1)
            return act(*given)

        monkeypatch.setattr(adjudication, name, slowly)

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "g", "I", "A", "y", "2", "2", "2", "escape")
        one.on(ReviewScreen)

    doubled.play(play, document="")
    with doubled.project.read() as connection:
        given = sorted(one.verdict for one in decisions.listed(connection))
    assert given == ["agree", "agree", "both", "both", "both"]
