"""``qcode searches``: options that were saved under a name."""

from __future__ import annotations

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.language import _
from qcode.workflows import searching


@click.group(cls=Listing, help=_("List the saved searches, or take one out. --save NAME keeps the "
                                 "options of a command; @NAME stands for them."))  # fmt: skip
def searches() -> None:
    pass


@searches.command("list", help=_("List the saved searches with the options they stand for."))
@options.project
@options.output()
def list_(project: str, to: Output) -> None:
    with opened(project) as study, study.read() as connection:
        table = searching.saved(connection)
    output.show(table, to)


@searches.command(help=_("Take a saved search out of the list."))
@click.argument("name")
@options.project
@options.coder
def remove(name: str, project: str, coder: str) -> None:
    with writing(project, coder, "remove search") as step:
        one = searching.remove(step, name)
    diagnostics.note(_("Removed: @{name}").format(name=one.name))
