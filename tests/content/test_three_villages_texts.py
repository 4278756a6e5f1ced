"""The texts of the three villages: their length, their places, and that none repeats another."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from itertools import combinations, groupby, pairwise

import pytest

from qcode.formats.transcripts.reading import read
from qcode.model.document import count_words
from tests.content.villages import (
    INTERVIEWS,
    NAMES,
    NOTES,
    NOTICE,
    PAPERS,
    PROJECT,
    marks,
    rows,
    spoken,
    transcript,
    villages,
    words_at,
)

FULL = ("W10", "W17", "W21")
RUN = 6
ALIKE = 2 / 3
"""A share of the steps of the longer of two interviews that they may not have in one order."""


@pytest.mark.parametrize("name", NAMES)
def test_every_text_begins_with_the_notice_and_is_as_long_as_promised(name: str) -> None:
    text = transcript(name).text
    assert text.startswith(f"{NOTICE}\n")
    low, high = (700, 1200)
    if name in FULL:
        low, high = (3000, 4500)
    elif name in NOTES or name in PAPERS:
        low, high = (300, 600)
    assert low <= count_words(text) <= high


def test_one_interview_of_each_village_is_full_and_all_together_are_long() -> None:
    assert [villages()[name] for name in FULL] == ["A", "B", "C"]
    roles = {row["name"]: row["peran"] for row in rows("cases.csv")}
    assert [roles[name] for name in FULL] == ["pelaku UMKM", "pendamping komunitas", "aparat desa"]
    assert sum(count_words(transcript(name).text) for name in INTERVIEWS) > 28_000


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_plain_utf_8_and_read_without_a_warning(name: str) -> None:
    path = PROJECT / "transcripts" / f"{name}.txt"
    reading = read(path)
    assert reading.warnings == ()
    assert path.read_bytes().decode().replace("\r\n", "\n") == reading.transcript.text


def test_no_two_texts_share_a_run_of_words() -> None:
    held: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in NAMES:
        words = spoken(name)
        for at in range(len(words) - RUN + 1):
            held[words[at : at + RUN]].add(name)
    assert {" ".join(run): names for run, names in held.items() if len(names) > 1} == {}


def steps(name: str) -> list[str]:
    """Return the groups of codes that an interview goes through, as sari coded it."""
    own = [row for row in rows("codings.csv") if row["document"] == name and row["coder"] == "sari"]
    own.sort(key=lambda row: (int(row["start"]), int(row["end"]), row["code"]))
    return [group for group, _same in groupby(row["code"].split("/")[0] for row in own)]


def common(one: list[str], other: list[str]) -> int:
    """Return how many steps two interviews have in the same order, with others between."""
    best = [0] * (len(other) + 1)
    for step in one:
        row = [0]
        for at, (skipped, taken) in enumerate(pairwise(best)):
            row.append(skipped + 1 if other[at] == step else max(taken, row[-1]))
        best = row
    return best[-1]


def test_no_two_interviews_go_through_the_themes_in_the_same_order() -> None:
    order = {name: steps(name) for name in INTERVIEWS}
    for one, other in combinations(INTERVIEWS, 2):
        longer = max(len(order[one]), len(order[other]))
        assert common(order[one], order[other]) < ALIKE * longer, (one, other)


def test_no_two_interviews_begin_or_end_alike() -> None:
    for at in (0, -1):
        said = Counter(
            transcript(name).text[turn.said : turn.end].strip().casefold()
            for name in INTERVIEWS
            for turn in [[turn for turn in transcript(name).turns if turn.speaker][at]]
        )
        assert max(said.values()) == 1, said.most_common(1)


@pytest.mark.parametrize("name", NAMES)
def test_the_speakers_named_are_the_labels_of_the_text(name: str) -> None:
    named = {row["label"] for row in rows("speakers.csv") if row["document"] == name}
    if name in INTERVIEWS:
        assert named == set(transcript(name).speakers)
    else:
        assert (named, tuple(transcript(name).speakers)) == ({""}, ())


def test_the_words_of_every_coding_stand_at_its_place() -> None:
    for row in rows("codings.csv"):
        assert words_at(row, row["document"]) == row["words"], row
        assert row["words"].strip() == row["words"] != "", row


def test_codings_are_in_order_and_none_is_given_twice() -> None:
    places = [
        (
            NAMES.index(row["document"]),
            int(row["start"]),
            int(row["end"]),
            row["code"],
            row["coder"],
        )
        for row in rows("codings.csv")
    ]
    assert places == sorted(set(places))


def test_every_flag_and_every_memo_on_a_passage_holds_words() -> None:
    for row in rows("flags.csv"):
        assert words_at(row, row["document"]).strip(), row
    for row in rows("memos.csv"):
        placed = row["about kind"] == "passage"
        assert bool(row["start"]) == bool(row["end"]) == placed, row
        assert not placed or words_at(row, row["about name"]).strip(), row


def test_what_was_not_to_leave_the_room_is_flagged() -> None:
    assert [(row["document"], row["kind"]) for row in marks()] == [
        ("W03", "off the record"),
        ("W09", "not to be used"),
        ("W10", "not to be used"),
        ("W10", "not to be used"),
        ("W17", "off the record"),
        ("W23", "not to be used"),
    ]


def test_what_a_participant_did_not_want_used_is_flagged_too() -> None:
    refused = [row for row in rows("answers.csv") if row["answer"] in ("do not use", "withdraw")]
    places = {(row["document"], f"{row['start']}-{row['end']}") for row in marks()}
    assert [(row["document"], row["own"]) for row in refused] == [("W10", "12274-12321")]
    assert {(row["document"], row["own"]) for row in refused} <= places


def test_questions_of_the_guide_are_asked_by_interviewers() -> None:
    asking = {
        (row["document"], row["label"])
        for row in rows("speakers.csv") if row["kind"] == "interviewer"
    }  # fmt: skip
    for row in rows("askings.csv"):
        text = transcript(row["document"])
        turn = text.turns[text.turn_index(int(row["start"]))]
        assert (turn.said, turn.end) == (int(row["start"]), int(row["end"]))
        assert (row["document"], turn.speaker) in asking, row


def test_the_gloss_explains_words_that_are_said() -> None:
    with (PROJECT / "gloss.csv").open(encoding="utf-8", newline="") as lines:
        gloss = list(csv.DictReader(lines))
    assert list(gloss[0]) == ["javanese", "indonesian", "english"]
    assert 100 <= len(gloss) <= 150
    assert [row["javanese"] for row in gloss] == sorted({row["javanese"] for row in gloss})
    said = " ".join(word for name in NAMES for word in spoken(name))
    for row in gloss:
        word = " ".join(re.findall(r"\w+", row["javanese"]))
        assert f" {word} " in said, row
        assert all(row.values()), row
