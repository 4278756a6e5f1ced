"""The codebook of the three villages says how it came to be, and leaves no code unaccounted for."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from functools import cache

import pytest

from qcode.formats import codebook, files
from qcode.formats.codebook import CodebookFile
from qcode.model.codebook import Code, Codebook
from tests.content.shipped import CODEBOOKS, codes
from tests.content.villages import PROJECT, marks, rows

PASSAGES = (("0.1", "0.3"), ("0.3", "1.0"))
"""Each version with the one that follows it."""
ENDINGS = {"merge", "split", "retire"}
FINISHED_EARLY = ("W06", "W11", "W16")
OPENED = ("W01", "W02", "W03", "W04", "W05")
"""The interviews that were coded openly, before there was a codebook."""


def refused() -> str:
    raise AssertionError("a code of the history lacks its guid")


@cache
def book(version: str) -> CodebookFile:
    name = "codebook.toml" if version == "1.0" else f"codebook-{version}.toml"
    return codebook.read(PROJECT / name, refused)


@cache
def paths(version: str) -> dict[str, Code]:
    """Return the codes of a version by their paths."""
    tree = Codebook(book(version).codes)
    return {tree.path(code.id): code for code in tree.codes.values()}


def by_id(version: str) -> dict[str, Code]:
    return {code.id: code for code in book(version).codes}


def changes(version: str) -> list[dict[str, str]]:
    return [row for row in rows("codebook-history.csv") if row["version"] == version]


def told(version: str, *verbs: str) -> list[str]:
    """Return, sorted, the ids of codes that rows of some verbs are about."""
    older = {new: old for old, new in PASSAGES}[version]
    return sorted(
        paths(older)[row["code"]].id for row in changes(version) if row["verb"] in verbs
    )  # fmt: skip


@cache
def transcript(name: str) -> str:
    return files.text(PROJECT / "transcripts" / f"{name}.txt")


def test_the_three_versions_are_read_and_say_which_they_are() -> None:
    assert [book(version).version for version in ("0.1", "0.3", "1.0")] == ["0.1", "0.3", "1.0"]
    assert len(book("0.1").codes) == 38
    assert 45 <= len(book("0.3").codes) <= 60
    for version in ("0.1", "0.3"):
        assert set(book(version).notes) == {"language", "source", "licence", "note"}
        assert "karangan" in book(version).notes["note"]


def test_open_codes_stand_side_by_side_and_the_next_version_has_first_groups() -> None:
    assert sum(code.parent != "" for code in book("0.1").codes) <= 2
    groups = Counter(code.parent for code in book("0.3").codes)
    assert sum(number >= 3 for parent, number in groups.items() if parent) >= 6


def test_open_coding_is_thin_and_definitions_grow() -> None:
    defined = {
        version: sum(code.definition != "" for code in book(version).codes) / len(paths(version))
        for version in ("0.1", "0.3", "1.0")
    }
    assert 0.5 < defined["0.1"] < 0.9 < defined["0.3"] < defined["1.0"] == 1
    assert not any(code.include or code.exclude for code in book("0.1").codes)


def test_a_code_in_the_words_of_an_informant_bears_words_of_his() -> None:
    told_so = [code for code in book("0.1").codes if code.basis.startswith("in vivo ")]
    assert len(told_so) >= 15
    for code in told_so:
        text = transcript(code.basis.removeprefix("in vivo ")).casefold()
        assert code.name.casefold() in text, code.name


def test_examples_of_the_open_codes_stand_in_the_interviews_they_name() -> None:
    for code in book("0.1").codes:
        sources = re.findall(r"W\d\d", code.basis)
        assert set(sources) <= set(OPENED), code.name
        assert any(code.example in transcript(name) for name in sources), code.name


def test_no_example_lies_under_a_mark() -> None:
    for row in marks():
        text = transcript(row["document"])[int(row["start"]) : int(row["end"])]
        for version in ("0.1", "0.3"):
            assert not any(code.example and code.example in text for code in book(version).codes)


def test_guids_are_random_and_one_guid_is_one_code_from_version_to_version() -> None:
    shipped = [code.text("guid") for file in CODEBOOKS.glob("*.toml") for code in codes(file.name)
               .values()]  # fmt: skip
    own = {id for version in ("0.1", "0.3") for id in by_id(version)} - by_id("1.0").keys()
    assert not own & {uuid.UUID(guid).hex for guid in shipped}
    assert all(uuid.UUID(id).version == 4 for id in own)
    assert by_id("1.0").keys() == {
        uuid.UUID(code.text("guid")).hex for code in codes("village-ecommerce.toml").values()
    }
    assert len(by_id("0.1").keys() & by_id("0.3").keys()) > 20
    assert len(by_id("0.3").keys() & by_id("1.0").keys()) > 40


def test_rows_are_in_order_dated_and_give_a_reason_in_one_sentence() -> None:
    listed = rows("codebook-history.csv")
    assert list(listed[0]) == ["version", "verb", "code", "into", "reason", "date"]
    order = [(row["version"], row["date"]) for row in listed]
    assert [version for version, _date in order] == sorted(version for version, _date in order)
    assert {row["version"] for row in listed} == {"0.3", "1.0"}
    days = {version: {date for one, date in order if one == version} for version in ("0.3", "1.0")}
    assert max(days["0.3"]) < min(days["1.0"])
    for row in listed:
        assert re.fullmatch(r"2025-\d\d-\d\d", row["date"]), row
        assert re.fullmatch(r"[A-Z].{15,}[^.]\.", row["reason"]), row
        assert not re.search(r"\. [A-Z]", row["reason"]), row


@pytest.mark.parametrize(("old", "new"), PASSAGES)
def test_every_code_that_goes_has_one_row_that_says_where(old: str, new: str) -> None:
    assert told(new, *ENDINGS) == sorted(by_id(old).keys() - by_id(new).keys())


@pytest.mark.parametrize(("old", "new"), PASSAGES)
def test_every_code_that_comes_was_added_or_split_off(old: str, new: str) -> None:
    come = [
        paths(new)[path].id
        for row in changes(new)
        if row["verb"] in ("add", "split")
        for path in row["into"].split(" | ")
    ]
    assert sorted(come) == sorted(by_id(new).keys() - by_id(old).keys())
    assert all(row["code"] == "" for row in changes(new) if row["verb"] == "add")


@pytest.mark.parametrize(("old", "new"), PASSAGES)
def test_every_code_that_stays_under_another_name_or_place_has_its_rows(old: str, new: str) -> None:
    before, after = by_id(old), by_id(new)
    stays = before.keys() & after.keys()
    renamed = sorted(id for id in stays if before[id].name != after[id].name)
    moved = sorted(id for id in stays if before[id].parent != after[id].parent)
    assert told(new, "rename") == renamed
    assert told(new, "move") == moved
    for row in changes(new):
        if row["verb"] in ("rename", "move", "new meaning"):
            assert paths(old)[row["code"]].id == paths(new)[row["into"]].id, row


@pytest.mark.parametrize(("old", "new"), PASSAGES)
def test_merges_lead_to_a_code_that_is_there_and_every_verb_is_used(old: str, new: str) -> None:
    for row in changes(new):
        if row["verb"] == "merge":
            assert row["into"] in paths(new), row
            assert paths(old)[row["code"]].id != paths(new)[row["into"]].id
        if row["verb"] == "retire":
            assert row["into"] == "", row
    assert {row["verb"] for row in changes(new)} == ENDINGS | {"add", "rename", "move",
                                                                "new meaning"}  # fmt: skip


def test_three_documents_were_finished_under_an_earlier_version() -> None:
    named = {row["name"]: row["codebook"] for row in rows("documents.csv") if row["codebook"]}
    assert named == dict.fromkeys(FINISHED_EARLY, "0.3")
    assert all(row["finished"] for row in rows("documents.csv") if row["codebook"])
    for name in FINISHED_EARLY:
        assert name in book("0.3").notes["note"]


@pytest.mark.parametrize("name", FINISHED_EARLY)
def test_what_they_are_coded_with_was_in_the_codebook_they_were_finished_under(name: str) -> None:
    had = set(by_id("0.3"))
    had |= {paths("1.0")[row["into"]].id for row in changes("1.0") if row["verb"] == "merge"}
    had -= set(told("1.0", "new meaning"))
    used = {row["code"] for row in rows("codings.csv") if row["document"] == name}
    assert used
    assert {path for path in used if paths("1.0")[path].id not in had} == set()


def test_no_reason_speaks_of_what_is_not_to_be_quoted() -> None:
    silent = [row["name"] for row in rows("cases.csv") if row["consent"] == "no"]
    for row in rows("codebook-history.csv"):
        assert not any(name in row["reason"] for name in silent), row
