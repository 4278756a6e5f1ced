"""Of what kind a disagreement is."""

from __future__ import annotations

from qcode.analysis.agreement.marking import Marking
from qcode.analysis.disagreement import Disagreement, confusion, disagreements, places

Marks = dict[str, dict[str, list[tuple[int, int]]]]
ABOVE = {("dampak", "omzet"), ("omzet", "dampak")}


def found(
    marks: Marks, text: str = "", lacking: dict[str, frozenset[str]] | None = None
) -> list[Disagreement]:
    marking = Marking("d", 200, ("A", "B"), marks, lacking or {})
    items = disagreements(marking, "A", "B", lambda one, other: (one, other) in ABOVE, text)
    return sorted(items, key=lambda one: (one.start, one.code))


def kinds(marks: Marks, text: str = "") -> list[str]:
    return [f"{one.kind} by {one.by}" if one.by else one.kind for one in found(marks, text)]


def test_the_same_words_with_other_marks_around_them_agree() -> None:
    text = "Ya, diajari anak saya. Lalu bisa."
    first, second = (0, 22), (4, 21)
    assert text[slice(*second)] == "diajari anak saya"
    assert kinds({"c": {"A": [(4, 22)], "B": [second]}}, text) == ["agree"]
    assert kinds({"c": {"A": [first], "B": [second]}}, text) == ["boundary"]
    assert kinds({"c": {"A": [(4, 22)], "B": [second]}}) == ["boundary"]
    assert kinds({"c": {"A": [(2, 3)], "B": [(2, 4)]}}, text) == ["boundary"]


def test_one_passage_lumped_and_split_is_one_item() -> None:
    assert kinds({"c": {"A": [(0, 100)], "B": [(0, 30), (35, 60)]}}) == ["cut"]
    (item,) = found({"c": {"A": [(0, 100)], "B": [(0, 30), (35, 60)]}})
    assert (item.start, item.codes) == (0, frozenset("c"))


def test_a_code_above_goes_before_another_code_that_overlaps_more() -> None:
    marks: Marks = {"omzet": {"A": [(0, 40)]}, "dampak": {"B": [(30, 60)]},
                    "kader": {"B": [(0, 29)]}}  # fmt: skip
    assert kinds(marks) == ["missed by A", "level"]
    marks["kader"]["A"] = [(70, 90)]
    assert kinds(marks).count("missed by B") == 1


def test_what_overlaps_most_is_matched_first_and_once() -> None:
    marks: Marks = {"a": {"A": [(0, 50)]}, "b": {"B": [(0, 10)]}, "c": {"B": [(12, 50)]},
                    "e": {"A": [(60, 70)]}, "f": {"B": [(65, 80), (100, 110)]}}  # fmt: skip
    items = {(one.kind, one.code, one.other) for one in found(marks)}
    assert items == {
        ("different", "a", "c"), ("missed", "b", "b"), ("different", "e", "f"), ("missed", "f", "f"),
    }  # fmt: skip


def test_what_lies_in_a_passage_that_both_see_is_missed_and_no_other_code() -> None:
    marks: Marks = {"kader": {"A": [(0, 100)], "B": [(0, 90)]}, "takut": {"A": [(30, 60)]}}
    assert kinds(marks) == ["boundary", "missed by B"]


def test_a_code_that_one_coder_did_not_have_is_not_missed() -> None:
    assert found({"c": {"A": [(0, 9)]}}, lacking={"c": frozenset("B")}) == []
    marking = Marking("d", 200, ("A", "B"), {"c": {"A": [(0, 9)]}}, {"c": frozenset("B")})
    assert confusion([marking], "A", "B") == {}


def test_of_three_coders_each_place_says_who_missed_it() -> None:
    marks: Marks = {"c": {
        "A": [(0, 10), (20, 30), (40, 50), (60, 80)],
        "B": [(0, 10), (22, 30), (60, 65), (70, 80)],
        "C": [(0, 10), (20, 30), (60, 80)],
    }}  # fmt: skip
    marking = Marking("d", 200, ("A", "B", "C"), marks)
    assert list(places(marking, "c")) == [
        ("agree", ()), ("boundary", ()), ("missed", ("B", "C")), ("cut", ()),
    ]  # fmt: skip
    assert list(places(marking, "e")) == []
    alone = Marking("d", 200, ("A", "B", "C"), marks, {"c": frozenset("BC")})
    assert list(places(alone, "c")) == []


def test_codes_that_both_give_a_character_are_not_crossed() -> None:
    marks: Marks = {"a": {"A": [(0, 10)], "B": [(0, 10)]}, "b": {"A": [(5, 10)]},
                    "c": {"B": [(8, 12)]}}  # fmt: skip
    crossed = confusion([Marking("d", 200, ("A", "B"), marks)], "A", "B")
    assert crossed == {("a", "a"): 10, ("b", ""): 3, ("b", "c"): 2, ("", "c"): 2}


def test_a_short_passage_in_a_long_one_does_not_hide_what_comes_behind_it() -> None:
    marks: Marks = {"a": {"A": [(0, 90)]}, "e": {"A": [(10, 20)]}, "b": {"B": [(80, 90)]}}
    assert {(one.kind, one.code) for one in found(marks)} == {("different", "a"), ("missed", "e")}
