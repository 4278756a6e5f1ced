"""``qcode find``: where words stand in the transcripts."""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter


@click.command(help=_("Look for words in the transcripts, whatever their case."))
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@options.project
@options.filters
@options.output()
def find(words: tuple[str, ...], project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.find import find as look_for

    with opened(project) as study, study.read() as connection:
        table = look_for(connection, " ".join(words), asked)
    output.show(table, to)
