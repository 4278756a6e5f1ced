from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from tests.content.shipped import BANYUMAS, CODEBOOKS, rows

FICTION = "Wawancara fiktif untuk latihan qcode; bukan data penelitian."
PUBLISHED = {
    "jenis jaringan": {
        "media sosial": 18,
        "pelanggan": 12,
        "konsultan": 9,
        "pemerintah": 12,
        "pengusaha sejenis": 13,
    },
    "lama bergabung": {
        "<1 tahun": 4,
        "1-2 tahun": 9,
        "3-5 tahun": 27,
        "5-10 tahun": 15,
        ">10 tahun": 9,
    },
    "komunikasi": {"terjadwal": 39, "insidental": 25},
    "gender": {"laki-laki": 49, "perempuan": 15},
    "jaringan formal": {"formal": 42, "informal": 22},
    "layanan": {
        "pembukuan": 24,
        "pembuatan website": 12,
        "jejaring sosial": 37,
        "pemanfaatan teknologi": 15,
        "perekrutan pegawai": 12,
        "konsultasi hukum": 5,
        "promosi": 17,
    },
}
CASES = rows("cases.csv")


def values(case: dict[str, str], attribute: str) -> list[str]:
    return case[attribute].split(" | ") if case[attribute] else []


def test_there_are_64_informants_named_b01_to_b64() -> None:
    assert [case["name"] for case in CASES] == [f"B{number:02d}" for number in range(1, 65)]
    assert {case["kind"] for case in CASES} == {"informant"}


@pytest.mark.parametrize("attribute", PUBLISHED)
def test_every_published_count_is_met_exactly(attribute: str) -> None:
    counted = Counter(value for case in CASES for value in values(case, attribute))
    assert counted == PUBLISHED[attribute]


def test_nobody_receives_a_service_twice_and_there_are_122_answers() -> None:
    services = [values(case, "layanan") for case in CASES]
    assert all(len(set(received)) == len(received) for received in services)
    assert sum(map(len, services)) == 122


def test_only_the_three_formal_members_that_the_totals_force_meet_incidentally() -> None:
    together = Counter((case["jaringan formal"], case["komunikasi"]) for case in CASES)
    assert together == {
        ("formal", "terjadwal"): 39,
        ("formal", "insidental"): 3,
        ("informal", "insidental"): 22,
    }


def test_whoever_is_in_an_official_network_under_government_is_in_a_formal_one() -> None:
    official = [case for case in CASES if case["jenis jaringan"] == "pemerintah"]
    assert {case["jaringan formal"] for case in official} == {"formal"}


def test_nobody_is_longer_in_a_network_than_in_business() -> None:
    least = {"<1 tahun": 0, "1-2 tahun": 1, "3-5 tahun": 3, "5-10 tahun": 5, ">10 tahun": 11}
    for case in CASES:
        assert int(case["lama usaha"]) >= least[case["lama bergabung"]], case["name"]


def test_most_make_batik_and_some_what_the_results_also_name() -> None:
    trades = Counter(case["usaha"] for case in CASES)
    assert set(trades) == {"batik", "batok kelapa", "makanan ringan"}
    assert trades["batik"] > len(CASES) / 2


def test_every_case_is_marked_invented_and_says_what_it_released() -> None:
    assert {case["fiktif"] for case in CASES} == {"ya"}
    assert {case["consent"] for case in CASES} == {"yes", "no"}
    assert all(case["consent note"] for case in CASES if case["consent"] == "no")


def test_the_columns_of_the_cases_are_the_attributes_of_the_project() -> None:
    project = tomllib.loads((BANYUMAS / "project.toml").read_text(encoding="utf-8"))
    attributes = {attribute["name"]: attribute for attribute in project["attribute"]}
    assert list(CASES[0]) == ["kind", "name", *attributes, "consent", "consent note"]
    assert {a["type"] for a in attributes.values()} <= {"text", "number", "date", "yes/no"}
    several = {name for name in attributes if any("|" in case[name] for case in CASES)}
    assert several == {name for name, a in attributes.items() if a.get("multiple")} == {"layanan"}
    assert project["project"] == {
        "name": "Jaringan Usaha Banyumas",
        "approach": "codebook",
        "language": "id",
        "notice": "data latihan",
    }


def test_no_cell_would_start_a_formula_in_a_spreadsheet() -> None:
    assert not any(re.match(r"[=+\-@\t]", cell) for case in CASES for cell in case.values())


def test_its_codebook_is_the_one_that_ships() -> None:
    shipped = (CODEBOOKS / "business-networks.toml").read_bytes()
    assert (BANYUMAS / "codebook.toml").read_bytes() == shipped


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("documents.csv", "name,file,kind,finished,date"),
        ("speakers.csv", "document,label,kind,name,case"),
        ("codings.csv", "document,start,end,code,coder,words,memo"),
    ],
)
def test_a_table_begins_with_the_columns_that_import_expects(file: str, columns: str) -> None:
    assert (BANYUMAS / file).read_text(encoding="utf-8").splitlines()[0] == columns


def test_the_readme_says_first_that_all_is_invented_and_prints_every_published_count() -> None:
    told = (BANYUMAS / "README.md").read_text(encoding="utf-8")
    assert told.splitlines()[0] == FICTION
    for counts in PUBLISHED.values():
        for value, count in counts.items():
            assert re.search(rf"{re.escape(value)}( \| | ){count}\b", told), value
