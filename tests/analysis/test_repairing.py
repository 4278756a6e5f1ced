"""A turn is repaired: everything outside it stays on its words, and there is a way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.repairing import Repair, bounds, join, places, respeak, reword, split
from qcode.errors import Refused
from qcode.model.document import Transcript, Turn, carry, inverse, paragraphs

WORDS = ("iya,", "betul", "anak", "HP", "😀", "👩🏽‍🌾", "cafe\u0301", "नदी", "ngg...", "(.)", "بيت")
SAYING = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
HEADS = ("{}: ", "**{}:** ", "[00:01:02] {}: ", "{} (00:12)\n", "{}1: ", "")


def made(turns: list[tuple[str, str, str]], ending: str = "\n") -> Transcript:
    """Return a transcript of (head with {} for the label, label, words)."""
    text, found = "", []
    for head, label, words in turns:
        start = len(text)
        text += head.format(label) + words + ending
        time = next((one for one in ("00:01:02", "00:12") if one in head), "")
        found.append(Turn(start, start + len(head.format(label)), len(text), label, time))
    return Transcript(text, tuple(found))


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    ending = draw(st.sampled_from(("\n", "\n\n", " ")))
    turn = st.tuples(st.sampled_from(HEADS), st.sampled_from(("P", "N", "Bu Ani")), SAYING)
    return made(draw(st.lists(turn, min_size=2, max_size=6)), ending)


def at_some_word(transcript: Transcript, number: int, data: st.DataObject) -> int:
    start, end = bounds(transcript, number)
    return data.draw(st.integers(start, end))


def said(one: Transcript) -> list[str]:
    return "".join(one.text[turn.said : turn.end] for turn in one.turns).split()


Way = Callable[[Transcript, int, st.DataObject], Repair]
WAYS: dict[str, Way] = {
    "reword": lambda one, number, data: reword(one, number, data.draw(SAYING)),
    "respeak": lambda one, number, data: respeak(
        one, number, data.draw(st.sampled_from(("P", "N", "Bu Ani", "Pak Édi 😀")))
    ),
    "split": lambda one, number, data: split(one, at_some_word(one, number, data)),
    "join": lambda one, number, _data: join(one, number),
}


@pytest.mark.parametrize("way", WAYS)
@given(old=transcripts(), data=st.data())
def test_outside_the_repaired_turn_every_span_keeps_its_words(
    way: str, old: Transcript, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(old.turns) - 1))
    try:
        repair = WAYS[way](old, number, data)
    except Refused:
        return
    touched = old.turns[number : number + (2 if way == "join" else 1)]
    first, last = touched[0].start, touched[-1].end
    start = data.draw(st.integers(0, len(old.text) - 1))
    end = data.draw(st.integers(start + 1, len(old.text)))
    new, back = repair.transcript, inverse(repair.splices)
    if end <= first or start >= last:
        low, high = carry(start, end, repair.splices)
        assert new.text[low:high] == old.text[start:end]
        assert carry(low, high, back) == (start, end)
    for splice in repair.splices:
        assert first <= splice.start <= splice.end <= last
    grown = sum(one.length - (one.end - one.start) for one in repair.splices)
    assert len(new.text) == len(old.text) + grown
    assert inverse(back) == repair.splices
    assert old.turns[:number] == new.turns[:number]
    if way in ("respeak", "join"):
        assert said(new) == said(old)


@given(old=transcripts(), data=st.data())
def test_a_split_turn_that_is_joined_again_reads_as_before(
    old: Transcript, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(old.turns) - 1))
    at = at_some_word(old, number, data)
    try:
        parts = split(old, at).transcript
    except Refused:
        return
    again = join(parts, number).transcript
    assert "".join(again.text.split()) == "".join(old.text.split())
    if old.text[at - 1].isspace() or old.text[at].isspace():
        assert again == old


TWO = made([("{}: ", "P", "Siapa yang mengajari Ibu?"),
            ("{}: ", "N", "Ya diajari anak muda sini, Bu Ani. Sabar dia. P: Lalu?"),
            ("[00:01:02] {}: ", "P", "Takut?"), ("{}: ", "N", "Dulu takut.")])  # fmt: skip


def carried(words: str, repair: Repair) -> str:
    start = TWO.text.index(words)
    low, high = carry(start, start + len(words), repair.splices)
    return repair.transcript.text[low:high]


def test_other_words_leave_the_rest_of_the_turn_in_place() -> None:
    repair = reword(TWO, 1, "Ya diajari cucu saya,\nBu Ani. Sabar sekali dia.")
    assert carried("Bu Ani. Sabar", repair) == "Bu Ani. Sabar"
    assert carried("Ya diajari", repair) == "Ya diajari"
    assert carried("anak muda sini", repair) == "cucu saya"
    assert repair.transcript.turns[1].speaker == "N"


def test_the_label_in_the_text_is_the_new_one() -> None:
    assert respeak(TWO, 2, "Bu Tri").transcript.text.split("\n")[2] == "[00:01:02] Bu Tri: Takut?"
    numbered = made([("{}12: ", "P", "Ya."), ("{}13: ", "J", "P ya.")])
    assert respeak(numbered, 0, "J").transcript.text.startswith("J12: Ya.")
    bare = made([("", "", "Pembuka."), ("{}: ", "P", "Ya.")])
    repair = respeak(bare, 0, "P")
    assert repair.transcript.text == "P: Pembuka.\nP: Ya.\n"
    assert carry(0, 8, repair.splices) == (3, 11)


def test_the_second_part_of_a_split_turn_is_the_other_speakers_with_a_label_like_his() -> None:
    at = TWO.text.index("P: Lalu?") + 3
    first = reword(TWO, 1, "Ya diajari anak. Lalu?").transcript
    repair = split(first, first.text.index("Lalu?"))
    assert repair.transcript.text.split("\n")[1:3] == ["N: Ya diajari anak.", "P: Lalu?"]
    assert [turn.speaker for turn in repair.transcript.turns] == ["P", "N", "P", "P", "N"]
    assert repair.transcript.turns[2].time == ""
    assert "\nBu Tri: Lalu?" in split(TWO, at, "Bu Tri").transcript.text
    bold = made([("**{} 1:** ", "P", "Ya."), ("**{} 2:** ", "N", "Anak. Lalu?")], "\n\n")
    other = split(bold, bold.text.index("Lalu")).transcript.text
    assert other.endswith("**N 2:** Anak.\n\n**P:** Lalu?\n\n")


def test_paragraphs_without_speakers_are_split_and_joined_without_labels() -> None:
    plain = Transcript("satu dua\ntiga\n", paragraphs("satu dua\ntiga\n"))
    parts = split(plain, 5).transcript
    assert parts.text == "satu\ndua\ntiga\n"
    assert join(parts, 1).transcript.text == "satu\ndua tiga\n"
    with pytest.raises(Refused, match="nobody has a label"):
        respeak(plain, 0, "P")


def test_a_turn_without_words_gets_some_on_its_own_line() -> None:
    silent = Transcript("N:\nP: Ya.\n", (Turn(0, 3, 3, "N"), Turn(3, 6, 10, "P")))
    assert reword(silent, 0, "…").transcript.text == "N: …\nP: Ya.\n"
    assert join(silent, 0).transcript.text == "N:\nYa.\n"
    other = Transcript("P: Ya.\nN: \n", (Turn(0, 3, 7, "P"), Turn(7, 10, 11, "N")))
    assert join(other, 0).transcript.text == "P: Ya.\n"


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="without words"):
        reword(TWO, 0, " \n ")
    with pytest.raises(Refused, match="already"):
        respeak(TWO, 0, "P")
    with pytest.raises(Refused, match="between two of its words"):
        split(TWO, 3)
    with pytest.raises(Refused, match="last turn"):
        join(TWO, 3)


def test_a_correction_is_told_with_a_few_words_around_it() -> None:
    repair = reword(TWO, 1, "Ya diajari cucu saya, Bu Ani. Sabar dia. P: Lalu?")
    (place,) = places(TWO, repair, 2)
    assert (place.turn, place.before, place.after) == (
        1, "… Ya diajari anak muda sini, Bu Ani. …", "… Ya diajari cucu saya, Bu Ani. …"
    )  # fmt: skip
