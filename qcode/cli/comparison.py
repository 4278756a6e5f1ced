"""``qcode compare``: codes side by side for the values of an attribute."""

from __future__ import annotations

from typing import Any

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import Filter


@click.command(help=_("Compare who speaks of each code, by village, role or another attribute."))
@click.option("--by", multiple=True, metavar="ATTRIBUTE",
              help=_("What to compare by; given twice, the second within each value of the first."),
              )  # fmt: skip
@click.option(
    "--roles", default="", metavar="ATTRIBUTE",
    help=_("Which attribute holds the roles; by default the one called role or peran."),
)  # fmt: skip
@click.option("--percent", is_flag=True,
              help=_("Percentages also where fewer than 20 were looked through."))  # fmt: skip
@options.question
@options.project
@options.output(*options.FORMATS, *output.PICTURES)
@options.filters
def compare(
    by: tuple[str, ...], roles: str, project: str, asked: Filter, to: Output, **how: Any
) -> None:
    from qcode.analysis.comparison import group_keys
    from qcode.analysis.picturing import heatmap
    from qcode.workflows.comparison import comparison, crossed

    if len(by) > 2:
        raise BadInput(_("codes are compared by one attribute or by two; you named {names}").format(
            names=", ".join(by)))  # fmt: skip
    if len(by) == 2 and roles:
        raise BadInput(_("--roles adds a column to a comparison by one attribute; by two there is "
                         "none"))  # fmt: skip
    with opened(project) as study, study.read() as connection:
        if len(by) == 2:
            table = crossed(connection, by[0], by[1], asked, **how)
        else:
            table = comparison(connection, "".join(by), roles, asked, **how)
    output.show(table, to, bars=group_keys(table), picture=heatmap)
