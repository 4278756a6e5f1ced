"""What lies in a folder and may come into a project, and what each table would bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats import codebook as codebooks
from qcode.formats import transcripts
from qcode.formats.folder import read_cases
from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.store import cases
from qcode.store.documents import natural
from qcode.store.project import Reader, Step
from qcode.workflows import codebooks as books
from qcode.workflows import people, plain_import, previewing, tabled
from qcode.workflows.importing import Batch

FOLDER, TRANSCRIPTS, PROJECT = "folder", "transcripts", "project"
CODEBOOK, CASES, CODINGS = "codebook", "cases", "codings"
_TABLES = (".csv", ".xlsx")
MOST_SHOWN = 12
"""Files, codes or cases of which a preview speaks."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file or folder, and as what it may come in; a folder is also to be looked into."""

    path: Path
    ways: tuple[str, ...]
    size: int = 0
    """Bytes of a file."""


def arrivals(folder: Path) -> tuple[Arrival, ...]:
    """Return what lies in a folder and can be used, folders first; raise BadInput if unreadable."""
    try:
        found = [one for one in folder.iterdir() if not one.name.startswith((".", "~$"))]
        everything = [arrival(one) for one in found]
    except OSError as error:
        raise BadInput(
            _("this folder cannot be read: {why}").format(why=error.strerror), file=str(folder)
        ) from error
    usable = [one for one in everything if one.ways]
    return tuple(sorted(usable, key=lambda one: (one.ways[0] != FOLDER, natural(one.path.name))))


def arrival(path: Path) -> Arrival:
    """Return as what a file or folder may come in."""
    if path.is_dir():
        whole = PROJECT if plain_import.is_project(path) else TRANSCRIPTS
        return Arrival(path, (FOLDER, whole))
    ways: list[str] = []
    if path.is_file():
        suffix = path.suffix.casefold()
        if suffix in transcripts.SUFFIXES:
            ways.append(TRANSCRIPTS)
        if suffix in _TABLES:
            ways += [CASES, CODEBOOK, CODINGS]
        elif suffix in codebooks.SUFFIXES and path.name != "project.toml":
            ways.append(CODEBOOK)
    return Arrival(path, tuple(ways), path.stat().st_size if ways else 0)


def batch_previewed(batch: Batch) -> Iterator[str]:
    """Yield what was read of transcripts: who speaks, the first turns, what could not be read."""
    for failure in batch.failures:
        yield _("{file} was not imported: {reason}").format(
            file=failure.file, reason=failure.reason
        )
    for reading in batch.readings[:MOST_SHOWN]:
        table = previewing.voices_table(reading)
        yield ""
        yield table.title
        for label, turns, words, _questions in table.rows:
            yield _("{label}: {turns} turns, {words} words").format(
                label=label, turns=turns, words=words
            )
        yield from table.notes
        yield from reading.warnings
        yield from previewing.first_turns(reading.transcript)
    more = len(batch.readings) - MOST_SHOWN
    if more > 0:
        yield ""
        yield counted("… and {n} more document", "… and {n} more documents", more)
    for folder in batch.folders:
        table = previewing.folder_table(folder)
        yield from (table.title, *table.notes, *folder.warnings)


def table_previewed(connection: Reader, path: Path, way: str) -> Iterator[str]:
    """Yield what a table of codes or cases would bring; raise BadInput where it is none."""
    if way == CODEBOOK:
        book = Codebook(books.read(str(path)).codes)
        walked = list(book.walk(retired=True))
        yield counted("{n} code:", "{n} codes:", len(walked))
        yield from _first([f"{'  ' * depth}{code.name}" for code, depth in walked])
    elif way == CASES:
        table = read_cases(path, cases.attributes_of(connection))
        yield counted("{n} case:", "{n} cases:", len(table.cases))
        yield _("attributes: {names}").format(
            names=", ".join(one.name for one in table.attributes) or "-"
        )
        yield from _first([f"{one.kind} {one.name}" for one in table.cases])
    else:
        yield _("Codings are looked at row by row as they come in; one that does not fit is told.")


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:MOST_SHOWN]
    if len(lines) > MOST_SHOWN:
        yield _("… and {n} more").format(n=len(lines) - MOST_SHOWN)


def take_table(step: Step, path: Path, way: str, *, update: bool = False) -> str:
    """Store the codes, cases or codings of a table, and say how many came."""
    if way == CODEBOOK:
        read = books.read(str(path))
        if not read.codes:
            raise BadInput(_("this file holds no codes"), file=str(path))
        codes = books.take(step, read.codes, update=update)
        told = counted("{n} code imported.", "{n} codes imported.", codes.added)
        return _with(told, codes.updated, codes.skipped)
    if way == CASES:
        taken = people.take_cases(step, path, update=update)
        told = counted("{n} case imported.", "{n} cases imported.", taken.added)
        return _with(told, taken.updated, taken.skipped)
    done = tabled.take(step, path)
    return _with(counted("{n} coding imported.", "{n} codings imported.", done.added),
                 0, done.skipped)  # fmt: skip


def _with(told: str, updated: int, skipped: int) -> str:
    parts = [told]
    if updated:
        parts.append(counted("{n} was updated.", "{n} were updated.", updated))
    if skipped:
        parts.append(counted("{n} was there already.", "{n} were there already.", skipped))
    return " ".join(parts)


def verb_of(way: str) -> str:
    """Return the name of the step that brings something in."""
    return {CODEBOOK: "import codebook", CASES: "import cases", CODINGS: "import codings"}.get(
        way, "import"
    )
