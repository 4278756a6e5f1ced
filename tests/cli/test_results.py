"""First results on the command line: of the sample projects, and of what may not be shown."""

from __future__ import annotations

import csv
import html
import io
import json
import zipfile
from pathlib import Path

import pytest

from qcode.model.coding import MARKS
from qcode.settings import shipped
from tests.cli.conftest import Run

BANYUMAS = {
    "gender": {"laki-laki": 49, "perempuan": 15},
    "lama bergabung": {
        "<1 tahun": 4, "1-2 tahun": 9, "3-5 tahun": 27, "5-10 tahun": 15, ">10 tahun": 9,
    },
    "jenis jaringan": {
        "konsultan": 9, "media sosial": 18, "pelanggan": 12, "pemerintah": 12,
        "pengusaha sejenis": 13,
    },
    "komunikasi": {"insidental": 25, "terjadwal": 39},
    "jaringan formal": {"formal": 42, "informal": 22},
    "layanan": {
        "jejaring sosial": 37, "konsultasi hukum": 5, "pemanfaatan teknologi": 15,
        "pembuatan website": 12, "pembukuan": 24, "perekrutan pegawai": 12, "promosi": 17,
    },
}  # fmt: skip
"""The counts that the study of business networks published, by label."""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def banyumas(run: Run) -> Run:
    run("init", "jaringan", "--coder", "sari")
    run("import", shipped("projects") / "banyumas-networks")
    return run


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", shipped("projects") / "three-villages")
    return run


@pytest.mark.parametrize("attribute", BANYUMAS)
def test_the_published_counts_are_printed_label_by_label(banyumas: Run, attribute: str) -> None:
    printed = rows(banyumas("attributes", attribute, "--format", "csv").stdout)
    assert {row["value"]: int(row["cases"]) for row in printed} == BANYUMAS[attribute]
    assert [row["value"] for row in printed] == list(BANYUMAS[attribute])


def test_services_name_their_base(banyumas: Run) -> None:
    said = json.loads(banyumas("attributes", "layanan", "--format", "json").stdout)
    assert "layanan: several answers possible; 122 answers of 57 of 64 cases" in said["notes"]
    assert said["rows"][0] == {
        "attribute": "layanan", "value": "jejaring sosial", "cases": {"k": 37, "n": 57},
        "percent": 65,
    }  # fmt: skip


def withheld_words() -> list[str]:
    """Return what stands under the marks of the sample, and words of who refused."""
    folder = shipped("projects") / "three-villages"
    refused = {
        row["name"] for row in rows((folder / "cases.csv").read_text(encoding="utf-8"))
        if row["consent"] == "no"
    }  # fmt: skip
    found = []
    for row in rows((folder / "flags.csv").read_text(encoding="utf-8")):
        if row["kind"] not in MARKS:
            continue
        text = (folder / "transcripts" / f"{row['document']}.txt").read_text(encoding="utf-8")
        found.append(text[int(row["start"]) : int(row["end"])].strip().split("\n")[0])
    coded = rows((folder / "codings.csv").read_text(encoding="utf-8"))
    return [
        *found, *(row["words"].split("\n")[0] for row in coded if row["document"] in refused)
    ]  # fmt: skip


def test_no_output_holds_words_that_were_not_released(villages: Run, here: Path) -> None:
    secrets = withheld_words()
    assert len(secrets) > 1
    for format in ("csv", "json", "markdown"):
        shown = villages("excerpts", "--format", format)
        assert "withheld" in shown.stderr
        assert "data latihan" in shown.stdout
        for secret in secrets:
            assert secret not in shown.stdout
    # Nor beside what may be quoted, under a heading, as text or between the tags of a page.
    wide = ("--context", "3", "--group", "theme", "--translation", "en", "--memos")
    for name in ("k.html", "k.tex", "k.docx", "k2.xlsx"):
        villages("excerpts", *wide, "-o", name)
        data = (here / name).read_bytes()
        if data.startswith(b"PK"):
            with zipfile.ZipFile(here / name) as parts:
                data = b"".join(parts.read(part) for part in parts.namelist())
        written = html.unescape(data.decode(errors="replace"))
        assert "data latihan" in written
        for secret in (one for one in secrets if len(one.split()) > 3):
            assert secret not in written
    listed = villages("quotations", "list", "--format", "csv").stdout
    assert not any(secret in listed for secret in secrets)
    for secret in secrets:
        words = " ".join(secret.split()[:4])
        assert secret not in villages("find", "--format", "csv", "--", words).stdout
    assert "needs -o" not in villages("excerpts", "--format", "xlsx", "-o", "k.xlsx").stderr
    assert (here / "k.xlsx").is_file()
    assert "add -o FILE" in villages("excerpts", "--format", "xlsx", code=1).stderr


def test_the_villages_are_compared_as_the_sample_means_it(villages: Run) -> None:
    table = json.loads(villages("compare", "--by", "desa", "--format", "json").stdout)
    keys = [column["key"] for column in table["columns"]]
    assert keys[:6] == ["code", "group:A", "group:B", "group:C", "roles", "where"]
    assert any("informants and places were chosen on purpose" in one for one in table["notes"])
    assert table["notes"][0] == "data latihan"
    shares = [row[key] for row in table["rows"] for key in keys[1:4] if "k" in row[key]]
    assert shares
    assert all(0 <= share["k"] <= share["n"] <= 8 for share in shares)


def test_a_misspelt_name_is_answered_with_the_nearest(villages: Run) -> None:
    assert "desa" in villages("compare", "--by", "dessa", code=1).stderr
    for command in ("compare", "patterns"):
        assert "desa (27 cases), " in villages(command, code=1).stderr
    assert "Boyolali" in villages("freq", "--where", "kabupaten=Boyolalli", code=1).stderr
    assert "kader digital" in villages("freq", "--code", "kadder digital", code=1).stderr
    assert "the nearest are: penghambat" in villages("freq", "--and", "penghabat", code=1).stderr
    assert "consensus yet" in villages("freq", "--layer", "consensus", code=1).stderr
    assert "coder" in villages("freq", "--layer", "sarii", code=1).stderr


def test_a_filter_narrows_the_tables(villages: Run) -> None:
    one = rows(villages("freq", "--document", "W01", "--format", "csv").stdout)
    assert {row["interviews (of)"] for row in one} <= {"1", ""}
    some = rows(villages("freq", "--code", "penghambat", "--format", "csv").stdout)
    assert some[0]["depth"] == "0"
    assert len(some) < len(rows(villages("freq", "--format", "csv").stdout))


def test_words_are_found_with_their_place(study: Run) -> None:
    study("apply", "W01", "146", "169", "takut")
    found = rows(study("find", "SALAH", "pencet", "--code", "takut", "--format", "csv").stdout)
    assert [(row["document"], row["turn"], row["line"], row["words"]) for row in found] == [
        ("W01", "6", "6", "Dulu takut »salah pencet«."),
    ]  # fmt: skip
    assert "nothing to look for" in study("find", " ", code=1).stderr
