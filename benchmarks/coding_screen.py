"""Measure the coding screen on one transcript of 200,000 words with 5,000 codings, on disk.

    python benchmarks/coding_screen.py [--words N] [--codings N] [--size COLUMNSxROWS]

From a key to its effect in process: what Textual does with the key, the act, the writing thread,
the commit, and the frame that follows. The commit is printed apart.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reader import marks, transcript
from qcode.model.codebook import Code
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.store.project import Project
from qcode.tui.app import BUSY_MS, App
from qcode.tui.screens.coding import CodingScreen

CODES = 40


def make(place: Path, words: int, number: int) -> None:
    """Make the project."""
    text = transcript(words)
    made, coder = create(str(place), "B", coder="ani")
    with made.write(coder, "import") as step:
        kinds = dict.fromkeys(text.speakers, "participant") | {"INT": "interviewer"}
        added, _skipped = documents.add(step, [NewDocument("B", text, speakers=kinds)])
        codes = [Code(step.mint(), f"kode nomor {at}", color="#3ec9b6") for at in range(CODES)]
        codebook.add(step, codes)
        new = [
            NewCoding(
                added["B"], Span(one.start, min(one.end, len(text.text))), codes[at % CODES].id
            )
            for at, one in enumerate(marks(len(text.text), number))
        ]
        codings.apply(step, new)
    made.close()


class Watch:
    """Times what a running screen does."""

    def __init__(self, app: App, opened: Project) -> None:
        self.app = app
        self.commits: list[float] = []
        write = opened.write

        @contextmanager
        def timed(coder: str, verb: str):  # type: ignore[no-untyped-def]
            begun = time.perf_counter()
            with write(coder, verb) as step:
                yield step
            self.commits.append((time.perf_counter() - begun) * 1000)

        opened.write = timed  # type: ignore[method-assign]

    @property
    def screen(self) -> CodingScreen:
        assert isinstance(self.app.screen, CodingScreen)
        return self.app.screen

    async def until(self, done: Callable[[], bool]) -> None:
        # What is waited for is a state of widgets, which no event tells.
        while not done():  # noqa: ASYNC110
            await asyncio.sleep(0)

    def frame(self) -> None:
        """Paint the reader as the next frame would."""
        reader, compositor = self.screen.reader, self.screen._compositor  # noqa: SLF001 - no other way
        compositor.update_widgets({reader})
        update = compositor.render_update()
        if encode := getattr(update, "render_segments", None):
            encode(self.app.console)

    async def repeat(self) -> float:
        """Give the next sentence the last code; return the milliseconds to its frame."""
        reader = self.screen.reader
        reader.action_move("sentence", 1)
        await asyncio.sleep(0.05)
        before = len(reader.page.index.marks)
        begun = time.perf_counter()
        self.screen.action_repeat()
        await self.until(
            lambda: len(reader.page.index.marks) > before or not self.app.access.unsaved
        )
        self.frame()
        return (time.perf_counter() - begun) * 1000

    async def undo(self) -> float:
        """Undo it; return the milliseconds to the frame without its mark."""
        reader = self.screen.reader
        await asyncio.sleep(0.05)
        before = len(reader.page.index.marks)
        begun = time.perf_counter()
        self.screen.action_undo()
        await self.until(lambda: len(reader.page.index.marks) < before)
        self.frame()
        return (time.perf_counter() - begun) * 1000

    async def palette(self) -> float:
        """Open the palette and close it; return the milliseconds until it is laid out."""
        begun = time.perf_counter()
        self.screen.action_code()
        await self.until(lambda: self.screen.palette.size.height > 0)
        taken = (time.perf_counter() - begun) * 1000
        self.screen.palette.action_close()
        await asyncio.sleep(0.05)
        return taken


async def measure(place: Path, size: tuple[int, int]) -> None:
    begun = time.perf_counter()
    opened = open_project(str(place), busy_ms=BUSY_MS)
    coder = coders.joined(opened, "ani")
    with opened.read() as connection:
        document = documents.listed(connection)[0].id
    app = App(opened, coder, document)
    async with app.run_test(size=size) as pilot:
        watch = Watch(app, opened)
        await watch.until(
            lambda: isinstance(app.screen, CodingScreen) and app.screen.desk is not None
        )
        watch.frame()
        print(
            f"{'start: opened and first frame, imports apart':48}{(time.perf_counter() - begun) * 1000:8.1f}"
        )
        await pilot.pause(0.5)
        watch.screen.reader.go(600_000)
        for name, act in (
            ("apply: the last code on the next sentence", watch.repeat),
            ("undo", watch.undo),
            ("palette: opened", watch.palette),
        ):
            watch.commits.clear()
            await many(name, act)
            if watch.commits:
                print(f"{'  of which the step and its commit':48}{median(watch.commits):8.1f}")
    opened.close()


async def many(name: str, act: Callable[[], Awaitable[float]], times: int = 30) -> None:
    taken = [await act() for _ in range(times)]
    print(f"{name:48}{median(taken):8.1f}{quantiles(taken, n=20)[-1]:8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--codings", type=int, default=5_000)
    parser.add_argument("--size", default="120x40")
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "b.qcode"
        # In a process of its own: what making it takes is not the screen's memory.
        making = multiprocessing.Process(target=make, args=(place, asked.words, asked.codings))
        making.start()
        making.join()
        print(f"{'milliseconds':48}{'median':>8}{'p95':>8}")
        asyncio.run(measure(place, (columns, rows)))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory: most, MiB':48}{used:8.0f}")


if __name__ == "__main__":
    main()
