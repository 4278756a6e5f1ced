from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.model.document import Transcript, paragraphs
from qcode.tui.layout.lanes import Lanes
from qcode.tui.layout.page import Page
from qcode.tui.layout.spans import Mark, SpanIndex, reading_order

TEXT = "the water village people harvest rain chief road\n" * 40
ids = st.integers(0, 30).map(str)


def mark(id: str, start: int, length: int) -> Mark:
    return Mark(id, start, min(start + length, len(TEXT)))


some_marks = st.builds(mark, ids, st.integers(0, len(TEXT) - 2), st.integers(1, 700))
many_marks = st.lists(some_marks, max_size=40, unique_by=lambda one: one.id)


def page_of(marks: list[Mark], width: int = 20) -> Page:
    return Page(Transcript(TEXT, paragraphs(TEXT)), marks, width=width)


@given(many_marks, st.integers(0, len(TEXT) - 2), st.integers(1, 900))
def test_the_index_finds_what_looking_at_every_mark_finds(
    marks: list[Mark], start: int, length: int
) -> None:
    index = SpanIndex(len(TEXT), marks)
    end = start + length
    by_force = [one for one in marks if one.start < end and one.end > start]
    assert index.query(start, end) == sorted(by_force, key=reading_order)


@given(many_marks)
def test_what_is_taken_out_of_the_index_is_gone(marks: list[Mark]) -> None:
    index = SpanIndex(len(TEXT), marks)
    for one in marks[::2]:
        assert index.remove(one.id) == one
        assert index.remove(one.id) is None
    assert index.query(0, len(TEXT)) == sorted(marks[1::2], key=reading_order)


def assert_lanes_are_free(page: Page) -> None:
    taken: set[tuple[int, int]] = set()
    for one in page.index.marks.values():
        first, last = page.lanes.lines(one)
        for line in range(first, last + 1):
            assert (page.lanes[one.id], line) not in taken
            taken.add((page.lanes[one.id], line))


@given(many_marks, st.lists(st.one_of(some_marks, ids), max_size=12))
def test_lanes_never_overlap_and_repairs_equal_a_new_start(
    marks: list[Mark], changes: list[Mark | str]
) -> None:
    page = page_of(marks)
    for change in changes:
        if isinstance(change, Mark):
            page.put([change])
        else:
            page.drop([change])
        assert_lanes_are_free(page)
    fresh = Lanes(page.wrap, page.index)
    assert all(page.lanes[id] == fresh[id] for id in page.index.marks)


@given(many_marks, st.lists(some_marks, max_size=12))
def test_in_a_cluster_too_large_to_repair_the_others_keep_their_lanes(
    marks: list[Mark], added: list[Mark]
) -> None:
    page = page_of(marks)
    page.lanes = Lanes(page.wrap, page.index, most=3)
    for one in added:
        page.put([one])
        assert_lanes_are_free(page)


def test_an_outer_mark_stands_left_of_an_inner_one() -> None:
    page = page_of([mark("inner", 5, 20), mark("outer", 0, 200)])
    assert (page.lanes["outer"], page.lanes["inner"]) == (0, 1)


def looks(page: Page) -> list[set[tuple[Mark, int]]]:
    """Return what the margin of every line shows."""
    lines = (page.wrap.bounds(number) for number in range(len(page.wrap)))
    return [
        {(one, page.lanes[one.id]) for one in page.index.query(start, max(onward, start + 1))}
        for start, _end, onward in lines
    ]


@given(many_marks, st.lists(st.one_of(some_marks, ids), max_size=12))
def test_every_line_that_looks_new_after_a_change_is_named(
    marks: list[Mark], changes: list[Mark | str]
) -> None:
    page = page_of(marks)
    for change in changes:
        before = looks(page)
        named = page.put([change]) if isinstance(change, Mark) else page.drop([change])
        for number, (old, new) in enumerate(zip(before, looks(page), strict=True)):
            assert old == new or any(first <= number <= last for first, last in named)


def test_a_change_names_the_lines_of_marks_that_keep_their_lanes_not() -> None:
    page = page_of([mark("a", 0, 300)])
    assert page.put([mark("b", 90, 20)]) == [page.lanes.lines(mark("b", 90, 20))]
    (named,) = page.put([mark("outer", 0, 400)])
    assert named == (0, page.wrap.last_line_of(400))
    assert page.drop(["nowhere"]) == []
