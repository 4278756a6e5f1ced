"""Measure the heatmap with 200 codes by 500 documents: painting, without the terminal.

    python -m benchmarks charts [--codes N] [--columns N] [--times N]

A step paints the row it is on and the names of the columns, a page every row in view.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable

from textual.app import App, ComposeResult
from textual.css.query import NoMatches

from benchmarks.coding_screen import Row, row
from qcode.model.heat import Heat, HeatColumn, HeatRow, spread
from qcode.model.table import Share
from qcode.tui.widgets.heatmap import HeatHead, Heatmap

SIZE = (200, 50)


def field(codes: int, columns: int) -> Heat:
    """Return a field of shares."""
    return Heat(
        "", "k/n",
        tuple(HeatColumn(str(at), f"wawancara {at}", f"wawancara {at}", "n=40")
              for at in range(columns)),
        tuple(
            HeatRow(str(at), f"kode nomor {at}", f"induk/kode nomor {at}", at % 3,
                    tuple(Share((7 * at + 3 * other) % 41, 40) for other in range(columns)))
            for at in range(codes)
        ),
    )  # fmt: skip


class Shown(App[None]):
    """A heatmap and nothing else."""

    def compose(self) -> ComposeResult:
        """Lay out names and field."""
        heatmap = Heatmap(id="rows")
        yield HeatHead(heatmap)
        yield heatmap


async def measured(heat: Heat, times: int) -> list[Row]:
    """Return the lines of the table."""
    app = Shown()
    async with app.run_test(size=SIZE) as pilot:
        widget, head = app.query_one(Heatmap), app.query_one(HeatHead)
        start = time.perf_counter()
        widget.put(heat)
        widget.show(heat.rows)
        shown = [1000 * (time.perf_counter() - start)]
        await pilot.pause()
        high = widget.scrollable_content_region.height
        if not high:
            raise NoMatches("the field has no room")

        def step(at: int) -> None:
            widget.go(at % len(heat.columns))
            widget.render_line(widget.highlighted - widget.scroll_offset.y)
            head.render_line(0)
            head.render_line(1)

        def page(at: int) -> None:
            widget.highlight(at * high % len(heat.rows))
            widget.go(at * widget.room % len(heat.columns))
            for y in range(high):
                widget.render_line(y)

        def order(_at: int) -> None:
            sorted(heat.rows, key=lambda one: -spread(one.cells))

        return [
            row("heatmap: from cells to widths of columns", shown, 100),
            row("heatmap: one step", timed(step, times), 10),
            row("heatmap: one page, down and across", timed(page, times), 33),
            row("heatmap: order by difference", timed(order, max(3, times // 20)), 200),
        ]


def timed(act: Callable[[int], None], times: int) -> list[float]:
    """Return how long each of some calls takes, in milliseconds."""
    taken = []
    for at in range(times):
        start = time.perf_counter()
        act(at)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codes", type=int, default=200)
    parser.add_argument("--columns", type=int, default=500)
    parser.add_argument("--times", type=int, default=200)
    asked = parser.parse_args()
    print(f"heatmap of {asked.codes} codes by {asked.columns} columns, {SIZE[0]} x {SIZE[1]}")
    print(f"{'':46}{'median':>8}{'p95':>8}    {'bar':>6}")
    for line in asyncio.run(measured(field(asked.codes, asked.columns), asked.times)):
        print(line)


if __name__ == "__main__":
    main()
