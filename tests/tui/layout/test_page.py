from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qcode.model.document import Transcript, paragraphs
from qcode.tui.layout.page import Page
from tests.tui.nasty import texts


@given(texts, st.integers(4, 20), st.integers(0, 25))
def test_a_cell_leads_to_an_offset_whose_cell_leads_back_to_it(
    text: str, width: int, x: int
) -> None:
    page = Page(Transcript(text, paragraphs(text)), width=width)
    for line in range(len(page.wrap)):
        offset = page.offset_at(line, x)
        assert page.edge(offset) == offset
        assert page.wrap.line_of(offset) == line
        assert page.x_of(offset) <= x
        assert page.x_of(page.offset_at(line, page.x_of(offset))) == page.x_of(offset)


@given(texts, st.integers(4, 20))
def test_steps_to_the_right_and_to_the_left_stand_at_the_same_edges(text: str, width: int) -> None:
    page = Page(Transcript(text, paragraphs(text)), width=width)
    forth, back = [0], [page.limit]
    while forth[-1] < page.limit:
        forth.append(page.after(forth[-1]))
    while back[-1] > 0:
        back.append(page.before(back[-1]))
    assert forth == back[::-1]
    for offset in forth:
        line = page.wrap.line_of(offset)
        assert page.x_of(offset) == cell_len(page.text[page.wrap.starts[line] : offset])
