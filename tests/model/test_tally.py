"""Tallies as they are read, and the codes they stand for."""

from __future__ import annotations

from qcode.model.tally import CaseRow, Row, Tallies, Tally, by_code

NAMES: tuple[dict[int, str], ...] = ({1: "kader"}, {3: "W1"}, {5: "sari"}, {7: "Ana"})
ROWS: list[Row] = [(1, 3, 5, 2, 9)]
SPOKEN: list[CaseRow] = [(1, 3, 7, 5, 1, 4)]
EACH = (Tally("kader", "", "W1", "sari", 2, 9), Tally("kader", "Ana", "W1", "sari", 1, 4))


def test_tallies_are_the_values_that_their_numbers_stand_for() -> None:
    tallies = Tallies(ROWS, SPOKEN, NAMES)
    assert (len(tallies), tuple(tallies), tallies[1], tallies[:1]) == (2, EACH, EACH[1], EACH[:1])
    assert not Tallies([], [], NAMES)
    assert tuple(Tallies([], [], NAMES)) == ()


def test_codes_stand_where_the_tallies_say_however_they_were_read() -> None:
    wanted = {"kader": {"W1": (2, 9)}}, {"kader": [("W1", "Ana")]}
    assert by_code(Tallies(ROWS, SPOKEN, NAMES)) == by_code(EACH) == wanted
