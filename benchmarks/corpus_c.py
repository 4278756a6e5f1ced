"""Corpus C: 1,000,000 codings, 500 documents, 200 codes, 40 villages, against the bars.

It is made once, which takes minutes, and kept in the folder for temporary files.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import _corpus
from benchmarks._corpus import Corpus, Size
from benchmarks._terminal import Terminal
from benchmarks.tables import ROOT, median, row, seconds
from qcode.model.filter import Filter
from qcode.store.opening import open_project
from qcode.store.project import Project
from qcode.workflows.comparison import comparison
from qcode.workflows.frequency import frequency

C = Size(documents=500, codes=200, codings_each=2_000, villages=40)
AT_ONCE = 40
"""Documents whose codings are given in one step."""
_SCREEN = (120, 36)


def place() -> Path:
    """Return the corpus, which is made where it is not there yet."""
    made = Path(tempfile.gettempdir()) / "qcode-corpus-c" / "c.qcode"
    if not made.exists():
        made.parent.mkdir(exist_ok=True)
        begun = made.with_name("begun.qcode")
        begun.unlink(missing_ok=True)
        row("making corpus C", seconds(lambda: fill(begun)), "")
        begun.rename(made)
    return made


def fill(file: Path) -> None:
    """Make the corpus."""
    documents = list(_corpus.transcripts(C))
    project, coders = _corpus.founded(file)
    ids = _corpus.import_documents(project, coders[0], documents)
    codes = _corpus.add_codes(project, coders[0], C)
    _corpus.add_cases(project, coders[0], ids, C)
    for first in range(0, C.documents, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        given = _corpus.new_codings(documents[some], ids[some], codes, coders, C)
        _corpus.code_in_bulk(project, coders[0], given)
    _corpus.finish_all(Corpus(project, coders, ids, codes))
    project.close()


def tables(project: Project) -> None:
    """Time what a person reads, in process."""

    def by_village() -> object:
        with project.read() as connection:
            return comparison(connection, "village", "", Filter())

    def by_document() -> object:
        with project.read() as connection:
            return frequency(connection, Filter())

    row("C: code x village, with reading", median(by_village, 5), "300 ms")
    row("C: code x document, with reading", median(by_document, 5), "")


def first_screen(file: Path) -> None:
    """Time a cold start to the frame of the home screen that shows a document."""
    environment = {"QCODE_SETTINGS": str(file.with_name("settings.toml")),
                   "PYTHONPATH": str(ROOT)}  # fmt: skip
    command = [sys.executable, "-m", "qcode", "-p", str(file), "--coder", "sari"]
    taken = []
    for _run in range(3):
        with Terminal(command, _SCREEN, environment) as terminal:
            taken.append(terminal.started("W001"))
    row("C: open to first screen", sorted(taken)[1], "1200 ms")


def check(file: Path) -> None:
    """Time ``qcode check``."""
    command = [sys.executable, "-m", "qcode", "check", "-p", str(file)]
    environment = {**os.environ, "QCODE_SETTINGS": str(file.with_name("settings.toml"))}
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    row("C: check", time.perf_counter() - begun, "60,000 ms")


def main() -> None:
    print("Corpus C: 1,000,000 codings, 500 documents, 200 codes, 40 villages")
    file = place()
    row("the file", 0.0, f"{file.stat().st_size / 1e6:,.0f} MB")
    project = open_project(str(file))
    tables(project)
    project.close()
    first_screen(file)
    check(file)


if __name__ == "__main__":
    main()
