"""Passages chosen by codes, words and saved searches on the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import INTERVIEW, Run


def coded(study: Run, words: str, code: str, *more: str) -> None:
    start = INTERVIEW.index(words)
    study("apply", "W01", start, start + len(words), code, *more)


def texts(run: Run, *words: str | Path) -> list[str]:
    found = run("excerpts", *words, "--format", "csv").stdout
    return [row["text"] for row in csv.DictReader(io.StringIO(found))]


def told(run: Run, *words: str) -> str:
    result = run(*words, code=1)
    assert not result.stdout
    return result.stderr


@pytest.fixture
def passages(study: Run) -> Run:
    """Return the study with codings: sabar within diajari, takut five words after gambar."""
    study("codebook", "add", "sabar")
    study("cases", "add", "Bu Tini")
    study("cases", "link", "W01", "Bu Tini", "--speaker", "N")
    coded(study, "Ya diajari anak muda sini, Bu Ani. Sabar dia.", "belajar")
    coded(study, "Sabar dia.", "sabar", "--memo", "kata kunci [b]")
    coded(study, "kirim gambar sendiri.", "belajar")
    coded(study, "takut salah pencet.", "takut")
    return study


LONG, SHORT, SENT, FEAR = (
    "Ya diajari anak muda sini, Bu Ani. Sabar dia.", "Sabar dia.", "kirim gambar sendiri.",
    "takut salah pencet.",
)  # fmt: skip


def test_codes_are_asked_for_together_and_apart(passages: Run) -> None:
    both = ("--code", "belajar", "--and", "sabar")
    assert texts(passages, *both) == [LONG]
    assert texts(passages, *both, "--within", "passage") == []
    assert texts(passages, *both, "--within", "document") == [LONG, SENT, FEAR]
    assert texts(passages, *both, "--within", "case") == [LONG, SENT, FEAR]
    assert texts(passages, "--code", "belajar", "--not", "sabar") == [SENT, FEAR]
    # Between “sendiri.” and “takut” stand “Takut?” and “Dulu”; labels are no words.
    assert texts(passages, "--code", "sabar", "--near", "0", "--and", "belajar") == [SHORT]
    near = ("--code", "belajar", "--and", "takut", "--near")
    assert texts(passages, *near, "1") == [FEAR]
    assert texts(passages, *near, "2") == [SENT, FEAR]
    assert texts(passages, "--memo", "KUNCI [b]") == [SHORT]
    assert texts(passages, "--text", "pencit", "--match", "fuzzy") == [FEAR]
    assert texts(passages, "--coder", "sari", "--text", "ajar", "--match", "stem") == [LONG]
    assert "leave one out" in told(passages, "freq", "--and", "takut", "--near", "1",
                                   "--within", "turn")  # fmt: skip
    assert "there is none" in told(passages, "freq", "--near", "1")


def test_a_table_of_chosen_passages_says_so_and_keeps_what_was_looked_for(passages: Run) -> None:
    passages("documents", "finish", "W01")
    passages("codebook", "add", "baru")
    table = passages("freq", "--code", "belajar", "--not", "sabar", "--not", "baru").stdout
    assert "1 of 1" in table
    assert "without “sabar” or “baru” on overlapping words" in table
    assert "“baru” was not looked for in 1 of 1 documents" in table
    passages("apply", "W01", "33", "60", "takut", "--coder", "budi")
    assert "never added up" in told(passages, "freq", "--coder", "sari", "--coder", "budi")
    assert "budi 1" in passages("freq", "--coder", "budi").stdout
    for command in ("agreement", "disagreements"):
        assert "whole documents" in told(passages, command, "--text", "x")


def test_a_search_is_saved_listed_narrowed_and_removed(passages: Run) -> None:
    saved = passages("excerpts", "--code", "belajar", "--not", "sabar", "--save", "Belajar sendiri",
                     "--format", "csv").stderr  # fmt: skip
    assert "@Belajar sendiri stands for --code belajar --not sabar" in saved
    assert texts(passages, "@belajar sendiri") == [SENT, FEAR]
    assert texts(passages, "@belajar sendiri", "--text", "gambar") == [SENT]
    assert texts(passages, "--search", "belajar sendiri", "--not", "takut") == [SENT]
    passages("freq", "@belajar sendiri", "--text", "gambar", "--save", "gambar")
    listed = passages("searches").stdout
    assert "passages of “belajar” without “sabar” on overlapping words" in listed
    assert "--code belajar --not sabar --text gambar" in listed
    assert "has --code already" in told(passages, "freq", "@gambar", "--code", "takut")
    assert "nearest are: gambar" in told(passages, "freq", "@gambor")
    assert "@NAME" in passages("freq", "gambar", code=2).stderr
    assert "no options to save" in passages("freq", "--save", "semua", code=1).stderr
    assert "save a search" in passages("history", "-n", "1").stdout
    passages("searches", "remove", "@gambar")
    passages("undo")
    assert "@gambar" in passages("searches").stdout


def test_a_saved_search_means_the_same_code_after_it_was_renamed_or_merged(passages: Run) -> None:
    passages("excerpts", "--code", "belajar", "--not", "sabar", "--save", "sendiri")
    before = texts(passages, "@sendiri")
    passages("codebook", "rename", "belajar", "berlatih")
    passages("codebook", "add", "belajar dua")
    assert texts(passages, "@sendiri") == before
    assert "--code berlatih --not sabar" in passages("searches").stdout
    passages("codebook", "merge", "berlatih", "belajar dua")
    assert texts(passages, "@sendiri") == before


def test_a_saved_search_means_the_same_documents_people_and_attributes(passages: Run) -> None:
    passages("cases", "set", "Bu Tini", "village", "Klaten")
    passages("excerpts", "--document", "W0", "--where", "vill=Kla", "--case", "bu", "--layer", "sar",
             "--save", "satu", code=1)  # fmt: skip
    passages("excerpts", "--document", "W01", "--where", "vill=Kla", "--case", "bu", "--layer", "sar",
             "--save", "satu")  # fmt: skip
    before = texts(passages, "@satu")
    assert before == [LONG, SHORT, SENT, FEAR]
    passages("cases", "add", "Budi")
    passages("cases", "set", "Budi", "villa", "Klari")
    passages("apply", "W02", "8", "20", "takut", "--coder", "sarah")
    passages("documents", "set", "W01", "--name", "Wawancara")
    passages("documents", "set", "W02", "--name", "W01")
    assert texts(passages, "@satu") == before
    listed = passages("searches").stdout
    assert "--document Wawancara --case 'Bu Tini' --where village=Klaten --layer sari" in listed
    passages("cases", "retire", "Bu Tini")
    assert "its case “bu” is not there any more" in told(passages, "freq", "@satu")
    passages("cases", "retire", "Bu Tini", "--undo")
    passages("documents", "retire", "Wawancara")
    assert "its document “W01” is not there any more" in told(passages, "freq", "@satu")


def test_a_hostile_search_is_text_everywhere(passages: Run) -> None:
    for line in ("$(reboot)", "=cmd|'x'", "[red]\u2066", "--not", "'\"", "a\\"):
        passages("freq", "--text", line, "--save", "jahat")
        again = passages("freq", "@jahat").stdout
        assert again == passages("freq", f"--text={line}").stdout
    assert "\u2066" not in passages("searches").stdout


def test_words_are_found_in_every_way_and_around_codes(passages: Run, here: Path) -> None:
    def places(*words: str) -> list[tuple[str, str]]:
        found = passages("find", *words, "--format", "csv").stdout
        return [(row["document"], row["words"].partition("»")[2].partition("«")[0])
                for row in csv.DictReader(io.StringIO(found))]  # fmt: skip

    assert places("takut", "--document", "W01") == [("W01", "Takut"), ("W01", "takut")]
    assert places("taku", "--word") == []
    assert places("takt", "--fuzzy", "--code", "takut") == [("W01", "takut")]
    assert places("belajar", "--stem", "--document", "W02") == [
        ("W02", "mengajari"), ("W02", "diajari"),
    ]  # fmt: skip
    assert places("^N: .*pencet", "--regex", "--document", "W02") == [
        ("W02", "N: Dulu takut salah pencet"),
    ]  # fmt: skip
    assert places("takut", "--layer", "sari") == [("W01", "takut")]
    assert places("dia", "--word", "--and", "sabar") == [("W01", "dia")]
    assert places("takut", "--not", "takut", "--document", "W01") == [("W01", "Takut")]
    assert places("Bu", "--near", "0", "--and", "sabar", "--word") == []
    assert places("Ani", "--near", "0", "--and", "sabar", "--word") == [("W01", "Ani")]
    assert "no pattern" in told(passages, "find", "(@", "--regex")
    passages("freq", "--code", "takut", "--text", "salah", "--save", "salah")
    assert places("@salah") == [("W01", "salah")]
    assert places("@bukan") == []
    assert "add --code" in told(passages, "find", "dia", "--and", "sabar", "--within", "case")


def test_saved_searches_go_out_and_in_as_plain_files(passages: Run, here: Path) -> None:
    passages("freq", "--code", "takut", "--text", 'a, "b"', "--save", "=satu")
    passages("export", "project", "--to", "keluar")
    passages("init", "lain", "--coder", "sari")
    for _again in range(2):
        passages("-p", "lain.qcode", "import", "keluar")
    listed = [passages("-p", name, "searches", "--format", "csv").stdout
              for name in ("studi.qcode", "lain.qcode")]  # fmt: skip
    assert listed[0] == listed[1]
    assert "takut --text" in listed[0]
