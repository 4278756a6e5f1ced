"""``qcode framework``: cases by codes, with a summary of the researcher's in each cell."""

from __future__ import annotations

import sys

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter

case = click.argument("case")
code = click.argument("code")


@click.group(cls=Listing, help=_("Set cases and codes out as a framework matrix, and write the "
                                 "summaries in its cells."))  # fmt: skip
def framework() -> None:
    pass


@framework.command("list", help=_("Show the matrix: summaries, or how many passages wait for "
                                  "one. A column for each --code, by default for those of the "
                                  "first level."))  # fmt: skip
@options.project
@options.output()
@options.filters_of("--code", "--case", "--where")
def list_(project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.framework import framework_table

    with opened(project) as study, study.read() as connection:
        table = framework_table(connection, asked)
    output.show(table, to)


@framework.command(help=_("Show one cell: its summary and the passages it rests on, of which what "
                          "may be quoted."))  # fmt: skip
@case
@code
@options.project
@options.output("markdown", "docx", "html", "txt")
def show(case: str, code: str, project: str, to: Output) -> None:
    from qcode.formats.narrative import write
    from qcode.workflows.framework import cell_story

    with opened(project) as study, study.read() as connection:
        told = cell_story(connection, case, code)
    for note in told.notes:
        diagnostics.note(note)
    output.write(write(told, to.format), to)


@framework.command("write", help=_("Write the summary of a cell, or write it anew; - reads TEXT "
                                   "from the pipe."))  # fmt: skip
@case
@code
@click.argument("text")
@options.project
@options.coder
def write_(case: str, code: str, text: str, project: str, coder: str) -> None:
    from qcode.workflows import framework as workflow

    text = sys.stdin.read() if text == "-" else text
    with writing(project, coder, "summary") as step:
        cell = workflow.write(step, case, code, text)
    diagnostics.note(_("Summary of {case} and “{code}” written.").format(
        case=cell.case.name, code=cell.code.name))  # fmt: skip


@framework.command(help=_("Take the summary of a cell away; its passages stay coded."))
@case
@code
@options.project
@options.coder
def remove(case: str, code: str, project: str, coder: str) -> None:
    from qcode.workflows import framework as workflow

    with writing(project, coder, "retire summary") as step:
        cell = workflow.remove(step, case, code)
    diagnostics.note(_("Summary of {case} and “{code}” taken away.").format(
        case=cell.case.name, code=cell.code.name))  # fmt: skip
