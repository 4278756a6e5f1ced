"""``qcode coders``: the people who code."""

from __future__ import annotations

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.round import ROLES
from qcode.store import coders as stored
from qcode.workflows import coders as workflow
from qcode.workflows import listing


@click.group(cls=Listing, help=_("List and add coders, and say what they are."))
def coders() -> None:
    pass


@coders.command("list", help=_("List the coders with what they coded and finished."))
@options.output()
@options.project
def list_(to: Output, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        output.show(listing.coders_table(connection), to)


@coders.command("set", help=_("Say what a coder is in this project."))
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True,
              help=_("A supervisor who does not code in a round sees what its coders give."))  # fmt: skip
@options.project
@options.coder
def set_(name: str, role: str, project: str, coder: str) -> None:
    with writing(project, coder, "role") as step:
        who = workflow.set_role(step, name, role)
    told = _("{name} is now: {role}").format(name=who.name, role=workflow.role_names()[role])
    diagnostics.note(told)


@coders.command(help=_("Say which cases a coder knows; they are never given to this coder."))
@click.argument("name")
@click.argument("cases", nargs=-1, required=True, metavar=_("CASE..."))
@click.option("--not", "forget", is_flag=True, help=_("They are not known after all."))
@options.project
@options.coder
def knows(name: str, cases: tuple[str, ...], project: str, coder: str, *, forget: bool) -> None:
    with writing(project, coder, "known cases") as step:
        told = workflow.set_known(step, name, cases, known=not forget)
    diagnostics.note(told)


@coders.command(help=_("Let somebody code in this project."))
@click.argument("name")
@options.project
def add(name: str, project: str) -> None:
    with opened(project) as place:
        stored.joined(place, name)
    diagnostics.note(_("{name} codes in this project.").format(name=name.strip()))
