"""Every screen and pane, whichever they are: nothing from the data acts, everything fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from textual.widget import Widget

from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.shown import LEAST_HEIGHT, LEAST_WIDTH, ShownScreen
from qcode.tui.widgets.status import KeyLine
from tests.tui.furnished import WILD, furnished
from tests.tui.study import Playing, Study
from tests.tui.walking import CODING, DOCUMENTS, HOSTILE, PLACES, drawn, stations

STRIPPED = re.compile(r"(?<!b\])Ж|(?<!\[TODO\])Љ|(?<!\[@click=app\.quit\])Ђ|(?<!\\\[red\])Ћ")
LITERAL = "[b]Ж [TODO]Љ [@cl"
BIG, USUAL, SMALL, LEAST = (120, 36), (80, 24), (60, 20), (LEAST_WIDTH, LEAST_HEIGHT)
ODD = ((LEAST_WIDTH - 1, LEAST_HEIGHT), (LEAST_WIDTH, LEAST_HEIGHT - 1), (1, 1), (300, 100))
EMPTY = {"r"}
"""Places where nothing is listed while nobody changed a meaning."""


@pytest.fixture
def wild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    # The walk goes a folder up and reads what is there: not what all other tests left.
    here = tmp_path / "studi" / "wawancara"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    (here / f"{WILD}.txt").write_text(f"P: {WILD}?\nN: {WILD}.\n", encoding="utf-8")
    study = furnished(tmp_path)
    yield study
    study.project.close()


@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_in_every_field_shows_as_it_is_and_does_nothing(
    wild: Study, place: str
) -> None:
    literal: set[str] = set()

    async def play(one: Playing) -> None:
        async for pressed in stations(one, place):
            page = drawn(one)
            assert one.app.is_running
            assert not HOSTILE.search(page), pressed
            assert not STRIPPED.search(page), (pressed, page)
            if LITERAL in page:
                literal.add(pressed)
        if place == DOCUMENTS:
            one.app.trouble = WILD
            await one.pilot.pause()
            assert drawn(one).count(LITERAL) > page.count(LITERAL)

    wild.play(play, size=(240, 60), document="")
    if place not in EMPTY:
        assert "" in literal
    if place == CODING:
        assert literal >= {"enter", "m", "x", "i", "P", "F", "r", "e", "o", "E", "slash"}


@pytest.mark.parametrize("place", PLACES)
def test_every_screen_and_pane_fits_from_the_largest_terminal_to_the_smallest(
    wild: Study, place: str
) -> None:
    async def play(one: Playing) -> None:
        async for pressed in stations(one, place):
            opened = getattr(one.app.screen, "asking", True)
            if pressed and (not opened or place not in (CODING, DOCUMENTS)):
                continue
            for size in (USUAL, SMALL, LEAST, *(() if pressed else ODD), BIG):
                await one.resize(size)
                fits(one, size, f"{pressed!r} at {size}")

    wild.play(play, size=BIG, document="")


def fits(one: Playing, size: tuple[int, int], where: str) -> None:
    """Check that a screen fills the terminal, hides nothing, and says how to get help."""
    screen = one.app.screen
    if not isinstance(screen, ShownScreen) or size in (LEAST, (1, 1)):
        return
    tiny = size[0] < LEAST_WIDTH or size[1] < LEAST_HEIGHT
    assert one.text().startswith("Too small") is tiny, where
    if tiny:
        return
    keys = screen.query_one(KeyLine)
    assert keys.region.bottom == size[1], where
    assert one.text().splitlines()[-1].strip(), where
    focused = screen.focused
    assert focused is not None, where
    assert focused.region.height >= 1, where
    assert focused.region.width >= 10, where
    assert screen.region.contains_region(focused.region), where
    for parent in screen.walk_children(Widget, with_self=True):
        shown = [child for child in parent.children if child.display and child.region.area]
        for child, other in combinations(shown, 2):
            if child.layer == other.layer:
                assert not child.region.overlaps(other.region), (where, child, other)
    if isinstance(screen, CodingScreen):
        assert screen.reader.region.width >= 30, where
