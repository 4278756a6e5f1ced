"""Measure the reader on one transcript of 200,000 words with 5,000 overlapping marks.

    python benchmarks/reader.py [--words N] [--marks N] [--size COLUMNSxROWS]

A frame is what one key costs in process: the act, painting what changed, and turning it into the
bytes for a terminal. What the terminal and the wait for Textual's timer take comes on top.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BEGUN = time.perf_counter()

from textual.app import App, ComposeResult  # noqa: E402

from qcode.model.codebook import Code, Codebook  # noqa: E402
from qcode.model.document import Transcript, Turn  # noqa: E402
from qcode.tui.layout.page import Page  # noqa: E402
from qcode.tui.layout.spans import Mark  # noqa: E402
from qcode.tui.ranking import Ranking  # noqa: E402
from qcode.tui.widgets.reader import Reader  # noqa: E402

IMPORTED = time.perf_counter()

SPEECH = (
    "the water village people harvest rain chief road market school money we they said when never "
    "because always children women land river dry season price sell buy walk far near clinic nurse "
    "teacher farmer maize beans goat cattle trust meeting decided after before government office "
    "letter waiting months years think know remember it was not and but so then there this that our"
)
WORDS = SPEECH.split()
FOREIGN = ("maji ya kunywa", "naïve café", "नदी का पानी", "水很少", "👩🏽‍🌾", "e\u0301cole", "உழவர்")
COLORS = ("#4e9af1", "#f1a24e", "#8bd450", "#e15fa4", "#b58cf2", "#e0c341", "#3ec9b6", "#f16d5e")
HOT_SPOT = 40
BARS = {"cursor": 10, "scroll": 16, "page": 33, "put": 40, "start": 1000, "memory": 90}


def sentence(chance: random.Random) -> list[str]:
    words = [chance.choice(WORDS) for _ in range(chance.randint(4, 22))]
    if chance.random() < 0.05:
        words.insert(chance.randrange(len(words)), chance.choice(FOREIGN))
    return words


def transcript(words: int, seed: int = 1) -> Transcript:
    """Return turns of some 45 words, one sentence in twenty with words of other scripts."""
    chance = random.Random(seed)
    parts: list[str] = []
    turns: list[Turn] = []
    length = total = 0
    while total < words:
        label = "INT: " if len(turns) % 2 == 0 else f"P{chance.randint(1, 9):02d}: "
        said: list[str] = []
        while sum(map(len, said)) < chance.expovariate(1 / 250):
            some = sentence(chance)
            total += len(some)
            said.append(" ".join(some).capitalize() + chance.choice("...?!"))
        said = said or ["Yes."]
        line = label + " ".join(said) + "\n"
        turns.append(Turn(length, length + len(label), length + len(line), label[:-2]))
        parts.append(line)
        length += len(line)
    return Transcript("".join(parts), tuple(turns))


def marks(length: int, number: int, seed: int = 2) -> list[Mark]:
    """Return marks of 260 characters on average, some of them piled on one spot."""
    chance = random.Random(seed)
    made: list[Mark] = []
    for at in range(number):
        long = max(8, int(chance.expovariate(1 / 260)))
        piled = at < HOT_SPOT
        start = 2000 + chance.randrange(600) if piled else chance.randrange(length - long)
        code = chance.randrange(len(COLORS))
        made.append(Mark(f"m{at}", start, start + long, f"c{code}", COLORS[code], f"code {code}"))
    return made


Rows = list[tuple[str, tuple[float, float, int]]]


class Bench(App[None]):
    def compose(self) -> ComposeResult:
        yield Reader(tints=True)


class Frames:
    """Times acts on a running reader, each with the painting that follows."""

    def __init__(self, app: Bench) -> None:
        self.app = app
        self.reader = app.query_one(Reader)
        self.bytes = 0

    def frame(self, act: Callable[[], object]) -> float:
        """Return the milliseconds of one act and its frame."""
        begun = time.perf_counter()
        act()
        reader, compositor = self.reader, self.app.screen._compositor  # noqa: SLF001 - no other way
        compositor.update_widgets({reader, reader.vertical_scrollbar})
        update = compositor.render_update()
        encode = getattr(update, "render_segments", None)
        painted = encode(self.app.console) if encode else ""
        self.bytes = len(painted.encode())
        return (time.perf_counter() - begun) * 1000

    def many(self, act: Callable[[], object], times: int) -> tuple[float, float, int]:
        """Return the median and the 95th percentile in milliseconds, and the bytes of a frame."""
        taken = [self.frame(act) for _ in range(times)]
        return median(taken), quantiles(taken, n=20)[-1], self.bytes


def moves(frames: Frames, all_marks: list[Mark]) -> Iterator[tuple[str, tuple[float, float, int]]]:
    """Yield what is measured, by the name of its bar."""
    reader = frames.reader
    move = reader.action_move
    reader.go(len(reader.transcript.text) // 2)
    frames.frame(reader.refresh)
    yield "cursor: one right", frames.many(lambda: move("char", 1), 200)
    yield "cursor: down and up", frames.many(alternating(lambda step: move("line", step)), 200)
    extend = alternating(lambda step: move("line", step, True))
    yield "cursor: extend the selection", frames.many(extend, 100)
    reader.go(reader.cursor)
    yield "scroll: next sentence", frames.many(lambda: move("sentence", 1), 200)
    yield "scroll: one line down", frames.many(lambda: scroll(reader, 1), 200)
    yield "scroll: one line back, lines kept", frames.many(lambda: scroll(reader, -1), 200)
    yield "page: down, lines never seen", frames.many(lambda: move("page", 1), 100)
    reader.go(2000)
    spot = alternating(lambda step: scroll(reader, 20 * step))
    yield f"page: {HOT_SPOT} marks on one spot", frames.many(spot, 50)
    yield "put: one mark", frames.many(putting(reader, all_marks), 100)
    yield "put: away with one mark", frames.many(dropping(reader, all_marks), 100)


def alternating(act: Callable[[int], object]) -> Callable[[], object]:
    steps = [1]

    def one() -> None:
        act(steps[0])
        steps[0] = -steps[0]

    return one


def scroll(reader: Reader, lines: int) -> None:
    reader.scroll_to(y=reader.scroll_offset.y + lines)


def putting(reader: Reader, all_marks: list[Mark]) -> Callable[[], object]:
    numbers = iter(range(len(all_marks)))

    def one() -> None:
        reader.action_move("sentence", 1)
        span = reader.target()
        if span is not None:
            mark = Mark(f"new{next(numbers)}", span.start, span.end, "c1", COLORS[1], "code 1")
            reader.put([mark])

    return one


def dropping(reader: Reader, all_marks: list[Mark]) -> Callable[[], object]:
    near = sorted(all_marks, key=lambda mark: abs(mark.start - reader.cursor))
    ids = iter([mark.id for mark in near])
    return lambda: reader.drop([next(ids)])


async def measure(text: Transcript, all_marks: list[Mark], size: tuple[int, int]) -> Rows:
    app = Bench()
    rows: Rows = []
    async with app.run_test(size=size) as pilot:
        frames = Frames(app)
        begun = time.perf_counter()
        kinds = ["interviewer", "participant"] * (len(text.turns) // 2 + 1)
        frames.reader.show(text, all_marks, kinds[: len(text.turns)])
        frames.reader.focus()
        shown = (time.perf_counter() - begun) * 1000 + frames.frame(frames.reader.refresh)
        await pilot.pause()
        gc.collect()
        gc.freeze()
        rows += [
            (
                f"start: importing {(IMPORTED - BEGUN) * 1000:.0f} ms, then show and first frame",
                (shown, shown + (IMPORTED - BEGUN) * 1000, 0),
            )
        ]
        rows += moves(frames, all_marks)
        resized = frames.frame(lambda: frames.reader.page.layout(60))
        rows.append(("wrap and lanes: the whole text", (resized, resized, 0)))
    return rows


def layout_times(text: Transcript, all_marks: list[Mark]) -> Iterator[tuple[str, float]]:
    """Yield what runs without an app, in milliseconds."""
    begun = time.perf_counter()
    page = Page(text, all_marks)
    yield "lay out the page", (time.perf_counter() - begun) * 1000
    begun = time.perf_counter()
    for at in range(100):
        page.index.query(at * 5000, at * 5000 + 3000)
    yield "marks of one screen", (time.perf_counter() - begun) * 10
    codes = [Code(f"c{at}", f"{WORDS[at % 50]} {WORDS[at % 43]} {at}") for at in range(1500)]
    ranking = Ranking(Codebook(codes))
    begun = time.perf_counter()
    for typed in ("h", "hrv", "harvst", "water loss", "no such code"):
        ranking.rank(typed)
    yield "rank 1,500 codes", (time.perf_counter() - begun) * 200


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--marks", type=int, default=5_000)
    parser.add_argument("--size", default="120x40")
    asked = parser.parse_args()
    columns, rows = map(int, asked.size.split("x"))
    text = transcript(asked.words)
    all_marks = marks(len(text.text), asked.marks)
    print(f"{asked.words} words, {len(text.turns)} turns, {asked.marks} marks, {asked.size}\n")
    print(f"{'milliseconds':52}{'median':>8}{'p95':>8}{'bar':>6}{'bytes':>8}")
    for name, (middle, slow, size) in asyncio.run(measure(text, all_marks, (columns, rows))):
        bar = BARS.get(name.partition(":")[0], 0)
        late = "  over" if bar and slow > bar else ""
        print(f"{name:52}{middle:8.2f}{slow:8.2f}{bar or '':>6}{size or '':>8}{late}")
    for name, taken in layout_times(text, all_marks):
        print(f"{name:52}{taken:8.2f}")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory: most, MiB':52}{used:8.0f}{'':8}{BARS['memory']:>6}")


if __name__ == "__main__":
    main()
