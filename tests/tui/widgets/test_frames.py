"""What a key costs, counted in lines and layouts, not in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from qcode.model.document import Transcript
from qcode.tui.access import Access
from qcode.tui.layout import page, spans
from qcode.tui.layout.spans import Mark
from qcode.tui.widgets.painting import Painter
from qcode.tui.widgets.reader import Reader
from tests.tui.harness import Shown, played, spoken
from tests.tui.study import Playing, Study

SIZE = (100, 20)
MOVES = ("right", "down", "w", "right_parenthesis", "right_curly_bracket", "shift+down", "v")


def counting(patch: pytest.MonkeyPatch, owner: Any, name: str) -> Counter[str]:
    """Count the calls of a method."""
    calls: Counter[str] = Counter()
    plain: Callable[..., object] = getattr(owner, name)

    def counted(*given: Any, **named: Any) -> object:
        calls[name] += 1
        return plain(*given, **named)

    patch.setattr(owner, name, counted)
    return calls


async def painted(transcript: Transcript) -> dict[str, tuple[int, int]]:
    """Return how many lines are painted, and asked for, at each key and at a mark."""
    middle = transcript.turns[len(transcript.turns) // 2].start
    marks = [Mark(f"{at}", at, at + 150, "c", "#3ec9b6", "c") for at in range(0, middle, 120)]
    found: dict[str, tuple[int, int]] = {}
    with pytest.MonkeyPatch.context() as patch:
        drawn, asked = counting(patch, Painter, "line"), counting(patch, Reader, "render_line")
        app = Shown(transcript, marks)
        async with app.run_test(size=SIZE) as pilot:
            app.reader.go(middle)
            app.reader.scroll_to(y=app.reader.page.wrap.line_of(middle) - 8)
            await pilot.pause()

            async def count(name: str, act: Callable[[], object] | None = None) -> None:
                drawn.clear()
                asked.clear()
                if act is None:
                    await pilot.press(name)
                else:
                    act()
                await pilot.pause(0.05)
                found[name] = drawn.total(), asked.total()

            for key in MOVES:
                await count(key)
            new = Mark("new", middle - 10, middle + 20, "c", "#f16d5e", "c")
            await count("put", lambda: app.reader.put([new]))
            await count("drop", lambda: app.reader.drop(["new"]))
            await count("pagedown")
    return found


@played
async def test_a_key_paints_no_more_lines_in_a_long_document_than_in_a_short_one() -> None:
    words = "Kalimat ini tidak panjang dan tidak pendek juga."
    short = await painted(spoken(*[("N", words)] * 60))
    assert await painted(spoken(*[("N", words)] * 6_000)) == short
    for key in ("right", "w"):
        assert max(short[key]) <= 1
    for key in ("down", "right_parenthesis", "right_curly_bracket", "put", "drop"):
        assert max(short[key]) <= 3
    assert all(max(counts) <= 2 * SIZE[1] for counts in short.values())


def test_another_size_or_theme_reads_nothing_and_finds_no_mark_anew(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(at: Playing) -> None:
        desk, index = at.screen.desk, at.screen.reader.page.index
        reads = counting(monkeypatch, Access, "_read")
        wraps = counting(monkeypatch, page.Page, "layout")
        indexed = counting(monkeypatch, spans.SpanIndex, "__init__")
        await at.resize((110, 20))
        at.app.theme = "textual-light"
        await at.settled()
        assert not wraps
        await at.resize((90, 20))
        assert wraps["layout"] == 1
        assert not reads
        assert not indexed
        assert at.screen.desk is desk
        assert at.screen.reader.page.index is index

    study.play(play)


def test_nothing_is_painted_below_what_covers_all_of_it(study: Study) -> None:
    async def play(one: Playing) -> None:
        screen = one.screen
        below = (screen, *screen.query("#panes, #middle"))
        assert len(below) == 3
        for size, key in (((110, 30), "c"), ((60, 16), "escape"), ((18, 4), "escape")):
            await one.resize(size)
            shown = {screen.get_widget_at(x, y)[0] for x in range(size[0]) for y in range(size[1])}
            assert shown.isdisjoint(below)
            await one.press(key)
        # Textual keeps every line that a widget painted.
        assert not any(one._styles_cache._cache for one in below)

    study.play(play)
