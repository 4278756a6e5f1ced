"""``qcode export``: a project as plain files, and its codebook."""

from __future__ import annotations

from pathlib import Path

import click

from qcode.cli import codebook, diagnostics, options
from qcode.cli.opened import opened
from qcode.language import _, counted
from qcode.workflows import plain_export, settled


@click.group(help=_("Write a project or codebook to files."))
def export() -> None:
    pass


@export.command(help=_("Write the project as plain files: tables, codebook, transcripts. They hold "
                       "everything, also what participants did not release."))  # fmt: skip
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER",
              help=_("A folder that does not exist or is empty."))  # fmt: skip
@options.project
def project(folder: Path, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        written = plain_export.write(connection, folder)
        early = plain_export.finished_before(connection)
        again = settled.staying(connection)
    documents = counted("{n} document", "{n} documents", len(written.documents))
    codings = counted("{n} coding", "{n} codings", len(written.codings))
    diagnostics.note(_("Written: {folder} ({documents}, {codings})").format(
        folder=folder, documents=documents, codings=codings))  # fmt: skip
    if again:
        diagnostics.warning(
            counted("{n} decision is open again and was not written",
                    "{n} decisions are open again and were not written", again))  # fmt: skip
    if early:
        diagnostics.warning(
            _("the files do not say that these were finished under an earlier codebook; read in "
              "again, they count as looked through for every code: {documents}").format(
                documents=", ".join(early)))  # fmt: skip


export.add_command(codebook.export, "codebook")
