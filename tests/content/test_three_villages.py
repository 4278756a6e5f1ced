"""The sample project of the three villages keeps what its README says of people and tables."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from qcode.model.case import ATTRIBUTE_TYPES
from tests.content.test_codebooks import CONFUSED
from tests.content.villages import (
    INTERVIEWS,
    NAMES,
    NOTES,
    NOTICE,
    PAPERS,
    PROJECT,
    ROOT,
    codebook,
    marks,
    people,
    rows,
    settings,
    spoken_in,
    transcript,
    village_cases,
    villages,
    words_at,
)

CODERS = {"sari", "bima"}
ROLES = {
    "wirausahawan sosial": 2,
    "pelaku UMKM": 3,
    "pendamping komunitas": 1,
    "aparat desa": 1,
    "tokoh masyarakat": 1,
}
DIMENSIONS = (
    "kapasitas digital",
    "produk lokal",
    "ekosistem inklusif",
    "kolaborasi",
    "bisnis adaptif",
)
SUPPORTING = ("komitmen pemerintah desa", "champion", "infrastruktur memadai", "gotong royong")
INHIBITING = (
    "literasi rendah",
    "sulit akses modal",
    "infrastruktur timpang",
    "logistik",
    "persaingan",
)
IN_EVERY_VILLAGE = (
    *(path for path in codebook() if path.count("/") == 1 and path.split("/")[0] in DIMENSIONS),
    *(f"pendukung/{factor}" for factor in SUPPORTING),
    *(f"penghambat/{factor}" for factor in INHIBITING),
)
PUBLISHED_AS_COMMON = (
    "kapasitas digital/pelatihan literasi",
    "produk lokal",
    "ekosistem inklusif/pusat digital desa",
    "kolaborasi/pemerintah desa",
    "kolaborasi/swasta",
    "kolaborasi/perguruan tinggi",
    "kolaborasi/masyarakat sipil",
)


def test_eight_people_of_five_roles_speak_in_each_village() -> None:
    roles = {village: Counter[str]() for village in "ABC"}
    for row in people():
        roles[row["desa"]][row["peran"]] += 1
    assert roles == dict.fromkeys("ABC", ROLES)


def test_ten_of_the_fifteen_who_sell_are_women_and_ages_run_from_19_to_67() -> None:
    sell = [row for row in people() if row["peran"] in {"wirausahawan sosial", "pelaku UMKM"}]
    assert Counter(row["gender"] for row in sell) == {"perempuan": 10, "laki-laki": 5}
    ages = [int(row["usia"]) for row in people()]
    assert (min(ages), max(ages)) == (19, 67)


def test_every_informant_speaks_and_every_document_is_of_one_village() -> None:
    cases = {row["name"] for row in rows("cases.csv")}
    assert {row["case"] for row in rows("speakers.csv")} - {""} == cases
    assert set(villages()) == set(NAMES)
    assert Counter(villages()[name] for name in INTERVIEWS) == {"A": 8, "B": 7, "C": 9}
    for three in (NOTES, PAPERS):
        assert [villages()[name] for name in three] == ["A", "B", "C"]


def test_documents_are_listed_in_their_order_with_their_kind_and_their_three_months() -> None:
    listed = rows("documents.csv")
    assert tuple(row["name"] for row in listed) == NAMES
    kinds = {"W": "interview", "O": "observation", "D": "document"}
    for row in listed:
        assert row["kind"] == kinds[row["name"][0]]
        assert row["file"] == f"transcripts/{row['name']}.txt"
        assert re.fullmatch(r"2025-0[345]-\d\d", row["date"])
    assert sorted(path.name for path in (PROJECT / "transcripts").iterdir()) == sorted(
        f"{name}.txt" for name in NAMES
    )


def test_one_interview_is_of_a_pair_and_one_was_held_in_two_sittings() -> None:
    asked: dict[str, list[str]] = {name: [] for name in INTERVIEWS}
    for row in rows("speakers.csv"):
        if row["kind"] == "participant":
            asked[row["document"]].append(row["case"])
    assert asked["W05"] == ["W05a", "W05b"]
    assert asked["W20"] == asked["W20b"] == ["W20"]
    assert [name for name in INTERVIEWS if len(asked[name]) != 1] == ["W05"]
    held = {row["name"]: row["date"] for row in rows("documents.csv")}
    assert held["W20"] < held["W20b"]


def test_an_interview_is_interrupted_and_one_line_of_the_guest_has_another_label() -> None:
    guest = [row for row in rows("speakers.csv") if row["kind"] == "unknown"]
    assert ("W23", "Tamu") in {(row["document"], row["label"]) for row in guest}
    assert {row["case"] for row in guest} == {""}
    (marked,) = (row for row in marks() if row["document"] == "W23")
    place = int(marked["start"])
    (turn,) = (turn for turn in transcript("W23").turns if turn.start <= place < turn.end)
    assert turn.speaker == "N"
    assert "Kang" in words_at(marked, "W23")


def numbers(attribute: str) -> list[int]:
    """Return an indicator of each village; a margin in tenths of a point."""
    scale = 10 if attribute.startswith("margin") else 1
    return [int(float(row[attribute]) * scale) for row in village_cases().values()]


@pytest.mark.parametrize(
    ("attribute", "total"),
    [
        ("usaha sebelum", 45),
        ("usaha sesudah", 128),
        ("tenaga kerja sebelum", 67),
        ("tenaga kerja sesudah", 189),
        ("perempuan sesudah", 83),
    ],
)
def test_the_villages_add_up_to_the_published_totals(attribute: str, total: int) -> None:
    assert len(village_cases()) == 3
    assert sum(numbers(attribute)) == total


@pytest.mark.parametrize(
    ("attribute", "businesses", "mean"),
    [
        ("omzet sebelum", "usaha sebelum", 2_500_000),
        ("omzet sesudah", "usaha sesudah", 3_850_000),
        ("margin sebelum", "usaha sebelum", 150),
        ("margin sesudah", "usaha sesudah", 230),
    ],
)
def test_means_weighted_by_businesses_are_the_published_ones(
    attribute: str, businesses: str, mean: int
) -> None:
    weights = numbers(businesses)
    weighted = sum(w * value for w, value in zip(weights, numbers(attribute), strict=True))
    assert weighted == mean * sum(weights)


def test_every_village_sold_in_its_own_regency_and_together_they_reach_eight_provinces() -> None:
    before = [row["jangkauan sebelum"] for row in village_cases().values()]
    assert before == [f"Kabupaten {row['kabupaten']}" for row in village_cases().values()]
    reached = {
        place for row in village_cases().values() for place in row["jangkauan sesudah"].split(" | ")
    }
    assert len(reached) == 8


def test_the_page_of_statistics_gives_the_numbers_of_its_village() -> None:
    page = transcript("D3").text
    row = village_cases()["C"]
    assert f"sebelum program: {row['usaha sebelum']}. " in page
    assert f"sekarang: {row['usaha sesudah']}." in page
    assert f"program: {row['tenaga kerja sebelum']} orang. " in page
    assert f"Sekarang: {row['tenaga kerja sesudah']} orang" in page


def test_every_informant_consents_to_quotation_but_one() -> None:
    assert Counter(row["consent"] for row in people()) == {"yes": 23, "no": 1}
    assert [row["name"] for row in people() if row["consent"] == "no"] == ["W08"]
    assert [row["name"] for row in people() if row["consent note"]] == [
        "W06", "W10", "W17", "W18", "W20"
    ]  # fmt: skip


def test_the_attributes_of_the_cases_are_declared_and_every_case_is_invented() -> None:
    attributes = settings()["attribute"]
    declared = [attribute["name"] for attribute in attributes]
    assert list(rows("cases.csv")[0]) == ["kind", "name", *declared, "consent", "consent note"]
    types = {attribute["name"]: attribute["type"] for attribute in attributes}
    assert set(types.values()) <= set(ATTRIBUTE_TYPES)
    assert types["fiktif"] == "yes/no"
    assert {row["fiktif"] for row in rows("cases.csv")} == {"ya"}
    assert settings()["project"]["notice"] == "data latihan"


@pytest.mark.parametrize("code", IN_EVERY_VILLAGE)
def test_every_dimension_and_factor_is_spoken_of_in_every_village(code: str) -> None:
    assert all(spoken_in(code).values()), spoken_in(code)


@pytest.mark.parametrize("code", PUBLISHED_AS_COMMON)
def test_what_the_study_found_in_every_village_is_in_every_village(code: str) -> None:
    assert all(spoken_in(code).values()), spoken_in(code)


def test_not_every_interview_has_every_dimension_and_two_are_almost_silent() -> None:
    spoken_of = {name: Counter[str]() for name in INTERVIEWS}
    for row in rows("codings.csv"):
        if row["coder"] == "sari" and row["document"] in INTERVIEWS:
            spoken_of[row["document"]][row["code"].split("/")[0]] += 1
    some = [name for name in INTERVIEWS if not set(DIMENSIONS) <= set(spoken_of[name])]
    assert len(INTERVIEWS) / 2 < len(some) < len(INTERVIEWS)
    assert spoken_of["W06"].total() + spoken_of["W18"].total() <= 10


@pytest.mark.parametrize("pair", CONFUSED)
def test_both_codes_of_a_pair_that_coders_confuse_are_spoken_of(pair: tuple[str, str]) -> None:
    for code in pair:
        assert set().union(*spoken_in(code).values()), code


def test_every_code_document_coder_and_case_named_exists() -> None:
    assert {row["code"] for row in rows("codings.csv")} <= set(codebook())
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
        "code": set(codebook()),
    }
    for row in rows("memos.csv"):
        assert row["about name"] in about[row["about kind"]], row


def test_sari_codes_all_documents_and_two_of_her_interviews_are_open() -> None:
    assert {row["document"] for row in rows("codings.csv") if row["coder"] == "sari"} == set(NAMES)
    finished = {row["name"]: row["finished"].split(" | ") for row in rows("documents.csv")}
    assert [name for name in NAMES if "sari" not in finished[name]] == ["W08", "W09"]


def test_the_codebook_is_the_one_that_ships() -> None:
    shipped = ROOT / "codebooks" / "village-ecommerce.toml"
    assert tomllib.loads((PROJECT / "codebook.toml").read_text(encoding="utf-8")) == tomllib.loads(
        shipped.read_text(encoding="utf-8")
    )


def test_the_readme_says_first_that_all_is_invented_and_what_is_no_finding() -> None:
    told = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert told.splitlines()[0] == NOTICE
    assert "No difference between the villages in this sample is a finding of the paper." in told
    for name in NAMES:
        assert re.search(rf"^\| {name} \|", told, re.MULTILINE), name
