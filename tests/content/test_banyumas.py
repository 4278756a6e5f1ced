from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import combinations

import pytest

from qcode.formats.transcripts.reading import read
from qcode.model.document import Transcript, count_words
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
        ("documents.csv", "name,file,kind,finished,date,place,interviewer"),
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


WAYS = {
    "cara berkembang/paguyuban": {"B14": "formal", "B24": "informal"},
    "cara berkembang/bekerja dulu": {"B47": "formal", "B32": "informal"},
    "cara berkembang/pelatihan": {"B50": "formal", "B40": "informal"},
}
INTERVIEWS = ("B14", "B24", "B32", "B40", "B47", "B50")
RUN = 6


def transcript(name: str) -> Transcript:
    reading = read(BANYUMAS / "transcripts" / f"{name}.txt")
    assert reading.warnings == ()
    return reading.transcript


def test_six_cases_are_interviewed_four_men_and_two_women_and_one_makes_coconut_ware() -> None:
    assert tuple(row["name"] for row in rows("documents.csv")) == INTERVIEWS
    spoken = {row["case"]: row["document"] for row in rows("speakers.csv") if row["case"]}
    assert spoken == {name: name for name in INTERVIEWS}
    asked = [case for case in CASES if case["name"] in INTERVIEWS]
    assert Counter(case["gender"] for case in asked) == {"laki-laki": 4, "perempuan": 2}
    assert Counter(case["usaha"] for case in asked) == {"batik": 5, "batok kelapa": 1}
    assert {case["consent"] for case in asked} == {"yes"}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_developing_is_told_from_a_formal_and_an_informal_network(way: str) -> None:
    formal = {case["name"]: case["jaringan formal"] for case in CASES}
    told = {
        row["document"] for row in rows("codings.csv") if f"{row['code']}/".startswith(f"{way}/")
    }
    assert {name: formal[name] for name in told} == WAYS[way]


@pytest.mark.parametrize("name", INTERVIEWS)
def test_an_interview_begins_with_the_notice_and_is_in_banyumas_dialect(name: str) -> None:
    text = transcript(name).text
    assert text.startswith(f"{FICTION}\n")
    assert 700 <= count_words(text) <= 1200
    assert len(re.findall(r"\binyong\b", text.casefold())) >= 5


def test_no_two_interviews_share_a_run_of_words() -> None:
    runs = {}
    for name in INTERVIEWS:
        words = re.findall(r"\w+", transcript(name).text.partition("\n\n")[2].casefold())
        runs[name] = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    for one, other in combinations(INTERVIEWS, 2):
        assert not runs[one] & runs[other], (one, other)


def test_the_words_of_every_coding_stand_at_its_place_and_no_coding_stands_twice() -> None:
    text = {name: transcript(name).text for name in INTERVIEWS}
    places = []
    for row in rows("codings.csv"):
        start, end = int(row["start"]), int(row["end"])
        # A line feed within quoted words has a carriage return before it in some checkouts.
        assert text[row["document"]][start:end] == row["words"].replace("\r\n", "\n"), row
        places.append((row["document"], start, end, row["code"], row["coder"]))
    assert places == sorted(set(places))


def test_the_network_audit_names_people_of_the_six_who_were_interviewed() -> None:
    audit = rows("network-audit.csv")
    assert {row["case"] for row in audit} == set(INTERVIEWS)
    for row in audit:
        assert int(row["how many"]) > 0, row
        assert re.fullmatch(r"(19|20)\d\d", row["since"]), row
        assert row["person kind"], row
        assert row["how met"], row
    counted = Counter[str]()
    for row in audit:
        counted[row["case"]] += int(row["how many"])
    assert (counted["B24"], counted["B40"]) == (14, 8)


def test_the_gloss_explains_words_that_are_said() -> None:
    said = " ".join(
        word
        for name in INTERVIEWS
        for word in re.findall(r"[\w-]+", transcript(name).text.casefold())
    )
    gloss = rows("gloss.csv")
    assert [row["banyumas"] for row in gloss] == sorted({row["banyumas"] for row in gloss})
    for row in gloss:
        assert re.search(rf"\b{re.escape(row['banyumas'].casefold())}", said), row
        assert all(row.values()), row
