"""What an import would bring, and what it brought."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from qcode.formats import transcripts
from qcode.formats.transcripts import Reading
from qcode.language import _, counted
from qcode.model.document import Transcript
from qcode.model.table import Column, Share, Table
from qcode.store import schema
from qcode.workflows.importing import Outcome
from qcode.workflows.plain_import import Folder, Imported
from qcode.workflows.telling import noun_counted

FIRST = 6
"""Turns of a transcript that a preview shows."""
SHOWN = 70


def voices_table(reading: Reading, kind: str = "", interviewers: Sequence[str] = ()) -> Table:
    """Return who speaks how much in a file, and how many turns end in a question mark.

    Who interviews, by labels as typed, and what kind of document it is to be are told if known.
    """
    found = transcripts.voices(reading.transcript)
    columns = (
        Column("speaker", _("speaker")),
        Column("turns", _("turns"), numeric=True),
        Column("words", _("words"), numeric=True),
        Column("questions", _("ends in “?”"), _("turns"), numeric=True),
    )
    rows = tuple((one.label, one.turns, one.words, Share(one.questions, one.turns))
                 for one in found)  # fmt: skip
    return Table(
        reading.file,
        columns if rows else (),
        rows,
        notes=tuple(_notes(reading, kind, interviewers)),
    )


def _notes(reading: Reading, kind: str, interviewers: Sequence[str]) -> Iterator[str]:
    if kind:
        yield _("It comes in as {kind}.").format(kind=kind)
    found = transcripts.voices(reading.transcript)
    named = {label.strip().casefold() for label in interviewers}
    asking = [one.label for one in found if one.label.casefold() in named]
    if asking:
        yield _("Who interviews, as you say: {labels}").format(labels=", ".join(asking))
    elif not found:
        turns = len(reading.transcript.turns)
        yield counted("No speakers: {n} paragraph.", "No speakers: {n} paragraphs.", turns)
    elif asks := transcripts.likely_interviewer(found):
        yield _("{label} seems to be who interviews.").format(label=asks)
    elif len(found) > 1:
        yield _("It is unclear who interviews; say so with --interviewer LABEL.")


def first_turns(transcript: Transcript) -> Iterator[str]:
    """Yield the beginnings of the first turns, of those with a speaker where there are any."""
    numbered = list(enumerate(transcript.turns, 1))
    spoken = [(number, turn) for number, turn in numbered if turn.speaker]
    for number, turn in (spoken or numbered)[:FIRST]:
        said = " ".join(transcript.text[turn.said : turn.end].split())
        words = said if len(said) <= SHOWN else said[: SHOWN - 1].rstrip() + "…"
        yield f"{number:>4}  {turn.speaker + ': ' if turn.speaker else ''}{words}"


_NOUNS: Mapping[str, Callable[[int], str]] = {
    "document": lambda n: counted("{n} document", "{n} documents", n),
    "case": lambda n: counted("{n} case", "{n} cases", n),
    "code": lambda n: counted("{n} code", "{n} codes", n),
    "coding": lambda n: counted("{n} coding", "{n} codings", n),
    "flag": lambda n: counted("{n} mark", "{n} marks", n),
    "memo": lambda n: counted("{n} memo", "{n} memos", n),
}


def folder_table(folder: Folder) -> Table:
    """Return how much a plain-text project holds."""
    project = folder.project
    numbers = {
        "document": len(project.documents), "case": len(project.cases),
        "code": len(project.codebook.codes), "coding": len(project.codings),
        "flag": len(project.flags), "memo": len(project.memos),
    }  # fmt: skip
    notes = (_listed(numbers) + ".",) if any(numbers.values()) else ()
    return Table(_("Project {name}").format(name=project.name), (), (), notes=notes)


MOST_NAMES = 3


def some(names: Sequence[str]) -> str:
    """Return a few names and how many more there are."""
    shown, more = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
    return _("{names} and {n} more").format(names=shown, n=more) if more > 0 else shown


def outcome(done: Outcome) -> Iterator[str]:
    """Yield what an import did."""
    if done.documents or not done.folders:
        yield counted("{n} document imported.", "{n} documents imported.", len(done.documents))
    if done.skipped:
        yield counted("{n} was in the project already: ", "{n} were in the project already: ",
                      len(done.skipped)) + some(done.skipped)  # fmt: skip
    for folder in done.folders:
        yield from told(folder)


def told(done: Imported) -> Iterator[str]:
    """Yield what the import of a plain-text project did."""
    things = _listed(done.new) or _("nothing new")
    yield _("From the project {name}: {things}.").format(name=done.name, things=things)
    if known := _listed(done.known):
        yield _("In the project already: {things}.").format(things=known)
    if done.changed:
        yield _(
            "Corrected here since, so that what stands on it was left out: {documents}."
        ).format(documents=", ".join(done.changed))


def _listed(numbers: Mapping[str, int]) -> str:
    further = (noun for noun in (*schema.FINDINGS, "question", "search") if numbers.get(noun))
    return ", ".join((
        *(tell(numbers[noun]) for noun, tell in _NOUNS.items() if numbers.get(noun)),
        *(noun_counted(noun, numbers[noun]) for noun in further),
    ))  # fmt: skip
