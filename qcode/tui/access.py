"""How screens read and write the project: in other threads, so that no lock stops a screen."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import TypeVar

from textual.message import Message

from qcode.errors import Busy, QcodeError
from qcode.language import _
from qcode.store import progress
from qcode.store.progress import Stop
from qcode.store.project import Project, Reader, Step
from qcode.tui.writer import PAUSE, Writer

T = TypeVar("T")


class Access:
    """The project as one coder's screens use it; ``post`` brings messages to the app."""

    class Waiting(Message):
        """Another program holds the project; empty once it let go."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Damaged(Message):
        """The file is damaged; nothing is written into it."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Written(Message):
        """An act is on disk, or will never be; ``settle`` tells who asked for it."""

        def __init__(self, settle: Callable[[], None]) -> None:
            super().__init__()
            self.settle = settle

    def __init__(self, project: Project, coder: str, post: Callable[[Message], object]) -> None:
        self.project = project
        self.coder = coder
        self.saved = ""
        """When something was written last, in words."""
        self.hides_attributes = False
        """Whether what is known of the informants stays out of sight while coding."""
        self._post = post
        self.unsaved = 0
        """How many acts are not on disk yet, as far as the screens have heard."""
        self._writer = Writer(project, coder, self._waits)
        self._closed = threading.Event()

    def _waits(self, why: str) -> None:
        self._post(self.Waiting(_("Not saved yet, kept and tried again: {why}").format(why=why)))

    async def read(self, what: Callable[[Reader], T]) -> T:
        """Read in another thread; while the project is held, say so and try again."""
        waited = False
        while True:
            try:
                result = await asyncio.to_thread(self._read, what)
            except Busy as busy:
                waited = True
                self._post(self.Waiting(str(busy)))
                await asyncio.sleep(PAUSE)
            else:
                if waited:
                    self._post(self.Waiting(""))
                return result

    def _read(self, what: Callable[[Reader], T]) -> T:
        with self.project.read() as connection:
            return what(connection)

    def ensure_sound(self) -> None:
        """Look through the file in a thread that nobody waits for when leaving."""
        threading.Thread(target=self._search, name="search", daemon=True).start()

    def _search(self) -> None:
        while not self._closed.is_set():
            try:
                self.project.ensure_sound()
            except Busy:
                self._closed.wait(PAUSE)
            except QcodeError as error:
                self._post(self.Damaged(str(error)))
                return
            else:
                return

    def write(
        self,
        verb: str,
        act: Callable[[Step], T],
        then: Callable[[T], None],
        failed: Callable[[str], None],
    ) -> None:
        """Write one step; ``then`` gets the result once it is on disk, ``failed`` a sentence."""

        def settle(future: Future[T]) -> None:
            self.unsaved -= 1
            try:
                result = future.result()
            except QcodeError as error:
                failed(str(error))
                return
            self.saved = _("saved {clock}").format(
                clock=datetime.now().astimezone().strftime("%H:%M")
            )
            then(result)

        def done(future: Future[T]) -> None:
            self._post(self.Written(lambda: settle(future)))

        self.unsaved += 1
        self._writer.write(verb, act).add_done_callback(done)

    def stop_at(self, document: str, stop: Stop) -> None:
        """Note where the coder stopped, if the project is free; nothing depends on it."""
        self._writer.note(
            lambda connection: progress.stop_at(connection, self.coder, document, stop)
        )

    def keep(self, act: Callable[[Reader], None], failed: Callable[[str], None]) -> None:
        """Write what is no step of a person; ``failed`` gets a sentence where that cannot be."""

        def settle(future: Future[None]) -> None:
            self.unsaved -= 1
            try:
                future.result()
            except QcodeError as error:
                failed(str(error))

        def done(future: Future[None]) -> None:
            self._post(self.Written(lambda: settle(future)))

        self.unsaved += 1
        self._writer.keep(act).add_done_callback(done)

    def pin(self, number: int, code: str, failed: Callable[[str], None]) -> None:
        """Keep which code the coder pinned to a number."""
        self.keep(lambda connection: progress.pin(connection, self.coder, number, code), failed)

    def close(self) -> None:
        """End the writing thread; what is not saved is given up."""
        self._closed.set()
        self._writer.close()
