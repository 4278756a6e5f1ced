from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qcode.tui.layout import cells
from qcode.tui.layout.wrap import Wrap
from tests.tui.nasty import texts


@given(texts.map(cells.shown), st.integers(2, 20))
def test_lines_tile_the_text_and_none_is_wider_than_the_width(text: str, width: int) -> None:
    wrap = Wrap(text, width)
    at = 0
    for number in range(len(wrap)):
        start, end, onward = wrap.bounds(number)
        assert start == at
        assert text[end:onward] in ("", "\n")
        line = text[start:end]
        alone = len(cells.cluster_starts(text, start, end)) == 1
        assert cell_len(line.rstrip()) <= width or alone
        assert cell_len(line) <= width + 1 or alone
        assert "\n" not in line
        at = onward
    assert at >= len(text)


@given(texts.map(cells.shown), st.integers(2, 20))
def test_no_line_begins_inside_a_cluster(text: str, width: int) -> None:
    wrap = Wrap(text, width)
    edges = {0, len(text)}
    for start, end in zip(Wrap(text, 10_000).starts, Wrap(text, 10_000).ends, strict=True):
        edges.update(cells.cluster_starts(text, start, end), (start, end))
    assert set(wrap.starts) <= edges


@given(texts.map(cells.shown), st.integers(2, 20))
def test_every_offset_is_on_the_line_that_says_so(text: str, width: int) -> None:
    wrap = Wrap(text, width)
    for offset in range(len(text)):
        start, _end, onward = wrap.bounds(wrap.line_of(offset))
        assert start <= offset < max(onward, start + 1)
        assert wrap.last_line_of(offset + 1) == wrap.line_of(offset)


def lines(text: str, width: int, breaks: tuple[int, ...] = ()) -> list[str]:
    wrap = Wrap(text, width, breaks)
    return [text[start:end] for start, end in zip(wrap.starts, wrap.ends, strict=True)]


def test_words_break_at_blanks_and_long_ones_are_folded() -> None:
    assert lines("the water village", 10) == ["the water ", "village"]
    assert lines("a electricity b", 5) == ["a ", "elect", "ricit", "y b"]
    assert lines("naïf été 水很少很少", 6) == ["naïf ", "été ", "水很少", "很少"]


def test_empty_lines_stay_and_a_final_line_break_adds_none() -> None:
    assert lines("a\n\nb\n", 5) == ["a", "", "b"]
    assert lines("", 5) == [""]


def test_a_turn_that_begins_within_a_line_begins_a_line_on_the_screen() -> None:
    assert lines("P: yes N: no", 40, (0, 7)) == ["P: yes ", "N: no"]
