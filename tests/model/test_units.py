from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.model.document import Transcript, Turn, paragraphs
from qcode.model.span import Span
from qcode.model.units import UNITS, Unit, Units

LINES = (
    ("P", "Waktu awal bagaimana, Bu?"),
    ("P", "Masih ingat?"),
    ("N", "Ya itu. Saya takut, 'sungguh' (multi-kanal)."),
    ("", "   "),
    ("P", "Lalu?"),
    ("N", "Sudah."),
)
KINDS = ("interviewer", "interviewer", "participant", "unknown", "interviewer", "participant")


def transcript(lines: tuple[tuple[str, str], ...] = LINES) -> Transcript:
    text = ""
    turns: list[Turn] = []
    for speaker, words in lines:
        start = len(text)
        label = f"{speaker}: " if speaker else ""
        text += f"{label}{words}\n"
        turns.append(Turn(start, start + len(label), len(text), speaker))
    return Transcript(text, tuple(turns))


SPOKEN = transcript()
UNDER = Units(SPOKEN, KINDS)


def words_of(span: Span | None) -> str:
    return SPOKEN.text[span.start : span.end] if span else ""


def at(words: str) -> int:
    return SPOKEN.text.index(words)


@pytest.mark.parametrize(
    ("unit", "place", "found"),
    [
        ("word", "awal", "awal"),
        ("word", "'sungguh'", "sungguh"),
        ("word", "kanal)", "multi-kanal"),
        ("sentence", "takut", "Saya takut, 'sungguh' (multi-kanal)."),
        ("sentence", " Saya", "Saya takut, 'sungguh' (multi-kanal)."),
        ("sentence", "N: Ya", "Ya itu."),
        ("turn", "N: Ya", "Ya itu. Saya takut, 'sungguh' (multi-kanal)."),
        ("turn", "   \nP", ""),
        ("sentence", "   \nP", ""),
        ("exchange", "Lalu", "Lalu?\nN: Sudah."),
    ],
)
def test_a_unit_is_found_by_any_place_in_it(unit: Unit, place: str, found: str) -> None:
    assert words_of(UNDER.at(unit, at(place))) == found


def test_an_exchange_runs_from_the_first_question_to_the_last_word_of_the_answer() -> None:
    span = UNDER.at("exchange", at("Saya takut"))
    assert words_of(span).startswith("Waktu awal")
    assert words_of(span).endswith("(multi-kanal).")


def test_without_interviewers_every_turn_is_an_exchange() -> None:
    units = Units(SPOKEN)
    assert units.at("exchange", at("Lalu")) == units.at("turn", at("Lalu"))


def test_what_comes_before_the_first_question_is_an_exchange_too() -> None:
    units = Units(SPOKEN, ("participant", *KINDS[1:]))
    assert words_of(units.at("exchange", 0)) == "Waktu awal bagaimana, Bu?"


def test_motions_by_word_pass_over_labels_and_marks_around_words() -> None:
    reached: list[str] = []
    place = at("Bu?")
    while place < at("takut"):
        reached.append(SPOKEN.text[place : place + 4])
        place = UNDER.next("word", place) or len(SPOKEN.text)
    assert reached == ["Bu?\n", "Masi", "inga", "Ya i", "itu.", "Saya"]


def walked(step: Callable[[Unit, int], int | None], unit: Unit, place: int) -> list[int]:
    reached: list[int] = []
    while (onward := step(unit, place)) is not None:
        reached.append(onward)
        place = onward
    return reached


@pytest.mark.parametrize("unit", UNITS)
def test_going_back_visits_what_going_on_visited(unit: Unit) -> None:
    onward = walked(UNDER.next, unit, 0)
    assert onward
    assert walked(UNDER.previous, unit, len(SPOKEN.text)) == onward[::-1]


def test_an_empty_transcript_has_no_units() -> None:
    units = Units(Transcript("", ()))
    for unit in UNITS:
        assert units.at(unit, 0) is None
        assert units.next(unit, 0) is None
        assert units.previous(unit, 0) is None


def test_a_label_alone_has_a_word_under_the_cursor_and_nothing_to_code() -> None:
    text = "INT: \n"
    units = Units(Transcript(text, (Turn(0, 5, 6, "INT"),)))
    assert units.at("word", 1) == Span(0, 3)
    assert units.at("word", 5) is None
    assert units.at("turn", 1) is None
    assert units.at("exchange", 1) is None
    assert units.next("word", 0) is None
    assert units.previous("word", 6) is None


def test_who_speaks_decides_whether_a_turn_is_heard() -> None:
    assert [UNDER.heard(turn) for turn in range(6)] == [False, False, True, True, False, True]


@given(st.text("ab .,\n(\u0301水", max_size=60), st.integers(0, 59))
def test_units_hold_no_outer_blanks_and_grow_from_word_to_exchange(text: str, place: int) -> None:
    whole = Transcript(text, paragraphs(text))
    units = Units(whole)
    found = [span for unit in UNITS if (span := units.at(unit, min(place, len(text))))]
    for span in found:
        words = text[span.start : span.end]
        assert words == words.strip()
        assert words
    for inner, outer in pairwise(found[1:]):
        assert outer.contains(inner)


def test_every_turn_needs_a_kind_of_speaker() -> None:
    with pytest.raises(ValueError, match="every turn"):
        Units(SPOKEN, ("participant",))
