"""A real terminal: tmux with the program in it, driven by keys and mouse, read as it shows."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from qcode.tui.app import run; run(sys.argv[1], 'sari', sys.argv[2])"
_LONGEST_WAIT = 30
PLAIN: Mapping[str, str] = {}


class Terminal:
    """A terminal with the program in it."""

    def __init__(self, socket: Path) -> None:
        self.tmux = ["tmux", "-S", str(socket), "-f", os.devnull]

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run([*self.tmux, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys, as fast as they can be."""
        self("send-keys", *keys)

    def until(self, shown: str | Callable[[str], bool]) -> str:
        """Wait until some words are on the screen, or something is true of it; return it."""
        end = time.monotonic() + _LONGEST_WAIT
        while True:
            screen = self("capture-pane", "-p")
            if shown in screen if isinstance(shown, str) else shown(screen):
                return screen
            assert time.monotonic() < end, f"{shown} in\n{screen}"
            time.sleep(0.02)

    # -- the mouse, as terminals report it -----------------------------------------------------

    def drag(self, words: str) -> None:
        """Press the button on the first letter of words, and let it go on the last."""
        column, row = self.place(words)
        last = column + len(words) - 1
        self._mouse(f"0;{column};{row}M", f"32;{column + 1};{row}M", f"32;{last};{row}M",
                    f"0;{last};{row}m")  # fmt: skip

    def click(self, words: str, times: int = 1) -> None:
        """Click on words."""
        column, row = self.place(words)
        self._mouse(*(f"0;{column};{row}{end}" for _ in range(times) for end in "Mm"))

    def place(self, words: str) -> tuple[int, int]:
        """Return column and row of words, from 1; wait until they are there."""
        screen = self.until(words).splitlines()
        row = next(number for number, line in enumerate(screen) if words in line)
        return screen[row].index(words) + 1, row + 1

    def _mouse(self, *reports: str) -> None:
        self("send-keys", "-l", "".join(f"\x1b[<{report}" for report in reports))


@contextmanager
def terminal(
    place: Path,
    document: str = "W01",
    size: tuple[int, int] = (100, 30),
    environment: Mapping[str, str] = PLAIN,
) -> Iterator[Terminal]:
    """Open a document of a project in a terminal of its own."""
    shown = Terminal(place.parent / "socket")
    given = {"TERM": "tmux-256color", "PYTHONPATH": str(ROOT)} | dict(environment)
    start = ["env", *(f"{name}={value}" for name, value in given.items())]
    program = [*start, sys.executable, "-c", PROGRAM, str(place), document]
    columns, rows = map(str, size)
    shown("new-session", "-d", "-x", columns, "-y", rows, *program)
    try:
        yield shown
    finally:
        subprocess.run([*shown.tmux, "kill-server"], capture_output=True, check=False)
