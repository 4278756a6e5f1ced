"""``qcode attributes``: how many cases have each value."""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter


@click.command(help=_("Count the cases by the values of their attributes, with a percentage from 20 "
                      "on: all of them, or those whom chosen passages count for."))  # fmt: skip
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--kind", default=INFORMANT, show_default=True, metavar="KIND", help=_("Cases of which kind.")
)
@options.project
@options.output()
@options.filters_but("--kind", options.NAMED)
def attributes(
    names: tuple[str, ...], kind: str, project: str, asked: Filter, to: Output
) -> None:  # fmt: skip
    from qcode.workflows.attributes import attributes as counted

    with opened(project) as study, study.read() as connection:
        table = counted(connection, names, kind, asked)
    output.show(table, to)
