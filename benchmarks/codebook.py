"""Measure the codebook pane with 1,500 codes in four levels, on disk.

    python benchmarks/codebook.py [--codes N] [--codings N] [--size COLUMNSxROWS]

From a key to its frame in process; for what is written, to the frame once it is on disk.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from textual.pilot import Pilot

from benchmarks.reader import marks, transcript
from qcode.model.codebook import Code
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.tui.app import BUSY_MS, App
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.widgets.codepane import CodePane

WORDS = 50_000
TOPICS = ("literasi", "modal", "pasar", "kader", "ongkos", "sinyal", "tradisi", "mutu")


def codes(number: int, mint: Callable[[], str]) -> list[Code]:
    """Return codes in four levels: each has up to six below it."""
    made: list[Code] = []
    levels: list[str] = []
    for at in range(number):
        above = made[(at - 8) // 6].id if at >= 8 else ""
        depth = 0 if at < 8 else int(levels[(at - 8) // 6]) + 1
        if depth > 3:
            above = made[8 + at % 48].id
            depth = 2
        levels.append(str(depth))
        name = f"{TOPICS[at % 8]} {TOPICS[at // 8 % 8]} nomor {at}"
        made.append(Code(mint(), name, above, position=at, definition=f"apa {name} itu",
                         color="#3ec9b6"))  # fmt: skip
    return made


def make(place: Path, number: int, coded: int) -> None:
    """Make the project."""
    text = transcript(WORDS)
    made, coder = create(str(place), "B", coder="ani")
    with made.write(coder, "import") as step:
        kinds = dict.fromkeys(text.speakers, "participant") | {"INT": "interviewer"}
        added, _skipped = documents.add(step, [NewDocument("B", text, speakers=kinds)])
        book = codes(number, step.mint)
        codebook.add(step, book)
        codings.apply(step, [
            NewCoding(added["B"], Span(one.start, min(one.end, len(text.text))),
                      book[at * 7 % number].id)
            for at, one in enumerate(marks(len(text.text), coded))
        ])  # fmt: skip
    made.close()


class Watch:
    """Times what the codebook pane of a running screen does."""

    def __init__(self, app: App, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.letters = iter("literasi pasar" * 20)

    @property
    def screen(self) -> CodingScreen:
        assert isinstance(self.app.screen, CodingScreen)
        return self.app.screen

    async def until(self, done: Callable[[], bool]) -> None:
        # What is waited for is a state of widgets, which no event tells.
        while not done():  # noqa: ASYNC110
            await asyncio.sleep(0)

    def frame(self) -> None:
        """Paint the tree and the inspector as the next frame would."""
        compositor = self.screen._compositor  # noqa: SLF001 - no other way
        compositor.update_widgets({self.screen.codes, self.screen.query_one("#inspector")})
        update = compositor.render_update()
        if encode := getattr(update, "render_segments", None):
            encode(self.app.console)

    async def step(self) -> float:
        """Go to the next code."""
        return self.timed(lambda: self.screen.codes.action_step(1))

    async def turn(self) -> float:
        """Open or close a top-level code with all that is below it."""
        self.screen.codes.action_edge(-1)
        return self.timed(self.screen.codes.action_turn)

    async def letter(self) -> float:
        """Type one letter of a filter, or start anew."""
        line, tree = self.screen.query_one(CodePane).line, self.screen.codes
        typed = next(self.letters)
        return self.timed(lambda: tree.filter("" if typed == " " else tree.filtered + typed),
                          line.refresh)  # fmt: skip

    def timed(self, act: Callable[[], object], after: Callable[[], object] | None = None) -> float:
        begun = time.perf_counter()
        act()
        self.screen.inspect()
        if after:
            after()
        self.frame()
        return (time.perf_counter() - begun) * 1000

    async def palette(self) -> float:
        """Open the palette and close it."""
        begun = time.perf_counter()
        self.screen.action_code()
        await self.until(lambda: self.screen.palette.size.height > 0)
        taken = (time.perf_counter() - begun) * 1000
        self.screen.palette.action_close()
        await asyncio.sleep(0.05)
        return taken

    async def written(self, act: Callable[[], None]) -> float:
        """Write something about the codebook; wait until the tree shows it."""
        desk = self.screen.desk
        assert desk
        before, begun = desk.book, time.perf_counter()
        act()
        await self.until(lambda: desk.book is not before)
        self.frame()
        taken = (time.perf_counter() - begun) * 1000
        await asyncio.sleep(0.05)
        return taken

    async def shift(self) -> float:
        """Move a code down."""
        return await self.written(lambda: self.screen.action_code_shift(1))

    async def undo(self) -> float:
        """Undo that."""
        return await self.written(self.screen.action_undo)


async def measure(place: Path, size: tuple[int, int]) -> None:
    opened = open_project(str(place), busy_ms=BUSY_MS)
    coder = coders.joined(opened, "ani")
    with opened.read() as connection:
        document = documents.listed(connection)[0].id
    app = App(opened, coder, document)
    async with app.run_test(size=size) as pilot:
        watch = Watch(app, pilot)
        await watch.until(
            lambda: isinstance(app.screen, CodingScreen) and app.screen.desk is not None
        )
        await pilot.pause(0.5)
        watch.screen.codes.focus()
        await many("tree: next code", watch.step)
        await many("tree: open or close with what is below", watch.turn)
        await many("filter: one letter", watch.letter)
        watch.screen.codes.filter("")
        await many("palette: opened", watch.palette)
        watch.screen.codes.action_edge(-1)
        await many("move a code down, on disk", watch.shift, 7)
        await many("undo it, on disk", watch.undo, 7)
    opened.close()


async def many(name: str, act: Callable[[], Awaitable[float]], times: int = 30) -> None:
    taken = [await act() for _ in range(times)]
    print(f"{name:48}{median(taken):8.1f}{quantiles(taken, n=20)[-1]:8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--codes", type=int, default=1_500)
    parser.add_argument("--codings", type=int, default=5_000)
    parser.add_argument("--size", default="120x40")
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "b.qcode"
        make(place, asked.codes, asked.codings)
        print(f"{'milliseconds':48}{'median':>8}{'p95':>8}")
        asyncio.run(measure(place, (columns, rows)))


if __name__ == "__main__":
    main()
