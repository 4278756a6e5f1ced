"""``qcode export``: a project as plain files, its codebook, a report and tables of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from qcode.cli import codebook, diagnostics, options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.errors import BadInput, Refused
from qcode.language import _, counted
from qcode.model.filter import Filter
from qcode.model.methods import LANGUAGES
from qcode.system import is_free, private_folder, write_atomically
from qcode.workflows import plain_export, sending, settled
from qcode.workflows.counting import surveyed


@click.group(help=_("Write a project, a codebook, a report or tables to files."))
def export() -> None:
    pass


@export.command(help=_("Write the project as plain files: tables, codebook, transcripts. They hold "
                       "everything, also what participants did not release. Or, with --for, "
                       "write a copy for one coder to work on: his whole documents, without what "
                       "others did."))  # fmt: skip
@click.option("--to", "folder", type=click.Path(path_type=Path), metavar="FOLDER",
              help=_("A folder that does not exist or is empty."))  # fmt: skip
@click.option("--for", "coder", default="", metavar="CODER",
              help=_("The coder a blind copy is made for."))  # fmt: skip
@click.option("--round", default="", metavar="NAME",
              help=_("Only the documents he is assigned in this round."))  # fmt: skip
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), metavar="FILE",
              help=_("The copy: a file that is not there yet."))  # fmt: skip
@options.project
@diagnostics.waiting()
def project(folder: Path | None, coder: str, round: str, file: Path | None, project: str) -> None:
    if coder and file and not folder:
        _send(project, coder, file, round)
    elif folder and not (coder or round or file):
        _write(project, folder)
    else:
        raise click.UsageError(_("say --to FOLDER, or --for CODER -o FILE"))


def _send(project: str, coder: str, file: Path, round: str) -> None:
    with opened(project) as place:
        sent = sending.send(place, coder, file, round)
    documents = counted("{n} document", "{n} documents", sent.documents)
    diagnostics.note(_("Written: {file}, for {coder} ({documents}); what others did is not in it. "
                       "When it comes back: qcode merge {file}").format(
        file=file, coder=coder, documents=documents))  # fmt: skip
    diagnostics.note(_("It holds these documents whole, also words that are off the record."))


def _write(project: str, folder: Path) -> None:
    with opened(project) as place, place.read() as connection:
        written = plain_export.write(connection, folder)
        again, left = settled.staying(connection), len(surveyed(connection).left)
    documents = counted("{n} document", "{n} documents", len(written.documents))
    codings = counted("{n} coding", "{n} codings", len(written.codings))
    diagnostics.note(_("Written: {folder} ({documents}, {codings})").format(
        folder=folder, documents=documents, codings=codings))  # fmt: skip
    if left:
        diagnostics.note(
            counted("{n} interview stays behind: nobody in it takes part in the study any more",
                    "{n} interviews stay behind: nobody in them takes part in the study any more",
                    left))  # fmt: skip
    if again:
        diagnostics.warning(
            counted("{n} decision is open again and was not written",
                    "{n} decisions are open again and were not written", again))  # fmt: skip


@export.command(help=_("Write the study as a document: how it was made, what was found by village, "
                       "themes, key quotations, methods and codebook. HTML for one page with all "
                       "its pictures, DOCX, or Markdown with a folder of pictures beside it."))  # fmt: skip
@click.option("--to", "-o", "--output", "file", required=True, metavar="FILE",
              type=click.Path(dir_okay=False, path_type=Path), help=_("A .html, .docx or .md file."))  # fmt: skip
@click.option("--by", default="", metavar="ATTRIBUTE",
              help=_("What to compare by; by default the attribute called village or desa."))  # fmt: skip
@click.option("--methods-in", "language_of_methods", type=click.Choice(LANGUAGES), default=LANGUAGES[0],
              show_default=True, help=_("The language of the paragraphs on methods."))  # fmt: skip
@options.project
@options.filters
@diagnostics.waiting()
def report(file: Path, by: str, language_of_methods: str, project: str, asked: Filter) -> None:
    from qcode.cli.methods import day
    from qcode.formats import figures
    from qcode.formats.report import FORMATS, pictures, write
    from qcode.workflows.report import Asked, study_report
    from qcode.workflows.telling import local_now

    suffix = file.suffix.casefold()
    if suffix not in FORMATS:
        raise BadInput(_("a report is written as {formats}, not “{format}”").format(
            formats=", ".join(FORMATS), format=suffix))  # fmt: skip
    with opened(project) as study, study.read() as connection:
        found = study_report(
            connection, Asked(asked, by, language_of_methods), f"{local_now():%Y-%m-%d}", day
        )
    beside = file.with_name(f"{file.stem}-figures")
    drawn = pictures(found, suffix)
    _put_beside(beside, drawn)
    output.write(write(found, suffix, beside.name if drawn else ""), Output(suffix[1:], file))
    if not figures.available():
        diagnostics.note(_("Without pictures, which need matplotlib: "
                           "“pip install 'qcode-qda[figures]'” gets it"))  # fmt: skip


def _put_beside(folder: Path, drawn: Mapping[str, bytes]) -> None:
    """Write pictures to a folder of their own; what stands in another one is not written over."""
    if not drawn:
        return
    if not is_free(folder):
        raise Refused(_("the pictures go to {folder}, which is no empty folder; take it away, or "
                        "give the report another name").format(folder=folder))  # fmt: skip
    for name, data in drawn.items():
        write_atomically(private_folder(folder) / name, data)
    diagnostics.note(_("Written: {file}").format(file=folder))


@export.command(help=_("Write all main tables to a folder, and those that a thesis appends, in the "
                       "language of the project: themes with quotations, and the data reduction, "
                       "as DOCX and XLSX."))  # fmt: skip
@click.option("--to", "-o", "--output", "folder", required=True, metavar="FOLDER",
              type=click.Path(path_type=Path),
              help=_("A folder that does not exist or is empty."))  # fmt: skip
@click.option("--format", type=click.Choice(("xlsx", "csv", "docx")), default="xlsx",
              show_default=True, help=_("How the main tables are written."))  # fmt: skip
@options.project
@options.filters
@diagnostics.waiting()
def tables(folder: Path, format: str, project: str, asked: Filter) -> None:
    from qcode.workflows.appendix import write
    from qcode.workflows.telling import local_now

    with opened(project) as study, study.read() as connection:
        written = write(connection, asked, folder, format, f"{local_now():%Y-%m-%d}")
    for file in written:
        diagnostics.note(_("Written: {file}").format(file=file))


export.add_command(codebook.export, "codebook")
