"""Real transcripts give the speakers that a reader sees in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.formats.transcripts import Reading, likely_interviewer, read, voices

TURNS = {
    "Ana": 246,
    "David": 74,
    "Jessica": 147,
    "Kelly": 142,
    "Lisa": 100,
    "Michelle": 128,
    "Pauline": 179,
    "Penni": 201,
    "Peter": 98,
    "Robert": 121,
    "Sam": 84,
    "Stephen": 104,
}
TWINS = ("David", "Jessica", "Kelly", "Pauline", "Penni", "Peter", "Sam")
WITH_CONTROLS = {"Ana": 8_800, "Lisa": 10_039, "Stephen": 8_378}
"""Words by white space; Lisa has one more than a count that passes over soft line breaks."""


def interview(shared: Path, file: str) -> Reading:
    return read(shared / "corpora" / "sheffield" / file)


@pytest.mark.parametrize("name", sorted(TURNS))
def test_an_interview_has_its_two_voices(shared: Path, name: str) -> None:
    reading = interview(shared, f"{name}.txt")
    found = voices(reading.transcript)
    assert {voice.label for voice in found} == {"Researcher 1", name}
    assert sum(voice.turns for voice in found) == TURNS[name]
    assert likely_interviewer(found) == "Researcher 1"
    assert not reading.warnings
    assert [turn.speaker for turn in reading.transcript.turns].count("") == 1


@pytest.mark.parametrize("name", TWINS)
def test_a_word_file_says_what_its_text_twin_says(shared: Path, name: str) -> None:
    word, plain = interview(shared, f"{name}.docx"), interview(shared, f"{name}.txt")
    assert word.transcript.text.split() == plain.transcript.text.split()
    assert voices(word.transcript) == voices(plain.transcript)


@pytest.mark.parametrize("name", sorted(WITH_CONTROLS))
def test_content_controls_are_read(shared: Path, name: str) -> None:
    transcript = interview(shared, f"{name}.docx").transcript
    assert len(transcript.text.split()) == WITH_CONTROLS[name]
    assert {voice.label for voice in voices(transcript)} == {"Researcher 1", name}


def test_comments_in_a_word_file_are_reported(shared: Path) -> None:
    assert "9 comments" in interview(shared, "David.docx").warnings[0]


@pytest.mark.parametrize(
    ("pattern", "labels", "timed"),
    [
        ("2020/*/*.md", ["Jonas Rosland", "Danny Silvers"], 59),
        ("2021/Wintermoor*/*.md", ["Jonas Rosland", "Ben Walker", "Kyla Fury", "Ryan Anderson"], 3),
        ("2021/Redstart*/*.md", ["Jonas Rosland", "Jon Lawitts", "Vicky Wei", "Rich McGrath"], 0),
        ("2022/Legends*/*.md", ["Jonas Rosland", "Jaiden Alemni"], 123),
        ("2023/Artemio*/interview*.md", [], 1087),
        ("2023/Goodboy*/*.txt", [], 753),
        ("../noscribe/interview.txt", ["S01", "S00", "S02"], 55),
    ],
)
def test_machine_transcripts_give_their_speakers_and_times(
    shared: Path, pattern: str, labels: list[str], timed: int
) -> None:
    hitsave = shared / "corpora" / "hitsave"
    plain = hitsave / pattern if "*" not in pattern else next(iter(hitsave.glob(pattern)))
    transcript = read(plain).transcript
    assert list(transcript.speakers) == labels
    assert sum(bool(turn.time) for turn in transcript.turns) == timed


def test_a_list_of_sentences_has_no_speakers(shared: Path) -> None:
    assert not read(shared / "corpora" / "talpco" / "talpco_ind.txt").transcript.speakers
