from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import BadInput
from qcode.model.narrative import Piece, between, ordered
from qcode.model.summary import Drift, Rest, drift


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 2**32)), max_size=80))
def test_a_piece_can_stand_between_any_two_and_no_other_one_is_touched(
    puts: list[tuple[float, int]],
) -> None:
    keys: list[str] = []
    for where, number in puts:
        at = round(where * len(keys))
        low = keys[at - 1] if at else ""
        high = keys[at] if at < len(keys) else ""
        key = between(low, high, f"{number:032x}")
        assert low < key
        assert not high or key < high
        keys.insert(at, key)
    assert keys == sorted(set(keys))


def test_pieces_that_two_copies_put_at_one_place_have_room_between_them() -> None:
    low, high = between("", "", "a1"), between(between("", "", "a1"), "", "a2")
    one, other = sorted(between(low, high, f"{number:032x}") for number in (7, 8))
    assert low < one < between(one, other, "c" * 32) < other < high


def test_a_long_story_has_short_keys_at_whichever_end_it_grows() -> None:
    for ends in ((False,), (True,), (False, True)):
        keys = [between("", "", "0" * 32)]
        rng = random.Random(1)
        for number in range(5_000):
            id = f"{number:032x}"
            if rng.choice(ends):
                keys.insert(0, between("", keys[0], id))
            else:
                keys.append(between(keys[-1], "", id))
        assert keys == sorted(set(keys))
        assert max(map(len, keys)) <= 12


def test_pieces_are_told_in_the_order_of_their_keys_then_ids() -> None:
    made = [Piece(id, "c", "heading", order, "x") for id, order in (("2", "b"), ("1", "b"),
                                                                    ("3", "a"))]  # fmt: skip
    assert [one.id for one in ordered(made)] == ["3", "1", "2"]
    with pytest.raises(BadInput, match="one of heading, sentence, passage"):
        Piece("1", "c", "poem", "a", "x")


def test_what_changed_under_a_summary_is_counted_by_passage() -> None:
    a, b, c = (Rest(name, "v", 1, 5, "same") for name in "abc")
    assert not drift([a, b], [b, a])
    moved = Rest("b", "v", 1, 9, "same")
    reworded = Rest("a", "v", 1, 5, "changed")
    assert drift([a, b], [reworded, moved, c]) == Drift(new=1, gone=0, changed=2)
    assert drift([a, b], [c]) == Drift(new=1, gone=2, changed=0)
