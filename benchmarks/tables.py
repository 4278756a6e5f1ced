"""First results on corpus A: filling it, coding it, and every table of it, against the bars."""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks import _corpus
from benchmarks._corpus import Corpus
from qcode.analysis.cooccurrence.meeting import Way
from qcode.analysis.matrix import DOCUMENTS, PASSAGES
from qcode.formats.excerpts import write
from qcode.formats.transcripts import read_bytes
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import codings
from qcode.store.codings import NewCoding
from qcode.store.opening import open_project
from qcode.store.project import Project, Reader
from qcode.workflows.comparison import comparison
from qcode.workflows.cooccurrence import Asked, cooccurrence
from qcode.workflows.excerpts import excerpts
from qcode.workflows.frequency import frequency
from qcode.workflows.matrix import matrix

ROOT = Path(__file__).parents[1]
RUNS = 9


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    work()
    return statistics.median(seconds(work) for _run in range(runs))


def row(what: str, taken: float, bar: str) -> None:
    print(f"{what:<52} {1000 * taken:9.1f} ms   {bar}", flush=True)


def filled(folder: Path) -> Corpus:
    """Import corpus A and code it, printing how long each step takes."""
    made = list(_corpus.transcripts())
    files = [(document.name, document.transcript.text.encode()) for document in made]
    project, coders = _corpus.founded(folder / "a.qcode")
    reading = seconds(lambda: [read_bytes(data, name, ".txt") for name, data in files])
    ids: tuple[str, ...] = ()

    def bring() -> None:
        nonlocal ids
        ids = _corpus.import_documents(project, coders[0], made)

    storing = seconds(bring)
    row("import A: reading the texts", reading, "")
    row("import A: storing them", storing, "together 1 s")
    codes = _corpus.add_codes(project, coders[0])
    _corpus.add_cases(project, coders[0], ids)
    given = _corpus.new_codings(made, ids, codes, coders)
    bulk = seconds(lambda: _corpus.code_in_bulk(project, coders[0], given))
    row("10,000 codings in bulk", bulk, "1.5 s")
    corpus = Corpus(project, coders, ids, codes)
    _corpus.finish_all(corpus)
    return corpus


def bare(folder: Path, runs: int = 60) -> float:
    """Return the median of one durable insert of two rows with nothing but sqlite3."""
    file = sqlite3.connect(folder / "bare.db", isolation_level=None)
    file.execute("PRAGMA journal_mode=DELETE")
    file.execute("PRAGMA synchronous=EXTRA")
    file.execute("CREATE TABLE change (pk INTEGER PRIMARY KEY, id BLOB UNIQUE, data TEXT)")
    file.execute("CREATE TABLE coding (pk INTEGER PRIMARY KEY, id BLOB UNIQUE, data TEXT)")

    def one() -> None:
        file.execute("BEGIN IMMEDIATE")
        for table in ("change", "coding"):
            file.execute(
                f"INSERT INTO {table} (id, data) VALUES (?, ?)", (os.urandom(16), "x" * 300)
            )
        file.execute("COMMIT")

    taken = [seconds(one) for _run in range(runs)]
    file.close()
    return statistics.median(taken)


def durable(corpus: Corpus, folder: Path, runs: int = 60) -> None:
    """Time one coding as a person gives it, the commit apart, beside a bare insert."""
    committing: list[float] = []
    project, coder = corpus.project, corpus.coders[0]
    whole = []
    for number in range(runs):
        start = time.perf_counter()
        with project.write(coder, "apply") as step:
            span = Span(100 + number, 300 + number)
            code = corpus.codes[number % len(corpus.codes)]
            codings.apply(step, [NewCoding(corpus.documents[number % 10], span, code)])
            before = time.perf_counter()
        committing.append(time.perf_counter() - before)
        whole.append(time.perf_counter() - start)
    own = statistics.median(all - commit for all, commit in zip(whole, committing, strict=True))
    plain = bare(folder, runs)
    row("one durable coding", statistics.median(whole), "")
    row("  of it beside the commit", own, "2 ms")
    row("  bare sqlite3, two rows", plain, f"ratio {statistics.median(whole) / plain:.1f}, bar 3")


def tables(project: Project) -> None:
    """Time what a person reads, as the commands make it, in process."""

    def read(table: Callable[[Reader], object]) -> Callable[[], object]:
        def work() -> object:
            with project.read() as connection:
                return table(connection)

        return work

    def together(way: Way, *, rolled: bool = False) -> Callable[[], object]:
        return read(lambda one: cooccurrence(one, Filter(), Asked(way, rolled)))

    def quoting() -> bytes:
        with project.read() as connection:
            found = excerpts(connection, Filter())
        return write(found.excerpts, "csv", title="A", notes=found.notes)

    whole = Filter()
    row("codes (freq)", median(read(lambda one: frequency(one, whole))), "")
    by_document = read(lambda one: matrix(one, whole, DOCUMENTS, PASSAGES))
    row("code x document", median(by_document), "20 ms")
    row("code x village", median(read(lambda one: comparison(one, "village", "", whole))), "20 ms")
    row("co-occurrence", median(together(Way())), "20 ms")
    row("  with the codes below each", median(together(Way(), rolled=True)), "")
    row("  in the same turn", median(together(Way("turn"))), "")
    row("  within 20 words", median(together(Way("near", 20)), 3), "")
    row("all 10,000 excerpts to CSV", median(quoting, 5), "250 ms")


COLD = (
    "freq",
    "codings list",
    "excerpts",
    "excerpts --format json",
    "patterns --by village",
    "framework",
    "find ba --stem",
)
"""Commands as somebody types them, each in a process of its own: those that show most."""


def cold(path: Path) -> None:
    environment = {**os.environ, "QCODE_SETTINGS": str(path.parent / "settings.toml")}
    # Who has installed qcode has its modules compiled, and a pipe that is written in large parts.
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
        environment.pop(name, None)
    for typed in COLD:
        command = [sys.executable, "-m", "qcode", *typed.split(), "-p", str(path)]
        row(
            f"qcode {typed}, cold process", median(partial(_run, command, environment), 7), "600 ms"
        )


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)


def main() -> None:
    print("Corpus A: 200 documents of 27.5 KB, 40 codes, two coders, 10,000 codings")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = filled(folder)
        durable(corpus, folder)
        corpus.project.close()
        project = open_project(str(folder / "a.qcode"))
        tables(project)
        project.close()
        cold(folder / "a.qcode")


if __name__ == "__main__":
    main()
