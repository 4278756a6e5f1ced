"""Shortening leaves words out; it never changes one, whatever is typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.shortening import checked, cuts_of, kept, said_in, shortened, words_of
from qcode.errors import BadInput
from qcode.model.quotation import CUT, Cut
from qcode.model.span import Span
from tests.workflows.studies import spoken

WORDS = st.lists(st.sampled_from(["ya", "ya,", "takut", "=1+1", "<b>", "\u200fשלום", "🙂", "…"]),
                 min_size=1, max_size=12)  # fmt: skip


def whole(text: str) -> tuple[tuple[Span, ...], list[str]]:
    said = (Span(0, len(text)),)
    return said, [text[one.start : one.end] for one in words_of(text, said)]


@given(WORDS, st.data())
def test_what_is_typed_of_a_quotation_is_quoted_word_for_word_with_marks_where_words_are_missing(
    words: list[str], data: st.DataObject
) -> None:
    stays = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)).filter(any))
    typed = " ".join(word for word, stay in zip(words, stays, strict=True) if stay)
    text = " ".join(words)
    said, own = whole(text)
    cuts = cuts_of(own, typed)
    ((_number, quoted),) = shortened(text, said, cuts)
    left = [word for word, stay in zip(own, kept(len(own), cuts), strict=True) if stay]
    assert left == typed.split() == [word for word in quoted.split() if word != CUT]
    assert quoted.split().count(CUT) == len(cuts)
    assert all(first.end < second.start for first, second in pairwise(cuts))


@given(WORDS, st.data())
def test_no_quotation_can_be_typed_with_a_word_changed_added_or_moved(
    words: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    added = [*words[:at], "lain", *words[at:]]
    with pytest.raises(BadInput, match="leaving words out") as refused:
        cuts_of(words, " ".join(added))
    assert not any(word in str(refused.value) for word in ("takut", "=1+1"))
    if len(set(words)) == len(words) > 1:
        with pytest.raises(BadInput):
            cuts_of(words, " ".join(reversed(words)))


def test_the_fewest_stretches_are_left_out_and_marks_need_not_be_typed() -> None:
    words = ["a", "b", "a", "b", "c", "d"]
    assert cuts_of(words, "a b c d") == (Cut(0, 2),)
    assert cuts_of(words, "a b [...] c […] d") == (Cut(0, 2),)
    assert cuts_of(words, "b [...]d") == (Cut(0, 1), Cut(2, 5))
    assert cuts_of(words, " ".join(words)) == ()
    for typed in ("", "[...]", "  "):
        with pytest.raises(BadInput, match="must be left"):
            cuts_of(words, typed)


def test_cuts_by_number_are_joined_and_must_be_there() -> None:
    assert checked([Cut(4, 6), Cut(1, 3), Cut(3, 4)], 9) == (Cut(1, 6),)
    for cuts in ([Cut(0, 3)], [Cut(2, 4)], [Cut(1, 1)], [Cut(-1, 1)]):
        with pytest.raises(BadInput):
            checked(cuts, 3)


def test_a_turn_that_is_left_out_whole_leaves_one_mark_and_labels_are_no_words() -> None:
    talk = spoken(("P", "apa kabar"), ("N", "baik, dua"), ("P", "lalu"), ("N", "sudah itu saja"))
    said = said_in(talk, Span(0, len(talk.text)))
    words = [talk.text[one.start : one.end] for one in words_of(talk.text, said)]
    assert words == ["apa", "kabar", "baik,", "dua", "lalu", "sudah", "itu", "saja"]
    cuts = cuts_of(words, "P: apa kabar\nN: saja", labels=("P", "N"))
    assert shortened(talk.text, said, cuts) == ((0, "apa kabar"), (3, f"{CUT} saja"))
    assert shortened(talk.text, said, [Cut(2, 4)]) == (
        (0, "apa kabar"), (1, CUT), (2, "lalu"), (3, "sudah itu saja"),
    )  # fmt: skip
    assert shortened(talk.text, said, [Cut(1, 4)])[:2] == ((0, f"apa {CUT}"), (2, "lalu"))
