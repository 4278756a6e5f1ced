"""One thread through which every change goes, in order.

A lock that another program holds stops this thread, never the screen: what was to be written is
kept and tried again until it is on disk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from qcode.errors import Busy, QcodeError
from qcode.store.project import Project, Reader, Step

T = TypeVar("T")

PAUSE = 0.2
"""Seconds between two tries; taking the lock waits as long as the project was opened with."""


class Writer:
    """Writes the steps of one coder; ``waiting`` is called, in the thread, with why it waits."""

    def __init__(self, project: Project, coder: str, waiting: Callable[[str], object]) -> None:
        self._project = project
        self._coder = coder
        self._waiting = waiting
        self._thread = ThreadPoolExecutor(1, "writer")
        self._given_up = threading.Event()

    def write(self, verb: str, act: Callable[[Step], T]) -> Future[T]:
        """Write an act as one step, after all before it; the result comes once it is on disk.

        ``act`` may run several times, each time in a transaction of its own.
        """
        return self._thread.submit(self._written, verb, act)

    def keep(self, act: Callable[[Reader], None]) -> Future[None]:
        """Write what is no step, after all acts before it; tried until it is on disk, as they are."""
        return self._thread.submit(self._kept, act)

    def note(self, act: Callable[[Reader], None]) -> Future[None]:
        """Write what is no step and may be lost, after all acts before it, in one try."""
        return self._thread.submit(self._noted, act)

    def _noted(self, act: Callable[[Reader], None]) -> None:
        if not self._project.readonly:
            with suppress(QcodeError), self._project.maintain() as connection:
                act(connection)

    def _written(self, verb: str, act: Callable[[Step], T]) -> T:
        def once() -> T:
            with self._project.write(self._coder, verb) as step:
                return act(step)

        return self._until_free(once)

    def _kept(self, act: Callable[[Reader], None]) -> None:
        def once() -> None:
            with self._project.maintain() as connection:
                act(connection)

        self._until_free(once)

    def _until_free(self, once: Callable[[], T]) -> T:
        while True:
            try:
                return once()
            except Busy as busy:
                if self._given_up.is_set():
                    raise
                self._waiting(str(busy))
                self._given_up.wait(PAUSE)

    def close(self) -> None:
        """End the thread; what it waits to write is given up, one try made at most."""
        self._given_up.set()
        self._thread.shutdown(wait=True)
