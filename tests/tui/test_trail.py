from __future__ import annotations

import pytest

from qcode.model.span import Span
from qcode.tui.trail import Place

TEXT = "takut, lalu takut lagi"


@pytest.mark.parametrize(
    ("span", "words", "found"),
    [
        (Span(12, 17), "takut", Span(12, 17)),
        (Span(10, 15), "takut", Span(12, 17)),
        (Span(2, 7), "takut", Span(0, 5)),
        (Span(40, 45), "takut", Span(12, 17)),
        (Span(12, 17), "berani", None),
        (Span(12, 17), "", Span(12, 17)),
        (Span(12, 60), "", None),
        (None, "", None),
    ],
)
def test_a_place_is_found_again_by_its_words_the_nearest_first(
    span: Span | None, words: str, found: Span | None
) -> None:
    assert Place("W01", span, words=words).found_in(TEXT) == found
