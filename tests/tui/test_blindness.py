"""Every screen and pane, as a coder of an open round: nothing of the other's work is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qcode.store.opening import open_project
from qcode.tui.app import BUSY_MS
from tests.tui.study import Playing, Study
from tests.tui.walking import PLACES, drawn, stations
from tests.workflows.blinded import SECRET, Blinded

SIZE = (200, 60)
CLOCK = re.compile(r"(?:today )?[0-9]{2}:[0-9]{2}")
FINISHED = ("p", "o")
"""Places that tell who finished which document, which all may know, and nothing more."""


def walked(blinded: Blinded, place: str, who: str) -> dict[str, str]:
    """Return what is drawn at each station of a place."""
    file = blinded.place
    study = Study(file, open_project(str(file), busy_ms=BUSY_MS), who)
    pages: dict[str, str] = {}

    async def play(one: Playing) -> None:
        async for pressed in stations(one, place):
            await one.settled()
            pages[pressed] = CLOCK.sub("", drawn(one))

    try:
        study.play(play, size=SIZE, document="")
    finally:
        study.project.close()
    return pages


@pytest.fixture
def blinded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blinded:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "QCODE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.chdir(tmp_path)
    return Blinded.made(tmp_path)


@pytest.mark.parametrize("place", PLACES)
def test_no_screen_shows_a_coder_of_an_open_round_what_the_other_did(
    blinded: Blinded, place: str
) -> None:
    shown = walked(blinded, place, blinded.sari)
    for pressed, page in shown.items():
        assert SECRET not in page, (pressed, page)
    blinded.become(twin=True)
    twin = walked(blinded, place, blinded.sari)
    assert shown.keys() == twin.keys()
    for pressed, page in shown.items():
        # The history has the steps of the walk itself in it, in an order that their minutes give.
        if place not in FINISHED and not (place == "h" and pressed):
            assert page == twin[pressed], pressed


def test_after_closing_the_screens_show_all(blinded: Blinded) -> None:
    assert SECRET in walked(blinded, "m", blinded.guru)[""]
    assert SECRET not in walked(blinded, "m", blinded.sari)[""]
    blinded.close_round()
    assert SECRET in walked(blinded, "m", blinded.sari)[""]
