"""Bringing transcripts in: reading files, asking who interviews, storing all in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qcode.errors import BadInput, QcodeError
from qcode.formats import transcripts
from qcode.formats.transcripts import Reading
from qcode.language import _
from qcode.model.change import digest
from qcode.model.document import DOCUMENT_KINDS
from qcode.store import documents
from qcode.store.documents import NewDocument
from qcode.store.project import Step
from qcode.workflows import plain_import
from qcode.workflows.plain_import import Folder, Imported

Labels = tuple[str, ...]
"""The labels of a document's speakers, sorted."""

Interviewers = Mapping[Labels, tuple[str, ...]]
"""Who interviews, by the labels of a document; a set that is not in it stays unknown."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class Batch:
    """What was read from the paths of one command; nothing of it is stored yet."""

    readings: tuple[Reading, ...] = ()
    folders: tuple[Folder, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Voices:
    """Documents that share their labels, and the label that seems to ask; empty if unclear."""

    labels: Labels
    documents: tuple[str, ...]
    proposal: str


@dataclass
class Outcome:
    """What an import did."""

    documents: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Documents with several speakers of whom nobody said who interviews."""
    label: str = ""
    """The label in one of those that seems to ask, for an example; empty if unclear."""
    folders: list[Imported] = field(default_factory=list)


def gathered(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files and plain-text projects that paths stand for, folders looked through."""
    for path in paths:
        if not path.is_dir() or plain_import.is_project(path):
            yield path
        else:
            inside = sorted(
                file for file in path.rglob("*")
                if file.suffix.casefold() in transcripts.SUFFIXES and file.is_file()
                and not file.name.startswith(("~$", "."))
            )  # fmt: skip
            yield from inside or [path]


def read_all(
    paths: Sequence[Path], *, encoding: str = "", done: Callable[[int], None] = lambda _n: None
) -> Batch:
    """Read files and plain-text projects; one that cannot be read is told and left out."""
    readings: list[Reading] = []
    folders: list[Folder] = []
    failures: list[Failure] = []
    for path in paths:
        try:
            if plain_import.is_project(path):
                folders.append(plain_import.read(path))
            elif path.is_dir():
                raise BadInput(_("it holds no transcript (.txt, .md, .docx) and no project.toml"))
            else:
                readings.append(transcripts.read(path, encoding=encoding))
        except QcodeError as error:
            failures.append(Failure(path.name, _reason(error, path.name)))
        done(1)
    return Batch(tuple(readings), tuple(folders), tuple(failures))


def _reason(error: QcodeError, file: str) -> str:
    """Return what was wrong with a file, without its name but with the line."""
    told = str(error).removeprefix(file).removeprefix(": ")
    line, colon, rest = told.removeprefix(":").partition(": ")
    if told.startswith(":") and colon and line.isdecimal():
        return _("line {line}: {reason}").format(line=line, reason=rest)
    return told


def voices(readings: Iterable[Reading]) -> tuple[Voices, ...]:
    """Return the sets of labels among documents with several speakers, with a proposal each."""
    names: dict[Labels, list[str]] = {}
    proposals: dict[Labels, Counter[str]] = {}
    for reading in readings:
        labels = _labels(reading)
        if len(labels) < 2:
            continue
        names.setdefault(labels, []).append(reading.name)
        asks = transcripts.likely_interviewer(transcripts.voices(reading.transcript))
        proposals.setdefault(labels, Counter())[asks] += bool(asks)
    return tuple(
        Voices(labels, tuple(some), proposals[labels].most_common(1)[0][0])
        for labels, some in names.items()
    )


def named_interviewers(readings: Sequence[Reading], typed: Iterable[str]) -> Interviewers:
    """Return who interviews as it was typed; refuse a label that nobody bears."""
    wanted = {label.strip().casefold() for label in typed}
    known = {label for reading in readings for label in reading.transcript.speakers}
    for label in wanted - {one.casefold() for one in known}:
        raise BadInput(
            _("no speaker “{label}” in these files; there are: {known}").format(
                label=label, known=", ".join(sorted(known)) or "-"
            )
        )
    sets = {_labels(reading) for reading in readings}
    return {
        labels: own for labels in sets
        if (own := tuple(label for label in labels if label.casefold() in wanted))
    }  # fmt: skip


def _labels(reading: Reading) -> Labels:
    return tuple(sorted(reading.transcript.speakers))


def store(step: Step, batch: Batch, *, kind: str, interviewers: Interviewers) -> Outcome:
    """Store a batch in one step; texts that the project holds already are skipped."""
    if kind not in DOCUMENT_KINDS:
        raise BadInput(_("a document is one of {kinds}").format(kinds=", ".join(DOCUMENT_KINDS)))
    outcome = Outcome()
    names = _names(step, batch.readings)
    new = [
        _document(reading, name, kind, interviewers)
        for reading, name in zip(batch.readings, names, strict=True)
    ]
    added, outcome.skipped = documents.add(step, new)
    outcome.documents = list(added)
    for one in new:
        if len(one.transcript.speakers) > 1 and not one.speakers and one.name in added:
            outcome.unknown.append(one.name)
            if not outcome.label:
                found = transcripts.voices(one.transcript)
                outcome.label = transcripts.likely_interviewer(found)
    outcome.folders = [plain_import.store(step, folder) for folder in batch.folders]
    return outcome


def _names(step: Step, readings: Iterable[Reading]) -> Iterator[str]:
    """Yield a name for each: the file's without its suffix, with it where that is taken."""
    held = set(documents.holding(step.connection))
    taken = {document.name for document in documents.listed(step.connection, retired=True)}
    for reading in readings:
        text = digest(reading.transcript.text)
        if text in held:
            yield reading.name
            continue
        name = reading.name
        if name in taken:
            name = documents.free_name(reading.file.strip(), taken)
        held.add(text)
        taken.add(name)
        yield name


def _document(reading: Reading, name: str, kind: str, interviewers: Interviewers) -> NewDocument:
    labels = _labels(reading)
    asking = interviewers.get(labels, ())
    kinds = {label: "interviewer" if label in asking else "participant" for label in labels}
    return NewDocument(
        name,
        reading.transcript,
        kind,
        speakers=kinds if asking else {},
        details={"sha256": reading.sha256},
    )
