"""``qcode check`` and ``qcode backup``."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _, counted
from qcode.model.table import Column, Table
from qcode.store import backups
from qcode.store.checking import Finding
from qcode.store.checking import check as look
from qcode.store.opening import NEVER, open_project
from qcode.system import readable_by_others


@click.command(help=_("Look for damage: the file, the log, the texts, every table."))
@options.project
def check(project: str) -> None:
    with closing(open_project(project, search=NEVER)) as place:
        found = look(place, _tell_progress)
        if place.path and readable_by_others(place.path):
            diagnostics.warning(_("other people on this computer may read {file}: chmod 600 {file}"
                                  ).format(file=place.path))  # fmt: skip
    output.lines(_line(finding) for finding in found)
    damages = sum(finding.damage for finding in found)
    if damages:
        diagnostics.error(counted("{n} damage found; backups/ beside the project holds copies",
                                  "{n} damages found; backups/ beside the project holds copies",
                                  damages))  # fmt: skip
        raise click.exceptions.Exit(1)
    diagnostics.note(_("No damage found."))


def _tell_progress(name: str) -> None:
    if sys.stderr.isatty():
        diagnostics.note(_("looking at: {what}").format(what=name))


def _line(finding: Finding) -> str:
    return finding.text if finding.damage else _("worth knowing: {what}").format(what=finding.text)


@click.command(help=_("Write a copy of the project into backups/ beside it, and read it back."))
@click.option("--list", "lists", is_flag=True, help=_("List the copies there are."))
@options.output()
@options.project
def backup(to: Output, project: str, *, lists: bool) -> None:
    if not lists:
        options.without_output(to, _("the copy lies in backups/"))
    with opened(project) as place:
        if lists:
            files = backups.listed(place)
        else:
            made = backups.back_up(place)
    if not lists:
        diagnostics.note(_("Written: {file}").format(file=made))
        return
    rows = tuple((str(file), _made(file.stat().st_mtime), file.stat().st_size) for file in files)
    columns = (Column("file", _("file")), Column("made", _("made")),
               Column("size", _("size"), _("bytes"), numeric=True))  # fmt: skip
    output.show(Table(_("Backups"), columns, rows), to)


def _made(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d %H:%M}"
