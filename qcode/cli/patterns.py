"""``qcode patterns``: what villages have in common and where they differ, with passages.

A command of its own, not an option of ``compare``: it writes text for a chapter, and no table of
numbers.
"""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter


@click.command(help=_("List common patterns and differences by village, role or another attribute, "
                      "with passages that may be quoted: raw text for a chapter."))  # fmt: skip
@click.option("--by", default="", metavar="ATTRIBUTE", help=_("What to compare by."))
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, metavar="N",
              help=_("Only codes that so many informants speak of."))  # fmt: skip
@click.option("--passages", "most", type=click.IntRange(min=0), default=2, show_default=True,
              metavar="N", help=_("So many passages of each group at most."))  # fmt: skip
@options.project
@options.output("markdown", "table", "csv", "json", "xlsx", "docx")
@options.filters
def patterns(by: str, least: int, most: int, project: str, asked: Filter, to: Output) -> None:
    from qcode.formats.patterns import FORMATS, tabled, write
    from qcode.workflows.patterns import Asked
    from qcode.workflows.patterns import patterns as found_by

    with opened(project) as study, study.read() as connection:
        found = found_by(connection, asked, Asked(by, least, most))
    if to.format in FORMATS:
        output.write(write(found, to.format), to)
    else:
        output.show(tabled(found), to)
