"""``qcode agenda``: what is to be talked about, and what was said to it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import TERMINAL, Output
from qcode.language import _
from qcode.model.filter import Filter
from qcode.workflows import agenda as workflow
from qcode.workflows import flagging
from qcode.workflows.telling import local_now, stamp, when

item = click.argument("item")


@click.group(cls=Listing, help=_("List what is to be discussed, answer it and settle it. An item "
                                 "is typed as the list prints it."))  # fmt: skip
def agenda() -> None:
    pass


def _clock(to: Output) -> Callable[[int], str]:
    return partial(when if to == TERMINAL else stamp, now=local_now())


@agenda.command("list", help=_("List what is open, oldest first; with --flag, what has another "
                               "flag."))  # fmt: skip
@click.option("--by", "order", type=click.Choice(workflow.ORDERS), default="age",
              show_default=True, help=_("Sort by this; an item with two codes stands under both."))  # fmt: skip
@click.option("--person", default="", metavar="NAME", help=_("Only what this coder raised."))
@click.option("--all", "settled", is_flag=True, help=_("What is settled, too."))
@options.project
@options.output()
@options.filters
def list_(
    order: workflow.Order, person: str, project: str, asked: Filter, to: Output, *, settled: bool
) -> None:
    with opened(project) as study, study.read() as connection:
        table = workflow.agenda(
            connection, asked, order, _clock(to), settled=settled, person=person
        )
    output.show(table, to)


@agenda.command(help=_("Show one item with its words and all answers."))
@item
@options.project
@options.output()
def show(item: str, project: str, to: Output) -> None:
    with opened(project) as study, study.read() as connection:
        table = workflow.thread(connection, item, _clock(to))
    output.show(table, to)


@agenda.command(help=_("Say something to an item; - reads TEXT from the pipe."))
@item
@click.argument("text")
@options.project
@options.coder
def answer(item: str, text: str, project: str, coder: str) -> None:
    text = sys.stdin.read() if text == "-" else text
    with writing(project, coder, "answer") as step:
        flagging.answer(step, workflow.found(step.connection, item), text)
    diagnostics.note(_("Answered: {item}").format(item=item))


@agenda.command(help=_("Close an item; anybody may, and it can be opened again."))
@item
@options.project
@options.coder
def settle(item: str, project: str, coder: str) -> None:
    with writing(project, coder, "settle") as step:
        flagging.settle(step, workflow.found(step.connection, item))
    diagnostics.note(_("Settled: {item}; “qcode agenda reopen” opens it again.").format(item=item))


@agenda.command(help=_("Open an item again that was settled."))
@item
@options.project
@options.coder
def reopen(item: str, project: str, coder: str) -> None:
    with writing(project, coder, "reopen") as step:
        flagging.settle(step, workflow.found(step.connection, item), settled=False)
    diagnostics.note(_("Open again: {item}").format(item=item))
