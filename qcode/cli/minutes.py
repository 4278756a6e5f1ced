"""``qcode decisions`` and ``qcode minutes``: what was settled, by whom and why."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from qcode.cli import options, output
from qcode.cli.agreement import chosen_coders
from qcode.cli.opened import opened
from qcode.cli.output import TERMINAL, Output
from qcode.cli.review import names
from qcode.language import _
from qcode.model.filter import Filter
from qcode.workflows import minutes as workflow
from qcode.workflows.agreement import coders_named
from qcode.workflows.telling import local_now, stamp, when


@click.command(help=_("List what was settled about disagreements."))
@chosen_coders
@click.option("--all", "agreed", is_flag=True, help=_("What both agreed on, too."))
@names
@options.project
@options.output()
@options.filters
def decisions(
    coders: tuple[str, ...], project: str, asked: Filter, to: Output, *, agreed: bool, named: bool
) -> None:  # fmt: skip
    clock = partial(when if to == TERMINAL else stamp, now=local_now())
    wanted = coders_named(coders, asked)
    with opened(project) as study, study.read() as connection:
        table = workflow.decisions_table(connection, wanted, clock, named=named, agreed=agreed)
    output.show(table, to)


@click.command(help=_("Write down what was decided, by whom, with reasons, dissents and rules."))
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path),
              metavar="FILE", help=_("A .docx or .md file instead of the terminal."))  # fmt: skip
@names
@options.project
@options.filters
def minutes(file: Path | None, project: str, asked: Filter, *, named: bool) -> None:
    from qcode.formats.report import write

    now = local_now()
    with opened(project) as study, study.read() as connection:
        found = workflow.minutes(connection, asked, partial(stamp, now=now), f"{now:%Y-%m-%d}",
                                 named=named)  # fmt: skip
    data = write(found, file.suffix.lower() if file else ".md")
    output.write(data, Output("markdown", file))
