from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.study import Study

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from qcode.tui.app import run; run(sys.argv[1], 'sari', 'W01')"

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")


class Terminal:
    """A real terminal in tmux."""

    def __init__(self, socket: Path) -> None:
        self.tmux = ["tmux", "-S", str(socket), "-f", os.devnull]

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run([*self.tmux, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def keys(self, *keys: str) -> None:
        for key in keys:
            self("send-keys", key)
            time.sleep(0.05)

    def until(self, shown: Callable[[str], bool]) -> str:
        end = time.monotonic() + 20
        while not shown(screen := self("capture-pane", "-p")):
            assert time.monotonic() < end, screen
            time.sleep(0.1)
        return screen


@contextmanager
def terminal(folder: Path, place: Path, **environment: str) -> Iterator[Terminal]:
    shown = Terminal(folder / "socket")
    settings = {"TERM": "tmux-256color", "PYTHONPATH": str(ROOT), **environment}
    start = ["env", *(f"{name}={value}" for name, value in settings.items())]
    program = [*start, sys.executable, "-c", PROGRAM, str(place)]
    shown("new-session", "-d", "-x", "100", "-y", "30", *program)
    try:
        yield shown
    finally:
        subprocess.run([*shown.tmux, "kill-server"], capture_output=True, check=False)


@pytest.mark.parametrize("environment", [{}, {"TERM": "xterm"}, {"NO_COLOR": "1"}], ids=str)
def test_a_sentence_is_coded_in_a_real_terminal(study: Study, environment: dict[str, str]) -> None:
    with terminal(study.place.parent, study.place, **environment) as shown:
        shown.until(lambda screen: "Turn 1 of 6" in screen)
        shown.keys(")", ")", ")", "Enter")
        shown.until(lambda screen: "Saya ini kan sepuh" in screen and "esc close" in screen)
        shown.keys(*"lterasi", "Enter")
        screen = shown.until(lambda screen: "Coded: literasi digital rendah" in screen)
        assert "╺" in screen
        assert study.coded() == [("Saya ini kan sepuh, takut kepencet.", "literasi digital rendah")]
        shown.keys("C-q")
