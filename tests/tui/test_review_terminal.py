"""The sample from two coders' copies to a consensus, as a supervisor does it."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from qcode.cli.main import qcode
from qcode.settings import shipped
from qcode.store import decisions
from qcode.store.opening import open_project
from tests.tui.terminal import terminal

needs_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None and not os.environ.get("CI"), reason="needs tmux"
)
PEOPLE = ("sari", "bima")
WIDE = {"COLUMNS": "120", "LINES": "36"}
Row = dict[str, str]


def run(*words: str | Path) -> str:
    """Run a command line; return what it says."""
    done = CliRunner().invoke(qcode, list(map(str, words)))
    assert done.exit_code == 0, done.output
    return done.output


def rewrite(table: Path, change: Callable[[Row], Row | None]) -> None:
    """Write a table anew with its rows changed, or without them."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(filter(None, map(change, rows)))


def sample_of(folder: Path, coder: str) -> Path:
    """Return the shipped sample with nothing in it but the work of one coder, or of none."""
    shutil.copytree(shipped("projects") / "three-villages", folder)

    def finished(row: Row) -> Row:
        his = coder in {name.strip() for name in row["finished"].split("|")}
        return row | {"finished": coder if his else "", "codebook": row["codebook"] if his else ""}

    rewrite(folder / "codings.csv", lambda row: row if row["coder"] == coder else None)
    rewrite(folder / "documents.csv", finished)
    for name in ("memos.csv", "flags.csv"):
        rewrite(folder / name, lambda _row: None)
    return folder


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A project without codings, and a copy of it from each of two coders."""
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "studi.qcode"
    run("init", "Tiga Desa", "-p", place, "--coder", "sari")
    run("import", sample_of(tmp_path / "nobody", ""), "-p", place, "--coder", "sari")
    found = [place]
    for coder in PEOPLE:
        found.append(tmp_path / f"{coder}.qcode")
        shutil.copy(place, found[-1])
        run("import", sample_of(tmp_path / coder, coder), "-p", found[-1], "--coder", coder)
    return found


@needs_tmux
def test_two_copies_become_one_consensus_by_a_rule_and_single_keys(copies: list[Path]) -> None:
    place, *coded = copies
    assert "Merged" in run("merge", *coded, "-p", place, "--coder", "sari")
    with terminal(place, "", (120, 36), WIDE) as shown:
        shown.until("of 30 documents")
        shown.press("C-t", "g")
        shown.until("93 items to settle")
        shown.press("A")
        shown.until("166 agreements in 11 documents become the consensus")
        shown.press("y")
        shown.until("166 items settled")
        shown.press("/", *"champion", "Enter")
        shown.until(lambda screen: "masyarakat sipil" not in screen and "All items" in screen)
        shown.press("Enter")
        shown.until("12 of 12 open")
        shown.press("R")
        shown.until("A rule for “champion”")
        shown.press("B")
        shown.until("The rule in words")
        shown.press(*"orangnya", "Enter")
        shown.until("Settle 12 items by this rule?")
        shown.press("y")
        shown.until("12 items settled")
        shown.press("q")
        shown.until("81 items to settle · 12 settled")
        shown.press("q", "2")
        shown.until("11 of 11 rows")
        shown.press("k", "Enter")
        shown.until("2 of 4 open")
        shown.press("x")
        shown.until(", 1 left")
        shown.press("x")
        shown.until("The consensus is of record now in 1 document: W07")
        shown.press("q", "I")
        shown.until("79 of 93 open")
        for left in range(78, 60, -1):
            shown.press("x" if left % 3 else "a")
            shown.until(f", {left} left")
        shown.press("U")
        shown.until("Undone")
        shown.press("C-r")
        shown.until("Done again")
        shown.press("q", "6")
        shown.until("alpha, after")
        shown.press("/", *"champion")
        screen = shown.until("1 of 116 rows")
        figures = next(line.split() for line in screen.splitlines() if "champion  " in line)
        assert float(figures[1]) < float(figures[2]) == 1
    assert verdicts(place) == {"agree": 166, "both": 12, "a or b": 6, "neither": 14}
    assert "champion" in run("excerpts", "--layer", "consensus", "-p", place, "--format", "csv")
    assert "nothing was changed" in run("merge", *coded, "-p", place, "--coder", "sari")


def verdicts(place: Path) -> dict[str, int]:
    """Count what was settled."""
    project = open_project(str(place))
    with project.read() as connection:
        found = [one.verdict for one in decisions.listed(connection)]
    project.close()
    named = ["a or b" if one in ("a", "b") else one for one in found]
    return {one: named.count(one) for one in sorted(set(named))}
