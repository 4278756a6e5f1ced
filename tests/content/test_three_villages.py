"""The sample project of the three villages keeps what its README says."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from qcode.formats.transcripts.reading import read
from qcode.model.case import ATTRIBUTE_TYPES
from qcode.model.document import Transcript, count_words

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "projects" / "three-villages"
NAMES = tuple(f"W0{number}" for number in range(1, 10))
NOTICE = "Wawancara fiktif untuk latihan qcode; bukan data penelitian."
CODERS = {"sari", "bima"}
DIMENSIONS = (
    "kapasitas digital",
    "produk lokal",
    "ekosistem inklusif",
    "kolaborasi",
    "bisnis adaptif",
)
RUN = 8


def rows(file: str) -> list[dict[str, str]]:
    # Universal newlines: words that run over two turns keep their one line feed in any checkout.
    with (PROJECT / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def transcript(name: str) -> Transcript:
    return read(PROJECT / "transcripts" / f"{name}.txt").transcript


def words_at(row: dict[str, str], document: str) -> str:
    return transcript(document).text[int(row["start"]) : int(row["end"])]


def code_paths(codes: list[dict[str, Any]], above: str = "") -> Iterator[str]:
    for code in codes:
        path = above + code["name"]
        yield path
        yield from code_paths(code.get("code", []), f"{path}/")


@cache
def codebook() -> frozenset[str]:
    codes = tomllib.loads((PROJECT / "codebook.toml").read_text(encoding="utf-8"))["code"]
    return frozenset(code_paths(codes))


def villages() -> dict[str, str]:
    """Return the village of each document, by way of its speakers."""
    village = {row["name"]: row["desa"] for row in rows("cases.csv")}
    return {row["document"]: village[row["case"]] for row in rows("speakers.csv") if row["case"]}


def spoken(name: str) -> list[str]:
    """Return the words of an interview in lower case, without notice and head."""
    return re.findall(r"\w+", transcript(name).text.partition("\n\n")[2].casefold())


def test_there_are_nine_interviews_and_three_in_each_village() -> None:
    files = sorted(path.stem for path in (PROJECT / "transcripts").iterdir())
    assert tuple(files) == NAMES
    assert tuple(row["name"] for row in rows("documents.csv")) == NAMES
    assert Counter(villages().values()) == {"A": 3, "B": 3, "C": 3}


@pytest.mark.parametrize("name", NAMES)
def test_every_transcript_begins_with_the_notice_and_is_as_long_as_promised(name: str) -> None:
    text = transcript(name).text
    assert text.startswith(f"{NOTICE}\n")
    assert 600 <= count_words(text) <= 900


@pytest.mark.parametrize("name", NAMES)
def test_every_transcript_is_plain_utf_8_and_read_without_a_warning(name: str) -> None:
    path = PROJECT / "transcripts" / f"{name}.txt"
    reading = read(path)
    assert reading.warnings == ()
    assert path.read_bytes().decode().replace("\r\n", "\n") == reading.transcript.text


@pytest.mark.parametrize(("one", "other"), tuple(combinations(NAMES, 2)))
def test_no_two_interviews_share_a_run_of_words(one: str, other: str) -> None:
    runs = [
        {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
        for words in (spoken(one), spoken(other))
    ]
    assert not runs[0] & runs[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_speakers_named_are_the_labels_of_the_text(name: str) -> None:
    named = {row["label"] for row in rows("speakers.csv") if row["document"] == name}
    assert named == set(transcript(name).speakers)


def test_the_words_of_every_coding_stand_at_its_place() -> None:
    for row in rows("codings.csv"):
        assert words_at(row, row["document"]) == row["words"], row
        assert row["words"].strip() == row["words"] != "", row


def test_no_coding_is_given_twice() -> None:
    given = Counter(
        (row["document"], row["start"], row["end"], row["code"], row["coder"])
        for row in rows("codings.csv")
    )
    assert set(given.values()) == {1}


def test_every_flag_and_every_memo_on_a_passage_holds_words() -> None:
    for row in rows("flags.csv"):
        assert words_at(row, row["document"]).strip(), row
    for row in rows("memos.csv"):
        placed = row["about kind"] == "passage"
        assert bool(row["start"]) == bool(row["end"]) == placed, row
        assert not placed or words_at(row, row["about name"]).strip(), row


def test_every_code_document_coder_and_case_named_exists() -> None:
    cases = {row["name"] for row in rows("cases.csv")}
    assert {row["code"] for row in rows("codings.csv")} <= codebook()
    assert {row["case"] for row in rows("speakers.csv")} - {""} == cases
    for file in ("codings.csv", "flags.csv", "speakers.csv"):
        assert {row["document"] for row in rows(file)} <= set(NAMES)
    for file in ("codings.csv", "flags.csv", "memos.csv"):
        assert {row["coder"] for row in rows(file)} <= CODERS
    finished = {name for row in rows("documents.csv") for name in row["finished"].split(" | ")}
    assert finished - {""} == CODERS


def test_every_memo_is_about_something_that_exists() -> None:
    about = {
        "project": {settings()["project"]["name"]},
        "document": set(NAMES),
        "passage": set(NAMES),
        "case": {row["name"] for row in rows("cases.csv")},
        "code": codebook(),
    }
    for row in rows("memos.csv"):
        assert row["about name"] in about[row["about kind"]], row


def settings() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "project.toml").read_text(encoding="utf-8"))


def test_the_attributes_of_the_cases_are_declared() -> None:
    declared = [attribute["name"] for attribute in settings()["attribute"]]
    assert list(rows("cases.csv")[0]) == ["kind", "name", *declared, "consent", "consent note"]
    assert {attribute["type"] for attribute in settings()["attribute"]} <= set(ATTRIBUTE_TYPES)
    assert settings()["project"]["notice"] == "data latihan"
    assert {(row["kind"], row["fiktif"]) for row in rows("cases.csv")} == {("informant", "ya")}


def test_the_five_roles_are_spread_over_the_nine_interviews() -> None:
    role = {row["name"]: row["peran"] for row in rows("cases.csv")}
    of_document = {
        row["document"]: role[row["case"]] for row in rows("speakers.csv") if row["case"]
    }
    assert Counter(of_document.values()) == {
        "pelaku UMKM": 3,
        "wirausahawan sosial": 2,
        "pendamping komunitas": 2,
        "aparat desa": 1,
        "tokoh masyarakat": 1,
    }


@pytest.mark.parametrize("village", "ABC")
def test_every_village_speaks_of_all_five_dimensions(village: str) -> None:
    lives = villages()
    spoken_of = {
        row["code"].split("/")[0]
        for row in rows("codings.csv")
        if row["coder"] == "sari" and lives[row["document"]] == village
    }
    assert spoken_of >= set(DIMENSIONS)


def test_sari_codes_all_nine_and_finishes_seven_and_bima_codes_two_of_them() -> None:
    coded: dict[str, set[str]] = {coder: set() for coder in CODERS}
    for row in rows("codings.csv"):
        coded[row["coder"]].add(row["document"])
    finished = {row["name"]: row["finished"].split(" | ") for row in rows("documents.csv")}
    assert coded["sari"] == set(NAMES)
    assert sum("sari" in coders for coders in finished.values()) == 7
    assert coded["bima"] == {name for name in NAMES if "bima" in finished[name]} == {"W02", "W04"}
    assert {villages()[name] for name in coded["bima"]} == {"A", "B"}


def test_one_informant_refuses_quotation_and_one_asks_for_it_to_be_read_back() -> None:
    assert [row["name"] for row in rows("cases.csv") if row["consent"] == "no"] == ["W08"]
    assert [row["name"] for row in rows("cases.csv") if row["consent note"]] == ["W06"]
    assert {row["kind"] for row in rows("flags.csv")} == {"off the record", "not to be used"}


def test_the_codebook_is_the_one_that_ships() -> None:
    shipped = ROOT / "codebooks" / "village-ecommerce.toml"
    assert tomllib.loads((PROJECT / "codebook.toml").read_text(encoding="utf-8")) == tomllib.loads(
        shipped.read_text(encoding="utf-8")
    )
