"""Which words are closed, to the letter."""

from __future__ import annotations

import pytest

from qcode.analysis.releasing import REFUSED, closed, withheld
from qcode.model.case import Case, Consent, Participation
from qcode.model.document import Speaker, Transcript, Turn
from qcode.model.hearing import Hearing, hearing_of
from qcode.model.span import Span

TEXT = "P: ya?\nA: satu \nB: dua\n"
TRANSCRIPT = Transcript(TEXT, (Turn(0, 3, 7, "P"), Turn(7, 10, 16, "A"), Turn(16, 19, 23, "B")))


def hearing() -> Hearing[str]:
    speakers = [Speaker("p", "d", "P", "interviewer"), Speaker("a", "d", "A", "participant"),
                Speaker("b", "d", "B", "unknown")]  # fmt: skip
    parts = [Participation(f"{who}{who}", "d", who.upper(), who) for who in "ab"]
    return hearing_of(TRANSCRIPT, speakers, parts)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("ya?", ""),
        ("satu", REFUSED),
        ("u \n", REFUSED),
        # Blanks and labels are nobody's words.
        (" \nB: dua", ""),
        ("ya?\nA: ", ""),
        ("ya?\nA: s", REFUSED),
        ("dua", ""),
    ],
)
def test_a_passage_is_withheld_for_a_single_letter_of_who_refused(words: str, reason: str) -> None:
    refused = Case("A", "informant", "A", consent=Consent(quotation=False))
    stretches = closed(hearing(), [], {"A": refused, "B": Case("B", "informant", "B")})
    start = TEXT.index(words)
    assert withheld(TRANSCRIPT, stretches, Span(start, start + len(words))) == reason


def test_only_turns_with_words_in_a_stretch_are_spoken_in_it() -> None:
    start = TEXT.index(" \nB")
    assert [turn.speaker for turn, _said in hearing().spoken(Span(start, len(TEXT)))] == ["B"]
