from __future__ import annotations

from textual import events

from qcode.tui.screens.history import HistoryScreen
from tests.tui.study import Playing, Study


def burst(one: Playing, *keys: str) -> None:
    """Let keys arrive together, as from a slow line."""
    for key in keys:
        one.app.post_message(events.Key(key, key if len(key) == 1 else None))


def test_keys_that_arrive_together_are_taken_one_after_the_other(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        burst(one, "c", *"kader", "enter", "c", *"ongkir", "enter", "m", *"ingat", "enter", "g")
        await one.settled()
        await one.pilot.pause(0.3)
        await one.settled()
        assert [code for _words, code in study.coded()] == ["biaya kirim", "kader digital"]
        with study.project.read() as connection:
            from qcode.store import memos

            assert [memo.text for memo in memos.listed(connection)] == ["ingat"]
        assert one.screen.reader.cursor < 5

    study.play(play)


def test_a_screen_and_its_keys_may_be_typed_at_once(study: Study) -> None:
    async def play(one: Playing) -> None:
        burst(one, "ctrl+t", "h", "slash", *"import", "enter", "j")
        await one.settled()
        await one.pilot.pause(0.3)
        await one.settled()
        assert one.on(HistoryScreen).grid.number == 1

    study.play(play)


def test_a_key_behind_one_whose_widget_goes_away_is_not_held_for_long(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "h")
        burst(one, "escape", *"mm")
        await one.pilot.pause(0.2)
        assert one.screen.memo.is_open

    study.play(play)
