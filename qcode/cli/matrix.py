"""``qcode matrix``: cases by codes as numbers for R and SPSS."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import Filter

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

SCRIPTS = {"r": ".R", "spss": ".sps"}


@click.command(help=_("Set out which codes stand for each case, as numbers for R and SPSS."))
@options.one_of("rows", ("cases", _("A row for each informant (by default).")),
                ("documents", _("A row for each document.")), default="cases")  # fmt: skip
@options.one_of("value", ("passages", _("Passages of each code in place of 0 and 1.")),
                ("words", _("Participants' words of each code.")), default="present")  # fmt: skip
@click.option("--rolled", is_flag=True, help=_("Passages and words with those of the codes below, "
              "united; 0 and 1 always are."))  # fmt: skip
@click.option("--attributes", is_flag=True, help=_("Attributes of the cases as further columns."))
@click.option("--names", is_flag=True, help=_("Show what the columns stand for instead."))
@click.option("--for", "program", type=click.Choice((options.EXCEL_ID, *sorted(SCRIPTS))),
              help=_("r, spss: with -o FILE.csv, write a script beside it that reads and labels it. "
                     "excel-id: CSV as Excel opens it in Indonesia."))  # fmt: skip
@options.project
@options.output(excel=False)
@options.filters
def matrix(
    rows: str, value: str, project: str, asked: Filter, to: Output, program: str | None,
    **how: bool,
) -> None:  # fmt: skip
    from qcode.workflows.matrix import matrix

    if program == options.EXCEL_ID:
        to, program = options.for_excel(to), None
    if program and how["names"]:
        raise BadInput(_("--names shows what the columns stand for; --for writes them beside the "
                         "numbers"))  # fmt: skip
    if program and not (to.file and to.format == "csv"):
        raise BadInput(_("--for writes a script beside the numbers; add -o FILE.csv"))
    with opened(project) as study, study.read() as connection:
        found = matrix(connection, asked, rows, value,
                       attributes=how["attributes"], rolled=how["rolled"])  # fmt: skip
    if how["names"]:
        output.show(found.names(), to)
    else:
        _write(found, to, program)


def _write(found: Matrix, to: Output, program: str | None) -> None:
    """Write the numbers; into a file, with what the columns stand for."""
    from qcode.formats import dataset

    if to.format == "xlsx":
        output.write(dataset.workbook(found.emptied(), found.names()), to)
        return
    if to.format != "csv":
        output.show(found.table, to)
        return
    output.write(dataset.csv_bytes(found.emptied()), to)
    if not to.file:
        return
    beside = to.file.with_name(f"{to.file.stem}-names.csv")
    output.write(dataset.csv_bytes(found.names()), Output("csv", beside))
    if program:
        output.write(_script(found, to.file, program),
                     Output("csv", to.file.with_suffix(SCRIPTS[program])))  # fmt: skip


def _script(found: Matrix, file: Path, program: str) -> bytes:
    from qcode.formats import dataset

    variables = [(one.name, one.label, one.width, one.whole, one.yes) for one in found.variables]
    write = dataset.r_script if program == "r" else dataset.spss_syntax
    return write(file.name, variables, found.table.notes)
