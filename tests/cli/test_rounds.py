"""``qcode assign``, ``qcode rounds`` and ``qcode coders`` on the sample of three villages."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", shipped("projects") / "three-villages")
    run("coders", "add", "ani")
    run("coders", "set", "ani", "--role", "supervisor")
    return run


def rows(run: Run, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))


def alpha(run: Run, code: str, *words: str) -> float:
    found = rows(run, "agreement", "--code", code, "--no-interval", *words)
    return float(next(one["alpha (on turns)"] for one in found if one["code"].strip() == code))


def test_the_rounds_of_the_sample_are_there_with_their_figures(villages: Run) -> None:
    assert [(one["round"], one["documents"], one["finished (of what was assigned)"])
            for one in rows(villages, "rounds")] == [("1", "8", "16"), ("2", "3", "6")]  # fmt: skip
    assert "W20b" in villages("rounds", "show", "2").output
    assert alpha(villages, "kader digital", "--round", "2") > alpha(
        villages, "kader digital", "--round", "1"
    )


def test_a_draw_is_shown_before_it_is_written_and_gives_each_village_one(villages: Run) -> None:
    asked = ("assign", "--double", "20%", "--stratify", "desa", "--seed", "7", "--coders",
             "sari,bima")  # fmt: skip
    villages("coders", "knows", "bima", "W10", "W12")
    told = villages(*asked, code=1).output
    assert "coded twice: 5 of 24 documents (seed 7)" in told
    assert "too few" in told
    assert "bima is given none of W10, W12" in told
    given = {one["document"] for one in rows(villages, "assign")}
    villages(*asked, "--yes")
    new = {one["document"] for one in rows(villages, "assign")} - given
    assert len(new) == 5
    assert new.isdisjoint({"W10", "W12"})
    desa = {one["name"]: one["desa"] for one in rows(villages, "cases")}
    free = {one["document"] for one in rows(villages, "progress") if one["document"][:1] == "W"}
    assert {desa[one] for one in new} == {desa[one] for one in free - given if one in desa}


def test_a_round_freezes_codebook_and_figures(villages: Run) -> None:
    villages("rounds", "open", "R3", "--kind", "reliability", "--coders", "sari,bima",
             "--documents", "W01,W02")  # fmt: skip
    before = json.loads(
        villages("rounds", "show", "R3", "--coder", "ani", "--format", "json").stdout
    )
    assert "only a supervisor" in villages("rounds", "show", "R3", "--coder", "bima", code=1).output
    villages("codebook", "add", "momong", "--coder", "bima")
    villages("apply", "W01", "1158", "1336", "momong", "--coder", "bima")
    assert "momong" in villages("rounds", "proposals", "R3", "--coder", "bima").stdout
    assert "momong" in villages("rounds", "proposals", "R3", "--coder", "ani").stdout
    assert "momong" not in villages("rounds", "proposals", "R3", "--coder", "sari").stdout
    villages("rounds", "close", "R3", "--coder", "ani")
    shown = json.loads(villages("rounds", "show", "R3", "--format", "json").stdout)
    assert shown["rows"] == before["rows"]
    villages("codebook", "accept", "momong", "--reason", "dipakai", "--coder", "sari")
    refused = villages("agreement", "--round", "R3", "--code", "momong", code=1).output
    assert "made after that round was opened" in refused
    again = json.loads(villages("agreement", "--round", "R3", "--format", "json").stdout)
    assert again["rows"] == shown["rows"]
    villages("undo", "--coder", "ani")
    assert rows(villages, "rounds")[-1]["closed"] == "open"


def test_a_round_closes_early_only_when_asked_to(villages: Run) -> None:
    villages("rounds", "open", "R3", "--kind", "drift", "--coders", "sari,bima",
             "--documents", "W10")  # fmt: skip
    assert "bima W10" in villages("rounds", "close", "R3", code=1).output
    villages("rounds", "close", "R3", "--early")
    assert "is closed" in villages("assign", "W11", "--to", "bima", "--round", "R3", code=1).output


def test_what_coders_learned_on_is_in_no_figure_of_reliability(villages: Run) -> None:
    villages("rounds", "open", "K", "--kind", "calibration", "--coders", "sari,bima",
             "--documents", "W01,W02")  # fmt: skip
    villages("rounds", "close", "K")
    told = villages("agreement", "--no-interval").output
    assert "left out, for coders learned the codebook on them: W01, W02" in told
    assert "compared: 9 documents" in told
    assert "compared: 6 documents" in villages("agreement", "--round", "1").output
    assert "compared: 2 documents" in villages("agreement", "--round", "K").output
    refused = villages("rounds", "open", "R", "--kind", "reliability", "--coders", "sari,bima",
                       "--documents", "W01", code=1).output  # fmt: skip
    assert "no measure of agreement" in refused


def test_a_coder_is_never_given_a_case_that_he_knows(villages: Run) -> None:
    villages("coders", "knows", "bima", "W06")
    assert "knows whom these are about" in villages("assign", "W06", "--to", "bima", code=1).output
    villages("rounds", "open", "R", "--kind", "drift", "--coders", "sari,bima", "--documents",
             "W06", code=1)  # fmt: skip
    villages("coders", "knows", "bima", "W06", "--not")
    villages("assign", "W06", "--to", "bima")
    assert (
        "Assigned all the same until now: W06" in villages("coders", "knows", "bima", "W06").output
    )
    villages("assign", "W06", "--remove")
    assert "W06" not in {one["document"] for one in rows(villages, "assign")}


def test_the_same_coder_codes_again_and_is_compared_with_himself(villages: Run) -> None:
    refused = villages("rounds", "open", "A", "--kind", "again", "--coders", "bima", "--documents",
                       "W08", code=1).output  # fmt: skip
    assert "has not coded these once: W08" in refused
    villages("rounds", "open", "A", "--kind", "again", "--coders", "bima", "--documents", "W03")
    villages("apply", "W03", "10", "60", "champion", "--coder", "bima")
    assert (
        "coding again"
        in villages("apply", "W04", "10", "60", "champion", "--coder", "bima", code=1).output
    )
    villages("documents", "finish", "W03", "--coder", "bima")
    villages("rounds", "close", "A", "--coder", "ani")
    told = villages("agreement", "--round", "A").output
    assert "bima 1, bima (again) 1" in told
    assert "(again)" not in villages("agreement", "--no-interval").output


def test_a_round_of_one_coder_again_goes_out_and_in_as_plain_files(
    villages: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("A", "B"):
        villages("rounds", "open", name, "--kind", "again", "--coders", "bima", "--documents",
                 "W03")  # fmt: skip
        villages("apply", "W03", "10", "60", "champion", "--coder", "bima")
        villages("documents", "finish", "W03", "--coder", "bima")
        if name == "A":
            villages("rounds", "close", "A", "--coder", "ani")
    villages("rounds", "open", "C", "--kind", "again", "--coders", "bima", "--documents", "W05")
    figures = [rows(villages, "agreement", *of) for of in ((), ("--round", "A"))]
    villages("export", "project", "--to", "out")
    about = tomllib.loads((here / "out" / "project.toml").read_text(encoding="utf-8"))
    (told,) = (one for one in about["round"] if one["name"] == "A")
    assert (told["coders"], told["of"]) == (["bima (again)"], ["bima"])
    (here / "neu").mkdir()
    monkeypatch.chdir(here / "neu")
    villages("init", "tiga", "--coder", "sari")
    for _time in range(2):
        villages("import", "../out")
    assert [rows(villages, "agreement", *of) for of in ((), ("--round", "A"))] == figures
    assert "bima (again)" not in villages("review", "list", "--all", "--names").output
    # In the open round he is his second self, as he was.
    assert "coding again" in villages("apply", "W04", "1", "9", "champion", "--coder", "bima",
                                      code=1).output  # fmt: skip
    villages("export", "project", "--to", "lagi")
    for name in ("project.toml", "codings.csv", "documents.csv"):
        assert (here / "neu" / "lagi" / name).read_bytes() == (here / "out" / name).read_bytes()


def test_progress_tells_what_was_assigned_and_of_others_only_what_is_finished(
    villages: Run,
) -> None:
    villages("rounds", "open", "R", "--kind", "drift", "--coders", "sari,bima", "--documents",
             "W08,W10")  # fmt: skip
    found = {(one["document"], one["coder"]): one
             for one in rows(villages, "progress", "--coder", "bima")}  # fmt: skip
    assert found["W10", "sari"]["state"] == "finished"
    assert found["W10", "sari"]["segments"] == "·"
    assert found["W08", "sari"]["state"] == "assigned"
    everything = {(one["document"], one["coder"]): one
                  for one in rows(villages, "progress", "--coder", "ani")}  # fmt: skip
    assert everything["W10", "sari"]["segments"] == "61"
    assert (
        "sari: 1 of 2 assigned documents finished in round R"
        in villages("progress", "--coder", "bima").output
    )


def test_rounds_go_out_and_in_as_plain_files(
    villages: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    villages("rounds", "open", "R3", "--kind", "drift", "--coders", "sari,bima", "--documents",
             "W08")  # fmt: skip
    villages("export", "project", "--to", "out")
    written = tomllib.loads((here / "out" / "project.toml").read_text(encoding="utf-8"))
    assert [(one["name"], one.get("open", False)) for one in written["round"]] == [
        ("1", False), ("2", False), ("R3", True),
    ]  # fmt: skip
    (here / "neu").mkdir()
    monkeypatch.chdir(here / "neu")
    villages("init", "baru", "--coder", "sari")
    villages("import", "../out")
    assert [one["closed"] == "open" for one in rows(villages, "rounds")] == [
        False, False, True,
    ]  # fmt: skip


def test_primary_coders_of_what_nobody_coded_are_shared_out(study: Run) -> None:
    study("coders", "add", "bima")
    study("assign", "--primary", "--coders", "sari,bima", "--yes")
    assert sorted(one["coder"] for one in rows(study, "assign")) == ["bima", "sari"]
    assert {one["of record"] for one in rows(study, "assign")} == {"primary"}
    study("assign", "--primary", "--coders", "sari,bima", "--yes", code=1)
