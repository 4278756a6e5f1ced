"""``qcode indicators``: what was counted before and after."""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter

Pairs = tuple[tuple[str, str], ...]


@click.command(help=_("Show what was counted of villages before and after: attributes whose names "
                      "end in before and after, or sebelum and sesudah."))  # fmt: skip
@click.option("--kind", default="", metavar="KIND", help=_("Cases of which kind."))
@click.option("--total", "totals", is_flag=True, help=_("All cases together alone."))
@click.option("--weight", "weights", multiple=True, metavar="A=B", callback=options.pairs,
              help=_("The total of A is a mean, weighted by B."))  # fmt: skip
@click.option("--unit", "units", multiple=True, metavar="A=UNIT", callback=options.pairs,
              help=_("What A is counted in; the change of what is in % is told in points."),
              )  # fmt: skip
@options.project
@options.output()
@options.filters_of("--case", "--where")
def indicators(
    kind: str,
    weights: Pairs,
    units: Pairs,
    project: str,
    asked: Filter,
    to: Output,
    *,
    totals: bool,
) -> None:
    from qcode.workflows.indicators import indicators as counted

    with opened(project) as study, study.read() as connection:
        table = counted(connection, kind, totals=totals, weights=weights, units=units,
                        asked=asked)  # fmt: skip
    output.show(table, to)
