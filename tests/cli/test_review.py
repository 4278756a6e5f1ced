"""Settling what coders gave differently, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

SARI, BUDI = ("--coder", "sari"), ("--coder", "budi")


@pytest.fixture
def double(study: Run) -> Run:
    """Return ``run`` where sari and budi coded W01: one the same, one apart, two missed."""
    for start, end, code, who in (
        ("33", "72", "belajar", SARI), ("33", "72", "belajar", BUDI),
        ("90", "120", "belajar", SARI), ("95", "125", "belajar", BUDI),
        ("150", "165", "takut", SARI), ("74", "86", "takut", BUDI),
    ):  # fmt: skip
        study("apply", "W01", start, end, code, *who)
    for who in (SARI, BUDI):
        study("documents", "finish", "W01", *who)
    return study


def rows(run: Run, *words: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(run(*words, "--format", "json").stdout)["rows"]
    return listed


def test_a_review_goes_from_agreements_to_a_consensus_that_tables_and_excerpts_know(
    double: Run, here: Path
) -> None:
    assert (
        "no document has a consensus yet" in double("freq", "--layer", "consensus", code=1).stderr
    )
    assert "1 item settled" in double("review", "agree", *SARI).stderr
    assert "nothing new" in double("review", "agree", *SARI, code=1).stderr
    listed = rows(double, "review")
    assert sorted(row["kind"] for row in listed) == ["boundary", "missed", "missed"]
    shown = double("review").stdout
    assert "sari" not in shown
    assert "budi" not in shown
    named = rows(double, "review", "--names")
    assert all({row["a"].split(":")[0], row["b"].split(":")[0]} == {"sari", "budi"}
               for row in named)  # fmt: skip
    boundary = next(row["item"] for row in listed if row["kind"] == "boundary")
    done = double("review", "settle", boundary.upper(), "union", "--reason", "satu cerita",
                  "--with", "budi", "--dissent", "budi: dua cerita", *SARI)  # fmt: skip
    assert "1 item settled" in done.stderr
    done = double("review", "rule", "takut", "neither", "--rule", "Bukan untuk malu.",
                  "--type", "missed", "--yes", *SARI)  # fmt: skip
    assert "2 items settled" in done.stderr
    assert "of record now in 1 document: W01" in done.stderr
    assert "Bukan untuk malu." in double("codebook", "show", "takut").stdout
    told = double("freq", "--layer", "consensus").stdout
    assert "analysis layer: consensus 1 document" in told
    assert "1 of 2 documents have no consensus and are left out: W02" in told
    quoted = double("excerpts", "--layer", "consensus", "--format", "csv")
    assert "have no consensus and are left out: W02" in quoted.stderr + quoted.stdout
    assert quoted.stdout.count("consensus") >= 2
    assert "consensus" not in double("coders").stdout
    decided = rows(double, "decisions", "--names")
    assert [row["present"] for row in decided] == ["sari, budi", "sari", "sari"]
    assert decided[0]["dissent"] == "budi: dua cerita"
    double("minutes", "-o", "m.docx")
    assert (here / "m.docx").read_bytes().startswith(b"PK")
    assert "satu cerita" in double("minutes").stdout
    after = rows(double, "agreement", "--after")
    assert after[0]["dice before"] < after[0]["dice after"] == 1
    against = rows(double, "agreement", "--against-consensus")
    assert against[0]["precision sari"] == 1
    assert 0 < against[0]["recall sari"] < 1


def test_the_items_of_one_round_are_listed_alone(double: Run) -> None:
    everything = rows(double, "review", "--all")
    double(
        "rounds",
        "open",
        "Putaran 1",
        "--kind",
        "reliability",
        "--coders",
        "sari,budi",
        "--documents",
        "W02",
        *SARI,
    )
    double("rounds", "close", "Putaran 1", "--early", *SARI)
    assert everything
    assert rows(double, "review", "--all", "--round", "putaran") == []


def test_what_is_settled_is_undone_reopened_or_put_on_the_agenda(double: Run) -> None:
    before = double("review", "--all", "--format", "csv").stdout
    missed = next(row["item"] for row in rows(double, "review") if row["kind"] == "missed")
    double("review", "settle", missed, "both", *SARI)
    assert missed not in double("review").stdout
    assert "settle 1 disagreement" in double("undo", *SARI).stderr
    assert double("review", "--all", "--format", "csv").stdout == before
    double("review", "settle", missed, "codebook", *SARI)
    assert rows(double, "review", "--state", "codebook")[0]["item"] == missed
    double("review", "reopen", missed, *SARI)
    assert double("review", "--all", "--format", "csv").stdout == before
    double("review", "park", missed, "takut atau malu?", *BUDI)
    assert "takut atau malu?" in double("agenda").stdout
    assert missed in double("review").stdout


def test_what_cannot_be_settled_so_says_why_and_changes_nothing(double: Run) -> None:
    missed = next(row["item"] for row in rows(double, "review") if row["kind"] == "missed")
    before = double("history", "-n", "0", "--format", "csv").stdout
    for words, why in (
        (("settle", "W01:2", "a"), "no item “W01:2”"),
        (("settle", missed, "intersection"), "takes one of"),
        (("settle", missed, "span"), "a start and an end belong"),
        (("settle", missed, "span", "--span", "0", "3"), "some of the words"),
        (("rule", "takut", "neither", "--rule", " ", "--yes"), "stated in words"),
        (("rule", "takut", "intersection", "--rule", "x", "--yes"), "nothing that is open"),
        (("reopen", missed), "open already"),
    ):
        assert why in double("review", *words, *SARI, code=1).stderr, words
    assert double("history", "-n", "0", "--format", "csv").stdout == before
    assert "stands for a layer" in double("coders", "add", "Consensus", code=1).stderr
    assert (
        "ask for one of them"
        in double("agreement", "--after", "--against-consensus", code=1).stderr
    )


def test_an_item_that_two_copies_settled_apart_is_named_by_the_merge(
    double: Run, here: Path
) -> None:
    (place,) = here.glob("*.qcode")
    twin = here / "twin" / place.name
    twin.parent.mkdir()
    shutil.copy(place, twin)
    item = next(row["item"] for row in rows(double, "review") if row["kind"] == "boundary")
    same = next(row["item"] for row in rows(double, "review") if row["kind"] == "missed")
    double("review", "settle", item, "union", *SARI)
    double("review", "settle", item, "intersection", "-p", str(twin), *BUDI)
    for further in ((), ("-p", str(twin))):
        double("review", "settle", same, "neither", *further, *SARI)
    told = rows(double, "merge", str(twin), *SARI)
    crossed = [row for row in told if row["kind"] == "changed on both sides"]
    assert [row["what"] for row in crossed] == ["decision W01 · belajar: verdict"]
    assert crossed[0]["note"].startswith("budi's stands")
