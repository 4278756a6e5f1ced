"""``qcode merge``: bring in coders' copies."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import acting
from qcode.cli.output import Output
from qcode.language import _, counted
from qcode.workflows import merging
from qcode.workflows.telling import local_now, when


@click.command(help=_("Bring coders' copies of this project into it: files, or all of a folder. "
                      "Nothing is lost or counted twice; merging again changes nothing."))  # fmt: skip
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", "dry", is_flag=True, help=_("Only say what they would bring."))
@options.output()
@options.project
@options.coder
def merge(files: tuple[Path, ...], to: Output, project: str, coder: str, *, dry: bool) -> None:
    with acting(project, coder) as (place, who):
        found = merging.sources(files, place)
        done = merging.merge(place, who, found, partial(when, now=local_now()), dry=dry)
    output.show(done.report, to)
    told = counted("{n} change", "{n} changes", done.changes)
    if dry:
        diagnostics.note(_("{changes} would come; nothing was changed.").format(changes=told))
    elif not done.changes and not done.joined:
        diagnostics.note(_("Nothing new; nothing was changed."))
    else:
        diagnostics.note(_("Merged: {changes}.").format(changes=told))
    if done.joined and not dry:
        diagnostics.note(counted("Two corrections of {n} document were joined turn by turn.",
                                 "Two corrections of {n} documents were joined turn by turn.",
                                 done.joined))  # fmt: skip
    if done.backup:
        diagnostics.note(_("The project as it was: {file}").format(file=done.backup))
