"""A review can be of one round, with its documents and coders."""

from __future__ import annotations

from qcode.model.round import Assignment
from qcode.store import coders, rounds
from qcode.tui.screens.items import ItemsScreen
from qcode.tui.screens.review import ReviewScreen
from tests.tui.doubled import coded_twice
from tests.tui.study import Playing, Study


def test_one_round_is_reviewed_with_its_documents_alone(study: Study) -> None:
    doubled = coded_twice(study)
    bima = coders.joined(doubled.project, "bima")
    with doubled.project.write(doubled.sari, "open round") as step:
        id = rounds.begin(step, "Putaran 1", "reliability", [doubled.sari, bima])
        both = [Assignment(doubled.documents["W02"], who, id) for who in (doubled.sari, bima)]
        rounds.assign(step, both)
    with doubled.project.write(doubled.sari, "close round") as step:
        rounds.close(step, id, "")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "g")
        screen = one.on(ReviewScreen)
        whole = screen.grid.number
        await one.press("b", "1")
        assert "Putaran 1" in screen.headline()
        assert "1 of 2 documents coded twice" in one.text()
        assert 0 < screen.grid.number < whole
        await one.press("I")
        assert one.on(ItemsScreen).grid.number == 0
        await one.press("q", "b", "a")
        assert screen.grid.number == whole

    doubled.play(play, size=(120, 36))
