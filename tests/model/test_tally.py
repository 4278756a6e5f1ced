"""Tallies as they are read, and the codes they stand for."""

from __future__ import annotations

from qcode.model.tally import Row, Tallies, Tally, by_code

NAMES: tuple[dict[int | None, str], ...] = (
    {1: "kader"},
    {None: "", 7: "Ana"},
    {3: "W1"},
    {5: "sari"},
)
ROWS: list[Row] = [(1, None, 3, 5, 2, 9), (1, 7, 3, 5, 1, 4)]
EACH = (Tally("kader", "", "W1", "sari", 2, 9), Tally("kader", "Ana", "W1", "sari", 1, 4))


def test_tallies_are_the_values_that_their_numbers_stand_for() -> None:
    tallies = Tallies(ROWS, NAMES)
    assert (len(tallies), tuple(tallies), tallies[1], tallies[:1]) == (2, EACH, EACH[1], EACH[:1])
    assert not Tallies([], NAMES)
    assert tuple(Tallies([], NAMES)) == ()


def test_codes_stand_where_the_tallies_say_however_they_were_read() -> None:
    wanted = {"kader": {"W1": (2, 9)}}, {"kader": [("W1", "Ana")]}
    assert by_code(Tallies(ROWS, NAMES)) == by_code(EACH) == wanted
