"""``qcode coders``: the people who code."""

from __future__ import annotations

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.store import coders as stored
from qcode.workflows import listing


@click.group(cls=Listing, help=_("List and add coders."))
def coders() -> None:
    pass


@coders.command("list", help=_("List the coders with what they coded and finished."))
@options.output()
@options.project
def list_(to: Output, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        output.show(listing.coders_table(connection), to)


@coders.command(help=_("Let somebody code in this project."))
@click.argument("name")
@options.project
def add(name: str, project: str) -> None:
    with opened(project) as place:
        stored.joined(place, name)
    diagnostics.note(_("{name} codes in this project.").format(name=name.strip()))
