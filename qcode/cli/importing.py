"""``qcode import``: transcripts, folders of them, and plain-text projects."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from qcode import settings
from qcode.cli import diagnostics, given, options, output
from qcode.cli.opened import acting
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.document import DOCUMENT_KINDS
from qcode.store import backups
from qcode.workflows import importing, previewing
from qcode.workflows.importing import Batch, Interviewers, Outcome, Voices
from qcode.workflows.previewing import some


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are to be read and what is known about them."""

    kind: str
    interviewers: tuple[str, ...]
    encoding: str
    yes: bool


_MANNER = (
    click.option("--kind", type=click.Choice(DOCUMENT_KINDS), default=DOCUMENT_KINDS[0],
                 show_default=True, help=_("What the documents are.")),
    click.option("--interviewer", "interviewers", multiple=True, metavar="LABEL",
                 help=_("The label of who asks; may be given again. The others are participants.")),
    click.option("--encoding", default="", metavar="NAME",
                 help=_("The encoding of text files that are not in UTF-8.")),
    options.yes,
)  # fmt: skip


def _manner(command: Callable[..., None]) -> Callable[..., None]:
    """Give ``manner``: a Manner."""

    @functools.wraps(command)
    def with_manner(*args: Any, **kwargs: Any) -> None:
        manner = Manner(**{name: kwargs.pop(name) for name in Manner.__slots__})
        command(*args, manner=manner, **kwargs)

    for option in reversed(_MANNER):
        with_manner = option(with_manner)
    return with_manner


@click.command("import", help=_("Bring in transcripts (.txt, .md, .docx), folders of them, or a "
               "plain-text project."))  # fmt: skip
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_manner
@click.option("--preview", is_flag=True, help=_("Show what would come in; change nothing."))
@options.project_as_typed
@options.coder
def bring(
    paths: tuple[Path, ...], manner: Manner, *, preview: bool, project: str, coder: str
) -> None:
    batch = _read(paths, manner.encoding)
    if batch.folders and not (batch.readings or batch.failures):
        given.refuse(_("a plain-text project says itself what its documents are, and who speaks"),
                     "kind", "interviewers", "encoding")  # fmt: skip
    if preview:
        _preview(batch, manner)
    elif batch.readings or batch.folders:
        _summarise(_stored(batch, manner, settings.project_place(project), coder))
    for failure in batch.failures:
        diagnostics.error(_("{file} was not imported: {reason}").format(
            file=failure.file, reason=failure.reason))  # fmt: skip
    if batch.failures:
        raise click.exceptions.Exit(1)


def _read(paths: Iterable[Path], encoding: str) -> Batch:
    files = list(importing.gathered(paths))
    with diagnostics.progress(_("reading"), len(files) if len(files) > 1 else 0) as advance:
        return importing.read_all(files, encoding=encoding, done=advance)


def _stored(batch: Batch, manner: Manner, place: str, coder: str) -> Outcome:
    chosen = _interviewers(batch, manner.interviewers, yes=manner.yes)
    for reading in batch.readings:
        _tell_warnings(reading.file, reading.warnings)
    with acting(place, coder) as (project, who):
        backups.back_up_if_filled(project)
        with project.write(who, "import") as step:
            return importing.store(step, batch, kind=manner.kind, interviewers=chosen)


def _interviewers(batch: Batch, typed: Sequence[str], *, yes: bool) -> Interviewers:
    if typed:
        return importing.named_interviewers(batch.readings, typed)
    found = importing.voices(batch.readings)
    if yes:
        return {voices.labels: (voices.proposal,) for voices in found if voices.proposal}
    if not diagnostics.someone_answers():
        return {}
    answers = {voices.labels: _ask(voices) for voices in found}
    return {labels: answer for labels, answer in answers.items() if answer}


def _ask(voices: Voices) -> tuple[str, ...]:
    """Ask who interviews in documents that share their labels; nobody for ``-``."""
    question = _("{documents}: who interviews? ({labels}; several with commas; - if unclear)")
    answer = diagnostics.ask(
        question.format(documents=some(voices.documents), labels=", ".join(voices.labels)),
        voices.proposal or "-",
    )
    labels = {label.casefold(): label for label in voices.labels}
    typed = [part.strip() for part in answer.split(",") if part.strip() not in ("", "-")]
    for label in typed:
        if label.casefold() not in labels:
            raise BadInput(_("no speaker “{label}”; there are: {known}").format(
                label=label, known=", ".join(voices.labels)))  # fmt: skip
    return tuple(labels[label.casefold()] for label in typed)


def _summarise(done: Outcome) -> None:
    for line in previewing.outcome(done):
        diagnostics.note(line)
    if done.unknown:
        diagnostics.note(
            _("Nobody said who interviews in {documents}: every speaker counts as a participant. "
              "To say so: qcode documents speakers --label {label} --kind interviewer").format(
                documents=some(done.unknown), label=_quoted(done.label) or _("LABEL"))
        )  # fmt: skip


def _quoted(label: str) -> str:
    """Return a label as it is typed: in quotes if it is not one plain word."""
    plain = not label or all(letter.isalnum() or letter in "_-." for letter in label)
    return label if plain else f'"{label}"'


def _tell_warnings(file: str, warnings: Iterable[str]) -> None:
    for warning in warnings:
        diagnostics.warning(f"{file}: {warning}")


def _preview(batch: Batch, manner: Manner) -> None:
    importing.named_interviewers(batch.readings, manner.interviewers)
    for number, reading in enumerate(batch.readings):
        output.lines([""] if number else [])
        output.show(previewing.voices_table(reading, manner.kind, manner.interviewers))
        output.lines(previewing.first_turns(reading.transcript))
        _tell_warnings(reading.file, reading.warnings)
    for folder in batch.folders:
        output.show(previewing.folder_table(folder))
        _tell_warnings(folder.project.name, folder.warnings)
