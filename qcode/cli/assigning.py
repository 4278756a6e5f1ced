"""``qcode assign``: who is to code what, drawn at random or by name."""

from __future__ import annotations

from typing import Any

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import acting, opened, writing
from qcode.cli.output import Output
from qcode.language import _, counted
from qcode.model.filter import Filter
from qcode.workflows import assigning as workflow
from qcode.workflows import planning
from qcode.workflows.assigning import Wish


@click.command(help=_("Give documents to coders: by name, or some drawn to be coded twice. Without "
                      "anything it lists who is to code what."))  # fmt: skip
@click.argument("names", nargs=-1, metavar=_("[DOCUMENT]..."))
@click.option("--to", "people", multiple=True, metavar="A,B", help=_("Who is to code them."))
@click.option("--double", default="", metavar=_("20%|N"),
              help=_("Draw this share, or so many, of the documents to be coded twice."))  # fmt: skip
@click.option("--stratify", default="", metavar="ATTRIBUTE",
              help=_("Draw from each value of an attribute, at least one document."))  # fmt: skip
@click.option("--seed", default=1, show_default=True, help=_("With which number drawing starts."))
@click.option(
    "--coders", multiple=True, metavar="A,B", help=_("Among whom; by default the round's.")
)
@click.option("--round", "within", default="", metavar="NAME", help=_("For this open round."))
@click.option("--primary", is_flag=True,
              help=_("Whose coding is of record; shares out what nobody coded yet."))  # fmt: skip
@click.option("--remove", is_flag=True, help=_("Take assignments back."))
@options.yes
@options.project
@options.coder
@options.output()
@options.filters_but("--coder", options.NAMED)
def assign(
    names: tuple[str, ...], asked: Filter, to: Output, project: str, coder: str, **how: Any
) -> None:  # fmt: skip
    if names and (asked != Filter() or how["stratify"] or how["coders"]):
        raise click.UsageError(_("documents are named, or chosen and drawn with --double"))
    if names:
        options.without_output(to, _("assignments are written"))
        _by_name(names, project, coder, how)
    elif (how["double"] or how["primary"]) and not (how["people"] or how["remove"]):
        _drawn(asked, to, project, coder, how)
    elif how["double"] or how["primary"]:
        raise click.UsageError(_("what is drawn goes to --coders; --to and --remove need names of "
                                 "documents"))  # fmt: skip
    elif asked != Filter() or any(how[one] for one in _DRAWING):
        raise click.UsageError(_("name documents, or say how many to draw with --double"))
    else:
        with opened(project) as place, place.read() as connection:
            output.show(workflow.assigned_table(connection), to)


_DRAWING = ("remove", "people", "stratify", "coders", "within")
"""Options that mean something only where assignments are written."""


def _by_name(names: tuple[str, ...], project: str, coder: str, how: dict[str, Any]) -> None:
    people = options.split(how["people"])
    if how["double"] or not (people or how["remove"]):
        raise click.UsageError(_("say to whom with --to, or --remove"))
    wish = Wish(round=how["within"], primary=how["primary"], seed=how["seed"])
    line = planning.Line(names, people, wish, remove=how["remove"])
    with writing(project, coder, "unassign" if how["remove"] else "assign") as step:
        told = planning.by_name(step, line)
    diagnostics.note(told)


def _drawn(asked: Filter, to: Output, project: str, coder: str, how: dict[str, Any]) -> None:
    wish = Wish(
        options.split(how["coders"]), how["double"], how["stratify"], how["seed"], how["within"],
        how["primary"],
    )  # fmt: skip
    with acting(project, coder) as (place, who):
        with place.read() as connection:
            found = workflow.plan(connection, asked, wish)
        output.show(found.table, to)
        diagnostics.confirm(_("Write these assignments?"), yes=how["yes"])
        with place.write(who, "assign") as step:
            workflow.write(step, found)
    number = len(found.wanted)
    diagnostics.note(counted("{n} assignment written.", "{n} assignments written.", number))
