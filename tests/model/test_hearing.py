"""Whose words the turns of one document are."""

from __future__ import annotations

from qcode.model.document import Transcript, Turn
from qcode.model.hearing import Hearing
from qcode.model.span import Span

TEXT = "P: apa\nN: satu\nM: dua tiga\n"
TURNS = (Turn(0, 3, 7, "P"), Turn(7, 10, 15, "N"), Turn(15, 18, 27, "M"))


def test_who_takes_part_as_a_whole_has_the_turns_of_nobody_in_particular() -> None:
    heard: Hearing[str] = Hearing(
        Transcript(TEXT, TURNS), {"P": "interviewer"}, {"N": ["ani"]}, ["desa"]
    )
    assert [tuple(heard.of(turn)) for turn in TURNS] == [(), ("ani",), ("desa",)]
    everything = heard.count([Span(0, len(TEXT))])
    assert everything == {None: (1, 3), "ani": (1, 1), "desa": (1, 2)}
