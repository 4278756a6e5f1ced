from __future__ import annotations

import asyncio

import pytest
from rich.segment import Segment, Segments
from textual.color import Color

from qcode.errors import BadInput
from qcode.tui.app import App, Harmless
from qcode.tui.commands.coding import CODING
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.screens.help import HelpScreen
from qcode.tui.screens.shown import ShownScreen
from tests.tui import walking
from tests.tui.study import Playing, Study


def test_nothing_that_drives_a_terminal_passes_the_last_filter() -> None:
    apply = Harmless().apply
    text = "aman\x1b[2J\x9b1m\u202e\u200bé"
    (segment,) = apply([Segment(text)], Color.parse("black"))
    assert segment.text == "aman\ufffd[2J\ufffd1m\ufffd\ufffdé"
    control = Segment("\x1b[2J", None, [])
    assert apply([Segment("aman")], Color.parse("black")) == [Segment("aman")]
    assert apply([control], Color.parse("black"))[0].text != control.text


@pytest.mark.parametrize(
    ("width", "shown"), [(120, [True, True]), (80, [True, False]), (69, [False, False])]
)
def test_panes_give_way_where_the_terminal_is_narrow_and_come_on_demand(
    study: Study, width: int, shown: list[bool]
) -> None:
    async def play(one: Playing) -> None:
        panes = [one.screen.query_one(name) for name in ("#tree", "#inspector")]
        assert [pane.display for pane in panes] == shown
        await one.press("t", "I")
        assert [pane.display for pane in panes] == [not was for was in shown]

    study.play(play, size=(width, 24))


def test_the_help_names_every_command_with_its_keys(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("question_mark")
        assert isinstance(one.app.screen, HelpScreen)
        lines = one.app.screen._lines
        said = "\n".join(f"{line.lead} {line.text}" for line in lines)
        for command in CODING + EVERYWHERE:
            assert command.label in said
        assert "What a sentence is" in said
        assert "25 words" in said
        await one.press("escape")
        assert one.screen.reader.has_focus

    study.play(play)


def test_the_command_palette_runs_the_commands_of_the_screen(study: Study) -> None:
    async def play(one: Playing) -> None:
        found = {entry.title: entry for entry in one.app.get_system_commands(one.app.screen)}
        assert "Give a code (enter or c)" in found
        assert not any("creenshot" in title for title in found)
        found["Finish the document (F)"].callback()
        await one.settled()
        assert one.screen.choice.is_open

    study.play(play)


def test_every_command_of_the_palette_and_every_label_of_the_footer_has_something_to_do(
    study: Study,
) -> None:
    async def play(one: Playing) -> None:
        for place in walking.PLACES[1:]:
            if place != walking.CODING:
                await one.press("ctrl+t", place)
            screen = one.on(ShownScreen)
            for command in (*screen.KEYS, *EVERYWHERE):
                name = command.target.partition("(")[0]
                owner = one.app if name.startswith("app.") else screen
                name = name.removeprefix("app.")
                kinds = (f"action_{name}", f"_action_{name}")
                assert any(hasattr(owner, kind) for kind in kinds), (place, command)

    study.play(play)


def test_a_click_on_the_last_line_does_what_its_key_does(study: Study) -> None:
    async def play(one: Playing) -> None:
        for label in ("Code", "Help"):
            row = one.text().splitlines()[-1]
            await one.pilot.click(offset=(row.index(label), 29))
            await one.settled()
            if label == "Code":
                assert one.screen.palette.is_open
                await one.press("escape")
        one.on(HelpScreen)
        row = one.text().splitlines()[-1]
        await one.pilot.click(offset=(row.index("Close"), 29))
        await one.settled()
        assert one.screen.reader.has_focus

    study.play(play)


def test_letters_of_a_pane_that_asks_reach_no_command_below_it(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("F", "u", "D", "z")
        assert one.screen.choice.is_open
        await one.press("escape", "enter", "ctrl+z", "f6")
        assert one.screen.palette.is_open
        assert not one.status.startswith("Undone")

    study.play(play)


def test_a_fault_ends_with_a_report_that_shows_no_values(study: Study) -> None:
    reports: list[str] = []

    class Broken(App):
        def action_help(self) -> None:
            spoken = "RAHASIA " + "INFORMAN"
            raise RuntimeError(spoken)

        def _print_error_renderables(self) -> None:
            for report in self._exit_renderables:
                assert isinstance(report, Segments)
                reports.append("".join(segment.text for segment in report.segments))

    async def broken() -> None:
        app = Broken(study.project, study.sari)
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press("f1")

    with pytest.raises(RuntimeError):
        asyncio.run(broken())
    (report,) = reports
    assert "RuntimeError" in report
    assert "RAHASIA INFORMAN" not in report


def test_an_error_for_a_researcher_is_a_sentence_and_ends_nothing(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.app._handle_exception(BadInput("a sentence"))
        assert "a sentence" in one.status
        assert one.app.is_running

    study.play(play)
