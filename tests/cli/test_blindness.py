"""Every command, as a coder of an open round: of the others' work there is nothing to be seen."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qcode.cli.commands import COMMANDS
from qcode.cli.main import load, qcode
from tests.workflows.blinded import SECRET, Blinded

READING: tuple[tuple[str, ...], ...] = (
    ("demo", "contoh"), ("documents", "list"), ("documents", "show", "W02"),
    ("documents", "speakers"), ("documents", "corrections"),
    ("cases", "list"), ("coders", "list"), ("codebook", "review"),
    ("codebook", "piles"), ("codebook", "show"),
    ("codebook", "show", "takut"), ("codebook", "export"),
    ("codings", "list"), ("codings", "list", "--document", "W02"),
    ("memos", "list"), ("memos", "list", "--document", "W01"), ("find", "takut"),
    ("find", "takut", "--code", "takut"), ("find", "takut", "--near", "9", "--and", "takut"),
    ("freq", "--and", "takut", "--within", "case"), ("freq", "--not", "takut", "--near", "3"),
    ("excerpts", "--memo", "a", "--format", "csv"), ("freq", "--coder", "bima", "--text", "a"),
    ("searches", "list"), ("excerpts", "--format", "json"),
    ("excerpts", "--format", "csv", "--layer", "bima"), ("freq",), ("freq", "--layer", "bima"),
    ("freq", "--layer", "sari"), ("freq", "--by-coder"), ("freq", "--rolled"),
    ("compare", "--by", "village"),
    ("patterns", "--by", "village", "--least", "1"), ("attributes",), ("indicators",),
    ("rounds", "list"), ("rounds", "show", "R1"), ("rounds", "proposals", "R1"),
    ("agreement",), ("agreement", "--document", "W01"), ("agreement", "--round", "R1"),
    ("disagreements",), ("disagreements", "--document", "W02"), ("review", "list"),
    ("decisions",), ("progress",), ("progress", "--days"), ("revisit",), ("agenda", "list"),
    ("agenda", "show", "{flag}"), ("history", "-n", "0"), ("history", "--by", "bima"),
    ("history", "--document", "W02"), ("keys",), ("methods",), ("cooccur",), ("matrix",),
    ("saturation",), ("check",),
    ("export", "project", "--to", "berkas"), ("export", "codebook"),
    ("export", "report", "--to", "berkas/laporan.md"), ("export", "tables", "--to", "berkas"),
    ("guide", "show"), ("guide", "coverage"), ("guide", "answers", "1"), ("guide", "codes", "1"),
    ("guide", "find"), ("guide", "export"), ("member-check", "list"),
    ("member-check", "page", "I-W01"),
    ("narrative", "show"), ("narrative", "show", "I-W01"), ("narrative", "pieces", "I-W01"),
    ("narrative", "show", "I-W01", "--outline"), ("framework", "list"),
    ("themes", "list"), ("themes", "show", "tema"), ("themes", "quotations", "--all"),
    ("triangulate", "show", "--by", "kind"), ("triangulate", "show", "--code", "takut", "--passages"),
    ("framework", "show", "I-W01", "takut"), ("quotations", "list"), ("quotations", "informants"),
)  # fmt: skip
"""Commands that show something, with what they are asked."""
FINISHED = (("progress",), ("rounds", "list"))
"""Commands that tell who finished which document, which all may know, and nothing more."""
WRITING = (
    "init import code apply merge undo redo backup assign minutes",
    "documents: set finish update retire correct play",
    "cases: import link add retire set consent",
    "coders: set knows add",
    "codebook: split unpile import add accept revise rename move merge retire restore",
    "codings: import retire recode move split join flag unflag mark",
    "memos: add edit retire",
    "rounds: open close",
    "review: agree settle rule park reopen",
    "agenda: answer settle reopen",
    "searches: remove",
    "quotations: shorten translate role use forget",
    "guide: import mark unmark retire",
    "member-check: answer withdraw",
    "themes: add revise status move ground unground retire",
    "triangulate: set",
    "narrative: outline add-heading say drop move rewrite remove",
    "framework: write remove",
)
"""Commands that change something or write what settles it, or open a screen, by group."""


@pytest.fixture
def blinded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blinded:
    for name in ("QCODE_PROJECT", "QCODE_CODER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    return Blinded.made(tmp_path)


def said(blinded: Blinded, words: tuple[str, ...], coder: str) -> str:
    """Return all that a command brings out: what it says, and the files it writes."""
    folder = blinded.place.parent
    for name in ("berkas", "contoh"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "berkas").mkdir()
    words = tuple(word.format(flag=blinded.flag[-6:]) for word in words)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(qcode, ["--coder", coder, *words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code in (0, 1), result.output
        parts = [str(result.exit_code), result.output]
        for file in sorted((folder / "berkas").rglob("*")):
            parts += [file.name, text_of(file)] if file.is_file() else []
    return "\n".join(parts)


def text_of(file: Path) -> str:
    """Return what stands in a file; of a workbook or a page, in all its parts."""
    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as parts:
        names = sorted(name for name in parts.namelist() if name.endswith(".xml"))
        return "\n".join(parts.read(name).decode() for name in names)


def leaves(command: click.Command, name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(command, click.Group):
        for below, one in command.commands.items():
            yield from leaves(one, (*name, below))
    else:
        yield name


def test_every_command_is_known_to_show_something_or_to_change_something() -> None:
    known = {leaf for name, entry in COMMANDS.items() for leaf in leaves(load(entry), (name,))}
    changing: set[tuple[str, ...]] = set()
    for line in WRITING:
        group, _colon, names = line.rpartition(":")
        changing |= {(*filter(None, (group,)), name) for name in names.split()}
    showing = {leaf for leaf in known if any(one[: len(leaf)] == leaf for one in READING)}
    assert known - changing == showing


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_coder_of_an_open_round_sees_what_he_would_if_the_other_had_done_nothing(
    blinded: Blinded, words: tuple[str, ...]
) -> None:
    shown = said(blinded, words, "sari")
    assert SECRET not in shown
    if "--by" not in words:
        assert SECRET not in said(blinded, words, "siapa")
    blinded.become(twin=True)
    if words not in FINISHED:
        assert shown == said(blinded, words, "sari")


def test_a_supervisor_sees_all_and_after_closing_everyone_does(blinded: Blinded) -> None:
    for words in (("memos", "list"), ("codebook", "show"), ("history", "-n", "0"), ("freq",)):
        blind, seeing = said(blinded, words, "sari"), said(blinded, words, "guru")
        assert blind != seeing
        assert SECRET in seeing
    note = "round R1 is open: only your own codings in its 2 documents are counted"
    assert note in said(blinded, ("freq",), "sari")
    assert note not in said(blinded, ("freq",), "guru")
    assert "shown when it is closed" in said(blinded, ("agreement", "--document", "W01"), "sari")
    blinded.close_round()
    for words in (("memos", "list"), ("codebook", "show"), ("history", "-n", "0"), ("freq",)):
        assert said(blinded, words, "sari") == said(blinded, words, "guru")


def test_who_codes_blind_is_told_that_findings_of_others_are_hidden_not_that_there_are_none(
    blinded: Blinded,
) -> None:
    hidden = "round R1 is open: of themes, summaries, stories, answers, places where questions"
    for words in (("triangulate", "show", "--theme", "tema b"), ("guide", "answers", "1"),
                  ("guide", "codes", "1"), ("guide", "show"), ("themes", "list"),
                  ("themes", "show", "tema bima"), ("themes", "quotations", "--all"),
                  ("themes", "show", "tema sendiri", "--part", "grounds"),
                  ("framework", "list"), ("narrative", "show"),
                  ("quotations", "informants"), ("member-check", "list")):  # fmt: skip
        assert hidden in said(blinded, words, "sari")
        assert hidden not in said(blinded, words, "guru")
    assert "0 of 0" not in said(blinded, ("guide", "answers", "1"), "sari")
    report = said(blinded, ("export", "report", "--to", "berkas/laporan.md"), "sari")
    assert "can be written when it is closed" in report
    tables = said(blinded, ("export", "tables", "--format", "csv", "--to", "contoh"), "sari")
    assert tables.startswith("0")
    assert (blinded.place.parent / "contoh" / "codes.csv").exists()


def test_a_blind_copy_goes_out_and_comes_back_by_command(blinded: Blinded, tmp_path: Path) -> None:
    copy = tmp_path / "sari.qcode"
    out = ("export", "project", "--for", "sari", "--round", "R1", "-o", str(copy))
    sent = said(blinded, out, "guru")
    assert "for sari (2 documents)" in sent
    assert "also words that are off the record" in sent
    assert SECRET.encode() not in copy.read_bytes()
    assert "exists already" in said(blinded, out, "guru")
    wrong = CliRunner().invoke(qcode, ["export", "project", "-p", str(blinded.place)])
    assert "say --to FOLDER" in wrong.output
    at = ("-p", str(copy))
    assert "was made for sari" in said(blinded, ("freq", *at), "bima")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        run = CliRunner().invoke(qcode, ["apply", "W02", "24", "40", "sabar", *at])
        assert run.exit_code == 0, run.output
        assert "Undone" in CliRunner().invoke(qcode, ["undo", *at]).output
        assert "Done again" in CliRunner().invoke(qcode, ["redo", *at]).output
        assert "What sari did" in CliRunner().invoke(qcode, ["progress", "--days", *at]).output
        assert SECRET not in CliRunner().invoke(qcode, ["history", *at]).output
    assert "who codes blind" in said(blinded, ("merge", str(blinded.place), *at), "sari")
    back = ("merge", str(copy))
    assert "Merged" in said(blinded, back, "guru")
    assert "Nothing new" in said(blinded, back, "guru")
    assert "sabar" in said(blinded, ("codings", "list", "--document", "W02"), "sari")
