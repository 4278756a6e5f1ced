"""Measure the coding screen on one transcript of 200,000 words with 5,000 codings, on disk.

    python -m benchmarks coding_screen [--words N] [--codings N] [--size COLUMNSxROWS] [--times N]

A child process runs qcode in a real terminal: from the moment a key is written to it to the end of
the first frame that it paints. The same keys go to Textual's TextArea with the same text.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks._terminal import Terminal
from benchmarks.reader import marks, transcript
from qcode.model.codebook import Code
from qcode.model.document import Transcript
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, progress
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.store.progress import Stop

ROOT = Path(__file__).parents[1]
CODES = 40
RIGHT, DOWN, PAGE_DOWN = "\x1b[C", "\x1b[B", "\x1b[6~"


@dataclass(frozen=True)
class Row:
    """One line of the table: a median and a 95th percentile in ``unit``, and their bar."""

    name: str
    middle: float
    slow: float
    bar: float = 0.0
    unit: str = "ms"
    peer: float = 0.0
    """The median of Textual's TextArea."""

    def __str__(self) -> str:
        """Return the line."""
        said = ("ok" if self.slow <= self.bar else "OVER") if self.bar else ""
        bar = f"{self.bar:g}" if self.bar else ""
        peer = f"{self.peer:10.1f}{self.peer / self.middle:7.1f}x" if self.peer else ""
        form = ".2f" if self.unit == "s" else ".1f"
        return (
            f"{self.name:46}{self.middle:8{form}}{self.slow:8{form}} {self.unit:3}"
            f"{bar:>6} {said:4}{peer}"
        ).rstrip()


def row(name: str, taken: list[float], bar: float = 0.0, peer: float = 0.0) -> Row:
    """Return the line for some times in milliseconds."""
    slow = quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]
    return Row(name, median(taken), slow, bar, peer=peer)


def make(place: Path, text: Transcript, number: int) -> None:
    """Make the project, left in the middle of its document."""
    made, coder = create(str(place), "B", coder="ani")
    middle = text.turns[len(text.turns) // 2].start
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
        progress.stop_at(step.connection, coder, added["B"], Stop(middle, middle))
    made.close()


def keys(terminal: Terminal, keys: str, times: int, between: str = "") -> list[float]:
    """Return the milliseconds to the first frame after a key, ``between`` pressed before each."""
    taken = []
    for _time in range(times):
        if between:
            terminal.press(between)
            terminal.settle()
        taken.append(terminal.press(keys) * 1000)
        terminal.settle()
    return taken


def to_the_bottom(terminal: Terminal, rows: int) -> None:
    """Go down until the next line can only come by scrolling."""
    for _row in range(rows):
        terminal.press(DOWN)
    terminal.settle()


def moving(terminal: Terminal, rows: int, times: int) -> dict[str, list[float]]:
    """Time what both the reader and the TextArea do."""
    cursor = keys(terminal, RIGHT, times)
    to_the_bottom(terminal, rows)
    return {
        "cursor: one right": cursor,
        "scroll: one line down": keys(terminal, DOWN, times),
        "page: down": keys(terminal, PAGE_DOWN, times),
    }


def peer(text: Transcript, folder: Path, size: tuple[int, int], times: int) -> Mapping[str, float]:
    """Return the medians of Textual's TextArea with the same text."""
    place = folder / "text.txt"
    place.write_text(text.text, encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks._textarea", str(place)]
    with Terminal(command, size, {"PYTHONPATH": str(ROOT)}) as terminal:
        terminal.started("INT:")
        terminal.settle(0.5)
        return {name: median(taken) for name, taken in moving(terminal, size[1], times).items()}


def opened(place: Path, size: tuple[int, int]) -> Terminal:
    """Open the project in a terminal, in its document."""
    command = [sys.executable, "-m", "qcode", "code", "B", "-p", str(place), "--coder", "ani"]
    env = {
        "QCODE_SETTINGS": str(place.parent / "settings.toml"), "QCODE_LANGUAGE": "en",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }  # fmt: skip
    return Terminal(command, size, env)


def screen(
    place: Path, size: tuple[int, int], times: int, peers: Mapping[str, float]
) -> Iterator[Row]:
    """Yield what a person at the coding screen waits for."""
    with opened(place, size) as terminal:
        terminal.started("INT:")
        terminal.settle(0.5)
        bars = {"cursor": 10, "scroll": 16, "page": 33}
        for name, taken in moving(terminal, size[1], times).items():
            yield row(name, taken, bars[name.partition(":")[0]], peers.get(name, 0.0))
        yield row("sentence: the next", keys(terminal, ")", times), 16)
        yield row("turn: the next", keys(terminal, "}", times), 16)
        yield row("grow: select the word at the cursor", keys(terminal, "+", times, RIGHT), 16)
        applied, undone = coding(terminal, times)
        yield row("apply: the last code on the next sentence", applied, 40)
        yield from write_alone(place, times)
        yield row("undo: that", undone, 40)
        palette = []
        for _time in range(times):
            palette.append(terminal.press("c", "Code “") * 1000)
            terminal.settle()
            terminal.press("\x1b")
            terminal.settle()
        yield row("palette: opened", palette)
        now, most = terminal.memory()
        if most:
            yield Row("memory: now, and the most it was", now, most, 90, "MB")


def coding(terminal: Terminal, times: int) -> tuple[list[float], list[float]]:
    """Give the next sentence the last code and undo it, again and again."""
    applied, undone = [], []
    for _time in range(times):
        terminal.press(")")
        terminal.settle()
        applied.append(terminal.press(".", "Coded: ") * 1000)
        terminal.settle()
        undone.append(terminal.press("u", "Undone: ") * 1000)
        terminal.settle()
    return applied, undone


def write_alone(place: Path, times: int) -> Iterator[Row]:
    """Yield how long the step takes by itself, on a copy, and its commit."""
    copy = place.with_name("copy.qcode")
    shutil.copy(place, copy)
    project = open_project(str(copy))
    coder = coders.joined(project, "ani")
    with project.read() as connection:
        document = documents.listed(connection)[0].id
        code = next(iter(codebook.read(connection))).id
    steps, commits = [], []
    for number in range(times):
        begun = time.perf_counter()
        with project.write(coder, "apply") as step:
            codings.apply(step, [NewCoding(document, Span(100 + number, 150 + number), code)])
            commit = time.perf_counter()
        ended = time.perf_counter()
        steps.append((commit - begun) * 1000)
        commits.append((ended - commit) * 1000)
    project.close()
    yield row("  of which the step, written alone", steps)
    yield row("  and its commit", commits)


def starts(place: Path, size: tuple[int, int], times: int) -> Row:
    """Return how long it takes from the command to the first words on the screen."""
    taken = []
    for _time in range(times):
        with opened(place, size) as terminal:
            taken.append(terminal.started("INT:"))
    return Row("start: to the first frame with words", median(taken), max(taken), 1.0, "s")


def measured(
    words: int, number: int, size: tuple[int, int], times: int, say: Callable[[Row], None]
) -> None:
    """Measure everything, saying each line when it is known."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = transcript(words)
        make(folder / "b.qcode", text, number)
        peers = peer(text, folder, size, max(2, times // 2))
        say(starts(folder / "b.qcode", size, min(5, times)))
        for one in screen(folder / "b.qcode", size, times, peers):
            say(one)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--codings", type=int, default=5_000)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--times", type=int, default=30)
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    print(
        f"The coding screen on {asked.words:,} words and {asked.codings:,} codings, {asked.size}: "
        "key written to end of first frame"
    )
    print(f"{'':46}{'p50':>8}{'p95':>8}{'':4}{'bar':>6} {'':4}{'TextArea':>10}{'ratio':>8}")
    measured(
        asked.words, asked.codings, (columns, rows), asked.times, lambda one: print(one, flush=True)
    )


if __name__ == "__main__":
    main()
