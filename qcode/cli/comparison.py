"""``qcode compare``: codes side by side for the values of an attribute."""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter


@click.command(help=_("Compare who speaks of each code, by village, role or another attribute."))
@click.option("--by", required=True, metavar="ATTRIBUTE", help=_("What to compare by."))
@click.option(
    "--roles", default="", metavar="ATTRIBUTE",
    help=_("Which attribute holds the roles; by default the one called role or peran."),
)  # fmt: skip
@options.project
@options.filters
@options.output()
def compare(by: str, roles: str, project: str, asked: Filter, to: Output) -> None:
    from qcode.analysis.comparison import group_keys
    from qcode.workflows.comparison import comparison

    with opened(project) as study, study.read() as connection:
        table = comparison(connection, by, roles, asked)
    output.show(table, to, bars=group_keys(table))
