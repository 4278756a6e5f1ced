"""Two coders worked through eleven interviews; the sealed key knows every place they part."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from tests.content.double_coding import (
    BIMA,
    SARI,
    Item,
    alpha,
    double_coded,
    has_words,
    items,
    overlap,
    segments,
    turns,
)
from tests.content.test_codebooks import CONFUSED
from tests.content.villages import (
    PROJECT,
    Row,
    codebook,
    marks,
    people,
    rows,
    transcript,
    villages,
)

ROUNDS = {
    "1": ("W01", "W02", "W03", "W04", "W05", "W07", "W22", "W23"),
    "2": ("W13", "W17", "W20b"),
}
CAUSES = {"Pasangan", "Potongan", "Terlewat", "Lain"}
OPPOSITE = ("kapasitas digital/kader digital", "pendukung/champion")
"""The pair that the two understand in opposite ways in the first round."""
KEY = rows("teaching/key.csv")


def in_round(number: str) -> list[Row]:
    return [row for row in KEY if row["round"] == number]


def causes(number: str) -> dict[str, float]:
    """Return which share of the disagreements of a round has each cause."""
    told = Counter(row["cause"].split()[0].rstrip(":") for row in in_round(number))
    return {cause: count / told.total() for cause, count in told.items()}


def disagreements(number: str) -> list[Item]:
    return [item for name in ROUNDS[number] for item in items(name) if item.kind != "agree"]


def working() -> tuple[str, ...]:
    """Return the codes that coders apply: criteria mark them."""
    tops = tomllib.loads((PROJECT / "codebook.toml").read_text(encoding="utf-8"))["code"]
    found = []
    todo = [(code["name"], code) for code in tops]
    while todo:
        path, code = todo.pop()
        if "include" in code:
            found.append(path)
        else:
            todo += [(f"{path}/{finer['name']}", finer) for finer in code.get("code", [])]
    return tuple(sorted(found))


def used(number: str, among: tuple[str, ...]) -> list[str]:
    """Return the codes among some that one of the two has in a round, itself or a finer one."""
    applied = {
        code for name in ROUNDS[number] for coder in (SARI, BIMA) for code in segments(name, coder)
    }
    return [code for code in among if any(f"{path}/".startswith(f"{code}/") for path in applied)]


def asked(number: str, coder: str) -> float:
    """Return which share of a coder's segments reaches into a question."""
    told = [
        any(has_words(name, place, question) for question in turns(name, asked=True))
        for name in ROUNDS[number]
        for places in segments(name, coder).values()
        for place in places
    ]
    return sum(told) / len(told)


def test_both_coders_finished_eight_interviews_and_then_three_others() -> None:
    assert sorted(double_coded()) == sorted(ROUNDS["1"] + ROUNDS["2"])
    for number, names in ROUNDS.items():
        assert {row["document"] for row in in_round(number)} == set(names)
    coded = {row["document"] for row in rows("codings.csv") if row["coder"] == BIMA}
    assert coded == set(double_coded())


def test_the_eight_have_every_role_and_two_or_three_of_each_village() -> None:
    role = {row["name"]: row["peran"] for row in people()}
    heard = {
        role[row["case"]]
        for row in rows("speakers.csv")
        if row["document"] in ROUNDS["1"] and row["case"]
    }
    assert heard == set(role.values())
    assert Counter(villages()[name] for name in ROUNDS["1"]) == {"A": 3, "B": 2, "C": 3}
    assert Counter(villages()[name] for name in ROUNDS["2"]) == {"A": 1, "B": 1, "C": 1}


def test_what_was_finished_under_an_earlier_codebook_is_coded_once() -> None:
    early = {row["name"] for row in rows("documents.csv") if row["codebook"]}
    assert early
    assert not early & set(double_coded())


@pytest.mark.parametrize("number", ROUNDS)
def test_every_disagreement_has_one_row_of_the_key_and_every_row_a_disagreement(
    number: str,
) -> None:
    parted = Counter(
        (item.document, *item.hull, item.sari, item.bima, item.kind)
        for item in disagreements(number)
    )
    sealed = Counter(
        (
            row["document"],
            int(row["start"]),
            int(row["end"]),
            row["code sari"],
            row["code bima"],
            row["type"],
        )
        for row in in_round(number)
    )
    assert parted == sealed
    assert set(parted.values()) == {1}


def test_rows_of_the_key_repeat_the_words_of_their_place_and_say_why_and_what_now() -> None:
    for row in KEY:
        text = transcript(row["document"]).text
        assert text[int(row["start"]) : int(row["end"])] == row["words"], row
        assert row["cause"].split()[0].rstrip(":") in CAUSES
        assert row["cause"].partition(": ")[2].endswith(".")
        assert row["answer"].endswith(".")
        assert {row["code sari"], row["code bima"]} - {""} <= set(codebook())


def test_nothing_to_be_settled_touches_what_is_not_to_be_used() -> None:
    for row in KEY:
        for flag in marks():
            marked = int(flag["start"]), int(flag["end"])
            near = overlap(marked, (int(row["start"]), int(row["end"]))) > 0
            assert flag["document"] != row["document"] or not near, row


def test_most_of_the_first_round_parts_along_pairs_and_the_rest_by_cuts_and_misses() -> None:
    shares = causes("1")
    assert shares["Pasangan"] >= 0.5
    assert shares["Potongan"] >= 0.1
    assert shares["Terlewat"] >= 0.1
    assert shares.get("Lain", 0) <= 0.1


def test_along_a_pair_means_along_one_that_the_codebook_sets_apart() -> None:
    pairs = {frozenset(path.rpartition("/")[2] for path in pair) for pair in CONFUSED}
    named = {
        frozenset(row["cause"].partition(": ")[0].removeprefix("Pasangan ").split("/"))
        for row in KEY
        if row["cause"].startswith("Pasangan ")
    }
    assert named == pairs


@pytest.mark.parametrize("code", OPPOSITE)
def test_opposite_understandings_of_a_code_are_mended_by_the_second_round(code: str) -> None:
    assert 0.2 <= alpha(ROUNDS["1"], code) <= 0.45
    assert alpha(ROUNDS["2"], code) >= 0.75


def test_in_the_first_round_the_two_agree_on_the_whole_but_not_well() -> None:
    first = alpha(ROUNDS["1"], *used("1", working()))
    assert 0.6 <= first <= 0.8
    assert alpha(ROUNDS["2"], *used("2", working())) > first


def test_turns_are_short_enough_to_be_the_unit() -> None:
    for name in double_coded():
        said = transcript(name).text
        assert max(len(said[start:end].split()) for start, end in turns(name)) <= 120


@pytest.mark.parametrize("number", ROUNDS)
def test_bima_codes_the_question_too_and_sari_hardly_ever(number: str) -> None:
    assert asked(number, SARI) < 0.1
    assert asked(number, BIMA) > max(0.1, 3 * asked(number, SARI))


@pytest.mark.parametrize("number", ROUNDS)
def test_where_one_cuts_it_is_sari_and_where_one_lumps_it_is_bima(number: str) -> None:
    cut = [item.places for item in disagreements(number) if item.kind == "cut"]
    assert cut
    for sari, bima in cut:
        assert len(sari) > len(bima) == 1


def test_each_misses_something_and_sari_is_not_always_right() -> None:
    for number in ROUNDS:
        missed = {item.kind for item in disagreements(number)}
        assert {"missed by sari", "missed by bima"} <= missed
        answers = [row["answer"] for row in in_round(number)]
        assert sum("Bima benar" in answer for answer in answers) >= 1
        assert sum("Kedua" in answer for answer in answers) >= 1


def test_the_readme_names_the_documents_of_each_round_and_counts_what_parts_them() -> None:
    told = (PROJECT / "README.md").read_text(encoding="utf-8")
    for number, names in ROUNDS.items():
        assert f"| {number} | {', '.join(names)} | {len(in_round(number))} |" in told
        assert f"in round {number} ({len(in_round(number))}" in told
