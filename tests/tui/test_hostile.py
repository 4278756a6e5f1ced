from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from rich.segment import Segment, Segments
from textual.color import Color

from qcode.errors import BadInput
from qcode.model.codebook import Code
from qcode.store import coders, documents, memos
from qcode.tui.app import App, Harmless
from qcode.tui.commands.coding import CODING
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.screens.help import HelpScreen
from tests.tui.study import Playing, Study

NASTY = ("[b] x", "[TODO]", "[@click=app.quit]x[[]", "a\x1b]52;c;eA==\x07", "b\u202ec", "$(x) `y`")
HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]")


def drawn(one: Playing) -> str:
    """Return what the screen brings to the terminal, after all filters."""
    rows = one.app.screen._compositor.render_strips()
    filters = one.app.get_line_filters()
    text = []
    for row in rows:
        segments = list(row)
        for each in filters:
            segments = each.apply(segments, Color.parse("black"))
        text.append("".join(segment.text for segment in segments).rstrip())
    return "\n".join(text)


@pytest.mark.parametrize("name", NASTY)
def test_hostile_names_appear_as_they_are_and_do_nothing(tmp_path: Path, name: str) -> None:
    code = Code("", name, definition=f"definisi {name}", exclude=name, aliases=(name,))
    study = Study.made(tmp_path, (code,))
    coders.joined(study.project, "budi")
    with study.project.write(study.sari, "document") as step:
        documents.set_details(step, study.documents["W01"], {"name": name})
        memos.write(step, ("document", study.documents["W02"]), name)
    shown = HOSTILE.sub("\ufffd", name)

    async def play(one: Playing) -> None:
        pages = [drawn(one)]
        await one.type("umkm")
        await one.press("enter")
        one.go("sepuh")
        await one.press("enter")
        pages.append(drawn(one))
        await one.press("tab")
        pages.append(drawn(one))
        await one.press("enter", "m")
        pages.append(drawn(one))
        await one.pilot.press("x", "escape", "F")
        pages.append(drawn(one))
        await one.press("escape", "f6")
        pages.append(drawn(one))
        one.app.trouble = name
        await one.pilot.pause()
        pages.append(drawn(one))
        await one.press("escape", "m", *"tak", "enter", "u")
        pages.append(drawn(one))
        assert all(shown in page for page in pages), [shown in page for page in pages]
        assert not any(HOSTILE.search(page.replace("\n", "")) for page in pages)
        assert one.app.is_running

    study.play(play, size=(150, 40), document="")
    study.project.close()


def test_nothing_that_drives_a_terminal_passes_the_last_filter() -> None:
    apply = Harmless().apply
    text = "aman\x1b[2J\x9b1m\u202e\u200bé"
    (segment,) = apply([Segment(text)], Color.parse("black"))
    assert segment.text == "aman\ufffd[2J\ufffd1m\ufffd\ufffdé"
    control = Segment("\x1b[2J", None, [])
    assert apply([Segment("aman")], Color.parse("black")) == [Segment("aman")]
    assert apply([control], Color.parse("black"))[0].text != control.text


@pytest.mark.parametrize(
    "size", [(20, 5), (5, 2), (1, 1), (60, 20), (80, 24), (120, 40), (300, 100)]
)
def test_every_screen_lives_at_every_size(study: Study, size: tuple[int, int]) -> None:
    async def play(one: Playing) -> None:
        for keys in ((), ("enter",), ("enter",), ("escape", "m"), ("escape", "x"),
                     ("escape", "question_mark"), ("escape", "ctrl+p")):  # fmt: skip
            await one.press(*keys)
            await one.pilot.resize_terminal(*size)
            await one.pilot.pause()
            assert len(one.app.screen._compositor.render_strips()) == size[1]
            await one.pilot.resize_terminal(100, 30)
            await one.pilot.pause()
        assert one.app.is_running

    study.play(play, document="")


def test_a_tiny_terminal_gets_a_plain_sentence(study: Study) -> None:
    async def play(one: Playing) -> None:
        assert "W01" in one.text()
        await one.pilot.resize_terminal(19, 5)
        await one.pilot.pause()
        assert "Too small" in one.text()
        assert "W01" not in one.text()
        await one.pilot.resize_terminal(20, 5)
        await one.pilot.pause()
        assert "Too small" not in one.text()

    study.play(play)


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
            raise RuntimeError(len(spoken))

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
    assert "RuntimeError: 16" in report
    assert "RAHASIA INFORMAN" not in report


def test_an_error_for_a_researcher_is_a_sentence_and_ends_nothing(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.app._handle_exception(BadInput("a sentence"))
        assert "a sentence" in one.status
        assert one.app.is_running

    study.play(play)
