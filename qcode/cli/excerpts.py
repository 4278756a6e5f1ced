"""``qcode excerpts``: quotations with what is needed to cite them."""

from __future__ import annotations

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter


@click.command(help=_("Write out the passages that may be quoted, with who says it and where."))
@click.option(
    "--ref", multiple=True, metavar="ATTRIBUTE",
    help=_("Cite with this attribute; by default role and village, as far as three share them."),
)  # fmt: skip
@click.option(
    "--memos",
    "with_memos",
    is_flag=True,
    help=_("With the coders' memos, which nobody released: not for others' eyes."),
)
@options.project
@options.filters
@options.output("markdown", "csv", "xlsx", "json")
def excerpts(
    ref: tuple[str, ...], project: str, asked: Filter, to: Output, *, with_memos: bool
) -> None:
    from qcode.formats.excerpts import write
    from qcode.workflows.excerpts import excerpts as quoted

    with opened(project) as study, study.read() as connection:
        found = quoted(connection, asked, ref, with_memos=with_memos)
    for note in found.notes:
        diagnostics.note(note)
    output.write(write(found.excerpts, to.format, title=_("Excerpts"), notes=found.notes), to)
