"""``qcode rounds``: double codings with a frozen codebook, and what they came to."""

from __future__ import annotations

from functools import partial

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import name_of, opened, writing
from qcode.cli.output import TERMINAL, Output
from qcode.language import _
from qcode.model.round import ROUND_KINDS
from qcode.workflows import rounds as workflow
from qcode.workflows.addresses import document_named
from qcode.workflows.scope import round_named
from qcode.workflows.telling import local_now, stamp, when


@click.group(cls=Listing, help=_("Open, close and show double codings."))
def rounds() -> None:
    pass


@rounds.command("list", help=_("List the rounds with their coders, documents and state."))
@options.output()
@options.project
def list_(to: Output, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        clock = partial(when if to == TERMINAL else stamp, now=local_now())
        output.show(workflow.rounds_table(connection, clock), to)


@rounds.command("open", help=_("Open a round: the codebook is frozen, and its coders work blind."))
@click.argument("name")
@click.option("--kind", type=click.Choice(ROUND_KINDS), required=True,
              help=_("To learn the codebook, to measure, to measure later, or one coder again."))  # fmt: skip
@click.option("--coders", multiple=True, required=True, metavar="A,B", help=_("Who codes in it."))
@click.option("--documents", multiple=True, metavar="A,B",
              help=_("What all of them code; “qcode assign” gives out more."))  # fmt: skip
@options.project
@options.coder
def open_(
    name: str, kind: str, coders: tuple[str, ...], documents: tuple[str, ...], project: str,
    coder: str,
) -> None:  # fmt: skip
    with writing(project, coder, "open round") as step:
        wanted = [document_named(step.connection, one) for one in options.split(documents)]
        found = workflow.open_round(step, name, kind, options.split(coders), wanted)
    diagnostics.note(_("Round {name} is open; its codebook is frozen.").format(name=found.name))


@rounds.command(help=_("Close a round and keep its figures as they are then."))
@click.argument("name")
@click.option("--early", is_flag=True, help=_("Also where not all is finished."))
@options.output()
@options.project
@options.coder
def close(name: str, to: Output, project: str, coder: str, *, early: bool) -> None:
    with writing(project, coder, "close round") as step:
        found = round_named(step.connection, name)
        figures = workflow.close_round(step, found, early=early)
    diagnostics.note(
        _("Round {name} is closed; “qcode undo” opens it again.").format(name=found.name)
    )
    if figures:
        output.show(figures, to)


@rounds.command(help=_("Show what a round came to: its figures when it was closed."))
@click.argument("name")
@options.output()
@options.project
@options.coder
def show(name: str, to: Output, project: str, coder: str) -> None:
    with opened(project) as place, place.read() as connection:
        who = name_of(place, connection, coder)
        output.show(workflow.shown(connection, round_named(connection, name), who), to)


@rounds.command(help=_("List the codes that were made inside a round."))
@click.argument("name")
@options.output()
@options.project
@options.coder
def proposals(name: str, to: Output, project: str, coder: str) -> None:
    with opened(project) as place, place.read() as connection:
        found = round_named(connection, name)
        who = name_of(place, connection, coder)
        output.show(workflow.proposals_table(connection, found, who), to)
