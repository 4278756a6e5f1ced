"""A program in a terminal of its own: keys are written to it, and the frames it paints are timed.

A frame ends where the program says so (synchronized output, private mode 2026), which is when a
terminal shows it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

FRAME_END = b"\x1b[?2026l"
_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Whether the terminal knows frames, and that it does."""
_QUIET = 0.06
_PATIENCE = 60.0


class Terminal:
    """A pseudo terminal of columns and rows with one program in it; use it as a context."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int], env: Mapping[str, str]
    ) -> None:
        columns, rows = size
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kind = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._begun = time.perf_counter()
        self._program = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**os.environ, **kind, **env},
        )  # fmt: skip
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._program.kill()
        self._program.wait()
        os.close(self._ours)

    def started(self, shown: str) -> float:
        """Return the seconds from the start to the end of the first frame that shows a text."""
        return self._frame(shown.encode(), self._begun)

    def press(self, keys: str, shown: str = "") -> float:
        """Write keys; return the seconds to the end of the first frame, or of one with a text."""
        begun = time.perf_counter()
        os.write(self._ours, keys.encode())
        return self._frame(shown.encode(), begun)

    def settle(self, quiet: float = _QUIET) -> None:
        """Wait until nothing was painted for some seconds."""
        while self._read(quiet):
            pass

    def memory(self) -> tuple[float, float]:
        """Return what the program holds now and held at most, in MB; 0 where nobody tells."""
        place = Path(f"/proc/{self._program.pid}/status")
        if not place.exists():
            return 0.0, 0.0
        lines = (line.partition(":") for line in place.read_text(encoding="ascii").splitlines())
        told = {name: rest.split() for name, _colon, rest in lines}
        return int(told["VmRSS"][0]) * 1024 / 1e6, int(told["VmHWM"][0]) * 1024 / 1e6

    def _frame(self, shown: bytes, begun: float) -> float:
        seen = b""
        while (at := seen.find(shown)) < 0 or seen.find(FRAME_END, at) < 0:
            some = self._read(begun + _PATIENCE - time.perf_counter())
            if not some:
                raise TimeoutError(f"no frame shows {shown!r}; the last bytes are {seen[-200:]!r}")
            seen += some
        return time.perf_counter() - begun

    def _read(self, patience: float) -> bytes:
        ready, _write, _error = select.select([self._ours], [], [], max(0.0, patience))
        try:
            some = os.read(self._ours, 1 << 16) if ready else b""
        except OSError:
            # Linux says so where the program has ended.
            return b""
        if _ASKED in some:
            os.write(self._ours, _ANSWER)
        return some
