"""``qcode saturation``: when interviews stop bringing new codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter

if TYPE_CHECKING:
    from qcode.analysis.saturation.table import Course


def _percent(_ctx: click.Context, _parameter: click.Parameter, typed: str) -> float:
    """Read a share that was typed in percent, as 0-1."""
    try:
        number = float(typed.strip().removesuffix("%").strip())
    except ValueError:
        number = -1
    if not 0 <= number < 100 or (0 < number < 1 and "%" not in typed):
        raise click.BadParameter(_("a share is written in percent, such as 5%"))
    return number / 100


@click.command(help=_("Show which interviews brought new codes, and when these became few."))
@click.option("--by", type=click.Choice(("date", "import")), default="date", show_default=True,
              help=_("In which order the interviews came."))  # fmt: skip
@click.option("--base", type=click.IntRange(min=1), default=4, show_default=True,
              help=_("How many interviews at first are the base."))  # fmt: skip
@click.option("--run", type=click.IntRange(min=1), default=2, show_default=True,
              help=_("How many interviews in a row must bring few new codes."))  # fmt: skip
@click.option("--threshold", default="5%", show_default=True, metavar="N%", callback=_percent,
              help=_("How many new codes are few, of those of the base."))  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True,
              help=_("With which number the drawing of orders starts."))  # fmt: skip
@options.project
@options.output(*options.FORMATS, *output.PICTURES)
@options.filters
def saturation(
    project: str, asked: Filter, to: Output, by: str, threshold: float, **how: int
) -> None:  # fmt: skip
    from qcode.analysis.picturing import curve
    from qcode.analysis.saturation.counting import Rule
    from qcode.analysis.saturation.table import saturation
    from qcode.workflows.saturation import How, course

    wanted = How(by, Rule(how["base"], how["run"], threshold), how["seed"])
    with opened(project) as study, study.read() as connection:
        found = course(connection, asked, wanted)
    output.show(saturation(found), to, picture=curve)
    if to.format == "table" and not to.file and sys.stdout.isatty():
        output.lines(_curve(found))


def _curve(found: Course) -> list[str]:
    from qcode.cli.curve import drawn

    levels = [(low, high) for low, _middle, high in found.band.codes] if found.band else []
    return drawn(found.progress.total, levels)
