"""``qcode freq``: how often each code was found."""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter


@click.command(help=_("Count who speaks of each code, in how many documents, passages and words."))
@options.project
@options.filters
@options.output()
def freq(project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.frequency import frequency

    with opened(project) as study, study.read() as connection:
        table = frequency(connection, asked)
    output.show(table, to)
