"""A large file is shown before all of it was gone through, and written only after that."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from qcode.errors import Unusable
from qcode.store import soundness
from qcode.store.opening import FIRST, LATER, open_project
from qcode.tui import session
from qcode.tui.app import BUSY_MS
from tests.tui.study import Playing, Study
from tests.tui.test_session import give

WORDS = "Ongkirnya mahal sekali."


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Return a project in whose first document something is coded."""
    made = Study.made(tmp_path)
    give(made, "biaya kirim", WORDS)
    return made


def spoil(file: Path) -> None:
    """Damage a page that no screen reads at first."""
    with sqlite3.connect(file) as opened:
        query = "SELECT rootpage FROM sqlite_master WHERE name='ix_asking_question'"
        (page,) = opened.execute(query).fetchone()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
    opened.close()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xff" * size)


def test_a_large_file_is_searched_for_damage_before_anything_is_written(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.project.close()
    spoil(study.place)
    with pytest.raises(Unusable, match="damaged"):
        open_project(str(study.place), search=LATER)
    monkeypatch.setattr(soundness, "LARGE", 0)
    with pytest.raises(Unusable, match="damaged"):
        open_project(str(study.place), search=FIRST)
    before = study.place.read_bytes()
    study.project = open_project(str(study.place), busy_ms=BUSY_MS, search=LATER)
    study.play(_told_and_refused)
    assert study.place.read_bytes() == before


async def _told_and_refused(one: Playing) -> None:
    end = time.monotonic() + 20
    while not one.app.trouble:
        assert time.monotonic() < end
        await one.pilot.pause(0.01)
    assert "is damaged" in one.text()
    one.go("sepuh")
    await one.press("enter", *"kader", "enter")
    assert "is damaged" in one.status
    assert "is damaged" in one.app.trouble


def test_a_list_that_takes_long_to_count_is_shown_first(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_MANY", 0)
    with study.project.read() as connection:
        quick, whole = (session.study(connection, study.sari, quick=one) for one in (True, False))
    assert [one.reached for one in quick.entries] == [None, None]
    assert (quick.whole, whole.whole) == (False, True)

    async def counted(one: Playing) -> None:
        assert "4/6" in one.text()
        assert "…" not in one.text()

    study.play(counted, document="")
