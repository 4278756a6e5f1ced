from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qcode import system
from qcode.errors import BadInput, NotFound, Unusable
from qcode.store.documents import NewDocument, add
from qcode.workflows import playing
from qcode.workflows.playing import command, playback, seconds
from tests.workflows.studies import Study, spoken

PLAYER = "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{heard}.new'\nmv '{heard}.new' '{heard}'\n"


def heard(file: Path) -> list[str]:
    """Return what a fake player was called with, once it was."""
    end = time.monotonic() + 20
    while not file.exists():
        assert time.monotonic() < end, "the player was not started"
        time.sleep(0.01)
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("stamp", "second"),
    [("00:12:33", 753), ("12:33", 753), ("1:00:00.5", 3600.5), ("00:00:07,250 --> 00:00:09", 7.25),
     ("123:00:00", 442800)],
)  # fmt: skip
def test_a_time_stamp_is_so_many_seconds(stamp: str, second: float) -> None:
    assert seconds(stamp) == second


def test_the_player_gets_each_word_as_it_is() -> None:
    file = "/a b/$(rm x); {seconds}'\".mp3"
    assert command("mpv --start={seconds} '{file}' --title='a b'", file, 753.25) == (
        "mpv", "--start=753.25", file, "--title=a b"
    )  # fmt: skip
    for player in ("mpv", "mpv '{file}"):
        with pytest.raises(BadInput, match="is not written like"):
            command(player, file, 1)
    with pytest.raises(NotFound, match="no player is set"):
        command("", file, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="the fake player is a shell script")
def test_a_turn_is_played_from_the_last_time_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = Study()
    transcript = spoken(("P", "Ya?"), ("N", "Ya."), ("P", "Lalu?"))
    turns = [replace(turn, time=when) for turn, when in zip(transcript.turns, ("", "00:01:05", ""),
                                                           strict=True)]  # fmt: skip
    with study.step(verb="import") as step:
        added, _skipped = add(step, [NewDocument("W01", replace(transcript, turns=tuple(turns)))])
    (document,) = added.values()
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    sound, player = tmp_path / "W 01;x.mp3", tmp_path / "player"
    sound.touch()
    player.write_text(PLAYER.format(heard=tmp_path / "heard"), encoding="utf-8")
    with study.project.read() as connection:
        with pytest.raises(NotFound, match="no turn up to here has a time"):
            playback(connection, document, 0)
        with pytest.raises(NotFound, match="no recording is known"):
            playback(connection, document, 2)
    with study.project.maintain() as connection:
        with pytest.raises(NotFound, match="there is no file"):
            playing.keep_recording(connection, document, tmp_path / "tidak ada")
        playing.keep_recording(connection, document, sound)
    (tmp_path / "settings.toml").write_text(
        f'player = "{player} --start={{seconds}} {{file}}"\n', encoding="utf-8"
    )
    with study.project.read() as connection:
        found = playback(connection, document, 2)
        assert found.time == "00:01:05"
        with pytest.raises(Unusable, match="cannot be started"):
            system.start_apart(found.words)
        player.chmod(0o700)
        system.start_apart(found.words)
        assert heard(tmp_path / "heard") == ["--start=65", str(sound)]
        sound.unlink()
        with pytest.raises(NotFound, match="is not there any more"):
            playback(connection, document, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="the fake player is a program of Unix")
def test_what_plays_is_stopped() -> None:
    started = system.start_apart(("sleep", "600"))
    system.stop(started)
    started.wait(20)
    system.stop(started)
