"""``qcode codebook review``: what in the codebook may need a change."""

from __future__ import annotations

import click

from qcode.analysis.revision import KINDS
from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.workflows import revision


@click.command(
    help=_("List codes that may need a look: unsorted, doubled, undefined, hardly used.")
)
@click.option(
    "--only", type=click.Choice(KINDS), default=None, help=_("Only this kind of finding.")
)
@options.output()
@options.project
def review(only: str | None, to: Output, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        output.show(revision.revision_table(connection, only or ""), to)
